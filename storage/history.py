"""The log of a project file as a history; answers `annotation.history.History`."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from json import loads
from pathlib import Path
from typing import Any

from annotation.errors import ProjectError
from annotation.history import Logged, Page, Wanted
from annotation.model import Change, Record
from storage import changes, records, rows
from storage.failures import told

LOOK = 300
"""How many entries are looked at for a page of those that words or a name let through."""

COLUMNS = """
    seq, title, article_id, annotator, at, kind, state, coalesce(target, 0),
    EXISTS (SELECT 1 FROM revision WHERE revision.seq = coalesce(target, change.seq)),
    substr(added, 1, 2000), substr(removed, 1, 2000)
"""
QUOTATION = re.compile(r'"quotation":\[("(?:[^"\\]|\\.)*")')
SINCE = "compacted"
"""The name in `meta` of the last entry beyond which nothing can be taken back any more."""


class ProjectHistory:
    """Reads the tables `change` and `touched`; nothing here costs more in a longer log."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection

    def page(self, wanted: Wanted, before: int = 0, limit: int = 100) -> Page:
        """Return the next entries, the latest first, and where the page after them begins."""
        look = LOOK if wanted.words or (wanted.annotator and wanted.record_id) else limit
        with told(self._path):
            keys = self._keys(wanted, before, look)
            found = [one for one in self._entries(keys) if _lets_through(wanted, one)]
        if len(found) > limit:
            return Page(found[:limit], found[limit - 1].seq)
        return Page(found, keys[-1] if len(keys) == look else 0)

    def entry(self, seq: int) -> Logged:
        """Return one entry; `ProjectError` where there is none of that number."""
        with told(self._path):
            found = self._entries([seq])
        if not found:
            raise ProjectError(f"The history has no entry {seq}.")
        return found[0]

    def change(self, seq: int) -> Change:
        """Return an edit with its records; without any where the log no longer has them."""
        with told(self._path):
            sql = f"SELECT {changes.LOGGED} FROM change WHERE seq = ?"
            row = self._connection.execute(sql, (seq,)).fetchone()
            return changes.logged(row)

    def since(self, seq: int) -> Iterator[Change]:
        """Yield what was done after an entry, the oldest first: edits, undo and redo alike."""
        sql = "SELECT kind, coalesce(target, seq) FROM change WHERE seq > ? ORDER BY seq"
        with told(self._path):
            for kind, target in self._connection.execute(sql, (seq,)).fetchall():
                if kind != "machine":
                    change = self.change(target)
                    yield change.inverse() if kind == "undo" else change

    def last_before(self, at: str) -> int:
        """Return the number of the last entry up to a time (ISO 8601, UTC), 0 for none."""
        # Clocks may be turned back; entries are in the order in which they were made.
        sql = "SELECT seq FROM change WHERE at <= ? ORDER BY seq DESC LIMIT 1"
        with told(self._path):
            row = self._connection.execute(sql, (at,)).fetchone()
        return int(row[0]) if row else 0

    def later(self, record_id: str, seq: int) -> Logged | None:
        """Return the last edit after an entry that concerned a record and still stands."""
        sql = """
            SELECT seq FROM touched CROSS JOIN change USING (seq)
            WHERE touched.id IN (?, '') AND seq > ? AND state = 'done' AND kind = 'edit'
            ORDER BY touched.id DESC, seq DESC LIMIT 1
        """
        with told(self._path):
            row = self._connection.execute(sql, (record_id, seq)).fetchone()
            return self._entries([row[0]])[0] if row else None

    def stored(self, wanted: Sequence[Record]) -> dict[tuple[type[Record], str], Record]:
        """Return what the project holds now under the names of these records."""
        with told(self._path):
            return records.stored(self._connection, wanted)

    def last_compacted(self) -> int:
        """Return the last entry beyond which nothing can be taken back any more, 0 for none."""
        with told(self._path):
            sql = "SELECT value FROM meta WHERE name = ?"
            row = self._connection.execute(sql, (SINCE,)).fetchone()
        return int(row[0]) if row else 0

    def origins(self, article_id: str) -> list[tuple[str, str, str]]:
        """Return (when, who, what) of an article's import and of the models' runs through it."""
        sql = """
            SELECT imported_at, imported_by, 'Imported from ' || source_file FROM article
            WHERE id = :id
            UNION ALL SELECT at, author, 'Suggested ' || found || ' spans' FROM run
            WHERE article_id = :id ORDER BY 1
        """
        with told(self._path):
            return self._connection.execute(sql, {"id": article_id}).fetchall()

    def _keys(self, wanted: Wanted, before: int, limit: int) -> list[int]:
        last = before or 1 << 62
        if wanted.record_id:
            # Changes of the codebook stand under '': they concern every article.
            sql = """
                SELECT DISTINCT seq FROM touched WHERE id IN (?, ?) AND seq < ?
                ORDER BY seq DESC LIMIT ?
            """
            second = "" if wanted.everything_there else wanted.record_id
            given: tuple[Any, ...] = (wanted.record_id, second, last, limit)
        elif wanted.annotator:
            sql = "SELECT seq FROM change WHERE annotator = ? AND seq < ? ORDER BY seq DESC LIMIT ?"
            given = (wanted.annotator, last, limit)
        else:
            sql, given = (
                "SELECT seq FROM change WHERE seq < ? ORDER BY seq DESC LIMIT ?",
                (
                    last,
                    limit,
                ),
            )
        return [seq for (seq,) in self._connection.execute(sql, given)]

    def _entries(self, keys: Iterable[int]) -> list[Logged]:
        sql = f"""
            SELECT {COLUMNS} FROM change WHERE seq IN (SELECT value FROM json_each(?))
            ORDER BY seq DESC
        """
        found = self._connection.execute(sql, (rows.compact(list(keys)),))
        return [Logged(*(*row[:8], row[8] == 1, _quoted(row[9], row[10]))) for row in found]


def _quoted(added: str, removed: str) -> str:
    """Return the first words that a change is about, read from the beginning of its content."""
    found = QUOTATION.search(added) or QUOTATION.search(removed)
    try:
        return str(loads(found[1])) if found else ""
    except ValueError:
        return ""


def _lets_through(wanted: Wanted, one: Logged) -> bool:
    if wanted.annotator and one.annotator != wanted.annotator:
        return False
    return wanted.words.casefold() in f"{one.title} {one.quotation}".casefold()
