"""The colours of the window, and what a label's codebook colour becomes in each theme.

Contrast is that of WCAG 2.2: at least 4.5:1 (1.4.3, level AA) for tags and bars, 7:1
(1.4.6, level AAA) for the text that is read, on a tint too.
"""

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

TEXT_CONTRAST = 4.5
TINT_CONTRAST = 7.0


class Theme(NamedTuple):
    """A set of colours; `dark` tells whether the page is darker than the ink.

    `strong` is set for the high-contrast themes, which draw outlines around tints.
    """

    name: str
    dark: bool
    strong: bool
    page: QColor
    ink: QColor
    muted: QColor
    selection: QColor
    caret: QColor
    accent: QColor
    warning: QColor


class Shades(NamedTuple):
    """A label's colours: `tint` lies behind ink, `bar` is for bars and small text on the page.

    Text on a bar is in the theme's page colour.
    """

    tint: QColor
    bar: QColor


def _theme(name: str, dark: bool, strong: bool, *colors: str) -> Theme:
    return Theme(name, dark, strong, *(QColor(color) for color in colors))


LIGHT = _theme(
    "light",
    False,
    False,
    "#FDFCFA",  # page: paper, a little warm
    "#1F2328",
    "#6A6F76",
    "#CFE0F5",
    "#1F2328",
    "#2F5FB3",
    "#A8470B",
)
DARK = _theme(
    "dark",
    True,
    False,
    "#1B1D21",
    "#E4E2DD",
    "#9AA0A8",
    "#3B5A8C",
    "#F2F0EA",
    "#8AB4F8",
    "#F2A35E",
)
HIGH_CONTRAST_LIGHT = _theme(
    "high contrast light",
    False,
    True,
    "#FFFFFF",
    "#000000",
    "#3A3A3A",
    "#FFE27A",
    "#000000",
    "#0033AA",
    "#8A2B00",
)
HIGH_CONTRAST_DARK = _theme(
    "high contrast dark",
    True,
    True,
    "#000000",
    "#FFFFFF",
    "#D0D0D0",
    "#695700",
    "#FFFF66",
    "#9CC8FF",
    "#FFC080",
)
THEMES = (LIGHT, DARK, HIGH_CONTRAST_LIGHT, HIGH_CONTRAST_DARK)


_chosen = ""


def choose_theme(name: str) -> None:
    """Use the theme of that name from now on; with an unknown or empty one, the system's."""
    global _chosen
    _chosen = name


def system_theme() -> Theme:
    """Return the theme a person chose, else what the system asks for: light or dark, contrast."""
    for theme in THEMES:
        if theme.name == _chosen:
            return theme
    hints = QGuiApplication.styleHints()
    scheme = hints.colorScheme()
    if scheme == Qt.ColorScheme.Unknown:
        palette = QGuiApplication.palette()
        window = palette.color(QPalette.ColorRole.Window)
        dark = luminance(window) < luminance(palette.color(QPalette.ColorRole.WindowText))
    else:
        dark = scheme == Qt.ColorScheme.Dark
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return HIGH_CONTRAST_DARK if dark else HIGH_CONTRAST_LIGHT
    return DARK if dark else LIGHT


def luminance(color: QColor) -> float:
    """Return the relative luminance of WCAG 2.2, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(part) for part in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21."""
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """Return the colour between two, `share` (0 to 1) of the other."""
    parts = (
        (one.red(), other.red()),
        (one.green(), other.green()),
        (one.blue(), other.blue()),
    )
    return QColor(*(round(a + (b - a) * share) for a, b in parts))


@lru_cache(maxsize=512)
def _shades(theme_name: str, color: str) -> Shades:
    theme = next(theme for theme in THEMES if theme.name == theme_name)
    base = QColor(color)
    share = 0.24 if theme.dark else 0.28
    tint = mix(theme.page, base, share)
    while contrast(theme.ink, tint) < TINT_CONTRAST:
        tint = mix(tint, theme.page, 0.1)
    bar = base
    while contrast(bar, theme.page) < TEXT_CONTRAST:
        bar = _brighter(bar, 0.02 if theme.dark else -0.02)
    return Shades(tint, bar)


def shades(theme: Theme, color: str) -> Shades:
    """Return what a label's codebook colour (`#RRGGBB`) becomes in a theme."""
    return _shades(theme.name, color)


def _brighter(color: QColor, by: float) -> QColor:
    """Change the lightness (0 to 1) of a colour and keep its hue."""
    lightness = min(max(color.lightnessF() + by, 0.0), 1.0)
    return QColor.fromHslF(max(color.hslHueF(), 0.0), color.hslSaturationF(), lightness)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
