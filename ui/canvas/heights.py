"""How tall each block is, and which block lies at which height."""

from collections.abc import Sequence
from itertools import accumulate
from operator import and_, sub


class Heights:
    """The heights of all blocks in pixels, in a Fenwick tree.

    Setting one height and finding a block cost O(log n). Building it from estimates runs
    in C all through, since it happens before the first frame of an article.
    """

    def __init__(self, heights: Sequence[float]) -> None:
        self._heights = list(heights)
        count = len(self._heights)
        sums = list(accumulate(self._heights, initial=0.0))
        lower = map(and_, range(count + 1), range(-1, count))  # i without its lowest bit
        self._tree = list(map(sub, sums, map(sums.__getitem__, lower)))
        self._top_bit = 1 << count.bit_length()

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, block: int) -> float:
        return self._heights[block]

    @property
    def total(self) -> float:
        """The height of all blocks together."""
        return self.above(len(self._heights))

    def above(self, block: int) -> float:
        """Return the height of all blocks before this one."""
        total = 0.0
        while block > 0:
            total += self._tree[block]
            block &= block - 1
        return total

    def set(self, block: int, height: float) -> None:
        """Correct the height of one block."""
        difference = height - self._heights[block]
        if difference == 0:
            return
        self._heights[block] = height
        place = block + 1
        while place < len(self._tree):
            self._tree[place] += difference
            place += place & -place

    def find(self, y: float) -> int:
        """Return the block at that height; the first or the last one beyond the ends."""
        place, rest, step = 0, y, self._top_bit
        while step:
            further = place + step
            if further < len(self._tree) and self._tree[further] <= rest:
                place = further
                rest -= self._tree[further]
            step >>= 1
        return max(0, min(place, len(self._heights) - 1))
