"""What there is to tell while a project of an older Pressmark is brought up to date."""

from collections.abc import Callable

Tell = Callable[[str, int, int], None]
"""Called with what is going on, how much of it is done, and of how much (0: nobody knows).

It is called many times a second, in the thread that does the work; a `ProjectError` that it
raises stops the work, and the project is as it was.
"""

COPYING = "Making a backup first"
LOOKING = "Checking the backup"


def step(number: int, of: int) -> str:
    """Return what is going on while one of so many steps is taken."""
    return f"Step {number} of {of}"


def in_silence(what: str, done: int, total: int) -> None:
    """Tell nobody."""
