"""The articles of a project as Qt's views see them, read page by page."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from annotation.store import COUNTED, ArticleFilter, ArticleRow, Store

PAGE = 100
"""How many rows are read at a time."""

ARTICLE = Qt.ItemDataRole.UserRole
"""The role under which a row's `ArticleRow` is found."""


class ArticleModel(QAbstractListModel):
    """A list of articles that grows as somebody scrolls; 100,000 open as fast as ten."""

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._rows: list[ArticleRow] = []
        self._positions: dict[str, int] = {}
        self.wanted = ArticleFilter()
        self.total = 0
        page, self.total = self._first(self.wanted)
        self._add(page)

    def show(self, wanted: ArticleFilter) -> None:
        """Show only what the filter lets through, from the start.

        `ProjectError` for a query that is wrong; then all stays as it is.
        """
        page, total = self._first(wanted)
        self.beginResetModel()
        self.wanted, self.total = wanted, total
        self._rows.clear()
        self._positions.clear()
        self._add(page)
        self.endResetModel()

    def reload(self) -> None:
        """Read anew what is shown, after articles have been added."""
        self.show(self.wanted)

    def refresh(self, article_id: str) -> None:
        """Read one article's row anew, if it is shown."""
        position = self._positions.get(article_id)
        if position is None:
            return
        row = self._store.article_row(article_id)
        if row != self._rows[position]:
            self._rows[position] = row
            index = self.index(position)
            self.dataChanged.emit(index, index)

    def find(self, article_id: str) -> QModelIndex:
        """Return where an article is, reading on as far as it takes; invalid if filtered out."""
        if article_id not in self._positions:
            number = self._store.article_row(article_id).number
            if self._rows and number > self._rows[-1].number:
                self._grow(max(PAGE, number - self._rows[-1].number))
        position = self._positions.get(article_id)
        return QModelIndex() if position is None else self.index(position)

    def article(self, index: QModelIndex) -> ArticleRow | None:
        """Return the row at a place, or None."""
        return self._rows[index.row()] if index.isValid() else None

    # -- Qt's side

    def rowCount(self, parent: QModelIndex | None = None) -> int:  # noqa: D102
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a view asks about a row."""
        row = self.article(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return described(row)
        return row if role == ARTICLE else None

    def canFetchMore(self, parent: QModelIndex) -> bool:  # noqa: D102
        uncounted = self.total == COUNTED + 1
        return not parent.isValid() and (uncounted or len(self._rows) < self.total)

    def fetchMore(self, parent: QModelIndex) -> None:
        """Read the next page."""
        self._grow(PAGE)

    def _grow(self, limit: int) -> None:
        after = self._rows[-1].number if self._rows else 0
        page = self._store.article_rows(self.wanted, after, limit)
        if not page:
            self.total = len(self._rows)
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(page) - 1)
        self._add(page)
        self.endInsertRows()

    def _first(self, wanted: ArticleFilter) -> tuple[list[ArticleRow], int]:
        page = self._store.article_rows(wanted, 0, PAGE)
        return page, len(page) if len(page) < PAGE else self._store.count_articles(wanted)

    def _add(self, page: list[ArticleRow]) -> None:
        for row in page:
            self._positions[row.id] = len(self._rows)
            self._rows.append(row)


def described(row: ArticleRow) -> str:
    """Return a row in words, for tooltips and screen readers."""
    parts = [row.title, byline(row), row.status]
    if row.pending:
        parts.append("suggestions wait for review")
    return ", ".join(part for part in parts if part)


def byline(row: ArticleRow) -> str:
    """Return outlet and date as a second line."""
    return " · ".join(part for part in (row.outlet, row.published[:10]) if part)
