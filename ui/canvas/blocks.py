"""The text as blocks: its paragraphs, the very long ones cut into pieces."""

from bisect import bisect_right
from itertools import accumulate

from ui.canvas.words import cluster_start

LONGEST = 4000
"""The most code points that one block holds, so that laying one out stays cheap."""

_REACH = 400
"""How far before the limit a blank to cut after is looked for, in code points."""


class Blocks:
    """Where each block of a text starts and ends, in code points.

    A paragraph ends at a line feed, which belongs to no block. Splitting runs in C except
    for paragraphs above `LONGEST`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        lines = text.split("\n")
        self.lengths: list[int] = list(map(len, lines))
        self.starts: list[int] = [0, *accumulate(map((1).__add__, self.lengths))]
        self.starts.pop()  # what would start after the last line
        self._continued: frozenset[int] = frozenset()
        if max(self.lengths) > LONGEST:
            self._cut_long_ones()

    def __len__(self) -> int:
        return len(self.starts)

    def start(self, block: int) -> int:
        """Return the first code point of a block."""
        return self.starts[block]

    def end(self, block: int) -> int:
        """Return the code point after a block, without its line feed."""
        return self.starts[block] + self.lengths[block]

    def text_of(self, block: int) -> str:
        """Return the text of a block."""
        return self.text[self.starts[block] : self.end(block)]

    def at(self, position: int) -> int:
        """Return the block that a caret position lies in."""
        return max(bisect_right(self.starts, position) - 1, 0)

    def meeting(self, start: int, end: int) -> range:
        """Return the blocks that a stretch [start, end) meets."""
        return range(self.at(start), self.at(max(end - 1, start)) + 1)

    def ends_paragraph(self, block: int) -> bool:
        """Tell whether the paragraph ends with this block."""
        return block not in self._continued

    def _cut_long_ones(self) -> None:
        starts: list[int] = []
        lengths: list[int] = []
        continued: set[int] = set()
        for start, length in zip(self.starts, self.lengths, strict=True):
            end = start + length
            while end - start > LONGEST:
                cut = _cut(self.text, start)
                continued.add(len(starts))
                starts.append(start)
                lengths.append(cut - start)
                start = cut
            starts.append(start)
            lengths.append(end - start)
        self.starts, self.lengths = starts, lengths
        self._continued = frozenset(continued)


def _cut(text: str, start: int) -> int:
    """Return where to cut a paragraph: after the last blank in reach, or between clusters."""
    limit = start + LONGEST
    blank = text.rfind(" ", limit - _REACH, limit)
    wanted = limit if blank < 0 else blank + 1
    return max(cluster_start(text, wanted), limit - _REACH)
