"""Encrypted projects for the programs: `--encrypted`."""

from pathlib import Path

from storage.backups import BackupFolder
from storage.protecting import ProjectLocks

PASSWORD = "meadow trombone lantern"


def protect(path: Path) -> None:
    """Give a project, of whatever schema, the password."""
    _locks(path).protect(path, PASSWORD, lambda done, total: None)


def unlock(path: Path) -> None:
    """Have a project opened in this process, if it has the password."""
    locks = _locks(path)
    if locks.is_locked(path):
        locks.unlock(path, PASSWORD)


def _locks(path: Path) -> ProjectLocks:
    return ProjectLocks(BackupFolder(path.with_name(f"{path.name}.backups")))
