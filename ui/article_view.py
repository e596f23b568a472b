"""The list of articles on screen: only the rows in view are read, set and drawn."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QStaticText,
)

from annotation.store import ArticleRow
from ui.article_model import ArticleModel, byline
from ui.look import PANEL_MARGIN, accent
from ui.row_view import RowView

AROUND = 16
"""Pixels that a row is higher than its three lines."""

SIGN = 22
"""Pixels that the sign of where an article stands takes, and that of waiting suggestions."""

QUIET = 0.62
"""How much of the text's colour a byline has."""

SET = 300
"""How many rows are kept set at most."""


class SetRow(NamedTuple):
    """A row's lines, cut to the width and ready to be drawn."""

    row: ArticleRow
    title: list[QStaticText]
    byline: QStaticText


class ArticleView(RowView):
    """Shows an article's title in up to two lines, its byline, and a sign for where it stands.

    It draws its rows itself, without a delegate: set once, a row takes a sixth of the time.
    `typed` carries a letter typed in the list, which has no use for it.
    """

    typed = Signal(str)

    def __init__(self, model: ArticleModel) -> None:
        super().__init__("Articles", model)
        self._model = model
        self._set: dict[tuple[str, bool], SetRow] = {}
        self._pointed = -1
        self.viewport().setAutoFillBackground(True)  # opaque: scrolling moves what is drawn
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._measure()

    def keyboardSearch(self, search: str) -> None:
        """Hand a letter on: Qt would look for it in the titles of all articles."""
        if search.isprintable() and not search.isspace():
            self.typed.emit(search)

    # -- following

    def reset(self) -> None:
        """Show other rows from the first on; the scroll bar knows at once how many there are."""
        super().reset()
        self.updateGeometries()
        self.scrollToTop()

    def rowsInserted(self, parent: QModelIndex, start: int, end: int) -> None:
        """Show more rows; the scroll bar knows of them at once."""
        super().rowsInserted(parent, start, end)
        self.updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the lines anew."""
        if event.oldSize().width() != event.size().width():
            self._set.clear()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Leave no ground behind of a row that the mouse no longer points at."""
        super().scrollContentsBy(dx, dy)
        for place in {self._pointed, self._under_mouse()}:
            self.update(self._model.index(place))

    def _measure(self) -> None:
        self._set.clear()
        self._fonts = QFont(self.font()), QFont(self.font())
        self._fonts[1].setWeight(QFont.Weight.DemiBold)  # of what is chosen
        self._metrics = tuple(map(QFontMetrics, self._fonts))
        self.verticalHeader().setDefaultSectionSize(3 * self._metrics[0].height() + AROUND)

    def _under_mouse(self) -> int:
        place = self.viewport().mapFromGlobal(QCursor.pos())
        return self.rowAt(place.y()) if self.viewport().rect().contains(place) else -1

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows that have to be drawn anew."""
        touched = event.rect()
        first, last = self.rowAt(touched.top()), self.rowAt(touched.bottom())
        if first < 0:
            return
        if last < 0:
            last = self._model.rowCount() - 1
        self._pointed = self._under_mouse()
        chosen = {index.row() for index in self.selectionModel().selectedRows()}
        pens = _Pens(self.palette())
        width, height = self.viewport().width(), self.rowHeight(first)
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place in range(first, last + 1):
                row = self._model.article(self._model.index(place))
                if row is None:
                    continue
                box = QRect(0, self.rowViewportPosition(place), width, height)
                if place in chosen or place == self._pointed:
                    _draw_ground(painter, box, pens.chosen if place in chosen else pens.pointed)
                self._draw(painter, pens, row, box, place in chosen)

    def _draw(
        self, painter: QPainter, pens: "_Pens", row: ArticleRow, box: QRect, chosen: bool
    ) -> None:
        lines = self._lines(row, chosen, box.width())
        height = self._metrics[0].height()
        y = box.center().y() - (len(lines.title) + 1) * height // 2
        middle = y + height / 2
        draw_sign(painter, QPointF(box.left() + PANEL_MARGIN + 6, middle), row.status, pens.sign)
        if row.pending:
            right = box.right() - PANEL_MARGIN
            _draw_pending(painter, QRectF(right - 14, middle - 5, 14, 10), pens.quiet)
        left = box.left() + PANEL_MARGIN + SIGN
        painter.setFont(self._fonts[chosen])
        painter.setPen(pens.text)
        for line in lines.title:
            painter.drawStaticText(QPoint(left, y), line)
            y += height
        painter.setFont(self._fonts[0])
        painter.setPen(pens.quiet)
        painter.drawStaticText(QPoint(left, y), lines.byline)

    def _lines(self, row: ArticleRow, chosen: bool, width: int) -> SetRow:
        """Return a row's lines, which are set when it is first drawn, or is another than before."""
        found = self._set.get((row.id, chosen))
        if found is not None and found.row == row:
            return found
        if len(self._set) >= SET:
            self._set.clear()
        room = width - 2 * PANEL_MARGIN - SIGN
        space = room - (SIGN if row.pending else 0)
        title = in_two_lines(row.title, self._metrics[chosen], space)
        below = self._metrics[0].elidedText(
            byline(row) or row.status, Qt.TextElideMode.ElideRight, room
        )
        made = SetRow(row, [_static(line) for line in title], _static(below))
        self._set[row.id, chosen] = made
        return made


class _Pens:
    """The colours of one picture."""

    def __init__(self, palette: QPalette) -> None:
        self.text = palette.color(QPalette.ColorRole.WindowText)
        self.quiet = QColor(self.text)
        self.quiet.setAlphaF(QUIET)
        self.sign = accent(palette)
        self.chosen, self.pointed = accent(palette), accent(palette)
        self.chosen.setAlphaF(0.16)
        self.pointed.setAlphaF(0.07)


def in_two_lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Return a text in one or two lines of so many pixels, cut with an ellipsis if it must be."""
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    if cut == text:
        return [text]
    fits = max(len(cut) - 1, 1)
    blank = text.rfind(" ", 0, fits + 2)
    place = blank if blank > 0 else fits
    rest = text[place:].strip()
    return [text[:place], metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]


def draw_sign(painter: QPainter, centre: QPointF, status: str, colour: QColor) -> None:
    """Draw an empty, a half or a full disc: new, started, complete."""
    ring = QRectF(centre.x() - 5, centre.y() - 5, 10, 10)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(colour if status == "complete" else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    if status == "started":
        painter.setBrush(colour)
        painter.drawChord(ring, 90 * 16, 180 * 16)


def _static(text: str) -> QStaticText:
    line = QStaticText(text)
    line.setTextFormat(Qt.TextFormat.PlainText)
    return line


def _draw_ground(painter: QPainter, box: QRect, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(box).adjusted(6, 1, -6, -1), 6, 6)


def _draw_pending(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(box, 3, 3)
