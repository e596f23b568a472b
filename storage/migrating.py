"""Making the tables of a new project, and bringing an older one up to date."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from annotation.errors import ProjectError
from storage import schema

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

MIGRATIONS = "pressmark"
"""The name under which sqlite-utils notes the steps that a file has taken."""


def make_tables(connection: sqlite3.Connection) -> None:
    """Take every step, inside the caller's transaction, and number the schema."""
    from sqlite_utils import Database

    _migrations().apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA user_version = {len(schema.STEPS)}")


def migrate(path: Path, connection: sqlite3.Connection, version: int) -> None:
    """Bring a project of an older version up to date, after a backup next to it.

    All steps are one transaction: `ProjectError` means that the file is as it was.
    """
    backup = _back_up(path, connection, version)
    from sqlite_utils import Database

    database = Database(connection, execute_plugins=False)
    try:
        with database.atomic():
            make_tables(connection)
            if schema.shape(connection) != schema.expected_shape(len(schema.STEPS)):
                raise sqlite3.DatabaseError("the tables are not as they should be afterwards")
    except sqlite3.Error as error:
        raise ProjectError(
            f"{path} could not be brought up to date ({error}). It is as it was, and {backup} "
            "is a copy of it."
        ) from error


def _migrations() -> "Migrations":
    from sqlite_utils import Migrations

    migrations = Migrations(MIGRATIONS)
    for step in schema.STEPS:
        migrations(name=step.__name__)(_on_database(step))
    return migrations


def _on_database(step: schema.Step) -> "Callable[[Database], None]":
    def take(database: "Database") -> None:
        step(database.conn)

    return take


def _back_up(path: Path, connection: sqlite3.Connection, version: int) -> Path:
    """Copy the project with SQLite's backup (https://sqlite.org/backup.html), named for good."""
    backup = _free_name(path, version)
    try:
        with closing(sqlite3.connect(backup)) as copy:
            connection.backup(copy)
            with copy:
                copy.execute("DELETE FROM writer")  # nobody has the copy open
    except (OSError, sqlite3.Error) as error:
        backup.unlink(missing_ok=True)
        raise ProjectError(
            f"{path} has to be brought up to date, but no backup could be written to {backup} "
            f"({error}). Nothing was changed; free some space or check the folder."
        ) from error
    return backup


def _free_name(path: Path, version: int) -> Path:
    """Claim the first name that is free: an earlier backup is never written over."""
    for number in count(1):
        ending = f".backup-v{version}" + (f"-{number}" if number > 1 else "")
        backup = path.with_name(path.name + ending)
        try:
            os.close(os.open(backup, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        except FileExistsError:
            continue
        except OSError as error:
            raise ProjectError(
                f"{path} has to be brought up to date, but no backup can be made next to it: "
                f"{error.strerror}. Nothing was changed."
            ) from error
        return backup
    raise AssertionError("there is always a free name")
