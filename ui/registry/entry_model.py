"""The entries of a registry as Qt's views see them, read page by page."""

from bisect import bisect_left

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from annotation.counting import counted
from annotation.model import Change, Registry, RegistryEntry, Span
from annotation.registries import ListedEntry, Registries
from annotation.registry import folded
from ui.registry.entry_painter import DETAIL, FIGURE
from ui.registry.facts import in_a_line

PAGE = 100
"""How many entries are read at a time."""

MANY = 200
"""A change of more entries than this has the list read anew."""


class EntryModel(QAbstractListModel):
    """Grows as somebody scrolls; a change puts in or takes out the rows that it touches."""

    def __init__(self, registries: Registries, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._registries = registries
        self._rows: list[ListedEntry] = []
        self._complete = False
        self.registry: Registry = "source"
        self.words = ""

    @property
    def is_complete(self) -> bool:
        """Whether all entries have been read."""
        return self._complete

    def show(self, registry: Registry, words: str) -> None:
        """Show the entries with these words in their names, from the start."""
        self.beginResetModel()
        self.registry, self.words = registry, words
        self._rows = self._registries.page(registry, words, limit=PAGE)
        self._complete = len(self._rows) < PAGE
        self.endResetModel()

    def entry(self, row: int) -> RegistryEntry | None:
        """Return the entry of a row."""
        return self._rows[row].entry if 0 <= row < len(self._rows) else None

    def row_of(self, entry_id: str) -> int | None:
        """Return the row of an entry among those that have been read."""
        found = (row for row, listed in enumerate(self._rows) if listed.entry.id == entry_id)
        return next(found, None)

    def follow(self, change: Change) -> None:
        """Show what a change has made of the entries and of how often they are mentioned."""
        gone, come = (
            {e.id: e for e in side if isinstance(e, RegistryEntry) and e.registry == self.registry}
            for side in (change.removed, change.added)
        )
        if len(gone) + len(come) > MANY:
            self.show(self.registry, self.words)
            return
        for entry_id in gone:
            self._take_out(entry_id)
        fresh = {entry.id for entry in come.values() if self._put_in(entry)}
        self._recount(change, fresh)

    # -- Qt's side

    def rowCount(self, parent: QModelIndex | None = None) -> int:  # noqa: D102
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a view asks about a row."""
        if role not in _ROLES or not index.isValid():
            return None
        entry, mentions = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.name
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(entry.names)
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = (entry.name, in_a_line(entry), counted(mentions, "mention"))
                return ", ".join(filter(None, parts))
        return in_a_line(entry) if role == DETAIL else f"{mentions:,}"

    def canFetchMore(self, parent: QModelIndex) -> bool:  # noqa: D102
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: QModelIndex) -> None:
        """Read the next page."""
        after = self._rows[-1].entry if self._rows else None
        page = self._registries.page(self.registry, self.words, after, PAGE)
        self._complete = len(page) < PAGE
        if page:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(page) - 1)
            self._rows += page
            self.endInsertRows()

    # -- following

    def _take_out(self, entry_id: str) -> None:
        row = self.row_of(entry_id)
        if row is not None:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()

    def _put_in(self, entry: RegistryEntry) -> bool:
        """Put an entry where it belongs, unless that is still to be read; tell whether it is in."""
        names = "\n".join(map(folded, entry.names))
        if not all(word in names for word in folded(self.words).split()):
            return False
        place = bisect_left(self._rows, _place(entry), key=lambda listed: _place(listed.entry))
        if place == len(self._rows) and not self._complete:
            return False
        listed = ListedEntry(entry, self._registries.count_mentions(entry.id))
        self.beginInsertRows(QModelIndex(), place, place)
        self._rows.insert(place, listed)
        self.endInsertRows()
        return True

    def _recount(self, change: Change, fresh: set[str]) -> None:
        """Count mentions up and down, but of entries that have just been read."""
        more: dict[str, int] = {}
        for side, step in ((change.removed, -1), (change.added, 1)):
            for record in side:
                if isinstance(record, Span) and record.entry_id:
                    more[record.entry_id] = more.get(record.entry_id, 0) + step
        for entry_id, count in more.items():
            row = self.row_of(entry_id) if count and entry_id not in fresh else None
            if row is not None:
                entry, mentions = self._rows[row]
                self._rows[row] = ListedEntry(entry, mentions + count)
                self.dataChanged.emit(self.index(row), self.index(row))


_ROLES = frozenset(
    (
        *(DETAIL, FIGURE, Qt.ItemDataRole.DisplayRole),
        *(Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole),
    )
)


def _place(entry: RegistryEntry) -> tuple[str, str]:
    return folded(entry.name), entry.id
