"""The field of the inspector that says which registry entry a span mentions."""

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotation import registry_edits
from annotation.document import Document
from annotation.edits import Desk
from annotation.errors import ProjectError
from annotation.model import Change, Registry, RegistryEntry, Span
from annotation.registry import FACTS, KINDS, registry_of
from annotation.registry_matching import Proposal
from ui.bridge import SessionBridge
from ui.look import Quiet, TickBox, heading, shortened
from ui.registry.entry_painter import DETAIL, EntryPainter
from ui.registry.facts import QUESTIONS, in_a_line
from ui.registry.known import KnownNames, Lookup
from ui.registry.same_words import same_words
from ui.row_view import AIR
from ui.small_button import small_button

ENTRY = Qt.ItemDataRole.UserRole
"""The role under which a line's entry is found; None where a new one would be made."""

SLICE = 0.004
"""How many seconds of a turn of the event loop are taken to look for the same words."""

LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WhoField(QWidget):
    """Shows the entry that a span mentions, and lets a person choose it or make a new one.

    While the cursor is in it, proposals for the span's words, or for what is typed, stand
    below. `left` asks for the cursor back in the text; `entry_wanted` carries an entry to be
    shown in its registry.
    """

    left = Signal()
    entry_wanted = Signal(object)

    def __init__(self, bridge: SessionBridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._span: Span | None = None
        self._entry: RegistryEntry | None = None
        self._registry: Registry = "source"
        self._due = self._all_due = False
        self._same: list[Span] = []
        self._looking: Iterator[Span | None] = iter(())
        self.question = heading("")
        self.words = QLineEdit()
        self.show_entry = small_button("☰", "Show it in the registry")
        self.forget = small_button("×", "Mentions nobody")
        self.known = Quiet()
        self.list = QListWidget()
        self.others = TickBox()
        self._lookup = Lookup(bridge, self._show_proposals)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._look_on)
        self._lay_out()
        self._connect()

    def show_span(self, document: Document, span: Span) -> None:
        """Show whom a span mentions; nothing where its label has no registry."""
        registry = registry_of(self._bridge.session.codebook, span.layer, span.label)
        self.setVisible(registry is not None)
        same = self._span is not None and self._span.id == span.id
        self._span = span
        if registry is None:
            return
        self._registry = registry
        entry = self._find(span.entry_id)
        if same and self.is_open and entry == self._entry:
            return  # somebody is choosing
        self._entry = entry
        question = QUESTIONS[registry]
        self.question.setText(question)
        self.words.setPlaceholderText("Name, or Enter for the first proposal")
        self.words.setText(entry.name if entry else "")
        self.words.setCursorPosition(0)
        self.words.setToolTip(entry.note if entry else "")
        self.known.setText(in_a_line(entry) if entry else "")
        self.known.setVisible(bool(self.known.text()))
        for button in (self.forget, self.show_entry):
            button.setVisible(entry is not None)
        writable = not self._bridge.session.store.read_only
        self.words.setEnabled(writable)
        self.forget.setEnabled(writable)
        if self.is_open:
            self._open()

    @property
    def is_open(self) -> bool:
        """Whether proposals are shown."""
        return not self.list.isHidden()

    def choose(self) -> None:
        """Put the cursor here, with what the span's own words may mean below."""
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- proposing

    def _open(self) -> None:
        span, document = self._span, self._bridge.document
        if span is None or document is None:
            return
        self._due = self._all_due = False
        self.words.selectAll()
        self.list.clear()
        self.list.show()
        self._fit()
        self._lookup.look(self._registry, _words(span), typing=False)
        self._same = []
        self.others.setChecked(False)
        self.others.hide()
        self._looking = same_words(document, span)
        self._turn.start()

    def _close(self) -> None:
        self._lookup.stop()
        self._turn.stop()
        self._due = self._all_due = False
        self.list.hide()
        self.others.hide()
        self.words.setText(self._entry.name if self._entry else "")
        self.words.setCursorPosition(0)

    def _type(self, words: str) -> None:
        span = self._span
        if span is not None:
            self._due = self._all_due = False
            typed = words.strip()
            self._lookup.look(self._registry, typed or _words(span), typing=bool(typed))

    def _show_proposals(self, proposals: list[Proposal]) -> None:
        span = self._span
        if span is None or not self.is_open:
            return
        try:
            found = self._bridge.session.store.registries.entries([p.entry_id for p in proposals])
        except ProjectError as error:
            self._bridge.refused.emit(str(error))
            found = []
        entries = {entry.id: entry for entry in found}
        self.list.clear()
        for proposal in proposals:
            if entry := entries.get(proposal.entry_id):
                self._add_line(entry, proposal.name)
        self._add_new(span)
        self.list.setCurrentRow(0)
        self._fit()
        if self._due:
            self._take(all_of_them=self._all_due)

    def _add_line(self, entry: RegistryEntry, called: str) -> None:
        item = QListWidgetItem(entry.name, self.list)
        item.setData(ENTRY, entry)
        also = f"“{called}”" if called != entry.name else ""
        detail = " · ".join(filter(None, (also, in_a_line(entry))))
        item.setData(DETAIL, detail)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.name}, {detail}".strip(", "))
        item.setToolTip("\n".join(entry.names))

    def _add_new(self, span: Span) -> None:
        name = self._typed() or _words(span)
        item = QListWidgetItem(f"New: “{shortened(name, 60)}”", self.list)
        item.setData(DETAIL, "")

    def _typed(self) -> str:
        """Return what has been typed; the entry's name, left as it is, is nothing typed."""
        words = self.words.text().strip()
        return "" if self._entry and words == self._entry.name else words

    def _look_on(self) -> None:
        """Look for other spans with the same words, a little between two pictures."""
        until = perf_counter() + SLICE
        while perf_counter() < until:
            try:
                found = next(self._looking)
            except StopIteration:
                self._turn.stop()
                count = len(self._same)
                them = "the other span" if count == 1 else f"the other {count:,} spans"
                self.others.setText(f"And {them} with these words (Ctrl+Enter)")
                self.others.setVisible(count > 0 and self.is_open)
                return
            if found is not None:
                self._same.append(found)

    # -- choosing

    def _take(self, all_of_them: bool = False) -> None:
        """Take the current line; where proposals are still to come, as soon as they are there."""
        item = self.list.currentItem()
        if item is None or self._lookup.is_looking or (all_of_them and self._turn.isActive()):
            self._due, self._all_due = True, all_of_them
            return
        span, chosen = self._span, item.data(ENTRY)
        if span is None:
            return
        all_of_them = all_of_them or self.others.isChecked()
        spans = [span, *(self._same if all_of_them else ())]
        name = self._typed() or _words(span)

        def edit(desk: Desk) -> Change:
            if chosen is not None:
                return registry_edits.mention(desk, spans, chosen)
            entry = registry_edits.new_entry(
                self._registry, name, desk.annotator, facts=_facts(self._registry, span)
            )
            return registry_edits.mention(desk, spans, entry, new=True)

        same = chosen is not None and all(one.entry_id == chosen.id for one in spans)
        if same or self._bridge.perform(edit):
            self.left.emit()

    def _forget(self) -> None:
        span = self._span
        if span is not None:
            self._bridge.perform(lambda desk: registry_edits.forget_mention(desk, span))

    def _find(self, entry_id: str) -> RegistryEntry | None:
        if not entry_id:
            return None
        try:
            found = self._bridge.session.store.registries.entries([entry_id])
        except ProjectError as error:
            self._bridge.refused.emit(str(error))
            return None
        return found[0] if found else None

    # -- keys and building

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have the keys of the list work while somebody types; show it while they may."""
        if event.type() == QEvent.Type.FocusIn and not self.is_open and self.words.isEnabled():
            self._open()
        elif event.type() == QEvent.Type.FocusOut and QApplication.activePopupWidget() is None:
            self._close()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in LIST_KEYS:
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in ENTER:
                self._take(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
                return True
        return False

    def _click(self, item: QListWidgetItem) -> None:
        self.list.setCurrentItem(item)
        self._take()

    def _show_it(self) -> None:
        if self._entry is not None:
            self.entry_wanted.emit(self._entry)

    def _fit(self) -> None:
        """Be as high as the lines are."""
        line = self.fontMetrics().height() + AIR
        self.list.setFixedHeight(max(self.list.count(), 1) * line + 2 * self.list.frameWidth() + 2)

    def _connect(self) -> None:
        self.words.installEventFilter(self)
        self.words.textEdited.connect(self._type)
        self.list.itemClicked.connect(self._click)
        self.forget.clicked.connect(self._forget)
        self.show_entry.clicked.connect(self._show_it)
        KnownNames.of(self._bridge)

    def _lay_out(self) -> None:
        self.words.setAccessibleName("The entry of the registry that it mentions")
        self.list.setAccessibleName("Proposals from the registry")
        self.list.setItemDelegate(EntryPainter(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.hide()
        self.others.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.others.hide()
        self.known.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.question)
        row.addWidget(self.words, 1)
        row.addWidget(self.show_entry)
        row.addWidget(self.forget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        for widget in (self.known, self.list, self.others):
            column.addWidget(widget)


def _words(span: Span) -> str:
    return " ".join(" ".join(span.quotation).split())


def _facts(registry: Registry, span: Span) -> dict[str, str]:
    """Return what the span's own attributes say of a new entry."""
    said = span.attributes.get("form" if registry == "source" else "class", "")
    if registry == "source":
        return {"kind": str(said)} if said in KINDS else {}
    return {"class": str(said)} if said and "class" in FACTS[registry] else {}
