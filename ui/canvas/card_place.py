"""Where the card stands: beside, below or above what it is about and its arguments, not on it."""

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF

EDGE = 12.0
"""Pixels between the card and the edge of the view or the words it is about."""

OWN = 4
"""How much worse it is to cover the words of the span itself than those of its arguments."""


def place(
    size: QSizeF,
    view: QSizeF,
    words: Sequence[QRectF],
    column: float,
    line: float,
    others: Sequence[QRectF] = (),
) -> QPointF:
    """Return the top left corner of a card of that size in the view.

    `words` are the lines of what it is about, `others` those of its arguments, `column` is
    where the text ends, `line` the height of a line, which is kept free below or above
    where there is room: a source often stands there. Without any free place the card
    covers as little as it can.
    """
    spots = list(_spots(size, view, words, column, line, others))
    return min(spots, key=lambda spot: covered(QRectF(spot, size), words, others))


def covered(card: QRectF, words: Iterable[QRectF], others: Iterable[QRectF] = ()) -> float:
    """Return how much of the words a card would cover, in square pixels; its own count more."""
    return OWN * _common(card, words) + _common(card, others)


def ways(
    size: QSizeF, view: QSizeF, words: Sequence[QRectF], others: Sequence[QRectF]
) -> list[float]:
    """Return by how many pixels to scroll down (negative: up) so that the card finds room.

    The best way comes first: with all arguments in view, then with the span alone.
    """
    found = []
    for about in (_around([*words, *others]), _around(words)):
        down = about.bottom() + 2 * EDGE + size.height() - view.height()
        up = about.top() - 2 * EDGE - size.height()
        found += [down] if down > 0 and about.top() >= down else []
        found += [up] if up < 0 and about.bottom() - up <= view.height() else []
    return found


def _spots(
    size: QSizeF,
    view: QSizeF,
    words: Sequence[QRectF],
    column: float,
    line: float,
    others: Sequence[QRectF],
) -> Iterator[QPointF]:
    """Yield where the card could stand, the best place first."""
    x = max(view.width() - size.width() - EDGE, 0.0)
    if x >= column + EDGE:
        yield QPointF(x, _within(_around(words).top(), size, view))
    for about in (_around([*words, *others]), _around(words)):
        below, above = about.bottom() + EDGE, about.top() - EDGE - size.height()
        for y in (below + line, above - line, below, above):
            if 0 <= y <= view.height() - size.height():
                yield QPointF(x, y)
    for left in (x, min(EDGE, x)):
        yield QPointF(left, EDGE)
        yield QPointF(left, _within(view.height(), size, view))


def _around(rects: Iterable[QRectF]) -> QRectF:
    whole = QRectF()
    for rect in rects:
        whole = whole.united(rect)
    return whole


def _within(y: float, size: QSizeF, view: QSizeF) -> float:
    return max(min(y, view.height() - size.height() - EDGE), EDGE)


def _common(card: QRectF, rects: Iterable[QRectF]) -> float:
    shared = (card.intersected(rect) for rect in rects)
    return sum(rect.width() * rect.height() for rect in shared)
