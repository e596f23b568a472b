"""What a row of the table is, and how its two sides are measured: turn and turn about."""

import gc
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from math import ceil
from pathlib import Path
from typing import Literal

Side = Callable[[], float]
"""Does the work once and returns what it measured, in the row's unit."""


@dataclass(frozen=True)
class Target:
    """What a row has to reach; None where nothing is asked.

    `ratio` is ours to the floor, `limit` bounds our median and `worst` our p99, both in
    the row's unit. For times and memory they are upper bounds, for rates lower ones.
    """

    ratio: float | None = None
    limit: float | None = None
    worst: float | None = None


@dataclass
class Samples:
    """What the two sides measured, in the order of measuring; the floor may be missing."""

    floor: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Options:
    """How thoroughly to measure: `quick` for a look, `full` for the largest project too."""

    quick: bool = False
    full: bool = False

    def rounds(self, usual: int) -> int:
        """Return how often to measure where that many times are usual."""
        return max(usual // 5, 2) if self.quick else usual


@dataclass(frozen=True)
class Row:
    """One line of the table: what is measured, against what floor, and what it should reach."""

    name: str
    what: str
    floor: str
    unit: Literal["ms", "/s", "MB"]
    target: Target


@dataclass(frozen=True)
class Result:
    """A measured row, with the verdict "ok", "over" or "failed"."""

    name: str
    what: str
    floor_is: str
    unit: str
    target: dict[str, float | None]
    verdict: str
    note: str = ""
    ratio: float | None = None
    floor_median: float | None = None
    floor_p99: float | None = None
    ours_median: float | None = None
    ours_p99: float | None = None
    floor: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)


def interleaved(floor: Side, ours: Side, rounds: int, warm_up: int = 1) -> Samples:
    """Measure both sides in turn, so that whatever slows the machine slows both.

    The garbage of earlier rounds is collected in between and costs neither side.
    """
    samples = Samples()
    for number in range(-warm_up, rounds):
        for side, found in ((floor, samples.floor), (ours, samples.ours)):
            gc.collect()
            value = side()
            if number >= 0:
                found.append(value)
    return samples


def judge(row: Row, samples: Samples) -> Result:
    """Turn samples into a line of the table."""
    rate = row.unit == "/s"
    ours, floor = _median(samples.ours), _median(samples.floor)
    worst = percentile(samples.ours, 1 if rate else 99)
    ratio = ours / floor if ours is not None and floor else None
    asked = (
        (ratio, row.target.ratio),
        (ours, row.target.limit),
        (worst, row.target.worst),
    )
    reached = all(
        bound is None or value is None or (value >= bound if rate else value <= bound)
        for value, bound in asked
    )
    return Result(
        name=row.name,
        what=row.what,
        floor_is=row.floor,
        unit=row.unit,
        target=asdict(row.target),
        verdict="ok" if reached else "over",
        note=samples.note,
        ratio=ratio,
        floor_median=floor,
        floor_p99=percentile(samples.floor, 1 if rate else 99),
        ours_median=ours,
        ours_p99=worst,
        floor=samples.floor,
        ours=samples.ours,
    )


def failed(family: str, reason: str) -> Result:
    """Return the line of a family of rows that could not be measured."""
    return Result(family, "", "", "", asdict(Target()), "failed", note=reason)


def percentile(values: list[float], percent: float) -> float | None:
    """Return the nearest-rank percentile; of few values, the 99th is the largest."""
    if not values:
        return None
    return sorted(values)[max(ceil(len(values) * percent / 100), 1) - 1]


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="pressmark-bench-") as name:
        yield Path(name)


def _median(values: list[float]) -> float | None:
    return statistics.median(values) if values else None
