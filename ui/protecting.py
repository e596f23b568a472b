"""Giving the open project a password: it is closed, written anew, and opened again."""

from threading import Event
from typing import TYPE_CHECKING

from annotation.errors import ProjectError
from ui.messages import show_list, show_problem
from ui.passwords import ProtectDialog
from ui.waiting import in_a_thread

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def ask(window: "MainWindow") -> None:
    """Ask for the new password of the open project, or whether it shall have none."""
    project = window.bridge.session.store.path
    encrypted = window.projects.doors.locks().is_encrypted(project)
    dialog = ProtectDialog(project, encrypted, window)
    dialog.chosen.connect(lambda password: protect(window, password))
    dialog.open()


def protect(window: "MainWindow", password: str | None) -> None:
    """Encrypt the open project and its backups, or with None decrypt them; a failure is told."""
    project = window.bridge.session.store.path
    locks = window.projects.doors.locks()
    stopped = Event()

    def go_on(done: int, total: int) -> None:
        if stopped.is_set():
            raise ProjectError(
                "Stopped. The project has the new password, but not all of its backups. "
                "“pressmark encrypt PROJECT” does the rest."
            )

    window.leave_project()
    left = []
    try:
        left = in_a_thread(
            window,
            "Writing the project anew",
            lambda: locks.protect(project, password, go_on),
            stopped.set,
        )
    except ProjectError as error:
        show_problem(window, "The password was not changed everywhere.", str(error))
    if window.projects.reopen(project):
        window.status.say("The password is set." if password else "The project has no password.")
    if left:
        heading = "These backups cannot be read and are as they were. Delete them:"
        show_list(window, heading, [str(path) for path in left])
