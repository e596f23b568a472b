"""Which entries of a registry may be the same: those whose names are alike."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from annotation.registry import folded
from annotation.registry_matching import likeness

ALIKE = 88.0
"""From which likeness on two names are taken for one, of 100."""

PART = 4
"""By so many letters at the beginning or the end of a word, names come to be compared at all."""

CROWD = 60
"""Of more names that share those letters, only neighbours in the alphabet are compared."""

NEIGHBOURS = 12


class Pair(NamedTuple):
    """Two entries that may be one, by which of their names, and how alike those are, of 100."""

    first_id: str
    second_id: str
    first: str
    second: str
    likeness: float


def alike(names: Sequence[tuple[str, str]]) -> Iterator[Pair | None]:
    """Yield each pair of entries once; None after each name, so that somebody else has a turn.

    `names` are (entry id, name). Comparing all with all would take an hour for 20,000.
    """
    crowds: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for entry_id, name in names:
        compared = folded(name)
        for part in _parts(compared):
            crowds[part].append((compared, entry_id, name))
        yield None
    known: set[frozenset[str]] = set()
    for crowd in crowds.values():
        crowd.sort()
        reach = NEIGHBOURS if len(crowd) > CROWD else len(crowd)
        for place, (one, first_id, first) in enumerate(crowd):
            for other, second_id, second in crowd[place + 1 : place + 1 + reach]:
                both = frozenset((first_id, second_id))
                if len(both) == 1 or both in known:
                    continue
                if (found := likeness(one, other)) >= ALIKE:
                    known.add(both)
                    yield Pair(first_id, second_id, first, second, found)
            yield None
        yield None


def _parts(name: str) -> set[str]:
    words = [word for word in name.split() if len(word) > 2] or [name]
    return {f"<{word[:PART]}" for word in words} | {f"{word[-PART:]}>" for word in words}
