"""Which lane each bar of a line goes into; pure arithmetic, no Qt."""

from collections.abc import Sequence
from typing import NamedTuple


class Stretch(NamedTuple):
    """What a bar takes of a line: `left` to `right` in pixels, and the length of its span.

    `size` is in code points and decides what is inner; `order` breaks ties.
    """

    left: float
    right: float
    size: int
    order: int


def assign(stretches: Sequence[Stretch], gap: float = 2.0) -> list[int]:
    """Return the lane of each stretch, counted from 0, which is nearest to the text.

    A shorter span lies nearer to the text than a longer one that it meets, so nesting
    reads from the inside out. The same stretches give the same lanes in any order.
    """
    lanes = [0] * len(stretches)
    placed: list[int] = []
    by_size = sorted(
        range(len(stretches)),
        key=lambda i: (stretches[i].size, stretches[i].order, stretches[i].left),
    )
    for i in by_size:
        mine = stretches[i]
        met = [
            lanes[j]
            for j in placed
            if stretches[j].left < mine.right + gap and mine.left < stretches[j].right + gap
        ]
        lanes[i] = max(met) + 1 if met else 0
        placed.append(i)
    return lanes
