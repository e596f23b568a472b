"""The real window on a real project file, and a clock that stops when the text is painted."""

import gc
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from annotation.codebook_file import default_codebook
from annotation.model import Change
from annotation.models import BUNDLED
from annotation.store import Entry
from storage import create_project, open_project
from storage.backups import BackupFolder
from storage.protecting import ProjectLocks
from tests.benchmarks import corpus
from ui.app import SWITCH
from ui.doors import Doors
from ui.look import dress
from ui.main_window import MainWindow
from ui.places import data_folder

PATIENCE = 20
"""Seconds after which nothing will be painted any more."""


class Stage(QObject):
    """A window with one project open, as the program shows it."""

    def __init__(self, project: Path) -> None:
        super().__init__()
        self.app = QApplication.instance() or QApplication([])
        dress(self.app)
        doors = Doors(
            open_project,
            lambda path, codebook, password: create_project(path, default_codebook()),
            lambda path: lambda: open_project(path, read_only=True),
            lambda: project,
            lambda: BackupFolder(data_folder() / "backups"),
            lambda: ProjectLocks(BackupFolder(data_folder() / "backups")),
            lambda path, tell: None,
        )
        self.window = MainWindow(doors, corpus.AUTHOR)
        self.window.projects.open(project)
        self.bridge = self.window.bridge
        self.canvas = self.window.canvas
        self._painted = False
        self._direction = 1
        self._view = self.canvas.viewport()
        self._view.installEventFilter(self)
        self.window.show()
        self.settle()
        self._finish_start()

    def _finish_start(self) -> None:
        """Bring to an end what a start begins, in the state that `run_window` leaves."""
        workspace = self.window.workspace
        workspace.settle_in()
        self.window.inspector.prepare()
        self.settle()
        sys.setswitchinterval(SWITCH)
        gc.collect()
        gc.freeze()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the text is being painted."""
        self._painted |= event.type() == QEvent.Type.Paint
        return False

    def until_painted(self, action: Callable[[], object]) -> float:
        """Return the milliseconds from an action until its picture is done.

        All that the event loop has to do until then counts, whichever panel asked for it.
        """
        self._painted = False
        started = time.perf_counter()
        action()
        while not self._painted:
            self.app.processEvents()
            if time.perf_counter() - started > PATIENCE:
                raise TimeoutError("the action did not make the text be painted again")
        return (time.perf_counter() - started) * 1000

    def repaint(self) -> float:
        """Return the milliseconds of painting the whole text once more."""
        return self.until_painted(self._view.update)

    def scroll_to(self, place: float) -> None:
        """Jump to a place between 0, the start, and 1, the end."""
        bar = self.canvas.verticalScrollBar()
        bar.setValue(int(bar.maximum() * place))

    def notch(self, pixels: int = 120) -> float:
        """Return the milliseconds of a frame one notch of the wheel on, back from the end."""
        bar = self.canvas.verticalScrollBar()
        if not 0 <= bar.value() + self._direction * pixels <= bar.maximum():
            self._direction = -self._direction
        place = bar.value() + self._direction * pixels
        return self.until_painted(lambda: bar.setValue(place))

    def settle(self) -> None:
        """Let everything happen that waits for its turn."""
        for _ in range(20):
            self.app.processEvents()

    def close(self) -> None:
        """Close the window and its project."""
        self.window.close()
        self.settle()


def project_of(path: Path, entries: Sequence[Entry]) -> Path:
    """Make a project that no model has to look through any more."""
    store = create_project(path, default_codebook())
    store.add_entries(entries, corpus.AUTHOR)
    for entry in entries:
        nothing = Change(
            entry.article.id, "Nothing found", entry.article.id, BUNDLED.author, corpus.MADE_AT,
            undoable=False,
        )  # fmt: skip
        store.store_run(entry.article.id, BUNDLED.author, nothing)
    store.close()
    return path
