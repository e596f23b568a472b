"""Backups that are made while somebody works: in a thread, bit by bit, a few times a day."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event, Thread

from PySide6.QtCore import QObject, QTimer, Signal

from annotation.errors import ProjectError
from ui import settings
from ui.bridge import SessionBridge
from ui.doors import Doors

AFTER = 5_000
"""Milliseconds from the opening of a project to the first look whether a backup is due."""

EVERY = 600_000
"""Milliseconds between two such looks."""

PAUSE = 0.01
"""Seconds between two pieces, so that disk and processor are there for others, too."""

PATIENCE = 1.0
"""Seconds that closing a project waits for the thread; the process ends without it."""


class Stopped(Exception):
    """The project is being closed."""


class BackingUp(QObject):
    """Makes backups of the open project: when one is due, and when somebody asks.

    Reads through a connection of its own, so that edits go on. A failure is told once.
    """

    ended = Signal(str, str)
    """What is to be said: that a backup was made, or why none was; one of the two is empty."""

    def __init__(self, bridge: SessionBridge, doors: Doors, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._path = bridge.session.store.path
        self._doors = doors
        self._stop = Event()
        self._thread: Thread | None = None
        self._told = ""
        self._opening = True
        self._look = QTimer(self, interval=EVERY)
        self._look.timeout.connect(self.begin)
        self.ended.connect(self._tell)

    @property
    def is_running(self) -> bool:
        """Whether a backup is being made."""
        return self._thread is not None and self._thread.is_alive()

    def watch(self) -> None:
        """Look now and then whether a backup is due."""
        if not self._look.isActive() and not self._bridge.session.store.read_only:
            self._look.start()
            QTimer.singleShot(AFTER, self, self.begin)

    def begin(self, asked: bool = False) -> None:
        """Make a backup in a thread: because one is due, or because somebody asked for it."""
        if self._stop.is_set() or not (asked or settings.backs_up(self._path)):
            return
        if self.is_running:
            if asked:
                self._bridge.refused.emit("A backup is being made already.")
            return
        work = self._asked if asked else self._due
        self._thread = Thread(target=self._run, args=(work,), name="backup", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop; what is half done goes."""
        self._stop.set()
        self._look.stop()
        if self._thread is not None:
            self._thread.join(PATIENCE)

    # -- in the thread

    def _run(self, work: "Callable[[], str]") -> None:
        try:
            said = work(), ""
        except Stopped:
            return
        except ProjectError as error:
            said = "", str(error)
        if not self._stop.is_set():
            self.ended.emit(*said)

    def _asked(self) -> str:
        from annotation.backups import in_words

        made = self._doors.backups().make(self._path, "asked for", self._go_on)
        return f"Backed up: {in_words(made)}."

    def _due(self) -> str:
        opening, self._opening = self._opening, False
        self._doors.backups().make_if_due(self._path, datetime.now(UTC), self._go_on, opening)
        return ""

    def _go_on(self, done: int, total: int) -> None:
        if self._stop.wait(PAUSE):
            raise Stopped

    # -- in the window

    def _tell(self, done: str, failure: str) -> None:
        if done:
            self._bridge.done.emit(done)
        if failure and failure != self._told:
            self._told = failure
            self._bridge.refused.emit(failure)
