"""The import in the window: a process reads the files, articles are stored between pictures."""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from annotation.counting import counted
from annotation.errors import ProjectError
from ui import settings
from ui.bridge import SessionBridge
from ui.messages import show_list, show_problem

if TYPE_CHECKING:
    from annotation.background import BackgroundJob
    from annotation.importing import ImportReport

BEAT = 20
"""Milliseconds between two looks at what the process has read."""

STEP = 0.008
"""How many seconds articles may be stored before the window gets its turn."""

BATCH = 8
"""How many articles one transaction takes: few, so that none takes longer than a picture."""


class Importing(QObject):
    """Adds files and folders to the project on screen.

    `work_changed` carries what is going on (nobody knows of how many) and an empty text
    when it is over; `begun` and `ended` enclose an import, however it ends.
    """

    work_changed = Signal(str, int, int)
    begun = Signal()
    ended = Signal()

    def __init__(self, bridge: SessionBridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._job: BackgroundJob[Any, None] | None = None
        self._report: ImportReport
        self._beat = QTimer(self, interval=BEAT)
        self._beat.timeout.connect(self._go_on)

    @property
    def is_running(self) -> bool:
        """Whether articles are being imported."""
        return self._job is not None

    def ask(self, folder: bool = False) -> None:
        """Ask for files, or for a folder, and import them."""
        start = settings.folder("articles")
        if folder:
            names = [QFileDialog.getExistingDirectory(self._window, "Import a folder", start)]
        else:
            names, _ = QFileDialog.getOpenFileNames(
                self._window, "Import files", start, f"{_formats()};;All files (*)"
            )
        paths = [Path(name) for name in names if name]
        if paths:
            settings.remember_folder("articles", paths[0] if folder else paths[0].parent)
            self.begin(paths)

    def begin(self, paths: Sequence[Path]) -> None:
        """Import files and folders; what cannot be, and why, is listed at the end."""
        session = self._bridge.session
        if session.store.read_only:
            self._bridge.refused.emit(f"Nothing can be imported: {session.store.read_only}")
            return
        if self._job is not None:
            self._bridge.refused.emit("An import is under way. Wait for it, or stop it first.")
            return
        from annotation.background import BackgroundJob
        from annotation.importing import ImportReport, read_entries

        self.begun.emit()
        self._report = ImportReport()
        self._job = BackgroundJob(read_entries, list(paths), session.codebook, session.annotator)
        self._beat.start()
        self._show()

    def stop(self) -> None:
        """Stop; what is imported stays."""
        if self._job is not None:
            self._end()
            self._tell(f"Import stopped: {counted(self._report.articles, 'article')} imported.")

    def close(self) -> None:
        """Stop without a word and leave no process behind."""
        self._beat.stop()
        job, self._job = self._job, None
        if job is not None:
            job.close()

    # -- one beat

    def _go_on(self) -> None:
        job = self._job
        assert job is not None
        try:
            self._store(job)
        except ProjectError as error:
            self._end()
            show_problem(self._window, "The import has stopped.", str(error))
            return
        if not job.finished:
            self._show()
            return
        self._end()
        if isinstance(job.error, ProjectError):
            show_problem(self._window, "The import has stopped.", str(job.error))
        elif job.error is not None:
            raise job.error
        else:
            reopened = self._report.told_of_reopened()
            imported = counted(self._report.articles, "article")
            self._tell(f"{imported} imported. {reopened}".strip())

    def _store(self, job: "BackgroundJob[Any, None]") -> None:
        """Store what has been read, for about as long as one step may take."""
        from annotation.importing import import_entries

        session = self._bridge.session
        deadline = monotonic() + STEP
        while items := job.poll(BATCH):
            done = import_entries(session.store, items, session.annotator)
            self._report.articles += done.articles
            self._report.reopened += done.reopened
            self._report.failures += done.failures
            if monotonic() >= deadline:
                return

    def _end(self) -> None:
        self.close()
        self.work_changed.emit("", 0, 0)
        self.ended.emit()

    def _show(self) -> None:
        count = self._report.articles
        self.work_changed.emit(
            f"Importing: {counted(count, 'article')}" if count else "Importing", 0, 0
        )

    def _tell(self, sentence: str) -> None:
        """Say how it went; what could not be imported is listed with the reasons."""
        from annotation.titles import readable

        failures = self._report.failures
        if not failures:
            self._bridge.done.emit(sentence)
            return
        word = counted(len(failures), "file was", "files were")
        lines = [f"{readable(failure.path)}\n    {failure.reason}" for failure in failures]
        show_list(self._window, f"{sentence} {word} not:", lines)


def _formats() -> str:
    from annotation.readers import READERS

    endings = " ".join(f"*{ending}" for reader in READERS for ending in reader.extensions)
    return f"Articles ({endings})"
