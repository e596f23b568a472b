"""The grips that move the ends of the picked span."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from ui.canvas.marks import Marked
from ui.canvas.scrolling import PageView
from ui.canvas.words import by_character
from ui.theme import Theme

Edge = Literal["start", "end"]

KNOB = 7.0
"""Pixels that a grip's knob is wide and high."""

REACH = 3.0
"""Pixels beside a grip's line that still count as on it."""


class Grip(NamedTuple):
    """One end of a span: a line at the edge, and a knob outside that hides no letter of it."""

    edge: Edge
    line: QRectF
    knob: QRectF

    def holds(self, point: QPointF) -> bool:
        """Tell whether the mouse at this point takes hold of the grip."""
        return self.line.adjusted(-REACH, 0, REACH, 0).contains(point) or self.knob.contains(point)


def grips(view: PageView, record: Marked) -> list[Grip]:
    """Return the grips of a record's first and last edge that are in view."""
    assert view.page is not None
    last = by_character(view.page.blocks.text, record.end, backward=True)
    edges: tuple[tuple[Edge, int], ...] = (("start", record.start), ("end", last))
    found = []
    shown = view.shown()
    for edge, position in edges:
        for one in shown:
            if not one.block.start <= position < max(one.block.end, one.block.start + 1):
                continue
            line = one.block.lines[one.block.line_at(position)]
            after = by_character(view.page.blocks.text, position)
            runs = one.block.extents(line, position, after)
            if runs:
                x = view.left + (runs[0][0] if edge == "start" else runs[-1][1])
                found.append(_grip(edge, x, one.top + line.text_top, one.top + line.text_bottom))
    return found


def _grip(edge: Edge, x: float, top: float, bottom: float) -> Grip:
    line = QRectF(x - 1, top, 2, bottom - top)
    if edge == "start":
        return Grip(edge, line, QRectF(x - KNOB + 1, top - KNOB / 2, KNOB, KNOB))
    return Grip(edge, line, QRectF(x - 1, bottom - KNOB / 2, KNOB, KNOB))


def draw_grips(painter: QPainter, places: Iterable[Grip], theme: Theme) -> None:
    """Draw grips in the theme's accent."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.accent)
    for grip in places:
        painter.drawRect(grip.line)
        painter.drawEllipse(grip.knob)
