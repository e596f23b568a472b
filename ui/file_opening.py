"""Files given to the window: dropped on it, or double-clicked where the system hands them on."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

from ui.projects import SUFFIX

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def take(window: "MainWindow", paths: Sequence[Path]) -> None:
    """Open the first project among files; without one import them, if a project is open."""
    projects = [path for path in paths if path.suffix == SUFFIX]
    if projects:
        window.projects.open(projects[0])
    elif paths and window.workspace is not None:
        window.workspace.importing.begin(paths)


def take_when_free(window: "MainWindow", path: Path) -> None:
    """Open a double-clicked project; where a dialog waits for an answer, after that.

    The dialog is about the project that is open: it is not taken away from under it.
    """
    window.show()
    window.raise_()
    window.activateWindow()
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QDialog):
        again = partial(take_when_free, window, path)
        dialog.finished.connect(lambda: QTimer.singleShot(0, window, again))
    else:
        take(window, [path])
