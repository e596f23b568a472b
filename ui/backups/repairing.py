"""Repairing from the window: what can be read goes into a new file, shown with a report."""

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from annotation.errors import LockedError, ProjectError
from annotation.salvage import in_lines
from ui.messages import show_list, show_problem
from ui.waiting import in_a_thread

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def repair(window: "MainWindow", project: Path, out: Path) -> None:
    """Save what can be read of a project into a new file, open that, and report."""
    stopped = Event()

    def go_on(done: int, total: int) -> None:
        if stopped.is_set():
            raise ProjectError("Stopped. No file was made.")

    backups = window.projects.doors.backups()
    try:
        report = in_a_thread(
            window, "Repairing", lambda: backups.salvage(project, out, go_on), stopped.set
        )
    except LockedError:
        from ui.passwords import AskPassword

        dialog = AskPassword(window.projects.doors.locks(), project, window, "Repair the project")
        dialog.unlocked.connect(lambda: repair(window, project, out))
        dialog.open()
        return
    except ProjectError as error:
        show_problem(window, "The project could not be repaired.", str(error))
        return
    if window.projects.open(out):
        show_list(window, f"What was saved of {project.name}, and what was not:", in_lines(report))
