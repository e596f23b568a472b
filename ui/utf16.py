"""The one place where code points become UTF-16 units and back.

Everything in Pressmark counts Unicode code points; Qt's text classes count UTF-16 units.
A code point above U+FFFF takes two units, all others take one.
"""

import re
import sys
from bisect import bisect_left

from PySide6.QtCore import QTextBoundaryFinder

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Units:
    """Converts offsets within one stretch of text, and knows its grapheme clusters.

    Offsets are counted from the start of the stretch. Clusters are the extended grapheme
    clusters of Unicode UAX 29: a caret never stands inside one. `plain` tells that the
    text is ASCII, where units, code points and clusters are the same.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.plain = text.isascii()
        self._astral: list[int] = []
        if not self.plain:
            self._astral = [match.start() for match in _ASTRAL.finditer(text)]
        self._astral_units = [place + i for i, place in enumerate(self._astral)]
        self._finder: QTextBoundaryFinder | None = None

    def unit(self, point: int) -> int:
        """Return the UTF-16 unit at which a code point begins."""
        return point + bisect_left(self._astral, point) if self._astral else point

    def point(self, unit: int) -> int:
        """Return the code point that a UTF-16 unit belongs to."""
        return unit - bisect_left(self._astral_units, unit) if self._astral else unit

    def cluster_start(self, point: int) -> int:
        """Return the start of the cluster that a code point lies in; a boundary stays."""
        if self.plain or self._at_boundary(point):
            return point
        return self.previous_cluster(point)

    def cluster_end(self, point: int) -> int:
        """Return the end of the cluster that a code point lies in; a boundary stays."""
        if self.plain or self._at_boundary(point):
            return point
        return self.next_cluster(point)

    def next_cluster(self, point: int) -> int:
        """Return the first boundary after a code point, at most the end."""
        if self.plain or point >= len(self._text):
            return min(point + 1, len(self._text))
        finder = self._placed(point)
        unit = finder.toNextBoundary()
        while unit >= 0 and not self._parts(unit):
            unit = finder.toNextBoundary()
        return self.point(unit) if unit >= 0 else len(self._text)

    def previous_cluster(self, point: int) -> int:
        """Return the last boundary before a code point, at least 0."""
        if self.plain or point <= 0:
            return max(point - 1, 0)
        finder = self._placed(point)
        unit = finder.toPreviousBoundary()
        while unit >= 0 and not self._parts(unit):
            unit = finder.toPreviousBoundary()
        return self.point(max(unit, 0))

    def _parts(self, unit: int) -> bool:
        """Tell whether a unit begins a code point; Qt may see a boundary within a pair."""
        return self.unit(self.point(unit)) == unit

    def _at_boundary(self, point: int) -> bool:
        return point <= 0 or point >= len(self._text) or self._placed(point).isAtBoundary()

    def _placed(self, point: int) -> QTextBoundaryFinder:
        if self._finder is None:
            kind = QTextBoundaryFinder.BoundaryType.Grapheme
            self._finder = QTextBoundaryFinder(kind, self._text)
        self._finder.setPosition(self.unit(point))
        return self._finder


def in_memory(text: str) -> bytes:
    """Return a text's units as Qt keeps them in memory on this machine, without a mark."""
    return text.encode(f"utf-16-{'le' if sys.byteorder == 'little' else 'be'}")
