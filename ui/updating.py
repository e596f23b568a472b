"""Bringing a project of an older Pressmark up to date: a thread does it, the window lives on."""

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from annotation.errors import ProjectError
from ui.waiting import in_a_thread

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.doors import Doors


def bring_up_to_date(window: "QWidget", doors: "Doors", project: Path) -> None:
    """Make a backup and bring a project up to date, while a dialog tells how far that is.

    `ProjectError` where it cannot be done or was stopped: the project is as it was.
    """
    stopped = Event()
    now = ("", 0, 0)

    def tell(what: str, done: int, total: int) -> None:
        nonlocal now
        if stopped.is_set():
            raise ProjectError(
                f"Stopped. {project} is as it was, but it was made by an older Pressmark: this one "
                "can open it only when it has been brought up to date."
            )
        now = (what, done, total)

    in_a_thread(
        window,
        f"“{project.stem}” was made by an older Pressmark and is brought up to date",
        lambda: doors.update(project, tell),
        stopped.set,
        lambda: now,
    )
