"""The registries of the project in memory."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from annotation.model import Article, Record, Registry, RegistryEntry, Span
from annotation.registries import ListedEntry, Mention
from annotation.registry import folded


class MemoryRegistries:
    """The registries of a project in memory."""

    def __init__(self, records: Collection[Record], articles: Mapping[str, Article]) -> None:
        self._records = records
        self._articles = articles
        self._distinct: set[tuple[str, str]] = set()

    def distinct(self) -> list[tuple[str, str]]:
        return sorted(self._distinct)

    def set_distinct(self, first: str, second: str, apart: bool) -> None:
        pair = {(min(first, second), max(first, second))}
        self._distinct = self._distinct | pair if apart else self._distinct - pair

    def entries(self, entry_ids: Sequence[str]) -> list[RegistryEntry]:
        return [entry for entry in self._sorted() if entry.id in entry_ids]

    def page(
        self,
        registry: Registry,
        words: str = "",
        after: RegistryEntry | None = None,
        limit: int = 200,
    ) -> list[ListedEntry]:
        found = [e for e in self._sorted() if e.registry == registry and _called(e, words)]
        rest = found[found.index(after) + 1 :] if after else found
        return [ListedEntry(e, self.count_mentions(e.id)) for e in rest[:limit]]

    def count(self, registry: Registry) -> int:
        return len(self.page(registry, limit=1 << 60))

    def names(self, registry: Registry) -> Iterator[tuple[str, str]]:
        for entry in self._sorted():
            if entry.registry == registry:
                yield from ((entry.id, name) for name in entry.names)

    def count_mentions(self, entry_id: str) -> int:
        return len(self.mentions(entry_id, limit=1 << 60))

    def mentions(self, entry_id: str, after: Span | None = None, limit: int = 200) -> list[Mention]:
        spans = sorted((r for r in self._records if isinstance(r, Span)), key=lambda s: s.id)
        found = [s for s in spans if s.entry_id == entry_id and (not after or s.id > after.id)]
        return [Mention(span, self._articles[span.article_id].title) for span in found[:limit]]

    def _sorted(self) -> list[RegistryEntry]:
        entries = [record for record in self._records if isinstance(record, RegistryEntry)]
        return sorted(entries, key=lambda e: (folded(e.name), e.id))


def _called(entry: RegistryEntry, words: str) -> bool:
    names = "\n".join(map(folded, entry.names))
    return all(word in names for word in folded(words).split())
