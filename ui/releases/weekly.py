"""The look for an update once a week, for those who have asked for it."""

from time import time
from typing import TYPE_CHECKING

from annotation.releases.looking import Found
from ui import settings
from ui.releases.errand import Look, is_set

if TYPE_CHECKING:
    from ui.main_window import MainWindow

WEEK = 7 * 24 * 3600
"""Seconds between two looks."""


def look_by_itself(window: "MainWindow") -> None:
    """Look, if that is due, and say in the status line what was found.

    Nothing newer is nothing to say. The next look is in a week, also where this one fails.
    """
    if not is_set() or 0 <= time() - settings.last_look() < WEEK:
        return
    settings.remember_look(time())
    look = Look(window)
    look.done.connect(lambda found: _tell(window, found))
    look.failed.connect(lambda why: window.status.refuse(f"The look for updates failed: {why}"))
    look.start()


def _tell(window: "MainWindow", found: Found) -> None:
    if found.is_newer:
        window.status.say_longer(
            f"Pressmark {found.release.version} is there: Help ▸ Check for updates…"
        )
