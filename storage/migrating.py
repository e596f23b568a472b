"""Making the tables of a new project, and bringing an older one up to date."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from annotation import VERSION
from annotation.errors import ProjectError
from storage import schema
from storage.holding import Hold
from storage.transaction import transaction

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

    from storage.backups import BackupFolder

MIGRATIONS = "pressmark"
"""The name under which sqlite-utils notes the steps that a file has taken."""


def make_tables(connection: sqlite3.Connection) -> None:
    """Take every step, inside the caller's transaction, and number the schema."""
    from sqlite_utils import Database

    _migrations().apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA user_version = {len(schema.STEPS)}")
    connection.execute("REPLACE INTO meta (name, value) VALUES ('needs', ?)", (VERSION,))


def migrate(
    path: Path, connection: sqlite3.Connection, hold: Hold, backups: "BackupFolder"
) -> None:
    """Bring a project of an older version up to date, after a backup.

    All steps are one transaction: `ProjectError` means that the file is as it was, and so does
    a process that ends in the middle of it. Nobody else starts while the hold is held.
    """

    def still_here(done: int, total: int) -> None:
        if hold.is_due():
            with transaction(connection):
                hold.confirm(connection)
            hold.rest()

    backup = backups.make_from(connection, path, "before an update", still_here)
    from sqlite_utils import Database

    database = Database(connection, execute_plugins=False)
    try:
        with database.atomic():
            make_tables(connection)
            if schema.shape(connection) != schema.expected_shape(len(schema.STEPS)):
                raise sqlite3.DatabaseError("the tables are not as they should be afterwards")
    except sqlite3.Error as error:
        raise ProjectError(
            f"{path} could not be brought up to date ({error}). It is as it was, and {backup.path} "
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
