"""The grips that move the edges of the picked span's fragments."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from ui.canvas.marks import Marked
from ui.canvas.scrolling import PageView, Shown
from ui.canvas.words import by_character
from ui.theme import Theme

Edge = Literal["start", "end"]

KNOB = 7.0
"""Pixels that a grip's knob is wide and high."""

REACH = 3.0
"""Pixels beside a grip's line that still count as on it."""


class Grip(NamedTuple):
    """An edge of a fragment: a line, and a knob outside that hides no letter of it.

    `fragment` is the number of the fragment, from 0.
    """

    edge: Edge
    fragment: int
    line: QRectF
    knob: QRectF

    def holds(self, point: QPointF) -> bool:
        """Tell whether the mouse at this point takes hold of the grip."""
        return self.line.adjusted(-REACH, 0, REACH, 0).contains(point) or self.knob.contains(point)


def grips(view: PageView, record: Marked) -> list[Grip]:
    """Return the grips of a record's fragments that are in view."""
    assert view.page is not None
    text = view.page.blocks.text
    found = []
    for one in view.shown():
        for number, (start, end) in enumerate(record.fragments):
            if start >= one.block.end or end <= one.block.start:
                continue
            last = by_character(text, end, backward=True)
            edges: tuple[tuple[Edge, int], ...] = (("start", start), ("end", last))
            for edge, position in edges:
                grip = _grip(view, one, edge, number, position)
                if grip is not None:
                    found.append(grip)
    return found


def _grip(view: PageView, one: Shown, edge: Edge, number: int, position: int) -> Grip | None:
    """Return the grip at a character of a block, or None where that is elsewhere."""
    assert view.page is not None
    if not one.block.start <= position < max(one.block.end, one.block.start + 1):
        return None
    line = one.block.lines[one.block.line_at(position)]
    leading, trailing = one.block.sides(line, position)
    x = view.left + (leading if edge == "start" else trailing)
    top, bottom = one.top + line.text_top, one.top + line.text_bottom
    at_left = (edge == "start") == (leading <= trailing)
    beside = x - KNOB + 1 if at_left else x - 1
    knob = beside, (top if edge == "start" else bottom) - KNOB / 2
    return Grip(edge, number, QRectF(x - 1, top, 2, bottom - top), QRectF(*knob, KNOB, KNOB))


def draw_grips(painter: QPainter, places: Iterable[Grip], theme: Theme) -> None:
    """Draw grips in the theme's accent."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.accent)
    for grip in places:
        painter.drawRect(grip.line)
        painter.drawEllipse(grip.knob)
