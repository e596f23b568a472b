"""Relations of the picked span: lines through the gutters and the left margin.

A connector leaves a span's tag into the gutter under its line, runs to the margin, and
down to the other spans: it never crosses a word. What is out of view becomes a chip at
the edge that leads there.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from annotation.codebook import Codebook
from annotation.document import Document
from annotation.model import Relation
from ui.canvas.measures import Measures
from ui.canvas.scrolling import Shown
from ui.theme import Theme, shades

RAIL = 7.0
"""Pixels between the vertical rails of two relations, and from the first to the column."""

BEND = 4.0

RAILS = 6
"""How many rails stand side by side before they begin again at the first."""


class Chip(NamedTuple):
    """A place to click that leads to an argument out of view."""

    rect: QRectF
    span_id: str
    words: str


class _End(NamedTuple):
    """An argument in view: where its tag stands and where the gutter under its line is."""

    tag: QRectF
    gutter: float
    role: str
    color: str
    span_id: str


def draw_connectors(
    painter: QPainter,
    document: Document,
    codebook: Codebook,
    span_id: str,
    shown: Sequence[Shown],
    left: float,
    height: float,
    theme: Theme,
    measures: Measures,
) -> list[Chip]:
    """Draw the relations of a span over the blocks in view; return the chips drawn."""
    relations = document.relations_of(span_id)
    wanted = {argument.span_id for relation in relations for argument in relation.arguments}
    places = _places(wanted, shown, left, measures) if wanted else {}
    chips: list[Chip] = []
    in_view: list[_End] = []
    painter.setFont(measures.tag)
    for number, relation in enumerate(relations):
        rail = left - RAIL * (1.5 + number % RAILS)
        ends, away = _ends(document, codebook, relation, places)
        _draw_rail(painter, ends, rail, theme, relation.attributes.get("duplicate") is True)
        in_view += ends
        for role, other_id, start in away:
            chips.append(_chip(len(chips), role, other_id, start, shown, height, measures))
    in_view.sort(key=lambda end: end.span_id == span_id)  # what it is tied to comes first
    rails = min(len(relations), RAILS)
    _draw_roles(painter, in_view, left - RAIL * (rails + 1), theme, measures)
    for chip in chips:
        _draw_chip(painter, chip, theme, measures)
    return chips


def _places(
    wanted: set[str], shown: Iterable[Shown], left: float, measures: Measures
) -> dict[str, tuple[QRectF, float]]:
    """Return where each wanted span in view begins: its tag, and the gutter under its line."""
    places: dict[str, tuple[QRectF, float]] = {}
    for one in shown:
        for piece in one.block.pieces:
            if piece.mark.id in wanted and piece.parts and piece.mark.id not in places:
                line = one.block.lines[one.block.line_at_y(piece.band.center().y())]
                tag = piece.tag.translated(left, one.top)
                places[piece.mark.id] = (tag, one.top + line.bottom - measures.gutter / 2)
    return places


def _ends(
    document: Document,
    codebook: Codebook,
    relation: Relation,
    places: dict[str, tuple[QRectF, float]],
) -> tuple[list[_End], list[tuple[str, str, int]]]:
    ends, away = [], []
    for argument in relation.arguments:
        span = document.span(argument.span_id)
        if span is None:
            continue
        label = codebook.label(span.layer, span.label)
        if argument.span_id in places:
            tag, gutter = places[argument.span_id]
            color = label.color if label else "#808080"
            ends.append(_End(tag, gutter, argument.role, color, argument.span_id))
        else:
            away.append((argument.role, argument.span_id, span.start))
    return ends, away


def _draw_rail(
    painter: QPainter, ends: Sequence[_End], rail: float, theme: Theme, faint: bool
) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(theme.muted, 1.2, Qt.PenStyle.DotLine if faint else Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    if len(ends) > 1:
        heights = [end.gutter for end in ends]
        painter.drawLine(QPointF(rail, min(heights) + BEND), QPointF(rail, max(heights) - BEND))
    lowest = max((end.gutter for end in ends), default=0.0)
    for end in ends:
        x = end.tag.left() + 3
        path = QPainterPath(QPointF(rail, end.gutter + (-BEND if end.gutter == lowest else BEND)))
        path.quadTo(QPointF(rail, end.gutter), QPointF(rail + BEND, end.gutter))
        path.lineTo(x - BEND, end.gutter)
        path.quadTo(QPointF(x, end.gutter), QPointF(x, end.gutter - BEND))
        path.lineTo(x, min(end.tag.bottom(), end.gutter))
        painter.setPen(QPen(shades(theme, end.color).bar, 1.4, pen.style()))
        painter.drawPath(path)


def _draw_roles(
    painter: QPainter, ends: Sequence[_End], right: float, theme: Theme, measures: Measures
) -> None:
    """Write beside each gutter which roles leave through it."""
    by_gutter: dict[float, dict[str, str]] = {}
    for end in ends:
        by_gutter.setdefault(end.gutter, {})[end.role] = end.color
    for gutter, roles in by_gutter.items():
        color = theme.muted if len(roles) > 1 else shades(theme, *roles.values()).bar
        metrics = QFontMetricsF(measures.tag)
        words = metrics.elidedText(" · ".join(roles), Qt.TextElideMode.ElideRight, right - 4)
        painter.setPen(color)
        baseline = gutter + measures.tag_ascent / 2
        painter.drawText(QPointF(right - metrics.horizontalAdvance(words), baseline), words)


def _chip(
    number: int,
    role: str,
    span_id: str,
    start: int,
    shown: Sequence[Shown],
    height: float,
    measures: Measures,
) -> Chip:
    above = bool(shown) and start < shown[0].block.start + 1
    tall = measures.tag_ascent + 10
    top = 6 + number * (tall + 4) if above else height - (number + 1) * (tall + 4) - 2
    words = f"{'↑' if above else '↓'} {role}"
    width = QFontMetricsF(measures.tag).horizontalAdvance(words) + 12
    return Chip(QRectF(4, top, width, tall), span_id, words)


def _draw_chip(painter: QPainter, chip: Chip, theme: Theme, measures: Measures) -> None:
    painter.setPen(QPen(theme.accent, 1.0))
    painter.setBrush(theme.page)
    painter.drawRoundedRect(chip.rect, 4, 4)
    baseline = chip.rect.center().y() + measures.tag_ascent / 2
    painter.drawText(QPointF(chip.rect.left() + 6, baseline), chip.words)
