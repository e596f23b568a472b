"""What is asked of a project's registries; `storage/` answers."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from annotation.model import Registry, RegistryEntry, Span


class ListedEntry(NamedTuple):
    """One line of a registry's list, with the number of spans that mention the entry."""

    entry: RegistryEntry
    mentions: int


class Mention(NamedTuple):
    """A span that mentions an entry, with the title of its article."""

    span: Span
    title: str


class Registries(Protocol):
    """The two registries of a project. Entries are changed by `Store.apply` like all records."""

    def entries(self, entry_ids: Sequence[str]) -> list[RegistryEntry]:
        """Return the entries of these ids, leaving out unknown ones."""
        ...

    def page(
        self,
        registry: Registry,
        words: str = "",
        after: RegistryEntry | None = None,
        limit: int = 200,
    ) -> list[ListedEntry]:
        """Return the next page of a registry by name; each word is in the name or an alias."""
        ...

    def count(self, registry: Registry) -> int:
        """Return how many entries a registry has."""
        ...

    def names(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """Yield (id, name) for each name and alias in a registry."""
        ...

    def distinct(self) -> list[tuple[str, str]]:
        """Return the ids of entries, two by two, that somebody has said are not the same."""
        ...

    def set_distinct(self, first: str, second: str, apart: bool) -> None:
        """Note that two entries are not the same, whatever their names, or take that back."""
        ...

    def count_mentions(self, entry_id: str) -> int:
        """Return how many spans mention an entry."""
        ...

    def mentions(self, entry_id: str, after: Span | None = None, limit: int = 200) -> list[Mention]:
        """Return the next page of the spans that mention an entry, oldest first."""
        ...
