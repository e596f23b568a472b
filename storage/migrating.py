"""Making the tables of a new project, and bringing an older one up to date."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from annotation import VERSION
from annotation.errors import ProjectError
from annotation.updating import COPYING, LOOKING, Tell, step
from storage import schema
from storage.holding import Hold
from storage.transaction import transaction

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

    from storage.backups import BackupFolder

MIGRATIONS = "pressmark"
"""The name under which sqlite-utils notes the steps that a file has taken."""

INSTRUCTIONS = 1_000_000
"""How many of SQLite's instructions lie between two looks whether to go on: milliseconds."""


def make_tables(
    connection: sqlite3.Connection, begin: Callable[[int], None] = lambda version: None
) -> None:
    """Take every step, inside the caller's transaction, and number the schema.

    `begin` gets the version that a step leads to, before it is taken.
    """
    from sqlite_utils import Database

    _migrations(begin).apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA user_version = {len(schema.STEPS)}")
    connection.execute("REPLACE INTO meta (name, value) VALUES ('needs', ?)", (VERSION,))


def migrate(
    path: Path, connection: sqlite3.Connection, hold: Hold, backups: "BackupFolder", tell: Tell
) -> None:
    """Bring a project of an older version up to date, after a backup.

    All steps are one transaction: `ProjectError` means that the file is as it was, and so does
    a process that ends in the middle of it. Nobody else starts while the hold is held.
    """
    version, present = _version(connection), len(schema.STEPS)

    def still_here(done: int, total: int) -> None:
        tell(*((COPYING, done, total) if done < total else (LOOKING, 0, 0)))
        if hold.is_due():
            with transaction(connection):
                hold.confirm(connection)
            hold.rest()

    backup = backups.make_from(connection, path, "before an update", still_here)
    from sqlite_utils import Database

    taken = 0

    def begin(number: int) -> None:
        nonlocal taken
        taken = number - version
        go_on()

    def go_on() -> None:
        tell(step(taken, present - version), 0, 0)

    database = Database(connection, execute_plugins=False)
    try:
        with _asking(connection, go_on), database.atomic():
            make_tables(connection, begin)
            if schema.shape(connection) != schema.expected_shape(len(schema.STEPS)):
                raise sqlite3.DatabaseError("the tables are not as they should be afterwards")
    except sqlite3.Error as error:
        raise ProjectError(
            f"{path} could not be brought up to date ({error}). It is as it was, and {backup.path} "
            "is a copy of it."
        ) from error


@contextmanager
def _asking(connection: sqlite3.Connection, go_on: Callable[[], None]) -> Iterator[None]:
    """Ask again and again, also within a statement, whether to go on; `go_on` raises if not."""
    raised: list[BaseException] = []

    def ask() -> bool:
        try:
            go_on()
        except (ProjectError, KeyboardInterrupt) as error:  # through SQLite no error can pass
            raised.append(error)
        return bool(raised)

    connection.set_progress_handler(ask, INSTRUCTIONS)
    try:
        yield
    except sqlite3.OperationalError:
        if raised:
            raise raised[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrations(begin: Callable[[int], None]) -> "Migrations":
    from sqlite_utils import Migrations

    migrations = Migrations(MIGRATIONS)
    for number, taken in enumerate(schema.STEPS, 1):
        migrations(name=taken.__name__)(_on_database(taken, partial(begin, number)))
    return migrations


def _on_database(taken: schema.Step, begin: Callable[[], None]) -> "Callable[[Database], None]":
    def take(database: "Database") -> None:
        begin()
        taken(database.conn)

    return take
