"""Pens and brushes for a label's marks, made once for each theme and colour."""

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from ui.theme import THEMES, TINT_CONTRAST, Theme, contrast, mix, shades

_NO_PEN = QPen(Qt.PenStyle.NoPen)
_NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)


class Inks(NamedTuple):
    """What a mark is drawn with.

    `outline` and `fill` are for a tint, `stroke` for a bar, `edge` and `inside` for the box
    of a bar's tag, which on a continued line is `blank`; `text` is for the words in the box
    and `color` for those on the page.
    """

    color: QColor
    text: QColor
    ground: QColor
    outline: QPen
    fill: QBrush
    stroke: QPen
    tie: QPen
    edge: QPen
    inside: QBrush
    blank: QPen


def inks(theme: Theme, color: str, pending: bool, picked: bool) -> Inks:
    """Return what marks of a codebook colour (`#RRGGBB`) are drawn with."""
    return _inks(theme.name, color, pending, picked)


def _ground(theme: Theme, tint: QColor, bar: QColor) -> QColor:
    """Return what lies behind the words of a picked bar, on a dark page as bright as can be."""
    if not theme.dark:
        return mix(theme.page, tint, 0.55)
    share = 0.5
    while contrast(theme.ink, mix(theme.page, bar, share)) < TINT_CONTRAST:
        share -= 0.02
    return mix(theme.page, bar, share)


@lru_cache(maxsize=1024)
def _inks(theme_name: str, color: str, pending: bool, picked: bool) -> Inks:
    theme = next(theme for theme in THEMES if theme.name == theme_name)
    tint, bar = shades(theme, color).tint, shades(theme, color).bar
    outline = QPen(bar, 1.6 if picked else 1.0)
    stroke = QPen(bar, 3.4 if picked else 2.0)
    stroke.setCapStyle(Qt.PenCapStyle.FlatCap)
    edge = QPen(bar, 1.0)
    if pending:
        outline.setDashPattern([3, 2])
        for pen in (stroke, edge):
            pen.setDashPattern([2.5, 1.8])
    outlined = pending or picked or theme.strong
    return Inks(
        color=bar,
        text=bar if pending else theme.page,
        ground=_ground(theme, tint, bar),
        outline=outline if outlined else _NO_PEN,
        fill=_NO_BRUSH if pending else QBrush(tint),
        stroke=stroke,
        tie=QPen(bar, 1.2, Qt.PenStyle.DotLine),
        edge=edge,
        inside=QBrush(theme.page if pending else bar),
        blank=QPen(theme.page, 1.0),
    )
