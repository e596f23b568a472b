"""What a search of the project has found, one hit a line, with the hits below one another."""

from collections.abc import Iterable
from unicodedata import bidirectional

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyleOptionViewItem

from annotation.searching import Found
from ui.canvas.find_marks import find_colours
from ui.look import PANEL_MARGIN
from ui.row_view import RowPainter
from ui.theme import system_theme

FOUND = Qt.ItemDataRole.UserRole
"""The role under which a row's `Found` is found."""

MOST = 10_000
"""How many hits are listed at most."""


class FoundModel(QAbstractListModel):
    """The hits in the order in which they were found; grows while the search goes on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Found] = []
        self.articles = 0

    @property
    def is_full(self) -> bool:
        """Whether no more is listed."""
        return len(self._rows) >= MOST

    def clear(self) -> None:
        """Forget everything."""
        self.beginResetModel()
        self._rows.clear()
        self.articles = 0
        self.endResetModel()

    def add(self, found: Iterable[Found]) -> None:
        """Add hits at the end, as many as there is room for."""
        rows = list(found)[: MOST - len(self._rows)]
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        for row in rows:
            if not self._rows or self._rows[-1].article_id != row.article_id:
                self.articles += 1
            self._rows.append(row)
        self.endInsertRows()

    def found(self, index: QModelIndex) -> Found | None:
        """Return the hit at a place, or None."""
        return self._rows[index.row()] if index.isValid() else None

    def begins_article(self, row: int) -> bool:
        """Tell whether a row is the first of its article."""
        return row == 0 or self._rows[row - 1].article_id != self._rows[row].article_id

    def rowCount(self, parent: QModelIndex | None = None) -> int:  # noqa: D102
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a view asks about a row."""
        found = self.found(index)
        if found is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{found.before}{found.hit}{found.after}"
            case Qt.ItemDataRole.ToolTipRole:
                return f"{found.title} · {found.what or 'text'}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return (
                    f"{found.title}, {found.what or 'text'}: {found.before}{found.hit}{found.after}"
                )
        return found if role == FOUND else None


class FoundPainter(RowPainter):
    """Draws a hit: its article once, the field it is in, and the hit amid its context.

    Hits stand below one another, so that the eye reads down what surrounds them (a
    concordance, keyword in context); in a text from right to left what is before stands right.
    """

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw one hit."""
        found: Found = index.data(FOUND)
        model: FoundModel = index.model()
        super().paint(painter, option, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect.adjusted(PANEL_MARGIN, 0, -PANEL_MARGIN, 0)
        ink = option.palette.color(QPalette.ColorRole.WindowText)
        quiet = option.palette.color(QPalette.ColorRole.PlaceholderText)
        title, what = min(180, row.width() // 4), min(110, row.width() // 6)
        if model.begins_article(index.row()) or _is_first(option.rect):
            _write(
                painter, QRect(row.left(), row.top(), title - 12, row.height()), found.title, ink
            )
        at = QRect(row.left() + title, row.top(), what - 10, row.height())
        _write(painter, at, found.what, quiet)
        self._context(painter, row.adjusted(title + what, 0, 0, 0), found, ink)
        painter.restore()

    def _context(self, painter: QPainter, box: QRect, found: Found, ink: QColor) -> None:
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold)
        bold = QFontMetrics(font)
        hit = bold.elidedText(found.hit, Qt.TextElideMode.ElideMiddle, box.width() // 2)
        width, blank = bold.horizontalAdvance(hit), bold.horizontalAdvance(" ")
        start = box.left() + min(box.width() * 2 // 5, box.width() - width)
        height = bold.height() + 2
        ground = QRectF(start - 1, box.center().y() - height / 2 + 0.5, width + 2, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(find_colours(system_theme())[0])
        painter.drawRoundedRect(ground, 3, 3)
        parts = [  # what is cut off is always what is far from the hit
            (found.before, found.before[-1:], Qt.TextElideMode.ElideLeft),
            (found.after, found.after[:1], Qt.TextElideMode.ElideRight),
        ]
        if _reads_right_to_left(found):
            parts.reverse()
            painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        left, right = ((blank if edge.isspace() else 1) for _, edge, _ in parts)
        stop, go_on = start - left, start + width + right
        places = (
            (QRect(box.left(), box.top(), stop - box.left(), box.height()), _TO_THE_RIGHT),
            (QRect(go_on, box.top(), box.right() - go_on, box.height()), _TO_THE_LEFT),
        )
        for (text, _, elide), (place, align) in zip(parts, places, strict=True):
            _write(painter, place, text.strip(), ink, align, elide)
        painter.setFont(font)
        middle = QRect(start, box.top(), width, box.height())
        _write(painter, middle, hit, ink, elide=Qt.TextElideMode.ElideNone)


_TO_THE_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
_TO_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute


def _is_first(rect: QRect) -> bool:
    """Tell whether a row is the one at the top of the view, which always names its article."""
    return rect.top() <= 0 < rect.bottom()


def _reads_right_to_left(found: Found) -> bool:
    """Tell whether a hit does: its first strong letter decides (rule P2 of UAX 9)."""
    classes = map(bidirectional, f"{found.hit}{found.after}{found.before}")
    return next((c for c in classes if c in ("L", "R", "AL")), "L") != "L"


def _write(
    painter: QPainter,
    box: QRect,
    text: str,
    colour: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    painter.setPen(colour)
    shown = painter.fontMetrics().elidedText(text, elide, box.width())
    flags = Qt.AlignmentFlag.AlignVCenter | align | Qt.TextFlag.TextSingleLine
    painter.drawText(box, flags, shown)
