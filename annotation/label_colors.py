"""A colour for a new label: as far as can be from those of the others, for all eyes.

Colours are `#RRGGBB`. What people with a colour-vision deficiency see is reckoned after
Machado, Oliveira and Fernandes (2009), table 1; distances are those of Oklab (Ottosson 2020).
"""

from collections.abc import Collection, Iterator
from colorsys import hls_to_rgb
from functools import lru_cache
from math import dist

Three = tuple[float, float, float]
Matrix = tuple[Three, Three, Three]

COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7A5195", "#8C6D1F")
"""The first choice: told apart with the common colour-vision deficiencies."""

CLOSE = 0.05
"""How far apart in Oklab two colours are at least that are told apart as thin bars."""

LIGHTEST, DARKEST = 0.30, 0.12
"""Luminances (WCAG 2.2) between which a colour is at 3 : 1 on white and on black."""

_EYES: tuple[Matrix, ...] = (
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
     (-0.003882, -0.048116, 1.051998)),
    ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
     (-0.011820, 0.042940, 0.968881)),
    ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
     (0.004733, 0.691367, 0.303900)),
)  # fmt: skip
_LMS: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_OKLAB: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def free_color(taken: Collection[str]) -> str:
    """Return a colour that none of these is close to, or else the one farthest from all."""
    known = {color.upper() for color in taken}
    seen = [_seen(color) for color in known if len(color) == 7]

    def room(color: str) -> float:
        return min((_distance(_seen(color), other) for other in seen), default=1.0)

    for color in COLORS:
        if color not in known and room(color) >= CLOSE:
            return color
    return max((c for c in _wheel() if c not in known), key=room)


def luminance(color: str) -> float:
    """Return the relative luminance of WCAG 2.2, from 0 (black) to 1 (white)."""
    red, green, blue = _linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _wheel() -> Iterator[str]:
    """Yield colours all around the wheel that can be seen on white and on black."""
    for hue in range(0, 360, 18):
        for lightness in range(22, 76, 9):
            for saturation in (0.5, 0.95):
                parts = hls_to_rgb(hue / 360, lightness / 100, saturation)
                color = "#" + "".join(f"{round(part * 255):02X}" for part in parts)
                if DARKEST <= luminance(color) <= LIGHTEST:
                    yield color


@lru_cache(maxsize=4096)
def _seen(color: str) -> tuple[Three, ...]:
    """Return a colour in Oklab as each kind of eyes sees it."""
    linear = _linear(color)
    return tuple(_oklab(_times(eyes, linear)) for eyes in _EYES)


def _distance(one: tuple[Three, ...], other: tuple[Three, ...]) -> float:
    """Return how far apart two colours look to the eyes to which they look most alike."""
    return min(map(dist, one, other))


def _oklab(linear: Three) -> Three:
    red, green, blue = (min(max(part, 0.0), 1.0) for part in linear)
    long, middle, short = (part ** (1 / 3) for part in _times(_LMS, (red, green, blue)))
    return _times(_OKLAB, (long, middle, short))


def _times(matrix: Matrix, vector: Three) -> Three:
    one, two, three = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return one, two, three


def _linear(color: str) -> Three:
    try:
        red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    except ValueError:  # a colour that is being written
        return 0.0, 0.0, 0.0
    return _part(red), _part(green), _part(blue)


def _part(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
