"""Restoring from the window: the project is closed, replaced, and opened again."""

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from annotation.backups import Backup, in_words
from annotation.errors import ProjectError
from ui.messages import show_problem
from ui.waiting import in_a_thread

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def restore(window: "MainWindow", backup: Backup, project: Path) -> None:
    """Put a backup in a project's place and show it; a failure is told, and nothing is changed."""
    stopped = Event()

    def go_on(done: int, total: int) -> None:
        if stopped.is_set():
            raise ProjectError("Stopped. The project is as it was.")

    backups = window.projects.doors.backups()
    if window.workspace is not None and window.workspace.store.path == project:
        window.leave_project()
    try:
        kept = in_a_thread(
            window,
            "Restoring the backup",
            lambda: backups.restore(backup, project, go_on),
            stopped.set,
        )
    except ProjectError as error:
        show_problem(window, "The backup was not restored.", str(error))
        window.projects.reopen(project)
        return
    if window.projects.reopen(project):
        window.status.say(f"Restored: {in_words(backup)}.{_where(kept, project)}")


def _where(kept: Path | None, project: Path) -> str:
    """Say where what the project held is now: among the backups, or beside it."""
    if kept is None:
        return ""
    if kept.parent == project.parent:
        return f" The damaged file is {kept.name} now."
    return " What the project held until now is the newest backup."
