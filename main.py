"""Pressmark's starting point: joins the window and the command line with the project file.

Nothing imports this module. Run `python main.py --help`, or `pressmark --help` where installed.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotation.errors import ProjectError
from ui.told import told

if TYPE_CHECKING:
    from annotation.backups import Backups
    from annotation.passwords import Locks
    from annotation.store import OpenStore, Store
    from annotation.updating import Tell
    from ui.doors import Doors

COMMANDS = (
    *("new", "import", "prehighlight", "export", "picture", "codebook", "registry"),
    *("copy", "backup", "restore", "encrypt", "decrypt", "password", "history", "compact"),
    *("search", "index", "check", "stats", "formats", "models", "update-check"),
    "dictionary",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or open the window; return the exit code (0, or 1 for a told problem)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or not (words[0] in COMMANDS or words[0].startswith("-")):
        return told(lambda: _open_window(Path(words[0]) if words else None), words)
    if words[0] == "--self-test":
        return told(lambda: _self_test("--json" in words), words)
    from ui.command_line import build_parser
    from ui.commands import run

    options = build_parser().parse_args(words)  # --help, --version and mistakes end here
    return told(lambda: run(_doors(), options), words)


def _self_test(as_json: bool) -> int:
    import sqlite3

    from ui.self_test.run import run_self_test

    return run_self_test(_doors(), sqlite3.sqlite_version, as_json)


def _open_window(project: Path | None) -> int:
    from ui.places import default_annotator, has_display

    if project is not None and not os.path.lexists(project):
        raise ProjectError(f"There is no project {project}, and no such command. Try --help.")
    if not has_display():
        from ui.headless import show_without_window

        if project is not None:
            named = os.environ.get("DISPLAY") or "not set"
            raise ProjectError(
                f"There is no screen for a window here (DISPLAY is {named}). See: pressmark --help"
            )
        return show_without_window(_open_sample, default_annotator())
    from ui.app import run_window

    return run_window(_doors(), project, _load_storage)


def _doors() -> "Doors":
    from ui.doors import Doors

    return Doors(_open, _create, open_for_reading, sample_project, backups, locks, _update)


def _load_storage() -> None:
    import annotation.session  # noqa: F401
    import storage  # noqa: F401


def _open(path: Path, tell: "Tell | None" = None) -> "Store":
    from storage import open_project
    from ui.places import data_folder

    return open_project(path, backups=data_folder() / "backups", update=tell)


def _open_sample() -> "Store":
    from annotation.updating import in_silence

    return _open(sample_project(), in_silence)


def _update(path: Path, tell: "Tell") -> None:
    """Bring a project of an older version up to date, and close it."""
    _open(path, tell).close()


def open_for_reading(path: Path) -> "OpenStore":
    """Return how a process of its own opens this project to read it."""
    from storage import opens_for_reading

    return opens_for_reading(path)


def _create(path: Path, codebook_file: Path | None = None, password: str | None = None) -> "Store":
    from annotation.codebook_file import default_codebook, read_codebook
    from storage import create_project

    codebook = read_codebook(codebook_file) if codebook_file else default_codebook()
    return create_project(path, codebook, password=password)


def backups() -> "Backups":
    """Return the backups of all projects, in the person's data folder."""
    from storage.backups import BackupFolder
    from ui.places import data_folder

    return BackupFolder(data_folder() / "backups")


def locks() -> "Locks":
    """Return the passwords of projects."""
    from storage.protecting import ProjectLocks

    return ProjectLocks(backups())


def sample_project() -> Path:
    """Return the sample project in the person's data folder, made when it is not there."""
    from ui.places import data_folder

    path = data_folder() / "sample.pressmark"
    if not path.exists():
        from annotation.sample import make_sample

        make_sample(path, _create)
    return path


if __name__ == "__main__":
    import multiprocessing

    if sys.stderr is None:  # the program without a terminal on Windows has nowhere to write to
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    multiprocessing.freeze_support()  # before all else: a worker's arguments are not ours to read
    sys.exit(main())
