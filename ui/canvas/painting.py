"""Drawing laid-out blocks: page colour, tints, text, bars and tags, in this order."""

from collections.abc import Iterable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from annotation.model import Fragment
from ui.canvas.layout import BlockLayout, Piece
from ui.canvas.measures import Measures
from ui.theme import Theme, mix, shades


def draw_block(
    painter: QPainter,
    block: BlockLayout,
    theme: Theme,
    measures: Measures,
    picked: str = "",
    selection: Fragment | None = None,
) -> None:
    """Draw a block at the painter's origin, the picked record emphasised."""
    tints = [piece for piece in block.pieces if piece.kind == "tint"]
    bars = [piece for piece in block.pieces if piece.kind == "bar"]
    for piece in bars:
        if piece.mark.id == picked:
            _draw_ground(painter, block, piece, theme)
            break
    for piece in tints:
        _draw_tint(painter, piece, theme, piece.mark.id == picked)
    if selection:
        for rect in block.rects([selection]):
            painter.fillRect(rect, theme.selection)
    painter.setPen(theme.ink)
    block.layout.draw(painter, QPointF(0, 0))
    painter.setFont(measures.tag)
    for piece in bars:
        _draw_bar(painter, piece, theme, measures, piece.mark.id == picked)
    for piece in tints:
        _draw_tint_tag(painter, piece, theme, measures)


def _draw_ground(painter: QPainter, block: BlockLayout, piece: Piece, theme: Theme) -> None:
    """Lay a soft ground behind the text of the picked bar, so that its extent is plain."""
    ground = mix(theme.page, shades(theme, piece.mark.color).tint, 0.55)
    for rect in block.rects(piece.mark.fragments):
        painter.fillRect(rect, ground)


def _draw_tint(painter: QPainter, piece: Piece, theme: Theme, picked: bool) -> None:
    colors = shades(theme, piece.mark.color)
    if piece.mark.pending:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(colors.bar, 1.6 if picked else 1.0, Qt.PenStyle.DashLine)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
    else:
        painter.setBrush(colors.tint)
        outlined = picked or theme.strong
        painter.setPen(QPen(colors.bar, 1.6 if picked else 1.0) if outlined else Qt.PenStyle.NoPen)
    for run in piece.runs:
        painter.drawRoundedRect(run.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _draw_tint_tag(painter: QPainter, piece: Piece, theme: Theme, measures: Measures) -> None:
    color = shades(theme, piece.mark.color).bar
    if not piece.parts:
        return
    _draw_text(painter, piece.tag.left(), piece.tag, piece.mark.tag, color, measures)
    end = piece.tag.left() + measures.tag_width(piece.mark.tag) + 2
    size = measures.tag_ascent
    _draw_origin(painter, piece.mark.origin, QRectF(end, piece.tag.top(), size, size), color)
    if piece.mark.crossing:
        _draw_cross(painter, QPointF(piece.right - 2, piece.tag.center().y()), theme.warning)


def _draw_bar(
    painter: QPainter, piece: Piece, theme: Theme, measures: Measures, picked: bool
) -> None:
    color = shades(theme, piece.mark.color).bar
    middle = piece.band.center().y()
    thick = 3.4 if picked else 2.0
    if piece.ties:
        painter.setPen(QPen(color, 1.2, Qt.PenStyle.DotLine))
        for left, right in piece.ties:
            painter.drawLine(QLineF(left, middle, right, middle))
    pen = QPen(color, thick)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if piece.mark.pending:
        pen.setDashPattern([2.5, 1.8])
    painter.setPen(pen)
    rise = piece.band.top() + 0.5
    for part in piece.parts:
        painter.drawLine(QLineF(part.left, middle, part.right, middle))
        if part.opens:
            painter.drawLine(QLineF(part.left + 0.8, middle, part.left + 0.8, rise))
        if part.closes:
            painter.drawLine(QLineF(part.right - 0.8, middle, part.right - 0.8, rise))
    if piece.parts:
        _draw_bar_tag(painter, piece, theme, measures, color)
        if piece.mark.crossing and piece.finishes:
            _draw_cross(painter, QPointF(piece.right - 5, middle), theme.warning)


def _draw_bar_tag(
    painter: QPainter, piece: Piece, theme: Theme, measures: Measures, color: QColor
) -> None:
    filled = piece.begins and not piece.mark.pending
    painter.setBrush(color if filled else theme.page)
    pen = QPen(color if piece.begins else theme.page, 1.0)
    if piece.mark.pending:
        pen.setDashPattern([2.5, 1.8])
    painter.setPen(pen)
    painter.drawRoundedRect(piece.tag.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    text = theme.page if filled else color
    left = piece.tag.left() + 3
    _draw_text(painter, left, piece.tag, piece.mark.tag, text, measures)
    end = left + measures.tag_width(piece.mark.tag) + 1
    size = measures.tag_ascent
    place = QRectF(end, piece.tag.center().y() - size / 2, size, size)
    _draw_origin(painter, piece.mark.origin, place, text)


def _draw_origin(painter: QPainter, origin: str, place: QRectF, color: QColor) -> None:
    """Mark an accepted suggestion with a tick and an edited one with a stroke and a dot."""
    if origin not in ("accepted", "edited"):
        return
    painter.setPen(QPen(color, 1.2))
    x, y, size = place.left(), place.top(), place.width()
    if origin == "accepted":
        tick = ((0.1, 0.55), (0.4, 0.9), (0.95, 0.1))
    else:
        tick = ((0.1, 0.95), (0.3, 0.55), (0.9, 0.05))
        painter.drawLine(QLineF(x + size * 0.1, y + size, x + size * 0.9, y + size))
    painter.drawPolyline(QPolygonF([QPointF(x + a * size, y + b * size) for a, b in tick]))


def _draw_cross(painter: QPainter, center: QPointF, color: QColor) -> None:
    painter.setPen(QPen(color, 1.5))
    x, y = center.x(), center.y()
    painter.drawLine(QLineF(x - 3, y - 3, x + 3, y + 3))
    painter.drawLine(QLineF(x - 3, y + 3, x + 3, y - 3))


def _draw_text(
    painter: QPainter, left: float, place: QRectF, text: str, color: QColor, measures: Measures
) -> None:
    painter.setPen(color)
    top = place.center().y() + measures.tag_ascent / 2 - measures.tag_rise
    painter.drawStaticText(QPointF(left, top), measures.tag_text(text))


def draw_handles(painter: QPainter, places: Iterable[QRectF], theme: Theme) -> None:
    """Draw the grips that move the ends of the picked span."""
    painter.setPen(QPen(theme.page, 1.0))
    painter.setBrush(theme.accent)
    for place in places:
        painter.drawRoundedRect(place, 2, 2)
