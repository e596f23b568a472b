"""What has been found of a damaged project, kept on disk until it is put together."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from json import dumps, loads
from pathlib import Path
from typing import Any

from annotation.backups import GoOn
from storage.keys import Key
from storage.salvage.pages import Pages
from storage.salvage.sealed import Opener
from storage.salvage.tables import Table, tables
from storage.salvage.trees import INDEX_LEAF, TABLE_LEAF, Found, Row, Trees

SCHEMA_ROOT = 1
EVERY = 256
"""Pages between two words about how far the reading is."""

Named = dict[str, Any]

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WITH_IDS = ("span", "relation", "suggestion", "entry")

LOGGED = (*WITH_IDS, "review")

KEYS = {
    "meta": ("name",),
    "article": ("number",),
    "article_text": ("number",),
    "codebook": ("version",),
    "argument": ("relation_id", "position"),
    "review": ("article_id", "annotator", "layer"),
    "run": ("article_id", "author"),
    "change": ("seq",),
    "revision": ("seq",),
    "revised": ("seq", "record", "id"),
    "blind_article": ("article_id",),
    "term": ("layer", "term", "any_case"),
}
"""By what a row is known; by its `id` elsewhere."""

OF = {"argument": "relation_id", "article": "id", "article_text": "number"}
"""The column by which rows are asked for; `article_id` elsewhere, where there is one."""


class Finds:
    """Reads the pages of a project and keeps each row once: trees first, stray pages after.

    `lost` counts by table the pages and rows that were wrong, `stray` the rows that were only
    on pages that nothing leads to: they may be older than the rest.
    """

    def __init__(self, project: Path, folder: Path, key: Key | None) -> None:
        self._pages = Pages(project, Opener(key, folder) if key else None)
        self._trees = Trees(self._pages)
        self._tables: Mapping[str, Table] = tables()
        self._kept = _scratch(folder / "found", key)
        self._kept.execute("PRAGMA synchronous = OFF")
        self._kept.execute("PRAGMA journal_mode = OFF")
        self._kept.execute(
            "CREATE TABLE found (name TEXT, key TEXT, of TEXT, row TEXT, number INTEGER, "
            "PRIMARY KEY (name, key)) WITHOUT ROWID"
        )
        self._kept.execute("CREATE INDEX found_of ON found (name, of)")
        self._kept.execute("CREATE TABLE known (name TEXT, id TEXT, number INTEGER)")
        self._kept.execute(
            "CREATE TABLE logged (name TEXT, id TEXT, of TEXT, record TEXT, "
            "PRIMARY KEY (name, id)) WITHOUT ROWID"
        )
        self._kept.execute("CREATE INDEX logged_of ON logged (name, of)")
        self._indexes: set[str] = set()
        self.lost: dict[str, int] = {}
        self.stray: dict[str, int] = {}
        self.doubts: list[str] = []
        self.complaints = self._pages.complaints

    def read(self, go_on: GoOn) -> None:
        """Read everything that can be read."""
        roots = self._roots()
        for name, root in roots.items():
            self._read_tree(name, root, go_on)
        if self.lost or self.complaints or not set(self._tables) <= roots.keys():
            self._read_stray_pages(go_on)
        self._kept.execute("CREATE INDEX known_id ON known (name, id)")
        for name in WITH_IDS:
            self._mend_ids(name)
        self._replay()
        self._kept.commit()
        if wrong := len(self._pages.unsealed):
            self.complaints.append(
                f"{wrong} encrypted pages are not as they were written (their HMAC does not fit)."
            )

    def rows(self, name: str, of: str | None = None) -> Iterator[Named]:
        """Yield the rows of a table in order, or those of one article or relation."""
        if of is None:
            # The key begins with a number where there is one, filled up with zeros.
            found = self._kept.execute("SELECT row FROM found WHERE name = ? ORDER BY key", (name,))
        else:
            found = self._kept.execute(
                "SELECT row FROM found WHERE name = ? AND of = ? ORDER BY key", (name, of)
            )
        for (row,) in found:
            yield loads(row)

    def count(self, name: str) -> int:
        """Return how many rows of a table were found."""
        sql = "SELECT count(*) FROM found WHERE name = ?"
        return int(self._kept.execute(sql, (name,)).fetchone()[0])

    def missing(self, name: str) -> list[tuple[str, int]]:
        """Return (id, number) of rows that an index knows of and that were not found."""
        column = "of" if name == "article" else "key"
        return self._kept.execute(
            f"SELECT id, number FROM known WHERE name = ? AND id NOT IN "
            f"(SELECT {column} FROM found WHERE name = known.name)",
            (name,),
        ).fetchall()

    def known_ids(self) -> dict[int, str]:
        """Return the ids of articles by their numbers, as the index has them."""
        sql = "SELECT number, id FROM known WHERE name = 'article'"
        return dict(self._kept.execute(sql).fetchall())

    def said_about(self, article_id: str) -> int:
        """Return how many rows there are about an article of this id."""
        sql = "SELECT count(*) FROM found WHERE name IN ('span', 'suggestion', 'review') AND of = ?"
        return int(self._kept.execute(sql, (article_id,)).fetchone()[0])

    def logged(self, name: str, article_id: str) -> dict[str, Named | None]:
        """Return what the log says of an article's records: the last state, None if removed."""
        sql = "SELECT id, record FROM logged WHERE name = ? AND of = ?"
        found = self._kept.execute(sql, (name, article_id))
        return {key: loads(record) if record else None for key, record in found}

    def is_known(self, name: str, record_id: str) -> bool:
        """Tell whether an index of ids has this one."""
        sql = "SELECT 1 FROM known WHERE name = ? AND id = ?"
        return self._kept.execute(sql, (name, record_id)).fetchone() is not None

    def count_known(self, name: str) -> int:
        """Return how many records there were, as far as rows, index and log tell."""
        sql = """
            SELECT count(*) FROM (
                SELECT CASE name WHEN 'article' THEN of ELSE key END FROM found WHERE name = :name
                UNION SELECT id FROM known WHERE name = :name
                UNION SELECT id FROM logged WHERE name = :name AND record IS NOT NULL
            )
        """
        return int(self._kept.execute(sql, {"name": name}).fetchone()[0])

    def close(self) -> None:
        """Close all files."""
        self._pages.close()
        self._kept.close()

    # -- the log

    def _replay(self) -> None:
        """Follow the log from its beginning; what it says last of a record is kept."""
        for row in self.rows("change"):
            kind, target = row["kind"], row["target"]
            sides = row if kind == "edit" else self._change(target) if target else None
            if sides is None:
                continue
            removed, added = ("added", "removed") if kind == "undo" else ("removed", "added")
            for record in _records(sides[removed]):
                self._log(record, removed=True)
            for record in _records(sides[added]):
                self._log(record, removed=False)

    def _change(self, seq: int) -> Named | None:
        sql = "SELECT row FROM found WHERE name = 'change' AND key = ?"
        row = self._kept.execute(sql, (f"{seq:020}",)).fetchone()
        return loads(row[0]) if row else None

    def _log(self, record: Named, removed: bool) -> None:
        name, of = record.get("record"), str(record.get("article_id", ""))
        if name not in LOGGED:
            return  # a wrong letter in the log: of what it was about, the rows tell
        if name == "review":
            key = "\t".join(str(record.get(c)) for c in KEYS["review"])
        else:
            key = str(record.get("id"))
        self._kept.execute(
            "REPLACE INTO logged VALUES (?, ?, ?, ?)",
            (name, key, of, None if removed else dumps(record)),
        )

    # -- reading

    def _roots(self) -> dict[str, int]:
        """Return where the trees of our tables and of the indexes of their ids begin."""
        roots: dict[str, int] = {}
        for found in self._trees.walk(SCHEMA_ROOT):
            self._count("sqlite_schema", found)
            for row in found.rows:
                if len(row.values) == 5 and isinstance(row.values[3], int) and row.values[3]:
                    roots[str(row.values[1])] = row.values[3]
                    if row.values[0] == "index":
                        self._indexes.add(str(row.values[1]))
        return roots

    def _read_tree(self, name: str, root: int, go_on: GoOn) -> None:
        table = self._tables.get(name)
        of = name.removeprefix("sqlite_autoindex_").removesuffix("_1")
        known = table is None and of in self._tables and f"sqlite_autoindex_{of}_1" == name
        index = name in self._indexes
        seen, strange, own = set(self._trees.seen), 0, 0
        for number, found in enumerate(self._trees.walk(root)):
            if number % EVERY == 0:
                go_on(len(self._trees.seen), self._pages.count)
            for row in found.rows:
                # Only rows of tables have numbers: those of an index have none.
                fits = table.named(row) is not None if table else row.number == 0 or not index
                strange, own = strange + (not fits), own + fits
            if table is not None:
                self._count(name, found)
                for row in found.rows:
                    self._keep(table, row)
            elif known:
                self._note(of, found)
        if strange > own:  # where it begins is a page of another: all of these are looked at again
            self._trees.seen &= seen
            self.complaints.append(f"The pages of {name} are those of another table.")

    def _read_stray_pages(self, go_on: GoOn) -> None:
        free = self._pages.free()
        before = {name: self.count(name) for name in self._tables}
        for number in range(2, self._pages.count + 1):
            if number % EVERY == 0:
                go_on(number, self._pages.count)
            if number not in self._trees.seen and number not in free:
                kind, found = self._trees.leaf(number)
                for row in found.rows if kind in (TABLE_LEAF, INDEX_LEAF) else ():
                    self._guess(kind, row)
        for name, count in before.items():
            if more := self.count(name) - count:
                self.stray[name] = more

    def _guess(self, kind: int, row: Row) -> None:
        """Keep a row of a stray page in the only table that it can be of."""
        fitting = [
            table
            for table in self._tables.values()
            if table.leaf == kind and self._is_one(table, row)
        ]
        if len(fitting) == 1:
            self._keep(fitting[0], row)

    def _is_one(self, table: Table, row: Row) -> bool:
        named = table.named(row)
        if named is None:
            return False
        if table.name == "codebook" and not str(named["content"]).startswith("{"):
            return False  # sqlite-utils has rows of the same shape
        allowed = {"state": STATES, "kind": KINDS, "origin": ORIGINS, "record": RECORDS}
        return all(named[c] in words for c, words in allowed.items() if c in named)

    def _keep(self, table: Table, row: Row) -> None:
        named = table.named(row)
        if named is None:
            self.lost[table.name] = self.lost.get(table.name, 0) + 1
            return
        parts = [named[column] for column in KEYS.get(table.name, ("id",))]
        key = "\t".join(f"{p:020}" if isinstance(p, int) else str(p) for p in parts)
        of = named.get(OF.get(table.name, "article_id"), "")
        self._kept.execute(
            "INSERT OR IGNORE INTO found VALUES (?, ?, ?, ?, ?)",
            (table.name, key, of, dumps(named), row.number),
        )

    def _mend_ids(self, name: str) -> None:
        """Give rows whose id is no longer one the id that the index has for them."""
        wrong = self._kept.execute(
            "SELECT found.key, known.id, found.row FROM found "
            "JOIN known ON known.name = found.name AND known.number = found.number "
            "WHERE found.name = ? AND found.key <> known.id",
            (name,),
        ).fetchall()
        for key, indexed, row in wrong:
            if ID.fullmatch(indexed) and not ID.fullmatch(key):
                self._kept.execute(
                    "UPDATE OR IGNORE found SET key = ?, row = ? WHERE name = ? AND key = ?",
                    (indexed, dumps({**loads(row), "id": indexed}), name, key),
                )
            elif ID.fullmatch(indexed):
                self.doubts.append(f"{name} {key}: its id may have been {indexed}.")

    def _note(self, name: str, found: Found) -> None:
        for row in found.rows:
            if len(row.values) == 2 and isinstance(row.values[0], str):
                self._kept.execute("INSERT INTO known VALUES (?, ?, ?)", (name, *row.values))

    def _count(self, name: str, found: Found) -> None:
        if found.lost:
            self.lost[name] = self.lost.get(name, 0) + found.lost


def _scratch(path: Path, key: Key | None) -> sqlite3.Connection:
    """Connect to a new database, which is encrypted where the project is."""
    if key is None:
        return sqlite3.connect(path)
    from storage import cipher

    return cipher.connect(path.absolute().as_uri(), key)


def _records(content: str) -> list[Named]:
    """Return the records of one side of a change; none where they cannot be read."""
    try:
        found = loads(content)
    except (ValueError, RecursionError):
        return []
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


STATES = ("pending", "accepted", "rejected", "open", "complete", "done", "undone", "dropped")
KINDS = ("edit", "undo", "redo", "machine")
ORIGINS = ("manual", "accepted", "edited", "imported")
RECORDS = ("span", "relation", "suggestion", "review")
