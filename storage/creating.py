"""A new project file."""

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from annotation.codebook import Codebook
from annotation.errors import ProjectError
from annotation.ids import new_id, now
from storage import keys, migrating, schema
from storage.codebooks import add_codebook
from storage.copying import on_disk
from storage.failures import told
from storage.opening import connect
from storage.transaction import transaction

BEING_MADE = ".pressmark.new"

LONG = 3600
"""Seconds after which a file that is being made is one that nobody makes any more."""


def create(path: Path, codebook: Codebook, annotator: str, password: str | None = None) -> None:
    """Write an empty project with this codebook, encrypted where it gets a password.

    `ProjectError` where something is already, and for a password that is too short.
    """
    key = keys.derive(keys.checked(password)) if password is not None else None
    make(path, codebook, annotator, key)


def make(path: Path, codebook: Codebook, annotator: str, key: keys.Key | None) -> None:
    """As `create`, with a key instead of a password.

    The project is written beside and gets its name in one step when it is whole: whoever is
    ended in between leaves nothing that could be taken for a project, or has its name.
    """
    if not _is_free(path):
        raise _taken(path)
    beside = path.with_name(f".{new_id()}{BEING_MADE}")
    try:
        _remove_left(path.parent)
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        try:
            keys.give(beside, key)
            with told(path), closing(connect(beside, "mode=rw")) as connection:
                _fill(connection, codebook, annotator)
            _name(beside, path)
        finally:
            beside.unlink(missing_ok=True)
        on_disk(path.absolute().parent)
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be made: {error.strerror}. Check the folder and its permissions."
        ) from error
    keys.give(path, key)


def _is_free(path: Path) -> bool:
    """Tell whether a project can get this name; an empty file is none, and may be replaced."""
    return not os.path.lexists(path) or (path.is_file() and path.stat().st_size == 0)


def _name(beside: Path, path: Path) -> None:
    """Give a file its name, unless another got it meanwhile."""
    with suppress(OSError):
        os.link(beside, path)  # not on every file system; fails where there is something
        return
    if not _is_free(path):
        raise _taken(path)
    beside.replace(path)


def _remove_left(folder: Path) -> None:
    """Remove what somebody left who was ended in the middle, long ago."""
    for left in folder.glob(f".*{BEING_MADE}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > LONG:
                left.unlink()


def _taken(path: Path) -> ProjectError:
    return ProjectError(f"{path} exists already. Choose another name, or open it instead.")


def _fill(connection: sqlite3.Connection, codebook: Codebook, annotator: str) -> None:
    with transaction(connection):
        migrating.make_tables(connection)
        add_codebook(connection, codebook, annotator)
        connection.executemany(
            "INSERT INTO meta (name, value) VALUES (?, ?)",
            [("project_id", new_id()), ("created_at", now()), ("created_by", annotator)],
        )
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
