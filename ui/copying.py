"""Save a copy…: asks where, and lets a process write it; the window goes on meanwhile."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from annotation.background import BackgroundJob
from annotation.copying import copy_apart, tidy_up
from annotation.errors import ProjectError
from ui import settings
from ui.messages import show_problem
from ui.projects import FILES, SUFFIX

if TYPE_CHECKING:
    from annotation.store import OpenStore
    from ui.main_window import MainWindow

BEAT = 50
"""Milliseconds between two looks at how far it is."""

PATIENCE = 500
"""Milliseconds until a word is said about what is going on."""


def ask_copy(window: "MainWindow") -> None:
    """Ask for a name, and save a copy of the open project under it."""
    project = window.bridge.session.store.path
    proposed = Path(settings.folder("copies")) / f"{project.stem} copy{SUFFIX}"
    name, _ = QFileDialog.getSaveFileName(window, "Save a copy", str(proposed), FILES)
    if not name:
        return
    out = Path(name)
    settings.remember_folder("copies", out.absolute().parent)
    Copying(window.projects.doors.open_for_reading(project), out, window).ended.connect(
        window.status.say
    )


class Copying(QProgressDialog):
    """A copy under way, which can be stopped; what comes of it is said by `ended`."""

    ended = Signal(str)

    def __init__(self, open_store: "OpenStore", out: Path, window: QWidget) -> None:
        super().__init__(f"Saving a copy as {out.name} …", "Stop", 0, 0, window)
        self.setWindowTitle("Save a copy")
        self.setMinimumDuration(PATIENCE)
        self.setAutoClose(False)
        self.setAutoReset(False)
        self._out = out
        self._job: BackgroundJob[tuple[int, int], None] = BackgroundJob(copy_apart, open_store, out)
        self._beat = QTimer(self, interval=BEAT)
        self._beat.timeout.connect(self._go_on)
        self.canceled.connect(self._stop)
        self._beat.start()

    def _go_on(self) -> None:
        for done, total in self._job.poll(1000)[-1:]:
            self.setMaximum(total)
            self.setValue(done)
        if not self._job.finished:
            return
        error = self._job.error
        self._end()
        if isinstance(error, ProjectError):
            show_problem(self.parentWidget(), "No copy was saved.", str(error))
        elif error is not None:
            raise error
        else:
            self.ended.emit(f"A copy is saved as {self._out}")

    def _stop(self) -> None:
        self._job.close()
        tidy_up(self._out)
        self._end()
        self.ended.emit("Stopped: no copy was saved.")

    def _end(self) -> None:
        self._beat.stop()
        self.canceled.disconnect(self._stop)
        self.close()
        self.deleteLater()
