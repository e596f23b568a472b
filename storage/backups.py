"""The backups of all projects in one folder: `Backups` of `annotation.backups`, with SQLite."""

import os
import re
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from hashlib import sha256
from json import loads
from pathlib import Path
from stat import S_IREAD, S_IWRITE
from typing import TYPE_CHECKING

from annotation.backups import (
    RESERVE,
    WHYS,
    Backup,
    Difference,
    GoOn,
    Why,
    superfluous,
    wait,
)
from annotation.errors import DamagedError, ProjectError
from storage import comparing, integrity, restoring
from storage.copying import copy_out, on_disk
from storage.failures import DAMAGED, FAILURES, code, in_words, told
from storage.guarding import reported
from storage.opening import connect, connect_to_read
from storage.rows import compact

if TYPE_CHECKING:
    from annotation.salvage import SalvageReport

SUFFIX = ".pressmark"
UNFINISHED = ".part"
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

STATE = """
    SELECT
        (SELECT max(seq) FROM change),
        (SELECT max(number) FROM article),
        (SELECT max(version) FROM codebook),
        (SELECT count(*) || '/' || total(found) || '/' || max(at) FROM run),
        (SELECT group_concat(name || '=' || value, ';')
            FROM (SELECT name, value FROM meta WHERE name <> 'backup' ORDER BY name))
"""
"""What no edit, import, revision or run of a model leaves as it was, and no look changes."""

ABANDONED = 3600
"""Seconds without a written byte after which a copy that was not finished never will be."""

COUNTED = ("articles", "spans", "relations")


class BackupFolder:
    """A folder with one folder for each project, named by the project's id.

    So a project that was renamed or moved finds its backups. They can be read by their owner
    only, and are not written to again. What a backup is of is noted in its `meta`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Where they are kept."""
        return self._folder

    def all_of(self, project: Path) -> list[Backup]:
        """Return the backups of a project, the newest first, also of one that is damaged."""
        project_id = _project_id(project)
        if project_id:
            return _in(self._folder / project_id)
        place = str(project.absolute())
        found = [backup for folder in self._folders() for backup in _in(folder)]
        return _newest_first([backup for backup in found if backup.of == place])

    def make(self, project: Path, why: Why, go_on: GoOn) -> Backup:
        """Copy a project as it is at this moment, whoever writes to it meanwhile."""
        with told(project), closing(connect_to_read(project)) as source:
            return self.make_from(source, project, why, go_on)

    def make_if_due(
        self, project: Path, now: datetime, go_on: GoOn, opening: bool = False
    ) -> Backup | None:
        """Make a backup where something changed since the last one and that is long enough ago."""
        with told(project), closing(connect_to_read(project)) as source:
            last = next(iter(self.all_of(project)), None)
            if source.execute("SELECT max(number) FROM article").fetchone()[0] is None:
                return None
            if last is not None and abs(now - last.at) < wait(last.size, opening):
                return None
            if last is not None and last.state == state(source):
                return None
            return self.make_from(source, project, "by itself", go_on)

    def make_from(self, source: sqlite3.Connection, project: Path, why: Why, go_on: GoOn) -> Backup:
        """Back up what a connection to a project sees; `ProjectError` where that cannot be.

        A copy that is not sound is not kept: no backup may push out a better one.
        """
        folder = self._folder / _folder_name(source)
        at = datetime.now(UTC)
        name = f"{at:%Y%m%dT%H%M%S.%f}-{why.replace(' ', '-')}"
        unfinished = folder / f"{name}{UNFINISHED}"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make_room(folder, _size(source), RESERVE if why == "by itself" else 0)
            os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            copy_out(source, unfinished, go_on, alone=why == "before an update")
            _label(unfinished, project, why, at)
            unfinished.chmod(S_IREAD)
            backup = unfinished.replace(folder / f"{name}{SUFFIX}")
            on_disk(folder)
        except (OSError, *FAILURES) as error:
            if code(error) in DAMAGED:
                raise in_words(project, error) from error
            raise ProjectError(
                f"No backup of {project} could be written to {folder} ({error}). "
                "Free some space there or check the folder."
            ) from error
        finally:
            _remove(unfinished)
        self._tidy(folder, at)
        return _described(backup)

    def remove(self, backup: Backup) -> None:
        """Delete a backup for good."""
        _remove(backup.path)
        if backup.path.exists():
            raise ProjectError(f"{backup.path} cannot be deleted. Check the folder's permissions.")

    def compare(self, backup: Backup, project: Path) -> Difference:
        """Return what would change if the backup took the place of the project."""
        return comparing.compare(backup.path, project)

    def restore(self, backup: Backup, project: Path, go_on: GoOn) -> Path | None:
        """Put a backup in the place of a project that nobody has open, all or nothing."""
        return restoring.restore(self, backup, project, go_on)

    def salvage(self, project: Path, out: Path, go_on: GoOn) -> "SalvageReport":
        """Save what can be read of a damaged project into a new one, which is not there yet."""
        from storage.salvage import salvage

        return salvage(project, out, go_on)

    def _folders(self) -> list[Path]:
        try:
            return [path for path in self._folder.iterdir() if path.is_dir()]
        except OSError:
            return []

    def _tidy(self, folder: Path, now: datetime) -> None:
        for backup in superfluous(_in(folder), now):
            _remove(backup.path)


