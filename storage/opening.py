"""From a path to a connection: what is refused, and how a connection is set up."""

import os
import re
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePath
from typing import Literal

from annotation import VERSION
from annotation.errors import DamagedError, OutdatedError, ProjectError
from annotation.updating import Tell
from storage import keys, migrating, schema
from storage.failures import code, told
from storage.guarding import guard, refuse_damage
from storage.holding import Hold, take
from storage.journal import DURABLE, WITHOUT_WAITING, keep_log

BUSY_MS = 2000
"""How long to wait for another connection; longer than any edit takes, and bearable."""

NOT_WRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)

Mode = Literal["mode=rw", "mode=ro", "immutable=1"]

Opened = tuple[sqlite3.Connection, Hold | str]
"""A connection with the right to write, or with the reason why there is none."""


def open_for_writing(path: Path, backups: Path, update: Tell | None = None) -> Opened:
    """Open a project and take the right to write; where that fails, open it for reading.

    Everything is checked before the first byte is written; an older project is copied to the
    folder of backups before it is brought up to date, of which `update` is told, or with None
    refused (`OutdatedError`). `ProjectError` for what is no project
    of ours, damaged, newer, or cannot be read.
    """
    _check_header(path)
    with told(path):
        try:
            return _opened(path, "mode=rw", partial(_prepared_for_writing, backups, update))
        except sqlite3.OperationalError as error:
            if code(error) not in NOT_WRITABLE:
                raise
    return _open_for_reading(path, "the file or its folder cannot be written")


def open_for_reading(path: Path) -> Opened:
    """Open a project without ever writing to it; refuses what `open_for_writing` refuses."""
    _check_header(path)
    return _open_for_reading(path, "opened for reading only")


