"""The application: Qt's event loop around one window."""

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from ui import settings
from ui.crash import CrashHook
from ui.doors import Doors
from ui.look import dress
from ui.main_window import MainWindow
from ui.missing import explained_start
from ui.places import default_annotator

SWITCH = 0.001
"""Seconds after which a thread that works lets the window's have its turn."""

LOOK_AFTER = 15_000
"""Milliseconds after the start until an update may be looked for."""


class Application(QApplication):
    """Qt's, and the files that it hands on: macOS starts no program anew for a double-click.

    Such a file counts as the project to begin with until there is a `window` that shows one.
    """

    first_file: Path | None = None
    window: MainWindow | None = None

    def event(self, event: QEvent) -> bool:
        """Open a file that the system hands on."""
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return super().event(event)
        if self.window is None:
            self.first_file = Path(event.file())
        else:
            from ui.file_opening import take_when_free

            take_when_free(self.window, Path(event.file()))
        return True


def run_window(doors: Doors, project: Path | None, load: Callable[[], None]) -> int:
    """Show the window until it is closed; return the exit code.

    Opens `project`, or without one the project of last time, or the sample. `load` imports
    what that needs; it runs beside Qt, which lets go of the interpreter while it connects
    to the screen.
    """
    sys.setswitchinterval(SWITCH)
    gc.disable()  # nothing of what a start makes is garbage
    Thread(target=load, name="loading").start()
    # As an argument, since setStyle returns a QStyle, whose Python type takes 9 ms to make.
    with explained_start():
        app = Application([*sys.argv[:1], "-style", "fusion"])
    app.setApplicationName("Pressmark")
    app.setDesktopFileName("pressmark")
    dress(app)
    hook = CrashHook()
    hook.install()
    window = MainWindow(doors, default_annotator())
    window.first_painted.connect(lambda: _begin(app, window, project))
    window.show()
    return app.exec()


def _begin(app: Application, window: MainWindow, project: Path | None) -> None:
    """Show the project; what the desktop shows of the program can wait for that."""
    from PySide6.QtGui import QIcon

    from annotation.resources import resource_path

    window.start(app.first_file or project)
    app.window = window
    gc.freeze()  # what is there now stays: looking through it would cost pictures later
    gc.enable()
    app.setWindowIcon(QIcon(str(resource_path("icon.svg"))))
    QTimer.singleShot(LOOK_AFTER, window, lambda: _look_for_updates(window))


def _look_for_updates(window: MainWindow) -> None:
    """Look once a week, and only for those who have asked for it."""
    if settings.switched_on("weekly_look", default=False):
        from ui.releases.weekly import look_by_itself

        look_by_itself(window)
