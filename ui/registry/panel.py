"""The panel of the registries: all entries, what is known of one, and where it is mentioned."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotation import registry_edits
from annotation.counting import counted
from annotation.model import REGISTRIES, Change, Registry, RegistryEntry
from annotation.registries import ListedEntry
from annotation.registry_edits import Mentioned
from annotation.store import OpenStore
from ui import settings
from ui.bridge import SessionBridge
from ui.find_bar import Switch
from ui.look import PANEL_MARGIN, Quiet, Rule
from ui.registry.entry_form import EntryForm
from ui.registry.entry_model import EntryModel
from ui.registry.entry_painter import EntryPainter
from ui.registry.facts import TITLES
from ui.registry.many import change_of_mentions
from ui.registry.mentions import Mentions
from ui.row_view import RowView
from ui.small_button import small_button

PAUSE = 150
"""Milliseconds without a key after which the filter counts."""

SIZES = [240, 250, 240]
"""Pixels of list, form and mentions."""


class RegistryPanel(QWidget):
    """Lists a registry and edits it; every edit is one step of undo.

    `chosen` carries the article's id, the start and end of a mention in code points and the
    id of its span; `left` asks for the cursor back in the text.
    """

    chosen = Signal(str, int, int, str)
    left = Signal()

    def __init__(
        self, bridge: SessionBridge, open_store: OpenStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._open_store = open_store
        self._registries = bridge.session.store.registries
        self._stale = True
        self._wanted = ""
        self.switches = {registry: Switch(TITLES[registry], "", "") for registry in REGISTRIES}
        self.words = QLineEdit(placeholderText="Filter", clearButtonEnabled=True)
        self.count = Quiet()
        self.add = small_button("Add", "Add an entry")
        self.merge = small_button("Merge…", "Merge the chosen entries", "Choose two or more")
        self.remove = small_button("Remove", "Remove the entry", "Its mentions stay tagged")
        self.alike = small_button("Duplicates…", "Find entries that may be the same")
        self.leave = small_button("×", "Close the registries", "Close (F7, F8)")
        self.model = EntryModel(self._registries, self)
        self.view = RowView("Entries", self.model)
        self.form = EntryForm(bridge)
        self.mentions = Mentions(bridge)
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._lay_out()
        self._connect()

    @property
    def registry(self) -> Registry:
        """Which registry is shown."""
        return self.model.registry

    def open(self, registry: Registry, entry: RegistryEntry | None = None) -> None:
        """Show a registry, and an entry of it if one is given, with the cursor in the list."""
        self.form.finish()
        self.words.setText(entry.name if entry else "")
        self._pause.stop()
        self._wanted = entry.id if entry else ""
        self.switches[registry].setChecked(True)
        self._read(registry)
        self.show()
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def entries(self) -> list[RegistryEntry]:
        """Return the chosen entries, from the top."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [entry for row in rows if (entry := self.model.entry(row)) is not None]

    # -- showing

    def _read(self, registry: Registry) -> None:
        self._stale = False
        self.model.show(registry, self.words.text())
        self._choose_row(self._wanted)
        self._say_count()

    def _choose_row(self, entry_id: str) -> None:
        """Make an entry current, or the first where it is not there."""
        row = self.model.row_of(entry_id) or 0
        index = self.model.index(row, 0)
        self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index)
        self._follow_choice()

    def _follow_choice(self) -> None:
        """Show the current entry; what can be done depends on how many are chosen."""
        entry = self.model.entry(self.view.currentIndex().row())
        self.form.show_entry(entry)
        self.mentions.show_entry(entry)
        self._wanted = entry.id if entry else ""
        self._allow()

    def _allow(self) -> None:
        chosen = len(self.view.selectionModel().selectedRows())
        writable = not self._bridge.session.store.read_only
        self.add.setEnabled(writable)
        self.alike.setEnabled(writable)
        self.merge.setEnabled(writable and chosen > 1)
        self.remove.setEnabled(writable and chosen == 1)

    def _say_count(self) -> None:
        if self.words.text().strip():
            shown = self.model.rowCount()
            more = "" if self.model.is_complete else "+"
            self.count.setText(f"{shown:,}{more} found")
        else:
            total = self._registries.count(self.registry)
            self.count.setText(counted(total, self.registry))

    # -- following

    def _follow_change(self, change: Change) -> None:
        """Show what a change has made of the list, the form and the mentions."""
        if self.isHidden():
            self._stale = True
            return
        wanted = self._wanted
        selection = self.view.selectionModel()
        selection.blockSignals(True)
        self.model.follow(change)
        selection.blockSignals(False)
        if wanted and self.model.row_of(wanted) is None:
            wanted = next((r.id for r in change.added if self._is_listed(r)), "")
        if wanted != self._current_id() or any(self._is_listed(r) for r in change.added):
            self._choose_row(wanted)
        if self.mentions.is_touched(change):
            self.mentions.show_entry(self.model.entry(self.view.currentIndex().row()))
        self._say_count()
        self._allow()

    def _is_listed(self, record: object) -> bool:
        return isinstance(record, RegistryEntry) and self.model.row_of(record.id) is not None

    def _current_id(self) -> str:
        entry = self.model.entry(self.view.currentIndex().row())
        return entry.id if entry else ""

    def _follow_import(self) -> None:
        self._stale = True
        if self.isVisible():
            self._read(self.registry)

    def _filter(self) -> None:
        self._pause.stop()
        self._read(self.registry)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what there is now: nothing was followed while the panel was away."""
        super().showEvent(event)
        if self._stale:
            self._read(self.registry)

    # -- editing

    def _add(self) -> None:
        """Add an entry called by the words of the filter, and let its name be written."""
        session = self._bridge.session
        name = self.words.text().strip() or f"New {self.registry}"
        entry = registry_edits.new_entry(self.registry, name, session.annotator)
        if self._bridge.carry_out(lambda: registry_edits.add(session.annotator, entry)):
            self.words.setText(name if self.words.text() else "")
            self._pause.stop()
            if self.model.row_of(entry.id) is None:  # further down than has been read
                self.words.setText(name)
                self._pause.stop()
                self.model.show(self.registry, name)
            self._choose_row(entry.id)
            self._say_count()
            self.form.edit_name()

    def _merge(self) -> None:
        from ui.registry.merge_dialog import MergeDialog

        self.form.finish()
        listed = [
            ListedEntry(entry, self._registries.count_mentions(entry.id))
            for entry in self.entries()
        ]
        if len(listed) > 1:
            dialog = MergeDialog(self._bridge, self._open_store, listed, self)
            dialog.merged.connect(lambda entry: self._choose_row(entry.id))
            dialog.open()

    def _remove(self) -> None:
        entries = self.entries()
        if len(entries) == 1:
            session = self._bridge.session
            mentions = self._registries.count_mentions(entries[0].id)

            def make(registries: Mentioned) -> Change:
                return registry_edits.remove(session.annotator, registries, entries[0])

            place = (self, self._open_store, self._registries, mentions)
            if self._bridge.carry_out(lambda: change_of_mentions(*place, make)):
                what = counted(mentions, "span mentions", "spans mention")
                self._bridge.done.emit(
                    f"“{entries[0].name}” is removed; {what} nobody now. Undo brings it back."
                )

    def _show_alike(self) -> None:
        from ui.registry.alike_dialog import AlikeDialog

        self.form.finish()
        AlikeDialog(self._bridge, self._open_store, self.registry, self).open()

    def _escape(self) -> None:
        """Go back to the text from the list; from what is written beside it, to the list."""
        if not self.view.hasFocus():
            self.view.setFocus()
            return
        self.left.emit()

    def close_panel(self) -> None:
        """Store what is being written and go away; the cursor goes back to the text."""
        self.form.finish()
        self.hide()
        self.left.emit()

    def _remember_columns(self) -> None:
        settings.remember_layout("registries", self._columns.saveState())

    # -- building

    def _connect(self) -> None:
        self._pause.timeout.connect(self._filter)
        self.words.textEdited.connect(self._pause.start)
        self.words.textChanged.connect(lambda words: None if words else self._pause.start())
        self.words.returnPressed.connect(self._filter)
        self.words.returnPressed.connect(self.view.setFocus)
        for registry, switch in self.switches.items():
            switch.clicked.connect(lambda _=False, which=registry: self.open(which))
        selection = self.view.selectionModel()
        selection.currentChanged.connect(lambda now, before: self._follow_choice())
        selection.selectionChanged.connect(lambda now, before: self._allow())
        self.view.activated.connect(lambda index: self.form.edit_name())
        self.add.clicked.connect(self._add)
        self.merge.clicked.connect(self._merge)
        self.remove.clicked.connect(self._remove)
        self.alike.clicked.connect(self._show_alike)
        self.leave.clicked.connect(self.close_panel)
        self.mentions.chosen.connect(self.chosen)
        self.mentions.left.connect(self.left)
        self._bridge.changed.connect(self._follow_change)
        self._bridge.imported.connect(self._follow_import)
        self._bridge.locked.connect(self._allow)
        for keys, act in (("Esc", self._escape), ("Del", self._delete)):
            place = self if keys == "Esc" else self.view
            shortcut = QShortcut(QKeySequence(keys), place, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _delete(self) -> None:
        if self.remove.isEnabled():
            self._remove()

    def _lay_out(self) -> None:
        self.setAccessibleName("Registries")
        self.words.setAccessibleName("Filter the entries by name or alias")
        self.words.setMaximumWidth(220)
        self.view.setItemDelegate(EntryPainter(self.view))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        group = QButtonGroup(self)
        head = QHBoxLayout()
        head.setContentsMargins(PANEL_MARGIN, 0, 6, 0)
        head.setSpacing(4)
        for registry, switch in self.switches.items():
            switch.setAccessibleName(f"Show the {TITLES[registry].lower()}")
            switch.setToolTip(switch.accessibleName())
            group.addButton(switch)
            head.addWidget(switch)
        self.switches["source"].setChecked(True)
        head.addWidget(self.words, 1)
        head.addSpacing(6)
        head.addWidget(self.count)
        head.addStretch(1)
        buttons: tuple[QToolButton, ...] = (self.add, self.merge, self.remove, self.alike)
        for button in (*buttons, self.leave):
            head.addWidget(button)
        for part in (self.view, self.form, self.mentions):
            self._columns.addWidget(part)
        self._columns.setChildrenCollapsible(False)
        self._columns.setHandleWidth(1)
        self._columns.setSizes(SIZES)
        self._columns.restoreState(settings.layout("registries"))
        self._columns.splitterMoved.connect(self._remember_columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Rule())
        column.addLayout(head)
        column.addWidget(self._columns, 1)
