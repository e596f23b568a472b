"""Drawing laid-out blocks: page colour, tints, text, bars and tags, in this order."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from annotation.model import Fragment
from ui.canvas.inks import Inks, inks
from ui.canvas.layout import BlockLayout
from ui.canvas.measures import Measures
from ui.canvas.pieces import CROSS, Piece
from ui.theme import Theme

if TYPE_CHECKING:
    from ui.canvas.find_marks import FindMarks

_TICK = ((0.1, 0.55), (0.4, 0.9), (0.95, 0.1))
_PENCIL = ((0.1, 0.95), (0.3, 0.55), (0.9, 0.05))
_OVERHANG = 40.0
"""How far, in pixels, glyphs and tags may reach beyond their line."""


def draw_block(
    painter: QPainter,
    block: BlockLayout,
    theme: Theme,
    measures: Measures,
    exposed: QRectF,
    picked: str = "",
    selection: Fragment | None = None,
    find_marks: "FindMarks | None" = None,
) -> None:
    """Draw a block at the painter's origin, the picked record emphasised.

    Lines outside `exposed`, a rectangle relative to the block, are left out.
    """
    top, bottom = exposed.top() - _OVERHANG, exposed.bottom() + _OVERHANG
    tints: list[tuple[Piece, Inks]] = []
    bars: list[tuple[Piece, Inks]] = []
    for piece in block.pieces_between(top, bottom):
        mark = piece.mark
        drawn = piece, inks(theme, mark.color, mark.pending, mark.id == picked)
        (bars if piece.kind == "bar" else tints).append(drawn)
    for piece, ink in bars:
        if piece.mark.id == picked:
            _draw_ground(painter, block, piece, ink)
            break
    for piece, ink in tints:
        _draw_tint(painter, piece, ink)
    if find_marks:
        find_marks.draw(painter, block, exposed, theme)
    if selection:
        _draw_selection(painter, block, selection, tints, theme)
    painter.setPen(theme.ink)
    block.layout.draw(painter, QPointF(0, 0), [], exposed)
    painter.setFont(measures.tag)
    for piece, ink in bars:
        _draw_bar(painter, piece, ink, theme, measures)
    for piece, ink in tints:
        _draw_tint_tag(painter, piece, ink, theme, measures)


def _draw_ground(painter: QPainter, block: BlockLayout, piece: Piece, ink: Inks) -> None:
    """Lay a soft ground behind the text of the picked bar, so that its extent is plain."""
    for rect in block.rects(piece.mark.fragments):
        painter.fillRect(rect, ink.ground)


def _draw_tint(painter: QPainter, piece: Piece, ink: Inks) -> None:
    painter.setBrush(ink.fill)
    painter.setPen(ink.edge if piece.shared else ink.outline)
    _draw_runs(painter, piece)
    if piece.ties:
        _draw_ties(painter, piece, piece.band.bottom() - 1, ink)


def _draw_ties(painter: QPainter, piece: Piece, y: float, ink: Inks) -> None:
    painter.setPen(ink.tie)
    painter.drawLines([QLineF(left, y, right, y) for left, right in piece.ties])


def _draw_runs(painter: QPainter, piece: Piece) -> None:
    for run in piece.runs:
        painter.drawRoundedRect(run.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _draw_selection(
    painter: QPainter,
    block: BlockLayout,
    selection: Fragment,
    tints: Iterable[tuple[Piece, Inks]],
    theme: Theme,
) -> None:
    """Fill what is selected, and outline the tints, which it would hide.

    On a dark page no ground that words can be read on is bright enough by itself (WCAG
    1.4.11), so a line is drawn below.
    """
    for rect in block.rects([selection]):
        painter.fillRect(rect, theme.selection)
        if theme.dark:
            line = QRectF(rect.left(), rect.bottom() - 1.5, rect.width(), 1.5)
            painter.fillRect(line, theme.accent)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for piece, ink in tints:
        if piece.mark.start < selection[1] and selection[0] < piece.mark.end:
            painter.setPen(ink.edge)
            _draw_runs(painter, piece)


def _draw_tint_tag(
    painter: QPainter, piece: Piece, ink: Inks, theme: Theme, measures: Measures
) -> None:
    if not piece.parts:
        return
    _draw_tag(painter, piece, piece.tag.left(), ink.color, measures)
    if piece.mark.crossing:
        middle = QPointF(piece.tag.right() - CROSS / 2, piece.tag.center().y())
        _draw_cross(painter, middle, theme.warning)


def _draw_bar(painter: QPainter, piece: Piece, ink: Inks, theme: Theme, measures: Measures) -> None:
    middle = piece.band.center().y()
    if piece.ties:
        _draw_ties(painter, piece, middle, ink)
    rise = piece.band.top() + 0.5
    strokes = []
    for part in piece.parts:
        strokes.append(QLineF(part.left, middle, part.right, middle))
        at_left, at_right = part.opens, part.closes
        if piece.from_right:
            at_left, at_right = at_right, at_left
        if at_left:
            strokes.append(QLineF(part.left + 0.8, middle, part.left + 0.8, rise))
        if at_right:
            strokes.append(QLineF(part.right - 0.8, middle, part.right - 0.8, rise))
    painter.setPen(ink.stroke)
    painter.drawLines(strokes)
    if piece.parts:
        _draw_box(painter, piece, ink, theme, measures)
        if piece.mark.crossing and piece.finishes:
            inward = 5 if piece.from_right else -5
            _draw_cross(painter, QPointF(piece.last_edge + inward, middle), theme.warning)


def _draw_box(painter: QPainter, piece: Piece, ink: Inks, theme: Theme, measures: Measures) -> None:
    """Draw a bar's tag: in a box where the span begins, on the page where it goes on."""
    painter.setBrush(ink.inside if piece.begins else theme.page)
    painter.setPen(ink.edge if piece.begins else ink.blank)
    painter.drawRoundedRect(piece.tag.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    text = ink.text if piece.begins else ink.color
    _draw_tag(painter, piece, piece.tag.left() + 3, text, measures)


def _draw_tag(
    painter: QPainter, piece: Piece, left: float, color: QColor, measures: Measures
) -> None:
    painter.setPen(color)
    size = measures.tag_ascent
    top = piece.tag.center().y() - size / 2
    baseline = QPointF(left, top + size - measures.tag_rise)
    painter.drawStaticText(baseline, measures.tag_text(piece.mark.tag))
    if piece.mark.shows_origin:
        x = left + measures.tag_width(piece.mark.tag) + 2
        _draw_origin(painter, piece.mark.origin, x, top, size, color)


def _draw_origin(
    painter: QPainter, origin: str, x: float, y: float, size: float, color: QColor
) -> None:
    """Mark what was accepted by a tick, edited by a pencil's stroke."""
    painter.setPen(QPen(color, 1.2))
    if origin == "edited":
        painter.drawLine(QLineF(x + size * 0.1, y + size, x + size * 0.9, y + size))
    shape = _PENCIL if origin == "edited" else _TICK
    painter.drawPolyline(QPolygonF([QPointF(x + a * size, y + b * size) for a, b in shape]))


def _draw_cross(painter: QPainter, center: QPointF, color: QColor) -> None:
    painter.setPen(QPen(color, 1.5))
    x, y, reach = center.x(), center.y(), CROSS / 2
    painter.drawLine(QLineF(x - reach, y - reach, x + reach, y + reach))
    painter.drawLine(QLineF(x - reach, y + reach, x + reach, y - reach))
