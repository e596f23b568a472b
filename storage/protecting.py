"""The passwords of projects: `Locks` of `annotation.passwords`, with SQLCipher."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from stat import S_IREAD, S_IWRITE

from annotation.backups import Backup, Backups, GoOn
from annotation.errors import ProjectError
from annotation.ids import new_id
from storage import keys, schema
from storage.copying import on_disk
from storage.failures import DAMAGED, FAILURES, code, told
from storage.guarding import reported
from storage.holding import Hold, take
from storage.keys import Key
from storage.opening import connect, connect_to_read
from storage.restoring import fold_up_held

BEING_WRITTEN = ".protecting"


class ProjectLocks:
    """The passwords of projects, and of their backups, which have the same."""

    def __init__(self, backups: Backups) -> None:
        self._backups = backups

    def is_encrypted(self, project: Path) -> bool:
        """Tell whether a file looks like an encrypted project."""
        return self.is_locked(project) or keys.of(project) is not None

    def is_locked(self, project: Path) -> bool:
        """Tell whether a project needs its password to be opened."""
        try:
            keys.of(project)
        except ProjectError:
            return True
        return False

    def unlock(self, project: Path, password: str) -> None:
        """Have a project, and its backups, opened from now on; `ProjectError` for a wrong one."""
        from storage.salvage.sealed import fits

        try:
            with open(project, "rb") as file:
                salt = file.read(keys.SALT)
            key = keys.derive(password, salt)
            if not _fits(project, key) and not fits(project, key):
                key = self._of_backups(project, password)
        except OSError as error:
            raise ProjectError(f"{project} cannot be read: {error.strerror}.") from error
        keys.give(project, key)

    def _of_backups(self, project: Path, password: str) -> Key:
        """Return the key that a damaged project has by its backups, whose salt is the same."""
        from storage.salvage.sealed import fits

        for salt in _salts(project, self._backups.folder) if keys.is_noise(project) else ():
            if fits(project, key := keys.derive(password, salt)):
                return key
        raise ProjectError(f"This is not the password of {project}, or that is no project.")

    def keep_only(self, project: Path) -> None:
        """Forget the passwords of all other projects."""
        keys.keep_only(project)

    def protect(self, project: Path, password: str | None, go_on: GoOn) -> list[Path]:
        """Encrypt a project and its backups with a password, or with None decrypt them."""
        key = None if password is None else keys.derive(keys.checked(password))
        place = Path(os.path.realpath(project))
        connect_to_read(place).close()
        found = self._backups.all_of(project)
        with _held(place), told(place):
            _replace(place, key)
        return _all_replaced(found, key, go_on)

    def protect_backups(self, project: Path, go_on: GoOn) -> list[Path]:
        """Give the backups of a project the password that it has, where an end came between."""
        key = keys.of(project)
        found = self._backups.all_of(project)
        return _all_replaced([b for b in found if keys.of(b.path) != key], key, go_on)


def _salts(project: Path, folder: Path) -> set[bytes]:
    """Return the salts of encrypted backups; none where the project's own is among them."""
    found = set()
    for path in folder.rglob("*.pressmark"):
        with path.open("rb") as file:
            header = file.read(keys.SALT)
        if keys.is_encrypted(path, header):
            found.add(header)
    with project.open("rb") as file:
        return set() if file.read(keys.SALT) in found else found


def _fits(path: Path, key: Key) -> bool:
    """Tell whether a key opens a file; `ProjectError` for what has nothing to do with that."""
    from storage import cipher

    with (
        told(path),
        closing(cipher.connect(f"{path.absolute().as_uri()}?immutable=1", key)) as trial,
    ):
        try:
            trial.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.DatabaseError as error:
            if code(error) not in DAMAGED:
                raise
            return False
    return True


def _all_replaced(backups: list[Backup], key: Key | None, go_on: GoOn) -> list[Path]:
    """Recode backups; return those that could not be."""
    left = []
    for number, backup in enumerate(backups):
        go_on(number, len(backups))
        try:
            with told(backup.path):
                _replace(backup.path, key)
        except ProjectError:
            left.append(backup.path)
    return left


@contextmanager
def _held(place: Path) -> Iterator[None]:
    """Keep everybody out while a file that nobody has open is replaced."""
    with told(place), closing(connect(place, "mode=rw")) as connection:
        hold = take(connection)
        if isinstance(hold, str):
            raise ProjectError(f"{place} is {hold}. Close it there, then try again.")
        try:
            fold_up_held(connection, place)
        except BaseException:
            _release(connection, hold)
            raise
    try:
        yield
    except BaseException:
        with suppress(*FAILURES, ProjectError), closing(connect(place, "mode=rw")) as connection:
            _release(connection, hold)
        raise


def _release(connection: sqlite3.Connection, hold: Hold) -> None:
    with suppress(*FAILURES):
        hold.release(connection)


def _replace(place: Path, key: Key | None) -> None:
    """Put a copy with another key in the place of a single file, in one step of the disk."""
    for left in place.parent.glob(f".{place.name}.*{BEING_WRITTEN}"):
        left.unlink(missing_ok=True)  # of somebody who was ended
    beside = place.with_name(f".{place.name}.{new_id()}{BEING_WRITTEN}")
    try:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        _export(place, beside, key)
        _check(place, beside)
        _flush(beside)
        shutil.copymode(place, beside)
        if os.name == "nt":
            place.chmod(S_IREAD | S_IWRITE)  # nothing that is protected can be replaced there
        beside.replace(place)
        on_disk(place.parent)
        keys.give(place, key)
    except OSError as error:
        raise ProjectError(
            f"{place} could not be written anew: {error.strerror}. It is as it was; free some "
            "space there, or check the folder."
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def _export(place: Path, beside: Path, key: Key | None) -> None:
    """Write all that a file holds into an empty one (https://www.zetetic.net/sqlcipher/sqlcipher-api/#sqlcipher_export)."""
    from storage import cipher

    keys.give(beside, key)
    address = f"{place.absolute().as_uri()}?immutable=1"
    with closing(cipher.connect(address, keys.of(place))) as source:
        source.isolation_level = None
        target = f"{beside.absolute().as_uri()}?mode=rw"
        source.execute("ATTACH ? AS target KEY ?", (target, key.sql() if key else ""))
        source.execute("PRAGMA target.synchronous = OFF")  # flushed afterwards
        source.execute("PRAGMA target.journal_mode = MEMORY")
        source.execute("SELECT sqlcipher_export('target')")
        for name in ("application_id", "user_version"):
            (value,) = source.execute(f"PRAGMA main.{name}").fetchone()
            source.execute(f"PRAGMA target.{name} = {int(value)}")
        source.execute("DELETE FROM target.writer")  # nobody has the copy open
        source.execute("DETACH target")


def _check(place: Path, beside: Path) -> None:
    """Refuse a copy that is not sound, or has not all that the file has."""
    with closing(connect(place, "immutable=1")) as old, closing(connect(beside, "mode=ro")) as new:
        found = reported(new)
        if found or schema.shape(old) != schema.shape(new) or _sizes(old) != _sizes(new):
            raise ProjectError(
                f"{place} could not be written anew: the copy is not the same ({found}). It is "
                "as it was. Look for damage with “pressmark check”."
            )


def _sizes(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    names = [name for kind, name in schema.shape(connection) if kind == "table"]
    return [
        (name, int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]))
        for name in sorted(names)
        if name != "writer"
    ]


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
