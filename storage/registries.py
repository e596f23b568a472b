"""The registries of a project file; answers `annotation.registries.Registries`."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from annotation.ids import now
from annotation.model import Registry, RegistryEntry, Span
from annotation.registries import ListedEntry, Mention
from annotation.registry import folded
from storage import annotations, distinct, rows
from storage.failures import told

Writing = Callable[[], AbstractContextManager[sqlite3.Connection]]
"""Opens a transaction that may write."""

WORDS = 50
"""How many words of a filter count; SQLite takes no endless condition."""

NAMES = 200
"""How many entries are read at a time for their names: a millisecond or two."""


class ProjectRegistries:
    """Reads the tables `entry` and `span`; those are written by `records`, as all records are."""

    def __init__(self, path: Path, connection: sqlite3.Connection, writing: Writing) -> None:
        self._path = path
        self._connection = connection
        self._writing = writing

    def entries(self, entry_ids: Sequence[str]) -> list[RegistryEntry]:
        """Return the entries of these ids, leaving out unknown ones."""
        with told(self._path):
            return annotations.entries(self._connection, entry_ids)

    def page(
        self,
        registry: Registry,
        words: str = "",
        after: RegistryEntry | None = None,
        limit: int = 200,
    ) -> list[ListedEntry]:
        """Return the next page of a registry by name; each word is in the name or an alias."""
        wanted = folded(words).split()[:WORDS]
        where = "registry = ? AND (sort_name, id) > (?, ?) " + "AND instr(words, ?) > 0 " * len(
            wanted
        )
        place = (folded(after.name), after.id) if after else ("", "")
        with told(self._path):
            found = self._connection.execute(
                f"{annotations.ENTRIES} {where} ORDER BY sort_name, id LIMIT ?",
                (registry, *place, *wanted, limit),
            ).fetchall()
            return [ListedEntry(entry, self._mentioned(entry.id)) for entry in rows.entries(found)]

    def count(self, registry: Registry) -> int:
        """Return how many entries a registry has."""
        with told(self._path):
            sql = "SELECT count(*) FROM entry WHERE registry = ?"
            return int(self._connection.execute(sql, (registry,)).fetchone()[0])

    def names(self, registry: Registry) -> Iterator[tuple[str, str]]:
        """Yield (id, name) for each name and alias in a registry."""
        sql = f"{annotations.ENTRIES} registry = ? AND (sort_name, id) > (?, ?) "
        place = ("", "")
        while True:
            with told(self._path):
                asked = (registry, *place, NAMES)
                found = self._connection.execute(f"{sql} ORDER BY sort_name, id LIMIT ?", asked)
                entries = rows.entries(found.fetchall())
            for entry in entries:
                yield from ((entry.id, name) for name in entry.names)
            if len(entries) < NAMES:
                return
            place = (folded(entries[-1].name), entries[-1].id)

    def distinct(self) -> list[tuple[str, str]]:
        """Return the ids of entries, two by two, that somebody has said are not the same."""
        with told(self._path):
            return distinct.pairs(self._connection)

    def set_distinct(self, first: str, second: str, apart: bool) -> None:
        """Note that two entries are not the same, whatever their names, or take that back."""
        with self._writing() as connection:
            distinct.put(connection, first, second, apart, now())

    def count_mentions(self, entry_id: str) -> int:
        """Return how many spans mention an entry."""
        with told(self._path):
            return self._mentioned(entry_id)

    def mentions(self, entry_id: str, after: Span | None = None, limit: int = 200) -> list[Mention]:
        """Return the next page of the spans that mention an entry, oldest first."""
        columns = ", ".join(f"span.{name}" for name in rows.SPAN_COLUMNS.split(", "))
        sql = f"""
            SELECT article.title, {columns} FROM span JOIN article ON article.id = span.article_id
            WHERE span.entry_id = ? AND span.id > ? ORDER BY span.id LIMIT ?
        """
        with told(self._path):
            found = self._connection.execute(
                sql, (entry_id, after.id if after else "", limit)
            ).fetchall()
            spans = rows.spans([row[1:] for row in found])
            return [Mention(span, row[0]) for span, row in zip(spans, found, strict=True)]

    def _mentioned(self, entry_id: str) -> int:
        sql = "SELECT count(*) FROM span WHERE entry_id = ?"
        return int(self._connection.execute(sql, (entry_id,)).fetchone()[0])


def missing(
    connection: sqlite3.Connection, entries: Iterable[RegistryEntry]
) -> list[RegistryEntry]:
    """Return those that the project does not have; what it says of the others stays."""
    wanted = {entry.id: entry for entry in entries}
    if not wanted:
        return []
    known = {entry.id for entry in annotations.entries(connection, list(wanted))}
    return [entry for entry_id, entry in wanted.items() if entry_id not in known]
