"""Which registry entries the words of a span may mean: by name and alias, and by likeness."""

from collections.abc import Iterable
from typing import NamedTuple

from annotation.registry import folded

LEAST = 75.0
"""From which likeness on an entry is worth proposing, of 100."""

NEAR = 60.0
"""From which weighted ratio of rapidfuzz on names are looked at closely."""


class Proposal(NamedTuple):
    """An entry that may be meant, by which of its names, and how alike that is, of 100."""

    entry_id: str
    name: str
    likeness: float


class Names:
    """The names and aliases of a registry, to look up words in.

    Holds them folded; looking one up among 20,000 takes some milliseconds.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        self._names = list(names)
        self._folded = [folded(name) for _, name in self._names]

    def proposals(self, words: str, limit: int = 8) -> list[Proposal]:
        """Return the likeliest entries, each once, the likeliest first."""
        from rapidfuzz import fuzz, process

        wanted = folded(words)
        if not wanted:
            return []
        best: dict[str, Proposal] = {}
        near = process.extract(
            wanted, self._folded, scorer=fuzz.WRatio, score_cutoff=NEAR, limit=limit * 10
        )
        for name, _, place in near:
            entry_id, called = self._names[place]
            proposal = Proposal(entry_id, called, likeness(wanted, name))
            if proposal.likeness >= LEAST and (
                entry_id not in best or best[entry_id].likeness < proposal.likeness
            ):
                best[entry_id] = proposal
        return sorted(best.values(), key=lambda p: (-p.likeness, p.name))[:limit]


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
