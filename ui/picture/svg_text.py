"""The text of an SVG file: fonts by names that others know, and widths that stay."""

import re
from html import unescape
from pathlib import Path

from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QGuiApplication

from ui.canvas.measures import Measures
from ui.picture.frame import small_font, title_font

_TEXT = re.compile(r'<text ([^>]*font-family=")([^"]*)(" font-size="([\d.]+)"[^>]*)>([^<]*)</text>')
_FOUNDRY = re.compile(r" \[[^]]*\]$")


def name_fonts(path: Path, measures: Measures) -> None:
    """Give each run of text a font that is there, and the width that it was laid out with.

    Marks then stand under their words also where another font takes the place of ours.
    """
    fonts = [measures.text, measures.tag, small_font(measures), title_font(measures)]
    dots = QGuiApplication.primaryScreen().logicalDotsPerInchX()
    known = [(font.pointSizeF() * dots / 72, font, QFontMetricsF(font)) for font in fonts]

    def dressed(found: re.Match[str]) -> str:
        before, _, after, size, words = found.groups()
        _, font, metrics = min(known, key=lambda each: abs(each[0] - float(size)))
        width = metrics.horizontalAdvance(unescape(words))
        family = _families(font, "serif" if font in (fonts[0], fonts[3]) else "sans-serif")
        if words.strip():
            after += f' textLength="{width:.2f}" lengthAdjust="spacingAndGlyphs"'
        return f"<text {before}{family}{after}>{words}</text>"

    path.write_text(_TEXT.sub(dressed, path.read_text("utf-8")), "utf-8")


def _families(font: QFont, kind: str) -> str:
    real = _FOUNDRY.sub("", QFontInfo(font).family())
    named = [f"'{name}'" for name in dict.fromkeys([real, *font.families()])]
    return ",".join([*named, kind])
