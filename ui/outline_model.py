"""The spans of the article on screen in reading order, as Qt's views see them."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, QTimer, Signal

from annotation.document import Document
from annotation.model import Change, Span

PAGE = 150
"""How many spans are read at a time: two or three milliseconds' worth."""

MANY = 60
"""A change of more spans than this has the outline read anew."""

SPAN = Qt.ItemDataRole.UserRole
"""The role under which a row's `Span` is found."""

MENTIONED = Qt.ItemDataRole.UserRole + 1
"""The role of the name of the registry entry that the span mentions."""

Place = tuple[int, int, str]
"""Where a span stands in reading order: its start, its end negated, its id."""

Filter = Callable[[Span], bool]


def _any(span: Span) -> bool:
    return True


def _nobody(span: Span) -> str:
    return ""


class OutlineModel(QAbstractListModel):
    """Reads the spans page by page, a little between two pictures, and keeps only their places.

    What a row shows is read when it is on screen. A change puts in or takes out the rows that
    it touches. `filled` tells that the last page has been read.
    """

    filled = Signal()

    def __init__(
        self, mentioned: Callable[[Span], str] = _nobody, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._mentioned = mentioned
        self._document: Document | None = None
        self._lets_through: Filter = _any
        self._places: list[Place] = []
        self._of: dict[str, Place] = {}
        self._last: Span | None = None
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._read_on)

    @property
    def is_filled(self) -> bool:
        """Whether all spans of the article have been looked at."""
        return not self._turn.isActive()

    def show(self, document: Document | None, lets_through: Filter = _any) -> None:
        """Show the spans of a document that a filter lets through, from the start."""
        self.beginResetModel()
        self._document = document
        self._lets_through = lets_through
        self._places = []
        self._of = {}
        self._last = None
        self.endResetModel()
        if document is not None:
            self._turn.start()
            self._read_on()

    def follow(self, change: Change) -> None:
        """Show what a change has made of the spans."""
        removed = [r for r in change.removed if self._shows(r)]
        added = [r for r in change.added if self._shows(r)]
        if len(removed) + len(added) > MANY:
            self.show(self._document, self._lets_through)
            return
        kept = {span.id: span for span in added if self._wants(span)}
        for span in removed:
            if span.id not in kept or _place(kept[span.id]) != self._of.get(span.id):
                self._take_out(span.id)
        for span in kept.values():
            self._put_in(span)

    def row_of(self, span_id: str) -> int | None:
        """Return the row of a span, or None where it is not shown."""
        place = self._of.get(span_id)
        return None if place is None else bisect_left(self._places, place)

    def row_at(self, position: int) -> int | None:
        """Return the row of the innermost span around a position, else of the last before it."""
        after = bisect_right(self._places, (position, 1, ""))
        for row in range(after - 1, max(after - 12, -1), -1):
            if position < -self._places[row][1]:
                return row
        return after - 1 if after else None

    def span(self, row: int) -> Span | None:
        """Return the span of a row, read if need be."""
        if self._document is None or not 0 <= row < len(self._places):
            return None
        return self._document.span(self._places[row][2])

    # -- Qt's side

    def rowCount(self, parent: QModelIndex | None = None) -> int:  # noqa: D102
        return 0 if parent is not None and parent.isValid() else len(self._places)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a view asks about a row."""
        if role not in _ROLES or not index.isValid():
            return None
        span = self.span(index.row())
        if span is None or role == SPAN:
            return span
        words = " … ".join(" ".join(part.split()) for part in span.quotation)
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        name = self._mentioned(span)
        if role == MENTIONED:
            return name
        return f"{span.label}: {words}{f' → {name}' if name else ''}"

    # -- reading and following

    def _read_on(self) -> None:
        document = self._document
        if document is None:
            self._turn.stop()
            return
        page = document.spans_after(self._last, PAGE)
        if page:
            self._last = page[-1]
            self._append([_place(span) for span in page if self._lets_through(span)])
        if len(page) < PAGE:
            self._turn.stop()
            self.filled.emit()

    def _append(self, places: list[Place]) -> None:
        if not places:
            return
        first = len(self._places)
        self.beginInsertRows(QModelIndex(), first, first + len(places) - 1)
        self._places += places
        self._of.update((place[2], place) for place in places)
        self.endInsertRows()

    def _shows(self, record: object) -> bool:
        document = self._document
        return (
            document is not None
            and isinstance(record, Span)
            and record.article_id == document.article.id
        )

    def _wants(self, span: Span) -> bool:
        """Tell whether a span is shown; one that is still to be read comes with its page."""
        last = self._last
        read = self.is_filled or (last is not None and _place(span) <= _place(last))
        return read and self._lets_through(span)

    def _take_out(self, span_id: str) -> None:
        row = self.row_of(span_id)
        if row is not None:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._places[row]
            del self._of[span_id]
            self.endRemoveRows()

    def _put_in(self, span: Span) -> None:
        row = self.row_of(span.id)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))
            return
        place = _place(span)
        row = bisect_left(self._places, place)
        self.beginInsertRows(QModelIndex(), row, row)
        insort(self._places, place)
        self._of[span.id] = place
        self.endInsertRows()


_ROLES = frozenset(
    (
        SPAN,
        MENTIONED,
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    )
)


def _place(span: Span) -> Place:
    return span.start, -span.end, span.id
