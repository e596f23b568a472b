"""The parts of a codebook in a tree, with how often each is used and whether something is wrong."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QPalette
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from annotation.codebook import Label
from annotation.codebook_draft import Draft
from annotation.codebook_draft_problems import Told
from annotation.codebook_entries import Entry
from annotation.codebook_revision import Uses
from ui.codebook.fields import swatch
from ui.theme import system_theme

ENTRY = Qt.ItemDataRole.UserRole
OPEN_AT_FIRST = ("codebook", "layer")
NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class EntryTree(QTreeWidget):
    """Shows a draft; `chosen` carries the part that is looked at now.

    `remove_wanted` and `move_wanted` come with Del and Alt+Up or Alt+Down.
    """

    chosen = Signal(object)
    remove_wanted = Signal()
    move_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._uses: Uses = {}
        self._items: dict[Entry, QTreeWidgetItem] = {}
        self.setAccessibleName("Parts of the codebook")
        self.setHeaderLabels(["Part", "Kind", "Used", "Suggested"])
        self.setUniformRowHeights(True)
        self.setIconSize(QSize(12, 12))
        self.setIndentation(16)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.headerItem().setToolTip(2, "Spans and relations that say it")
        self.headerItem().setToolTip(3, "Suggestions of it that nobody has decided on")
        for section in (1, 2, 3):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        self.currentItemChanged.connect(self._tell)

    @property
    def entry(self) -> Entry | None:
        """The part that is looked at."""
        item = self.currentItem()
        return item.data(0, ENTRY) if item else None

    def show_uses(self, draft: Draft, uses: Uses) -> None:
        """Show how many annotations use each part."""
        self._uses = uses
        for entry, item in self._items.items():
            self._count(draft, entry, item)

    def show_draft(self, draft: Draft, entry: Entry | None) -> None:
        """Show all parts anew, and look at one of them; what was open stays open."""
        opened = {e for e, item in self._items.items() if item.isExpanded()}
        known = set(self._items)
        self.blockSignals(True)
        self.clear()
        self._items.clear()
        self._add(draft, draft.root, None)
        for each, item in self._items.items():
            at_first = each.kind in OPEN_AT_FIRST and each not in known
            item.setExpanded(each in opened or at_first)
        self.blockSignals(False)
        self.look_at(entry or draft.root)

    def look_at(self, entry: Entry) -> None:
        """Look at a part."""
        item = self._items.get(entry)
        if item is not None:
            self.setCurrentItem(item)
            self.scrollToItem(item)

    def parent_of(self, entry: Entry) -> Entry | None:
        """Return below which part another one is shown."""
        item = self._items.get(entry)
        above = item.parent() if item else None
        return above.data(0, ENTRY) if above else None

    def show_entry(self, entry: Entry) -> None:
        """Show the name and colour that a part has now."""
        item = self._items.get(entry)
        if item is not None:
            item.setText(0, entry.name or "(no name)")
            if isinstance(entry.part, Label):
                item.setIcon(0, swatch(entry.part.color))

    def show_problems(self, problems: Sequence[Told]) -> None:
        """Mark the parts with which something is wrong, and those that hold them."""
        wrong: dict[Entry, list[str]] = {}
        for problem in problems:
            place: Entry | None = problem.entry
            while place is not None:
                wrong.setdefault(place, []).append(problem.text)
                place = place.owner
        theme = system_theme()
        for entry, item in self._items.items():
            told = list(dict.fromkeys(wrong.get(entry, [])))
            item.setForeground(0, QBrush(theme.warning) if told else QBrush(theme.ink))
            item.setToolTip(0, "\n".join(told))
            mark = "⚠ " if any(problem.entry is entry for problem in problems) else ""
            item.setText(0, mark + (entry.name or "(no name)"))
            item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, "; ".join(told))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove and move the part that is looked at."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_wanted.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        if self.entry is not None:
            self.chosen.emit(self.entry)

    def _add(self, draft: Draft, entry: Entry, parent: QTreeWidgetItem | None) -> None:
        item = QTreeWidgetItem([entry.name or "(no name)", entry.kind, "", ""])
        item.setData(0, ENTRY, entry)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{entry.kind} {entry.name}")
        for section in (2, 3):
            item.setTextAlignment(section, NUMBER)
        for section in (1, 2, 3):
            item.setForeground(section, self.palette().brush(QPalette.ColorRole.PlaceholderText))
        if isinstance(entry.part, Label):
            item.setIcon(0, swatch(entry.part.color))
        if parent is None:
            self.addTopLevelItem(item)
        else:
            parent.addChild(item)
        self._items[entry] = item
        self._count(draft, entry, item)
        for inner in entry.inside:
            if not inner.removed:
                self._add(draft, inner, item)

    def _count(self, draft: Draft, entry: Entry, item: QTreeWidgetItem) -> None:
        for section, count in enumerate(draft.counts(entry, self._uses), 2):
            item.setText(section, f"{count:,}" if count else "")
