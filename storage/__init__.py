"""The project file: SQLite behind the protocol `annotation.store.Store`."""

from functools import partial
from pathlib import Path

from annotation.codebook import Codebook
from annotation.store import Store
from annotation.updating import Tell, in_silence
from storage import creating, keys, opening
from storage.project_file import ProjectFile

__all__ = ["ProjectFile", "create_project", "open_project", "opens_for_reading"]


def create_project(
    path: Path, codebook: Codebook, *, annotator: str = "", password: str | None = None
) -> ProjectFile:
    """Make a new project with this codebook and open it; `ProjectError` if the path is taken.

    With a password it is encrypted.
    """
    creating.create(path, codebook, annotator, password)
    return open_project(path)


def open_project(
    path: Path,
    *,
    read_only: bool = False,
    backups: Path | None = None,
    update: Tell | None = in_silence,
) -> ProjectFile:
    """Open a project, for writing if nobody else does; `read_only` tells why not.

    With `read_only=True` not a byte of it is ever written. An older project is copied to the
    folder `backups` (beside it where none is given) and brought up to date; `update` is told how
    far that is, and with None it is not done: `OutdatedError`. `ProjectError` for what is not a
    project, damaged, or newer than this program.
    """
    if read_only:
        opened = opening.open_for_reading(path)
    else:
        kept = backups or path.with_name(f"{path.name}.backups")
        opened = opening.open_for_writing(path, kept, update)
    store = ProjectFile(path, *opened)
    _answers: Store = store
    return store


def opens_for_reading(path: Path) -> partial[ProjectFile]:
    """Return what opens a project for reading in another process, to which it is pickled.

    The key of an encrypted project goes with it: through a pipe, as all that is pickled for
    a process, and never through arguments, the environment or a file.
    """
    return partial(_open_elsewhere, path, keys.of(path))


def _open_elsewhere(path: Path, key: keys.Key | None) -> ProjectFile:
    if key is not None:
        keys.add(key)
    return open_project(path, read_only=True)
