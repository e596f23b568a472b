"""What people with a colour-vision deficiency see, and how far apart two colours look.

The deficiencies at their full strength after Machado, Oliveira and Fernandes (2009), table 1;
distances are CIE 1976 (L*a*b*, D65), where about 2.3 can just be noticed side by side.
"""

from PySide6.QtGui import QColor

Rgb = tuple[float, float, float]

DEFICIENCIES = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE = (0.95047, 1.0, 1.08883)


def distance(one: QColor, other: QColor, deficiency: str) -> float:
    """Return how far apart two colours look to eyes with a deficiency."""
    a, b = _lab(one, deficiency), _lab(other, deficiency)
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5


def _lab(color: QColor, deficiency: str) -> Rgb:
    linear = tuple(map(_linear, (color.redF(), color.greenF(), color.blueF())))
    seen = tuple(min(max(part, 0.0), 1.0) for part in _times(DEFICIENCIES[deficiency], linear))
    x, y, z = (_cube(v / w) for v, w in zip(_times(_XYZ, seen), _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _times(matrix, vector) -> tuple[float, ...]:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _cube(ratio: float) -> float:
    return ratio ** (1 / 3) if ratio > 0.008856 else 7.787 * ratio + 16 / 116
