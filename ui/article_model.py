"""The articles of a project as Qt's views see them, read where somebody looks."""

from array import array
from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, Signal

from annotation.errors import ProjectError
from annotation.store import ArticleFilter, ArticleRow, Store
from ui.article_finding import ArticleFinding

PAGE = 50
"""How many rows are read at a time: half a millisecond."""

KEPT = 12
"""How many pages are kept at most: what a large screen shows, and where it was just before."""

ARTICLE = Qt.ItemDataRole.UserRole
"""The role under which a row's `ArticleRow` is found."""


class ArticleModel(QAbstractListModel):
    """As many rows as there are articles, of which only some pages are in memory.

    Articles are numbered from 1 without gaps, so without a filter the row tells the number;
    with one the numbers of what it lets through are kept, four bytes each. Reading a page,
    finding an article's row and a row's article cost the same in any project.
    `grown` tells that a filter has let more through, or that it has let all through;
    `failed` why it cannot be applied, and the list stays as it is, or why a page cannot be read.
    """

    grown = Signal()
    failed = Signal(str)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._numbers: Sequence[int] = ()
        self._pages: dict[int, list[ArticleRow | None]] = {}
        self._places: dict[str, int] = {}
        self._found = array("I")
        self.coming = self.wanted = ArticleFilter()
        self._awaited = self._whole = False
        self.finding = ArticleFinding(store, self)
        self.finding.found.connect(self._take)
        self.finding.ended.connect(self._end)
        self._numbers = self._all()

    def show(self, wanted: ArticleFilter) -> None:
        """Show only what the filter lets through, from when the first of it is found."""
        self._whole = False
        self._find(wanted)

    def reload(self) -> None:
        """Read anew what is shown, after articles have come or many have changed.

        With a filter nothing moves until all is known that it lets through now.
        """
        if self.coming != ArticleFilter():
            self._whole = True
            self._find(self.coming)
            return
        self._forget_pages()
        before, now = len(self._numbers), self._all()
        if len(now) > before:
            self.beginInsertRows(QModelIndex(), before, len(now) - 1)
            self._numbers = now
            self.endInsertRows()
        if before:
            self.dataChanged.emit(self.index(0), self.index(before - 1))
        self.grown.emit()

    def refresh(self, article_id: str) -> None:
        """Read one article's row anew, if it is in memory."""
        place = self._places.get(article_id)
        if place is None:
            return
        row = self._store.article_row(article_id)
        page = self._pages[place // PAGE]
        if row != page[place % PAGE]:
            page[place % PAGE] = row
            index = self.index(place)
            self.dataChanged.emit(index, index)

    def find(self, article_id: str) -> QModelIndex:
        """Return where an article is; invalid if filtered out, or not found yet."""
        number = self._store.article_row(article_id).number
        place = bisect_left(self._numbers, number)
        there = place < len(self._numbers) and self._numbers[place] == number
        return self.index(place) if there else QModelIndex()

    def article(self, index: QModelIndex) -> ArticleRow | None:
        """Return the row at a place, or None."""
        return self._row(index.row()) if index.isValid() else None

    # -- Qt's side

    def rowCount(self, parent: QModelIndex | None = None) -> int:  # noqa: D102
        return 0 if parent is not None and parent.isValid() else len(self._numbers)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a view asks about a row."""
        if role not in _ROLES or not index.isValid():
            return None
        row = self._row(index.row())
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return described(row)
        return row

    # -- pages

    def _row(self, place: int) -> ArticleRow | None:
        page = self._pages.pop(place // PAGE, None)
        if page is None:
            page = self._read(place // PAGE)
        self._pages[place // PAGE] = page  # the one used last comes last
        return page[place % PAGE]

    def _read(self, number: int) -> list[ArticleRow | None]:
        while len(self._pages) >= KEPT:
            self._drop(next(iter(self._pages)))  # the one used longest ago
        wanted = self._numbers[number * PAGE : (number + 1) * PAGE]
        try:
            found = {row.number: row for row in self._store.rows_of(wanted)}
        except ProjectError as error:  # somebody is painting, and not to be bothered by it
            found = {}
            self.failed.emit(str(error))
        page = [found.get(one) for one in wanted]
        for place, row in enumerate(page, number * PAGE):
            if row is not None:
                self._places[row.id] = place
        return page

    def _drop(self, number: int) -> None:
        for row in self._pages.pop(number, ()):
            if row is not None:
                del self._places[row.id]

    def _forget_pages(self) -> None:
        self._pages.clear()
        self._places.clear()

    # -- numbers

    def _all(self) -> range:
        return range(1, self._store.count_articles(ArticleFilter()) + 1)

    def _find(self, wanted: ArticleFilter) -> None:
        self.coming = wanted
        self._awaited = wanted != ArticleFilter()
        if self._awaited:
            self._found = array("I")
            self.finding.start(wanted)
        else:
            self.finding.stop()
            self._begin_anew(self._all())
            self.grown.emit()

    def _begin_anew(self, numbers: Sequence[int]) -> None:
        self.beginResetModel()
        self.wanted = self.coming
        self._awaited = False
        self._numbers = numbers
        self._forget_pages()
        self.endResetModel()

    def _take(self, numbers: "array[int]") -> None:
        if self._awaited:
            self._found.extend(numbers)
            if self._whole:
                return
            self._begin_anew(self._found)
        else:
            first = len(self._found)
            self.beginInsertRows(QModelIndex(), first, first + len(numbers) - 1)
            self._drop(first // PAGE)  # the last one, which was not full
            self._found.extend(numbers)
            self.endInsertRows()
        self.grown.emit()

    def _end(self, problem: str) -> None:
        if problem:
            self._awaited = False
            self.coming = self.wanted
            self.failed.emit(problem)
            return
        if self._awaited:
            self._begin_anew(self._found)
        self.grown.emit()


_ROLES = frozenset(
    (
        *(ARTICLE, Qt.ItemDataRole.DisplayRole),
        *(Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole),
    )
)


def described(row: ArticleRow) -> str:
    """Return a row in words, for tooltips and screen readers."""
    parts = [row.title, byline(row), row.status]
    if row.pending:
        parts.append("suggestions wait for review")
    return ", ".join(part for part in parts if part)


def byline(row: ArticleRow) -> str:
    """Return outlet and date as a second line."""
    return " · ".join(part for part in (row.outlet, row.published[:10]) if part)
