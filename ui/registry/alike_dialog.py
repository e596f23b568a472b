"""The dialog that lists entries of a registry that may be the same."""

from bisect import bisect_right
from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotation.counting import counted
from annotation.errors import ProjectError
from annotation.model import Change, Registry, RegistryEntry
from annotation.registries import ListedEntry
from annotation.registry_alike import Pair, alike
from annotation.store import OpenStore
from ui.bridge import SessionBridge
from ui.look import Quiet
from ui.registry.entry_painter import DETAIL, EntryPainter
from ui.registry.known import KnownNames
from ui.registry.merge_dialog import MergeDialog

PAIR = Qt.ItemDataRole.UserRole
SLICE = 0.005
"""How many seconds of a turn of the event loop are taken."""

MOST = 500
"""How many pairs are listed at most; merging some shows others the next time."""


class AlikeDialog(QDialog):
    """Looks for pairs a little between two pictures; Enter or a double click merges one.

    Pairs that are not the same are set aside for good, until they are brought back.
    """

    def __init__(
        self,
        bridge: SessionBridge,
        open_store: OpenStore,
        registry: Registry,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Likely duplicates")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bridge = bridge
        self._open_store = open_store
        self._registry = registry
        self._registries = bridge.session.store.registries
        self._known = KnownNames.of(bridge)
        self._apart: set[frozenset[str]] = set()
        self._aside = 0
        self._pairs: Iterator[Pair | None] | None = None
        self._ranks: list[float] = []
        self.state = Quiet("Looking…")
        self.list = QListWidget()
        self.list.setAccessibleName("Entries that may be the same")
        self.list.setItemDelegate(EntryPainter(self.list))
        self.list.setUniformItemSizes(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.merge = self.buttons.addButton("Merge…", QDialogButtonBox.ButtonRole.ActionRole)
        self.apart = self.buttons.addButton("Not the same", QDialogButtonBox.ButtonRole.ActionRole)
        self.apart.setToolTip("Never list these two again (Del)")
        self.again = self.buttons.addButton("", QDialogButtonBox.ButtonRole.ResetRole)
        self.again.setToolTip("List the pairs again that were said not to be the same")
        for button in (self.merge, self.apart):
            button.setEnabled(False)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._look_on)
        self.merge.clicked.connect(self._merge)
        self.buttons.rejected.connect(self.reject)
        self.list.itemActivated.connect(self._merge)
        self.apart.clicked.connect(self._set_apart)
        self.again.clicked.connect(self._bring_back)
        QShortcut(QKeySequence("Del"), self.list, self._set_apart)
        self.list.currentRowChanged.connect(self._allow)
        bridge.changed.connect(self._follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        for widget in (self.state, self.list, self.buttons):
            column.addWidget(widget)
        self.resize(620, 420)
        self._look()

    @property
    def is_looking(self) -> bool:
        """Whether there may be more."""
        return self._turn.isActive()

    def _look(self) -> None:
        """Look from the start."""
        self._apart = {frozenset(pair) for pair in self._registries.distinct()}
        self._pairs = None
        self._ranks.clear()
        self._aside = 0
        self.list.clear()
        self.again.hide()
        self.state.setText("Looking…")
        self._turn.start()

    def _look_on(self) -> None:
        names = self._known.names(self._registry)
        if names is None:
            return
        if self._pairs is None:
            self._pairs = alike(names.items())
        until = perf_counter() + SLICE
        while perf_counter() < until and len(self._ranks) < MOST:
            try:
                pair = next(self._pairs)
            except StopIteration:
                break
            if pair is not None and frozenset(pair[:2]) in self._apart:
                self._aside += 1
            elif pair is not None:
                self._add(pair)
        else:
            if len(self._ranks) < MOST:
                self.state.setText(f"{counted(len(self._ranks), 'pair')} so far…")
                return
        self._turn.stop()
        self._say()

    def _say(self) -> None:
        count = self.list.count()
        self.state.setText(
            f"{counted(count, 'pair')}. Names say little: look before you merge."
            if count
            else "No two entries have names that are alike."
            if not self._aside
            else "No other two entries have names that are alike."
        )
        self.again.setText(f"Bring back {self._aside:,}")
        self.again.setVisible(self._aside > 0)

    def _allow(self, row: int) -> None:
        for button in (self.merge, self.apart):
            button.setEnabled(row >= 0)

    def _set_apart(self) -> None:
        """Take the pair out of the list, for good."""
        row = self.list.currentRow()
        if row < 0:
            return
        pair: Pair = self.list.item(row).data(PAIR)
        if self._note(pair.first_id, pair.second_id, apart=True):
            self.list.takeItem(row)
            del self._ranks[row]
            self._aside += 1
            self._apart.add(frozenset(pair[:2]))
            self._say()

    def _bring_back(self) -> None:
        """List all pairs of this registry that were set aside."""
        there = {entry_id for entry_id, _ in self._known.names(self._registry).items()}
        for first, second in self._registries.distinct():
            if {first, second} <= there and not self._note(first, second, apart=False):
                return
        self._look()

    def _note(self, first: str, second: str, apart: bool) -> bool:
        """Write into the project that two entries are not the same, or no longer."""
        try:
            self._registries.set_distinct(first, second, apart)
        except ProjectError as error:
            self._bridge.refused.emit(str(error))
            return False
        return True

    def _add(self, pair: Pair) -> None:
        place = bisect_right(self._ranks, -pair.likeness)
        self._ranks.insert(place, -pair.likeness)
        item = QListWidgetItem(pair.first)
        item.setData(PAIR, pair)
        item.setData(DETAIL, f"and  {pair.second}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{pair.first} and {pair.second}")
        self.list.insertItem(place, item)

    def _merge(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        pair: Pair = item.data(PAIR)
        entries = self._registries.entries([pair.first_id, pair.second_id])
        if len(entries) == 2:
            counts = [self._registries.count_mentions(entry.id) for entry in entries]
            listed = list(map(ListedEntry, entries, counts))
            MergeDialog(self._bridge, self._open_store, listed, self).open()

    def _follow(self, change: Change) -> None:
        """Take out pairs of which one is gone."""
        there = {record.id for record in change.added}
        gone = {
            record.id
            for record in change.removed
            if isinstance(record, RegistryEntry) and record.id not in there
        }
        for row in reversed(range(self.list.count() if gone else 0)):
            pair: Pair = self.list.item(row).data(PAIR)
            if gone & {pair.first_id, pair.second_id}:
                self.list.takeItem(row)
                del self._ranks[row]
        if gone and not self.is_looking:
            self._say()
