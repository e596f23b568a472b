"""Chips at the edge of the view that lead to arguments out of it."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from ui.canvas.connectors import Sight
from ui.canvas.ties import Place, Ties

ROWS = 4
"""How many chips stand at the top, and how many at the bottom."""


class Chip(NamedTuple):
    """A place to click that leads to an argument out of view."""

    rect: QRectF
    span_id: str
    words: str


def chips_of(ties: Ties, sight: Sight) -> list[Chip]:
    """Return chips for what is tied and out of view, the nearest next to the text."""
    if not sight.shown:
        return []
    above = list(reversed(ties.before(sight.first_position())[-ROWS - 1 :]))
    below = list(ties.after(sight.last_position())[: ROWS + 1])
    more_above = len(ties.before(sight.first_position()))
    more_below = len(ties.after(sight.last_position()))
    tall = sight.measures.tag_ascent + 10
    chips = _column("↑", above, more_above, sight, 6, tall + 4)
    return chips + _column("↓", below, more_below, sight, sight.height - tall - 6, -tall - 4)


def _column(
    arrow: str, places: Sequence[Place], count: int, sight: Sight, top: float, step: float
) -> list[Chip]:
    """Set chips one after another from the edge inward; the last one counts the rest."""
    metrics = QFontMetricsF(sight.measures.tag)
    tall = sight.measures.tag_ascent + 10
    chips = []
    for number, place in enumerate(places[:ROWS]):
        rest = count - ROWS if number == ROWS - 1 else 0
        words = f"{arrow} {place.role}" + (f"  +{rest:,}" if rest > 0 else "")
        rect = QRectF(4, top + number * step, metrics.horizontalAdvance(words) + 12, tall)
        chips.append(Chip(rect, place.span_id, words))
    return chips


def draw_chips(painter: QPainter, chips: Sequence[Chip], sight: Sight) -> None:
    """Draw chips over whatever else is in the margin."""
    theme, measures = sight.theme, sight.measures
    painter.setFont(measures.tag)
    for chip in chips:
        painter.setPen(QPen(theme.accent, 1.0))
        painter.setBrush(theme.page)
        painter.drawRoundedRect(chip.rect, 4, 4)
        baseline = chip.rect.center().y() + measures.tag_ascent / 2
        painter.drawText(QPointF(chip.rect.left() + 6, baseline), chip.words)
