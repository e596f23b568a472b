"""What keeps a connection safe from a file that somebody else made, or that is damaged."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Timer

from annotation.errors import DamagedError
from storage.failures import is_of_the_index, told

SMALL = 2_000_000
"""Up to how many bytes a file's pages are looked at while somebody waits: two milliseconds."""

LIMITS = {
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 10,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1_000,
}
"""What no statement or trigger of ours comes near (https://sqlite.org/limits.html)."""


OF_ROWS = ("CHECK ", "NULL ", "NUMERIC ", "TEXT ", "row ", "non-", "wrong # of entries")
"""How SQLite's words about rows begin that break a rule of their table: a project with such a row
can be read but for that row, and `check` finds it."""

OF_THE_INDEX = ("fts5: ", "malformed inverted index", "unable to validate the inverted index")
"""How the words about FTS5's tables begin, at which SQLite looks from 3.44 on: no article is
harmed, and the index can be made anew."""


def guard(connection: sqlite3.Connection) -> None:
    """Trust nothing that the file holds (https://sqlite.org/security.html).

    Functions that reach outside are not for its views and triggers; no statement can alter
    the schema's own table, extensions are not loaded. Python before 3.12 cannot switch the
    defensive mode on: there, the comparison of the schema with ours stands alone.
    """
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    if not isinstance(connection, sqlite3.Connection):
        return  # SQLCipher's cannot be told more
    for limit, most in LIMITS.items():
        connection.setlimit(limit, most)
    _defend(connection, True)
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, False)


@contextmanager
def undefended(connection: sqlite3.Connection) -> Iterator[None]:
    """Let statements of ours write to the tables behind a search index: defensive mode does not."""
    _defend(connection, False)
    try:
        yield
    finally:
        _defend(connection, True)


def _defend(connection: sqlite3.Connection, on: bool) -> None:
    if sys.version_info >= (3, 12) and isinstance(connection, sqlite3.Connection):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, on)


def refuse_damage(path: Path, connection: sqlite3.Connection) -> None:
    """Look at the pages of a small file, and refuse it where they are not in order.

    Pages that refer to one another in a circle would be read for ever.
    """
    if path.stat().st_size <= SMALL and (found := _first_problem(connection)):
        raise _damaged(path, found)


def look_over(path: Path, seconds: float) -> None:
    """Look at the pages of a project, however large, for so long at most.

    `DamagedError` says what is wrong first. A small one was looked at when it was opened. Has
    a connection of its own, so that any thread may do it; another can go on meanwhile.
    """
    from storage.opening import connect

    if path.stat().st_size <= SMALL:
        return
    with told(path), closing(connect(path, "mode=ro")) as connection:
        timer = Timer(seconds, connection.interrupt)
        timer.start()
        try:
            with suppress(sqlite3.OperationalError):  # time is over, or it is busy: no news
                if found := _first_problem(connection):
                    raise _damaged(path, found)
        finally:
            timer.cancel()
            timer.join()


def reported(connection: sqlite3.Connection, check: str = "quick_check(3)") -> list[str]:
    """Return what a check of SQLite's finds wrong, but for the search index (two lines at most)."""
    found = []
    try:
        for (line,) in connection.execute(f"PRAGMA {check}"):
            found.append(str(line))
    except sqlite3.DatabaseError as error:
        if not is_of_the_index(error):
            raise
    return [line for line in found if line != "ok" and not line.startswith(OF_THE_INDEX)]


def _first_problem(connection: sqlite3.Connection) -> str:
    """Return what is wrong with the pages; SQLite looks at all of them before it looks at rows."""
    found = reported(connection)
    return "" if not found or found[0].startswith(OF_ROWS) else found[0].splitlines()[-1]


def _damaged(path: Path, found: str) -> DamagedError:
    return DamagedError(
        f"{path} is damaged: its pages are not in order ({found}). It was left untouched; restore "
        "a backup, or save what can be read with “pressmark check --repair”."
    )
