"""The dialog that lists entries of a registry that may be the same."""

from bisect import bisect_right
from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotation.counting import counted
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
    """Looks for pairs a little between two pictures; Enter or a double click merges one."""

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
        self._known = KnownNames.of(bridge)
        self._pairs: Iterator[Pair | None] | None = None
        self._ranks: list[float] = []
        self.state = Quiet("Looking…")
        self.list = QListWidget()
        self.list.setAccessibleName("Entries that may be the same")
        self.list.setItemDelegate(EntryPainter(self.list))
        self.list.setUniformItemSizes(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.merge = self.buttons.addButton("Merge…", QDialogButtonBox.ButtonRole.ActionRole)
        self.merge.setEnabled(False)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._look_on)
        self.merge.clicked.connect(self._merge)
        self.buttons.rejected.connect(self.reject)
        self.list.itemActivated.connect(self._merge)
        self.list.currentRowChanged.connect(lambda row: self.merge.setEnabled(row >= 0))
        bridge.changed.connect(self._follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        for widget in (self.state, self.list, self.buttons):
            column.addWidget(widget)
        self.resize(560, 420)
        self._turn.start()

    @property
    def is_looking(self) -> bool:
        """Whether there may be more."""
        return self._turn.isActive()

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
            if pair is not None:
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
        )

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
        registries = self._bridge.session.store.registries
        entries = registries.entries([pair.first_id, pair.second_id])
        if len(entries) == 2:
            listed = [ListedEntry(entry, registries.count_mentions(entry.id)) for entry in entries]
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
