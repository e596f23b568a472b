"""A new project file."""

import sqlite3
from contextlib import closing
from pathlib import Path

from annotation.codebook import Codebook
from annotation.errors import ProjectError
from annotation.ids import new_id, now
from storage import keys, migrating, schema
from storage.codebooks import add_codebook
from storage.failures import told
from storage.opening import connect
from storage.transaction import transaction


def create(path: Path, codebook: Codebook, annotator: str, password: str | None = None) -> None:
    """Write an empty project with this codebook, encrypted where it gets a password.

    `ProjectError` where something is already, and for a password that is too short.
    """
    key = keys.derive(keys.checked(password)) if password is not None else None
    try:
        path.open("xb").close()
    except FileExistsError as error:
        raise ProjectError(
            f"{path} exists already. Choose another name, or open it instead."
        ) from error
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be made: {error.strerror}. Check the folder and its permissions."
        ) from error
    try:
        keys.give(path, key)
        with told(path), closing(connect(path, "mode=rw")) as connection:
            _fill(connection, codebook, annotator)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _fill(connection: sqlite3.Connection, codebook: Codebook, annotator: str) -> None:
    with transaction(connection):
        migrating.make_tables(connection)
        add_codebook(connection, codebook, annotator)
        connection.executemany(
            "INSERT INTO meta (name, value) VALUES (?, ?)",
            [("project_id", new_id()), ("created_at", now()), ("created_by", annotator)],
        )
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