def connect(path: Path, mode: Mode) -> sqlite3.Connection:
    """Connect to a file that exists; only statements of ours begin a transaction.

    `LockedError` for an encrypted one whose password has not been given; see `storage.keys`.
    """
    key, address = keys.of(path), uri(path.absolute(), mode)
    if key is None:
        connection = sqlite3.connect(address, uri=True)
    else:
        from storage import cipher

        connection = cipher.connect(address, key)
    connection.isolation_level = None
    guard(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA synchronous = {DURABLE}")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    return connection


def uri(path: PurePath, mode: str) -> str:
    r"""Return the address of an absolute path for SQLite, which knows no servers in it.

    Windows' `\\server\share` is a path that begins with two slashes there
    (https://sqlite.org/uri.html, "The URI Path").
    """
    address = path.as_uri()
    if not address.startswith("file:///"):
        address = address.replace("file://", "file:////", 1)
    return f"{address}?{mode}"


def connect_apart(project: Path) -> sqlite3.Connection:
    """Return a database in memory that a project is attached to, under the name `project`."""
    if keys.of(project) is None:
        connection = sqlite3.connect(":memory:", uri=True)
    else:
        from storage import cipher

        connection = cipher.connect(":memory:", None)
    connection.isolation_level = None
    connection.execute("PRAGMA trusted_schema = OFF")
    try:
        attach(connection, project, "mode=rw", "project")
        connection.execute("SELECT 1 FROM project.sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        if code(error) not in NOT_WRITABLE:
            raise
        # As in `_open_for_reading`: a read-only medium.
        if any(row[1] == "project" for row in connection.execute("PRAGMA database_list")):
            connection.execute("DETACH project")
        attach(connection, project, "immutable=1", "project")
    return connection


def attach(connection: sqlite3.Connection, path: Path, mode: Mode, name: str) -> None:
    """Attach a file to a connection of the same library, an encrypted one with its key."""
    key, address = keys.of(path), uri(path.absolute(), mode)
    if key is None:
        connection.execute(f"ATTACH ? AS {name}", (address,))
    else:
        connection.execute(f"ATTACH ? AS {name} KEY ?", (address, key.sql()))


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Connect for reading to a project of any version up to ours, whether or not it is open.

    Reads the file through SQLite only: closing a file of one's own would take away the locks
    of this process's other connections (https://sqlite.org/howtocorrupt.html#_posix_advisory_locks).
    `ProjectError` for what is no project, or damaged at its first look.
    """
    if not os.path.isfile(path):
        raise ProjectError(f"There is no file {path}. Check the name and the folder.")
    with told(path):
        return _connected_to_read(path, _of_ours)


def connect_again(path: Path) -> sqlite3.Connection:
    """Connect once more for reading to a project that is open here, and so was looked at."""
    return _connected_to_read(path, _readable)


def _connected_to_read(
    path: Path, prepared: Callable[[Path, sqlite3.Connection], str]
) -> sqlite3.Connection:
    try:
        return _opened(path, "mode=ro", prepared)[0]
    except sqlite3.OperationalError as error:
        if code(error) not in NOT_WRITABLE:
            raise
        return _opened(path, "immutable=1", prepared)[0]


def _readable(path: Path, connection: sqlite3.Connection) -> str:
    connection.execute("SELECT 1 FROM meta").fetchone()
    return ""


def _of_ours(path: Path, connection: sqlite3.Connection) -> str:
    _check_of_ours(path, connection)
    _check_schema(path, connection)
    return ""


def _check_of_ours(path: Path, connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
        raise DamagedError(f"{path} is not a Pressmark project.")


def _open_for_reading(path: Path, reason: str) -> Opened:
    with told(path):
        try:
            connection, _ = _opened(path, "mode=ro", _checked)
        except sqlite3.OperationalError as error:
            if code(error) not in NOT_WRITABLE:
                raise
            # A read-only medium has no room for the index of the write-ahead log.
            connection, _ = _opened(path, "immutable=1", _checked)
        connection.execute("PRAGMA query_only = ON")
    return connection, reason


def _opened(
    path: Path, mode: Mode, prepared: Callable[[Path, sqlite3.Connection], Hold | str]
) -> Opened:
    connection = connect(path, mode)
    try:
        if keys.of(path) is not None:
            _check_of_ours(path, connection)
        return connection, prepared(path, connection)
    except BaseException:
        connection.close()
        raise


def _prepared_for_writing(
    backups: Path, update: Tell | None, path: Path, connection: sqlite3.Connection
) -> Hold | str:
    version = _check_schema(path, connection)
    refuse_damage(path, connection)
    if version < len(schema.STEPS):
        if update is None:
            raise OutdatedError(f"{path} was made by an older Pressmark: bring it up to date.")
        return _migrated(backups, update, path, connection)
    hold = begun(connection)
    if isinstance(hold, str):
        connection.execute("PRAGMA query_only = ON")
    return hold


def _migrated(backups: Path, update: Tell, path: Path, connection: sqlite3.Connection) -> Hold:
    from storage.backups import BackupFolder

    hold = take(connection)
    if isinstance(hold, str):
        raise ProjectError(
            f"{path} has to be brought up to date first, but it is {hold}. Close it there."
        )
    try:
        if _check_schema(path, connection) < len(schema.STEPS):  # nobody else did meanwhile
            migrating.migrate(path, connection, hold, BackupFolder(backups), update)
    except BaseException:
        hold.release(connection)
        raise
    keep_log(connection)
    return hold


def begun(connection: sqlite3.Connection) -> Hold | str:
    """Take the right to write; a hold that a power cut takes away again is no loss."""
    connection.execute(f"PRAGMA synchronous = {WITHOUT_WAITING}")
    keep_log(connection)
    hold = take(connection)
    connection.execute(f"PRAGMA synchronous = {DURABLE}")
    return hold


def _checked(path: Path, connection: sqlite3.Connection) -> str:
    if _check_schema(path, connection) < len(schema.STEPS):
        raise ProjectError(
            f"{path} was made by an older Pressmark and has to be brought up to date, which "
            "cannot be done while it is open for reading only. Open it for writing once."
        )
    refuse_damage(path, connection)
    return ""


def _check_header(path: Path) -> None:
    """Refuse by the first 100 bytes what is no project, before SQLite touches it."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError as error:
        raise ProjectError(f"There is no file {path}. Check the name and the folder.") from error
    except OSError as error:
        if os.path.isdir(path):  # unlike Path.is_dir, it answers for any name
            raise ProjectError(
                f"{path} is a folder. Name a project file (NAME.pressmark) in it."
            ) from error
        raise ProjectError(f"{path} cannot be read: {error.strerror}.") from error
    if not header:
        raise DamagedError(f"{path} is empty: it is no Pressmark project. Make a new one instead.")
    if keys.look(path, header) is not None:
        return  # what it is can be seen when it is open
    if not header.startswith(keys.MAGIC):
        kind = DamagedError if path.suffix == ".pressmark" else ProjectError
        raise kind(f"{path} is not a Pressmark project. To add an article, import it.")
    if int.from_bytes(header[68:72]) != schema.APPLICATION_ID:
        raise ProjectError(
            f"{path} is the database of another program, not a Pressmark project. "
            "It was left untouched."
        )


def _check_schema(path: Path, connection: sqlite3.Connection) -> int:
    """Return the version of a schema that is exactly one of ours; refuse any other."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(schema.STEPS):
        raise ProjectError(
            f"{path} was made by a newer Pressmark: its format is {version}, and this program "
            f"knows up to {len(schema.STEPS)}. Install {_needed(connection)} to open it."
        )
    found, expected = schema.shape(connection), schema.expected_shape(version)
    if version < 1 or found != expected:
        different = sorted(
            f"{kind} {name}"
            for kind, name in found.keys() | expected.keys()
            if found.get((kind, name)) != expected.get((kind, name))
        )
        raise DamagedError(
            f"{path} is damaged or was altered by another program: its tables are not those of a "
            f"Pressmark project ({', '.join(different[:5]) or 'none'}). It was left untouched; go "
            "back to a backup or a copy."
        )
    return version


def _needed(connection: sqlite3.Connection) -> str:
    """Return which Pressmark a newer project needs, where it says so in the way known here."""
    try:
        row = connection.execute("SELECT value FROM meta WHERE name = 'needs'").fetchone()
    except sqlite3.Error:
        row = None
    if row and re.fullmatch(r"[0-9]+(\.[0-9]+){1,3}", str(row[0])) and row[0] != VERSION:
        return f"Pressmark {row[0]} or later"
    return "the newer Pressmark"