def state(connection: sqlite3.Connection) -> str:
    """Return a mark of what a project holds: it changes with each edit, import or revision."""
    version = connection.execute("PRAGMA user_version").fetchone()
    return compact([*version, *connection.execute(STATE).fetchone()])


def _label(path: Path, project: Path, why: Why, at: datetime) -> None:
    """Note in a copy what it is a copy of, after a look whether it is sound."""
    with closing(connect(path, "mode=rw")) as copy:
        copy.execute("PRAGMA journal_mode = MEMORY")
        if wrong := reported(copy):
            raise DamagedError(
                f"{project} is damaged, and no backup was made of it ({wrong[0]}). Restore an "
                "earlier backup, or save what can be read with “pressmark check --repair”."
            )
        found = {
            "of": str(project.absolute()),
            "why": why,
            "at": at.isoformat(),
            "state": state(copy),
            "counts": {
                name: copy.execute(integrity.COUNTS[name]).fetchone()[0] for name in COUNTED
            },
        }
        copy.execute("REPLACE INTO meta (name, value) VALUES ('backup', ?)", (compact(found),))


def _in(folder: Path) -> list[Backup]:
    try:
        paths = [path for path in folder.iterdir() if path.suffix == SUFFIX]
    except OSError:
        return []
    found = []
    for path in paths:
        with suppress(ProjectError):
            found.append(_described(path))
    return _newest_first(found)


def _newest_first(backups: list[Backup]) -> list[Backup]:
    return sorted(backups, key=lambda backup: backup.at, reverse=True)


def _described(path: Path) -> Backup:
    """Return what a backup says of itself; `ProjectError` for a file that is none."""
    try:
        size = path.stat().st_size
        with closing(connect(path, "mode=ro")) as copy:
            row = copy.execute("SELECT value FROM meta WHERE name = 'backup'").fetchone()
        found = loads(row[0])
        at, counts = datetime.fromisoformat(found["at"]), dict(found["counts"])
        why = WHYS[WHYS.index(found["why"])]
        if at.tzinfo is None or any(type(counts[name]) is not int for name in COUNTED):
            raise ValueError("no time or no counts")
        return Backup(path, at, why, str(found["of"]), str(found["state"]), size, counts)
    except (OSError, ValueError, TypeError, KeyError, RecursionError, *FAILURES) as error:
        raise ProjectError(f"{path} is not a backup that can be read.") from error


def _project_id(project: Path) -> str:
    """Return the name of a project's folder, or an empty text where it cannot be read."""
    try:
        with closing(connect_to_read(project)) as connection:
            return _folder_name(connection)
    except (ProjectError, OSError, *FAILURES):
        return ""


def _folder_name(connection: sqlite3.Connection) -> str:
    """Return the project's id, or where that is no id something else that can be a name."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'project_id'").fetchone()
    found = str(row[0]) if row else ""
    return found if ID.fullmatch(found) else sha256(found.encode()).hexdigest()


def _size(connection: sqlite3.Connection) -> int:
    pages, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "page_size")
    )
    return pages * size


def _make_room(folder: Path, size: int, reserve: int) -> None:
    """Refuse a copy for which there is no room, after taking away what a kill left half done."""
    for left in folder.glob(f"*{UNFINISHED}*"):
        if time.time() - left.stat().st_mtime > ABANDONED:
            _remove(left)
    free = shutil.disk_usage(folder).free
    if free < size + reserve:
        raise OSError(f"it takes {size / 1e6:,.0f} MB, and only {free / 1e6:,.0f} MB are free")


def _remove(path: Path) -> None:
    """Delete a file that may be there and may be protected."""
    with suppress(OSError):
        path.chmod(S_IREAD | S_IWRITE)  # Windows deletes nothing that cannot be written
        path.unlink(missing_ok=True)
