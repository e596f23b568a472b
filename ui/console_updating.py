"""Opening a project for a command: an older one is brought up to date, and it shows."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from annotation.errors import OutdatedError
from ui.terminal import complain

if TYPE_CHECKING:
    from tqdm import tqdm

    from annotation.store import Store
    from ui.doors import Doors


def opened(doors: "Doors", options: Namespace) -> "Store":
    """Open the project that a command writes to."""
    try:
        return doors.open(options.project)
    except OutdatedError:
        complain(f"{options.project} was made by an older Pressmark and is brought up to date.")
        bars = Bars.where_watched(options.json)
        try:
            doors.update(options.project, bars.tell)
        finally:
            bars.close()
        return doors.open(options.project)


class Bars:
    """One progress bar after the other where a person is watching, and nothing elsewhere."""

    def __init__(self, watched: bool) -> None:
        self._watched = watched
        self._bar: tqdm[None] | None = None

    @classmethod
    def where_watched(cls, silent: bool) -> "Bars":
        """Return bars that show on a terminal, unless nothing but an answer is wanted."""
        return cls(sys.stderr.isatty() and not silent)

    def tell(self, what: str, done: int, total: int) -> None:
        """Show what is going on, and how much of it is done."""
        if not self._watched:
            return
        if self._bar is None or self._bar.desc != what:
            self.close()
            self._bar = _bar(what, total)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """Leave the last bar as it stands."""
        if self._bar is not None:
            self._bar.close()


def _bar(what: str, total: int) -> "tqdm[None]":
    from tqdm import tqdm

    shown = "{desc}: {percentage:3.0f}% {bar} {remaining}" if total else "{desc} … {elapsed}"
    bar: tqdm[None] = tqdm(desc=what, total=total or None, bar_format=shown)
    bar.desc = what  # tqdm puts a colon behind it
    return bar
