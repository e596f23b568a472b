"""Lines between the spans of a relation: through the gutters and the left margin.

A connector leaves a span's mark downward into the gutter under its line, runs to the
margin, and from there to the other spans: it crosses neither words nor tags.
"""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from ui.canvas.layout import BlockLayout, Piece
from ui.canvas.measures import Measures
from ui.canvas.scrolling import Shown
from ui.canvas.ties import Ties
from ui.theme import Theme, mix, shades

RAIL = 7.0
"""Pixels between the vertical rails of two relations, and from the first to the column."""

ROLE_ROW = 1.7
"""How far below one another the names of roles stand, as a multiple of their letters' height."""

BEND = 4.0
FAINT = 0.6
"""How strongly relations are drawn that are in view only, not those of one span."""

STEP = 6.0
"""Pixels by which a connector moves along its span until no tag lies in its way."""


class Sight(NamedTuple):
    """What is in view: the blocks, where the column begins, and how it is drawn."""

    shown: Sequence[Shown]
    left: float
    height: float
    theme: Theme
    measures: Measures

    @property
    def rails(self) -> int:
        """How many rails the margin holds beside the names of roles."""
        return max(int((self.left - 48) / RAIL), 3)

    def first_position(self) -> int:
        """Return the code point at which the first line in view begins."""
        one = self.shown[0]
        return one.block.lines[one.block.line_at_y(-one.top)].start

    def last_position(self) -> int:
        """Return the code point at which the last line in view ends."""
        one = self.shown[-1]
        return one.block.lines[one.block.line_at_y(self.height - one.top)].end


class Foot(NamedTuple):
    """Where a connector leaves a span, and the height of the gutter under its line."""

    x: float
    top: float
    gutter: float


class End(NamedTuple):
    """An argument in view."""

    foot: Foot
    role: str
    color: str


def feet_in_view(ties: Ties, sight: Sight) -> dict[str, Foot]:
    """Return where connectors reach the tied spans that begin in view."""
    feet: dict[str, Foot] = {}
    for one in sight.shown:
        for piece in one.block.pieces_between(-one.top, sight.height - one.top):
            if piece.mark.id in ties.roles and piece.parts and piece.mark.id not in feet:
                foot = _foot(one, piece, sight)
                if 0 < foot.gutter < sight.height:
                    feet[piece.mark.id] = foot
    return feet


def _foot(one: Shown, piece: Piece, sight: Sight) -> Foot:
    bottom = piece.tag.bottom() if piece.kind == "bar" else piece.band.bottom() + 1
    line = one.block.lines[one.block.line_at_y(piece.band.center().y())]
    gutter = line.bottom - sight.measures.gutter / 2
    x = _free_way(one.block, piece, bottom)
    return Foot(sight.left + x, one.top + bottom, one.top + gutter)


def _free_way(block: BlockLayout, piece: Piece, top: float) -> float:
    """Return where along the span, from its beginning on, no tag lies below it."""
    below = [
        other.tag
        for other in block.pieces_at_y(piece.band.center().y())
        if other is not piece and other.kind == "bar" and other.tag.bottom() > top
    ]
    x, end = piece.parts[0].left + 3, max(piece.parts[0].right, piece.tag.right()) - 3
    while any(tag.left() - 2 < x < tag.right() + 2 for tag in below):
        x += STEP
        if x > end:  # tags all along: down the blank edge of the first
            return piece.parts[0].left + 0.5
    return x


def draw_connectors(painter: QPainter, ties: Ties, sight: Sight, first_rail: int = 0) -> None:
    """Draw relations, those of one span stronger and with their roles."""
    feet = feet_in_view(ties, sight)
    strands = {
        number: [End(feet[i], role, ties.colors[i]) for i, role in spans]
        for number, spans in ties.strands(feet).items()
    }
    extents = {number: _extent(ties.reach[number], ends, sight) for number, ends in strands.items()}
    rails = _rails(extents)
    for number, ends in strands.items():
        rail = sight.left - RAIL * (1.5 + (first_rail + rails[number]) % sight.rails)
        style = Qt.PenStyle.DotLine if ties.faint[number] else Qt.PenStyle.SolidLine
        _draw_strand(painter, ends, extents[number], rail, style, sight.theme, bool(ties.own))
    if ties.own:
        taken = min(max(rails.values(), default=-1) + 1, sight.rails)
        _draw_roles(painter, strands.values(), sight.left - RAIL * (taken + 1), sight)


