"""What rows of our tables look like, so that a row can be told from its values alone."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import NamedTuple

from storage import schema
from storage.salvage.trees import INDEX_LEAF, TABLE_LEAF, Row, Value

SAVED = (
    *("meta", "codebook", "article", "article_text", "span", "relation", "argument"),
    *("suggestion", "review", "run", "change", "revision", "revised", "blind_article", "entry"),
    "term",
)
"""The tables whose rows are saved; everything else in a project follows from these."""


class Column(NamedTuple):
    """A column: its name, its kind in capitals, whether it must have a value, its default."""

    name: str
    kind: str
    needed: bool
    default: Value


class Table(NamedTuple):
    """A table: its columns in the order of the file, and which is the row's number."""

    name: str
    columns: tuple[Column, ...]
    number: str
    leaf: int

    def named(self, row: Row) -> dict[str, Value] | None:
        """Return a row by names of columns, or None where it cannot be one of this table.

        A row from before a column was added lacks it, and has its default.
        """
        found: dict[str, Value] = {}
        if len(row.values) > len(self.columns):
            return None
        for at, column in enumerate(self.columns):
            value = row.values[at] if at < len(row.values) else column.default
            if column.name == self.number:
                if at < len(row.values) and value is not None:
                    return None
                value = row.number
            if not _fits(value, column):
                return None
            found[column.name] = value
        return found


def tables() -> Mapping[str, Table]:
    """Return the tables that are saved, as the present schema makes them."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for step in schema.STEPS:
            step(connection)
        return {name: _table(connection, name) for name in SAVED}


def _table(connection: sqlite3.Connection, name: str) -> Table:
    (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
    rows = connection.execute(f"PRAGMA table_info({name})").fetchall()
    numbered = "WITHOUT ROWID" not in sql
    keys = [row for row in rows if row[5]]
    number = ""
    if not numbered:  # the key comes first in the file
        rows = [*sorted(keys, key=lambda row: row[5]), *(row for row in rows if not row[5])]
    elif len(keys) == 1 and keys[0][2] == "INTEGER":
        number = keys[0][1]
    columns = tuple(
        Column(row[1], row[2], bool(row[3] or row[5]), _default(connection, row[4])) for row in rows
    )
    return Table(name, columns, number, TABLE_LEAF if numbered else INDEX_LEAF)


def _default(connection: sqlite3.Connection, sql: str | None) -> Value:
    found: tuple[Value, ...] = connection.execute(f"SELECT {sql or 'NULL'}").fetchone()
    return found[0]


def _fits(value: Value, column: Column) -> bool:
    if value is None:
        return not column.needed
    wanted = {"TEXT": (str,), "INTEGER": (int,), "REAL": (int, float)}[column.kind]
    return isinstance(value, wanted)
