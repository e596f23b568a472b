"""Fonts and distances of the page, all derived from one reading size."""

from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QStaticText

READING_POINTS = 12.5
"""The reading font's size in points at zoom 1."""

CHARACTERS = 70
"""How many characters of usual text a line holds where nothing else is chosen."""

_FAMILIES = ["Charter", "Georgia", "Source Serif 4", "Palatino", "P052", "DejaVu Serif"]
_SAMPLE = "A minister said on Tuesday that 200 ships had left the ports by then. "


class Reading(NamedTuple):
    """How a person likes to read; `measures(*reading)` is the page that follows from it.

    `zoom` multiplies the size of everything, `characters` is the length of a line, `spacing`
    the distance of the lines as a multiple of the usual one, `family` a font (empty: a serif).
    """

    zoom: float = 1.0
    characters: int = CHARACTERS
    spacing: float = 1.0
    family: str = ""


@dataclass(frozen=True)
class Measures:
    """What a page is set in; distances are in pixels.

    A line is, from its top: `lead` (room for one row of tags), the text (`ascent` and
    `descent`), lanes of `lane` each where it has bars, and the `gutter`, which connectors
    run through. `column` is the width of about 70 characters. `tag_ascent` is the height of a
    tag's capitals, `tag_rise` that of its font above the baseline.
    """

    text: QFont
    tag: QFont
    ascent: float
    descent: float
    lead: float
    lane: float
    gutter: float
    gap: float
    column: float
    character: float
    tag_ascent: float
    tag_rise: float
    _widths: dict[str, float] = field(default_factory=dict, compare=False)
    _texts: dict[str, QStaticText] = field(default_factory=dict, compare=False)

    @property
    def line(self) -> float:
        """The height of a line without lanes."""
        return self.lead + self.ascent + self.descent + self.gutter

    def tag_width(self, tag: str) -> float:
        """Return how wide a tag's text is."""
        if tag not in self._widths:
            self._widths[tag] = QFontMetricsF(self.tag).horizontalAdvance(tag)
        return self._widths[tag]

    def tag_text(self, tag: str) -> QStaticText:
        """Return a tag's text prepared for drawing; its baseline is `tag_rise` below its top."""
        if tag not in self._texts:
            text = QStaticText(tag)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(font=self.tag)
            self._texts[tag] = text
        return self._texts[tag]


def measures(
    zoom: float = 1.0, characters: int = CHARACTERS, spacing: float = 1.0, family: str = ""
) -> Measures:
    """Return the measures for a way of reading; the arguments are those of `Reading`."""
    text = QFont()
    text.setFamilies([family, *_FAMILIES] if family else _FAMILIES)
    text.setStyleHint(QFont.StyleHint.Serif)
    text.setPointSizeF(READING_POINTS * zoom)
    text.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    tag = QFont()
    tag.setStyleHint(QFont.StyleHint.SansSerif)
    tag.setPointSizeF(6.8 * zoom)
    tag.setWeight(QFont.Weight.DemiBold)
    tag.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
    body, small = QFontMetricsF(text), QFontMetricsF(tag)
    character = body.horizontalAdvance(_SAMPLE) / len(_SAMPLE)
    high = small.capHeight()
    return Measures(
        text=text,
        tag=tag,
        ascent=body.ascent(),
        descent=body.descent(),
        lead=high + 3 * zoom + max(spacing - 1, 0) * body.height(),
        lane=high + 6 * zoom,
        gutter=4 * zoom,
        gap=body.height() * 0.55 * spacing,
        column=round(character * characters),
        character=character,
        tag_ascent=high,
        tag_rise=small.ascent(),
    )
