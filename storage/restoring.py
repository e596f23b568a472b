"""Putting a backup in the place of a project: all of it or nothing, whenever it is ended."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from annotation.backups import Backup, GoOn
from annotation.errors import DamagedError, ProjectError
from annotation.ids import new_id
from storage import keys
from storage.copying import copy_out, on_disk
from storage.failures import FAILURES, code, told
from storage.guarding import reported
from storage.holding import take
from storage.journal import IN_USE
from storage.opening import connect, connect_to_read

if TYPE_CHECKING:
    from storage.backups import BackupFolder

RESTORING = ".restoring"
LEFTOVERS = ("-wal", "-journal", "-shm")
"""What SQLite may have left beside a project, with edits in the first two."""


def restore(backups: "BackupFolder", backup: Backup, project: Path, go_on: GoOn) -> Path | None:
    """Put a backup in a project's place; return where its present state is, if there was one.

    The backup is copied beside the project, brought to the disk and then given its name, in one
    step of the file system. What SQLite left of the old file is folded into it first: a
    write-ahead log would be taken for the new file's. Who has the project open keeps it.
    """
    place = Path(os.path.realpath(project))
    if keys.of(place) is not None and keys.of(backup.path) is None:
        raise ProjectError(
            f"The backup {backup.path} is not encrypted, but {place} is: it would no longer be. "
            "Nothing was changed; take its password away first, if that is what you want."
        )
    try:
        with _copied_beside(backup, place, go_on) as beside:
            kept = _kept(backups, place, go_on)
            beside.replace(place)
            on_disk(place.parent)
    except OSError as error:
        raise ProjectError(
            f"{place} could not be replaced by the backup: {error.strerror}. It is as it was; "
            "free some space there, or check the folder."
        ) from error
    return kept


@contextmanager
def _copied_beside(backup: Backup, place: Path, go_on: GoOn) -> Iterator[Path]:
    """Yield a sound copy of a backup in the project's folder; it is gone if nobody takes it."""
    for left in place.parent.glob(f".{place.name}.*{RESTORING}*"):
        left.unlink(missing_ok=True)  # of somebody who was ended
    beside = place.with_name(f".{place.name}.{new_id()}{RESTORING}")
    try:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with told(backup.path), closing(connect_to_read(backup.path)) as source:
            copy_out(source, beside, go_on, alone=True)
        with told(backup.path), closing(connect(beside, "mode=rw")) as copy:
            if found := reported(copy):
                raise ProjectError(
                    f"The backup {backup.path} is damaged ({found[0]}). Nothing was changed; "
                    "take another one."
                )
            copy.execute("DELETE FROM meta WHERE name = 'backup'")
        _flush(beside)
        if place.exists():
            shutil.copymode(place, beside)
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def _kept(backups: "BackupFolder", place: Path, go_on: GoOn) -> Path | None:
    """Keep the present state and leave a single file; return where it is kept."""
    if not place.exists():
        return None
    try:
        with told(place):
            connect_to_read(place).close()
            with closing(connect(place, "mode=rw")) as connection:
                return _kept_as_backup(backups, connection, place, go_on)
    except DamagedError:
        return _set_aside(place)


def _kept_as_backup(
    backups: "BackupFolder", connection: sqlite3.Connection, place: Path, go_on: GoOn
) -> Path:
    hold = take(connection)
    if isinstance(hold, str):
        raise ProjectError(f"{place} is {hold}. Close it there, then restore the backup.")
    try:
        made = backups.make_from(connection, place, "before a restore", go_on)
        fold_up_held(connection, place)
    except BaseException:
        with suppress(*FAILURES):
            hold.release(connection)
        raise
    return made.path


def fold_up_held(connection: sqlite3.Connection, place: Path) -> None:
    """Leave a single file that is still held: it goes, and nobody may begin to write to it."""
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        mode = connection.execute("PRAGMA journal_mode = MEMORY").fetchone()[0]
    except sqlite3.OperationalError as error:
        if code(error) not in IN_USE:
            raise
        mode = "wal"
    if mode == "wal":
        raise ProjectError(
            f"{place} is open elsewhere for reading. Close it there, then try again."
        )


def _set_aside(place: Path) -> Path:
    """Keep a file that SQLite cannot copy under another name, with what belongs to it."""
    aside = place.with_name(
        f"{place.stem}.set-aside-{datetime.now(UTC):%Y%m%d-%H%M%S}{place.suffix}"
    )
    for ending in ("", *LEFTOVERS):
        part = Path(f"{place}{ending}")
        if part.exists():
            _link(part, Path(f"{aside}{ending}"))
    on_disk(place.parent)
    for ending in LEFTOVERS:
        Path(f"{place}{ending}").unlink(missing_ok=True)
    return aside


def _link(path: Path, other: Path) -> None:
    """Give a file a second name, or where the disk knows only one a copy."""
    try:
        os.link(path, other)
    except OSError:
        shutil.copy2(path, other)
        _flush(other)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
