"""The index for full-text search: its tables, filling it, looking it over, beginning anew.

Articles are numbered without gaps, are never changed and never go, so one number says all:
those up to `indexed.articles` are in the index, in `article_words` by words and, where a
script puts no blanks between them, in `article_trigrams` by every three characters, too.
Importing does not wait for the index; whoever has imported calls `index` until nothing is
left, and a search looks through the rest by itself. The texts are not stored again: FTS5
reads them from the views (https://sqlite.org/fts5.html#external_content_tables).
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from annotation.query_language import is_spaceless
from storage import rows
from storage.failures import code
from storage.guarding import undefended
from storage.index_tables import BESIDE, COLUMNS, TWO
from storage.opening import NOT_WRITABLE, connect

NEXT = f"""
    SELECT number, {COLUMNS} FROM article JOIN article_text USING (number)
    WHERE number > ? ORDER BY number LIMIT ?
"""

USUAL = 4_000
"""Characters for which an article counts as one: those that are longer come fewer at a time."""

CANNOT_TELL = (*NOT_WRITABLE, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL)
"""Why the index could not be looked over, without a word on whether it is sound."""

Row = tuple[int, str, str, str, str, str, str]


def indexed(connection: sqlite3.Connection) -> int:
    """Return how many articles, from the first on, are in the index."""
    return rows.number(connection.execute("SELECT articles FROM indexed").fetchone(), "indexed")


def waiting(connection: sqlite3.Connection) -> int:
    """Return how many articles are not in the index yet."""
    sql = "SELECT coalesce((SELECT max(number) FROM article), 0) - articles FROM indexed"
    return max(rows.number(connection.execute(sql).fetchone(), "indexed"), 0)


def index(connection: sqlite3.Connection, most: int, anew: bool) -> None:
    """Put up to so many further articles into the index, in the caller's transaction.

    Fewer where they are long, so that a piece takes as long for these; at least one. `anew`
    empties the index first, however damaged it is.
    """
    if anew:
        _forget(connection)
    found = _next(connection, most)
    if found:
        add(connection, found)
        spaceless = [(row[0],) for row in found if is_spaceless("\n".join(row[1:]))]
        connection.executemany("INSERT INTO spaceless VALUES (?)", spaceless)
        connection.execute("UPDATE indexed SET articles = ?", (found[-1][0],))


def _next(connection: sqlite3.Connection, most: int) -> list[Row]:
    found: list[Row] = []
    left = most * USUAL
    with closing(connection.execute(NEXT, (indexed(connection), most))) as rows:
        for row in rows:
            left -= len(row[-1])
            if found and left < 0:
                break
            found.append(row)
    return found


def add(connection: sqlite3.Connection, found: Iterable[Row]) -> None:
    """Put articles into the two tables of the index."""
    insert = f"INSERT INTO {{}} (rowid, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"
    connection.executemany(insert.format("article_words"), found)
    spaceless = [row for row in found if is_spaceless("\n".join(row[1:]))]
    connection.executemany(insert.format("article_trigrams"), spaceless)


def is_sound(path: Path) -> bool:
    """Tell whether the index holds exactly what the articles say; reads all of them.

    FTS5 looks its tables over by a statement that counts as writing, though it writes nothing:
    where the file cannot be written, or somebody else is writing, nothing wrong is found.
    """
    try:
        with closing(connect(path, "mode=rw")) as connection:
            if indexed(connection) > _last(connection):
                return False
            for table in TWO:
                check = f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)"
                connection.execute(check)
    except sqlite3.DatabaseError as error:
        return code(error) in CANNOT_TELL
    return True


def _last(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM article").fetchone()[0])


def _forget(connection: sqlite3.Connection) -> None:
    """Empty the index: FTS5's own tables by hand first, as it stumbles over what is broken."""
    with closing(sqlite3.connect(":memory:")) as fresh, undefended(connection):
        for table, statement in zip(TWO, BESIDE, strict=True):
            fresh.execute(statement)
            for inner in ("data", "idx", "docsize", "config"):
                rows = fresh.execute(f"SELECT * FROM {table}_{inner}").fetchall()
                connection.execute(f"DELETE FROM {table}_{inner}")
                if rows:
                    marks = ", ".join("?" * len(rows[0]))
                    insert = f"INSERT INTO {table}_{inner} VALUES ({marks})"
                    connection.executemany(insert, rows)
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    connection.execute("DELETE FROM spaceless")
    connection.execute("UPDATE indexed SET articles = 0")
