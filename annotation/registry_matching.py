"""Which registry entries some words may mean: by name and alias, by beginnings, by likeness."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from annotation.registry import folded

LEAST = 80.0
"""From which likeness on an entry is worth proposing, of 100."""

NEAR = 60.0
"""From which weighted ratio of rapidfuzz on names are looked at closely."""

BEGUN, BEGUN_INSIDE = 98.0, 96.0
"""What a name counts that begins with what is typed, and one with words that do, of 100."""

SHORT = 2
"""Up to how many letters nothing is like anything but itself."""

SLICE = 500
"""How many names are compared at a time: one to four milliseconds' worth."""


class Proposal(NamedTuple):
    """An entry that may be meant, by which of its names, and how alike that is, of 100."""

    entry_id: str
    name: str
    likeness: float


class Names:
    """The names and aliases of a registry, folded, to look up words in.

    Looking words up among 40,000 takes a tenth of a second: a window does it slice by slice.
    """

    def __init__(self, names: Iterable[tuple[str, str]] = ()) -> None:
        self._keys: list[tuple[str, str]] = []
        self._folded: list[str | None] = []  # None where a name is gone
        self._places: dict[str, list[int]] = {}
        self.add(names)

    def items(self) -> list[tuple[str, str]]:
        """Return (id, name) for all names."""
        kept = zip(self._keys, self._folded, strict=True)
        return [key for key, name in kept if name is not None]

    def add(self, names: Iterable[tuple[str, str]]) -> None:
        """Take up more names, each with the id of its entry."""
        for key in names:
            self._places.setdefault(key[0], []).append(len(self._keys))
            self._keys.append(key)
            self._folded.append(folded(key[1]))

    def put(self, entry_id: str, names: Sequence[str]) -> None:
        """Have an entry go by exactly these names from now on; without any it is gone."""
        for place in self._places.pop(entry_id, ()):
            self._folded[place] = None
        self.add((entry_id, name) for name in names)

    def proposals(self, words: str, limit: int = 8, typing: bool = False) -> list[Proposal]:
        """Return the likeliest entries, each once, the likeliest first."""
        return next(iter(deque(self.proposing(words, limit, typing), maxlen=1)), [])

    def proposing(
        self, words: str, limit: int = 8, typing: bool = False
    ) -> Iterator[list[Proposal]]:
        """Yield the likeliest entries so far after each slice of the names.

        With `typing` the words may be unfinished: what begins with them counts, too.
        """
        wanted = folded(words)
        best: dict[str, Proposal] = {}
        for start in range(0, len(self._keys) if wanted else 0, SLICE):
            for place, found in _alike(wanted, self._folded[start : start + SLICE], limit, typing):
                entry_id, name = self._keys[start + place]
                known = best.get(entry_id)
                if known is None or known.likeness < found:
                    best[entry_id] = Proposal(entry_id, name, found)
            yield sorted(best.values(), key=_rank)[:limit]


def load() -> None:
    """Import what likeness is measured with, which takes longer than a picture."""
    from rapidfuzz import fuzz, process  # noqa: F401


def likeness(one: str, other: str) -> float:
    """Return how alike two folded names are, up to 100 for the same.

    Each word of the shorter name counts by its length, with the likeness of the word that
    comes closest to it in the other (Indel ratio): so "Varga" is like "Ilse Vargas", but
    "the mayor" is not like "the minister", which share an article only.
    """
    from rapidfuzz import fuzz

    if one == other:
        return 100.0
    shorter, longer = sorted((one.split(), other.split()), key=lambda words: len("".join(words)))
    if not shorter:
        return 0.0
    found = sum(len(word) * max(fuzz.ratio(word, near) for near in longer) for word in shorter)
    return min(found / len("".join(shorter)), 99.0)


def _alike(
    wanted: str, names: Sequence[str | None], limit: int, typing: bool
) -> Iterator[tuple[int, float]]:
    """Yield the places of names that may be meant, and how alike they are."""
    from rapidfuzz import fuzz, process

    if len(wanted) <= SHORT:
        yield from ((place, 100.0) for place, name in enumerate(names) if name == wanted)
    else:
        near = process.extract(
            wanted, names, scorer=fuzz.WRatio, score_cutoff=NEAR, limit=limit * 10
        )
        for match, _, place in near:
            found = likeness(wanted, match)
            if found >= LEAST:
                yield place, found
    if typing:
        begun = [f" {word}" for word in wanted.split()]
        for place, name in enumerate(names):
            if name is not None and all(word in f" {name}" for word in begun):
                yield place, BEGUN if name.startswith(wanted) else BEGUN_INSIDE


def _rank(proposal: Proposal) -> tuple[float, int, str]:
    """Put the likeliest first, and of those the shortest, which says the least besides."""
    return -proposal.likeness, len(proposal.name), proposal.name
