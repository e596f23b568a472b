"""Where an entry is mentioned, over all articles; some of them can be split off."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from annotation.counting import counted
from annotation.model import Change, RegistryEntry
from ui.bridge import SessionBridge
from ui.look import PANEL_MARGIN, Quiet
from ui.registry.entry_painter import EntryPainter
from ui.registry.mention_model import MentionModel
from ui.row_view import RowView
from ui.small_button import small_button


class Mentions(QWidget):
    """Lists the mentions of one entry; a click goes there.

    `chosen` carries the article's id, start and end in code points and the span's id; `left`
    asks for the cursor back in the text.
    """

    chosen = Signal(str, int, int, str)
    left = Signal()

    def __init__(self, bridge: SessionBridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._entry: RegistryEntry | None = None
        self.title = Quiet()
        self.split = small_button("Split…", "Make a new entry of the chosen mentions")
        self.model = MentionModel(bridge.session.store.registries, self)
        self.view = RowView("Mentions of the entry", self.model)
        self.view.setItemDelegate(EntryPainter(self.view))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.split.clicked.connect(self._split)
        self.view.clicked.connect(self._click)
        self.view.activated.connect(self._enter)
        self.view.selectionModel().selectionChanged.connect(lambda now, before: self._allow())
        head = QHBoxLayout()
        head.setContentsMargins(PANEL_MARGIN, 0, 6, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.view, 1)

    def show_entry(self, entry: RegistryEntry | None) -> None:
        """Show where an entry is mentioned, from the start."""
        self._entry = entry
        self.model.show(entry)
        registries = self._bridge.session.store.registries
        count = registries.count_mentions(entry.id) if entry else 0
        self.title.setText(
            ""
            if entry is None
            else "No mentions yet: W on a span says that it is one"
            if not count
            else counted(count, "mention")
        )
        self.title.setToolTip(self.title.text())
        self._allow()

    def is_touched(self, change: Change) -> bool:
        """Tell whether a change is about any of the mentions."""
        return self.model.is_touched(change)

    def _allow(self) -> None:
        chosen = len(self.view.selectionModel().selectedRows())
        self.split.setEnabled(bool(chosen) and not self._bridge.session.store.read_only)

    def _click(self, index: QModelIndex) -> None:
        if len(self.view.selectionModel().selectedRows()) == 1:
            self._go_to(index)

    def _enter(self, index: QModelIndex) -> None:
        self._go_to(index)
        self.left.emit()

    def _go_to(self, index: QModelIndex) -> None:
        span = self.model.span(index.row())
        if span is not None:
            self.chosen.emit(span.article_id, span.start, span.end, span.id)

    def _split(self) -> None:
        from ui.registry.split_dialog import SplitDialog

        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        spans = [span for row in rows if (span := self.model.span(row)) is not None]
        if self._entry is not None and spans:
            SplitDialog(self._bridge, self._entry, spans, self).open()
