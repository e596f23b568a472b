"""Where the card stands: beside or below what it is about, never on it."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSizeF

EDGE = 12.0
"""Pixels between the card and the edge of the view or the words it is about."""


def place(
    size: QSizeF, view: QSizeF, words: Iterable[QRectF], column: float, line: float
) -> QPointF:
    """Return the top left corner of a card of that size in the view.

    `words` are the lines of what it is about, `column` is where the text ends, `line` the
    height of a line, which is kept free below or above where there is room: a source
    often stands there. Without any free place the card covers as little as it can.
    """
    about = QRectF()
    for rect in words:
        about = about.united(rect)
    x = max(view.width() - size.width() - EDGE, 0.0)
    if x >= column + EDGE:
        return QPointF(x, _within(about.top(), size, view))
    below, above = about.bottom() + EDGE, about.top() - EDGE - size.height()
    for y in (below + line, above - line, below, above):
        if 0 <= y <= view.height() - size.height():
            return QPointF(x, y)
    corners = [QPointF(x, EDGE), QPointF(x, _within(view.height(), size, view))]
    return min(corners, key=lambda corner: _covered(QRectF(corner, size), about))


def _within(y: float, size: QSizeF, view: QSizeF) -> float:
    return max(min(y, view.height() - size.height() - EDGE), EDGE)


def _covered(card: QRectF, about: QRectF) -> float:
    common = card.intersected(about)
    return common.width() * common.height()