def _extent(reach: tuple[int, int], ends: Sequence[End], sight: Sight) -> tuple[float, float]:
    """Return from where to where a rail runs; to the edge of the view where an end is beyond."""
    gutters = [end.foot.gutter for end in ends]
    above = reach[0] < sight.first_position()
    below = reach[1] >= sight.last_position()
    return 0.0 if above else min(gutters), sight.height if below else max(gutters)


def _rails(extents: dict[int, tuple[float, float]]) -> dict[int, int]:
    """Give each relation the first rail from the text on which none meets it."""
    taken: list[list[tuple[float, float]]] = []
    rails = {}
    for number, (top, bottom) in extents.items():
        rail = next(
            (
                i
                for i, others in enumerate(taken)
                if all(bottom < other[0] or other[1] < top for other in others)
            ),
            len(taken),
        )
        if rail == len(taken):
            taken.append([])
        taken[rail].append((top, bottom))
        rails[number] = rail
    return rails


def _draw_strand(
    painter: QPainter,
    ends: Sequence[End],
    extent: tuple[float, float],
    rail: float,
    style: Qt.PenStyle,
    theme: Theme,
    strong: bool,
) -> None:
    top, bottom = extent
    share = 1.0 if strong else FAINT
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(mix(theme.page, theme.muted, share), 1.2, style))
    if bottom > top:
        painter.drawLine(QPointF(rail, top + BEND), QPointF(rail, bottom - BEND))
    within = min(end.foot.x for end in ends)
    for end in ends:
        if bottom > top:
            start, bend = rail, -BEND if end.foot.gutter >= bottom else BEND
        else:  # all on one line: nothing to lead to the margin for but the names of roles
            start, bend = rail if strong else within, 0.0
        painter.setPen(QPen(mix(theme.page, shades(theme, end.color).bar, share), 1.4, style))
        painter.drawPath(_path(end.foot, start, bend))


def _path(foot: Foot, start: float, bend: float) -> QPainterPath:
    """Return the way from the rail through the gutter to the span; `bend` is down the rail."""
    x, gutter = foot.x, foot.gutter
    path = QPainterPath(QPointF(start, gutter + bend))
    path.quadTo(QPointF(start, gutter), QPointF(start + abs(bend), gutter))
    rise = min(BEND, max(gutter - foot.top, 0.0))
    path.lineTo(max(x - rise, start), gutter)
    path.quadTo(QPointF(x, gutter), QPointF(x, gutter - rise))
    path.lineTo(x, min(foot.top, gutter))
    return path


def _roles_by_gutter(strands: Iterable[Sequence[End]]) -> dict[float, dict[str, str]]:
    """Return, for each gutter, the roles that leave through it with their colours."""
    roles: dict[float, dict[str, str]] = {}
    for ends in strands:
        for end in ends:
            roles.setdefault(end.foot.gutter, {})[end.role] = end.color
    return roles


def role_rows(strands: Iterable[Sequence[End]], sight: Sight) -> list[tuple[float, str, str]]:
    """Return where the names of roles stand: baseline, role and colour, from the top.

    Beside each gutter stand, one under another, the roles that leave through it. Where lines
    are so close that those would meet, the lower ones move down.
    """
    ascent = sight.measures.tag_ascent
    row = ascent * ROLE_ROW
    rows: list[tuple[float, str, str]] = []
    free = 0.0
    for gutter, roles in sorted(_roles_by_gutter(strands).items(), key=itemgetter(0)):
        baseline = max(gutter + ascent / 2 - row * (len(roles) - 1) / 2, free)
        for role, color in roles.items():
            rows.append((baseline, role, color))
            baseline += row
        free = baseline
    return rows


def _draw_roles(
    painter: QPainter, strands: Iterable[Sequence[End]], right: float, sight: Sight
) -> None:
    """Write in the margin which roles leave through the gutters."""
    measures = sight.measures
    metrics = QFontMetricsF(measures.tag)
    painter.setFont(measures.tag)
    tall = measures.tag_ascent * ROLE_ROW
    for baseline, role, color in role_rows(strands, sight):
        words = metrics.elidedText(role, Qt.TextElideMode.ElideRight, right - 4)
        left = right - metrics.horizontalAdvance(words)
        ground = QRectF(left - 2, baseline - measures.tag_ascent - 2, right - left + 3, tall)
        painter.fillRect(ground, sight.theme.page)  # rails of other relations run here too
        painter.setPen(shades(sight.theme, color).bar)
        painter.drawText(QPointF(left, baseline), words)
