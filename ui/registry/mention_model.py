"""The spans that mention an entry, in all articles, as Qt's views see them."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from annotation.model import Change, RegistryEntry, Span
from annotation.registries import Mention, Registries
from ui.registry.entry_painter import DETAIL

PAGE = 100
"""How many mentions are read at a time."""


class MentionModel(QAbstractListModel):
    """Grows as somebody scrolls, oldest first."""

    def __init__(self, registries: Registries, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._registries = registries
        self._entry_id = ""
        self._rows: list[Mention] = []
        self._complete = True

    def show(self, entry: RegistryEntry | None) -> None:
        """Show the mentions of an entry, from the start; of None there are none."""
        self.beginResetModel()
        self._entry_id = entry.id if entry else ""
        self._rows = self._registries.mentions(entry.id, limit=PAGE) if entry else []
        self._complete = len(self._rows) < PAGE
        self.endResetModel()

    def is_touched(self, change: Change) -> bool:
        """Tell whether a change is about any of the mentions."""
        records = (*change.removed, *change.added)
        return bool(self._entry_id) and any(
            isinstance(record, Span) and record.entry_id == self._entry_id for record in records
        )

    def span(self, row: int) -> Span | None:
        """Return the span of a row."""
        return self._rows[row].span if 0 <= row < len(self._rows) else None

    # -- Qt's side

    def rowCount(self, parent: QModelIndex | None = None) -> int:  # noqa: D102
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a view asks about a row."""
        if not index.isValid():
            return None
        span, title = self._rows[index.row()]
        words = " … ".join(" ".join(part.split()) for part in span.quotation)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"“{words}”"
            case Qt.ItemDataRole.ToolTipRole:
                return title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{words}, in {title}"
        return title if role == DETAIL else None

    def canFetchMore(self, parent: QModelIndex) -> bool:  # noqa: D102
        return not parent.isValid() and not self._complete

    def fetchMore(self, parent: QModelIndex) -> None:
        """Read the next page."""
        page = self._registries.mentions(self._entry_id, self._rows[-1].span, PAGE)
        self._complete = len(page) < PAGE
        if page:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(page) - 1)
            self._rows += page
            self.endInsertRows()
