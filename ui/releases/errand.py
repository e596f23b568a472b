"""Something that a process of its own looks for or fetches, while the window lives on."""

from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from annotation import VERSION
from annotation.background import BackgroundJob
from annotation.errors import ProjectError
from annotation.releases.looking import Found, looking
from annotation.releases.minisign import read_key
from ui import settings

BEAT = 30
"""Milliseconds between two looks how far it is."""


class Errand(QObject):
    """One process at a time; it can be broken off at any moment, wherever it hangs.

    `came` carries what it says on the way, `done` what it brings, `failed` the sentence why
    it brings nothing.
    """

    came = Signal(object)
    done = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: BackgroundJob[Any, Any] | None = None
        self._beat = QTimer(self, interval=BEAT)
        self._beat.timeout.connect(self._go_on)

    @property
    def is_under_way(self) -> bool:
        """Whether something is being looked for or fetched."""
        return self._job is not None

    def begin(self, work: Callable[..., Generator[Any, None, Any]], *args: object) -> None:
        """Let a process do this; what was under way is broken off."""
        self.stop()
        self._job = BackgroundJob(work, *args)
        self._beat.start()

    def stop(self) -> None:
        """Break off what is under way, without a word."""
        self._beat.stop()
        job, self._job = self._job, None
        if job is not None:
            job.close()

    def _go_on(self) -> None:
        job = self._job
        assert job is not None
        for item in job.poll():
            self.came.emit(item)
        if not job.finished or self._job is not job:
            return
        self.stop()
        if isinstance(job.error, ProjectError):
            self.failed.emit(str(job.error))
        elif job.error is not None:
            raise job.error
        else:
            self.done.emit(job.result)


class Look(Errand):
    """Looks for a newer version where the person or the team has said; `done` carries `Found`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._key = ""
        self.done.connect(self._remember)

    def start(self) -> None:
        """Begin to look."""
        wanted = settings.updates()
        try:
            self._key = read_key(wanted["key"]).name
        except ProjectError as error:
            self.failed.emit(str(error))
            return
        seen = settings.newest_release(self._key)
        self.begin(looking, wanted["source"], wanted["key"], VERSION, seen)

    def _remember(self, found: Found) -> None:
        settings.remember_newest_release(self._key, found.release.date)


def is_set() -> bool:
    """Tell whether anybody has said where to look, and by which key."""
    return all(settings.updates().values())
