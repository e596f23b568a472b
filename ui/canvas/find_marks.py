"""The hits of a search, drawn behind the text of the blocks in view."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from annotation.finding import Hits
from ui.canvas.layout import BlockLayout, Line
from ui.theme import Theme, mix

AMBER = QColor("#F2B01E")

KEPT = 240
"""For how many blocks it is remembered where on their lines the hits are."""


class FindMarks:
    """Where hits are drawn: all of them in amber with a line below, the current one framed."""

    def __init__(self, hits: Hits) -> None:
        self.hits = hits
        self.current: int | None = None
        self._known: dict[int, tuple[BlockLayout, range, list[_Run]]] = {}

    def draw(self, painter: QPainter, block: BlockLayout, exposed: QRectF, theme: Theme) -> None:
        """Draw the hits of one block at the painter's origin, those in `exposed` at least."""
        runs = self._runs(block)
        if not runs:
            return
        ground, strong, edge = find_colours(theme)
        under = []
        for number, line, left, right in runs:
            if line.text_bottom < exposed.top() or line.text_top > exposed.bottom():
                continue
            box = QRectF(left, line.text_top, right - left, line.text_bottom - line.text_top)
            painter.fillRect(box, strong if number == self.current else ground)
            if number == self.current:
                painter.setPen(QPen(edge, 1.6))
                painter.drawPolyline(QPolygonF(_frame(box)))
            else:
                under += [box.bottomLeft(), box.bottomRight()]
        painter.setPen(QPen(edge, 1.0))
        painter.drawLines(under)

    def _runs(self, block: BlockLayout) -> "list[_Run]":
        """Return where on its lines a block's hits are; shaping a line once fixes that."""
        numbers = self.hits.meeting(block.start, block.end)
        if not numbers:
            return []
        known = self._known.get(block.start)
        if known is not None and known[0] is block and known[1] == numbers:
            return known[2]
        runs = [run for number in numbers for run in self._runs_of(block, number)]
        if len(self._known) >= KEPT:
            self._known.clear()
        self._known[block.start] = block, numbers, runs
        return runs

    def _runs_of(self, block: BlockLayout, number: int) -> "list[_Run]":
        start, end = self.hits[number]
        start, end = max(start, block.start), min(end, block.end)
        first, last = block.line_at(start), block.line_at(max(end - 1, start))
        return [
            (number, line, left, right)
            for line in block.lines[first : last + 1]
            for left, right in block.extents(line, start, end)
        ]


_Run = tuple[int, Line, float, float]
"""A hit's number, a line that it is on, and from where to where."""


def find_colours(theme: Theme) -> tuple[QColor, QColor, QColor]:
    """Return the ground of a hit, that of the current one, and the colour of their lines."""
    return _colours(theme.dark, theme.strong, theme.page.name(), theme.ink.name())


@lru_cache(maxsize=8)
def _colours(dark: bool, strong: bool, page: str, ink: str) -> tuple[QColor, QColor, QColor]:
    ground = mix(QColor(page), AMBER, 0.24 if dark else 0.42)
    chosen = mix(QColor(page), AMBER, 0.36 if dark else 0.8)
    edge = QColor(ink) if strong else mix(AMBER, QColor(ink), 0.1 if dark else 0.55)
    return ground, chosen, edge


def _frame(box: QRectF) -> list[QPointF]:
    return [box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft(), box.topLeft()]
