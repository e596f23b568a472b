"""One start, in a process of its own: says when the first picture was there, then ends.

Started as `python -m tests.benchmarks.start_child bare|window FILE`; prints the clock of
`time.perf_counter`, which all processes of a machine share, at "shown" (the window's first
picture is done) and "ready" (the text is painted and the event loop waits for keys).
Nothing of the program is replaced but `QApplication.exec`, which begins to watch.
"""

import json
import runpy
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

ROOT = Path(__file__).resolve().parents[2]


class Watch(QObject):
    """Notes the first picture of the window, and of the widget that holds the text."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._waiting = ["shown", "ready"]
        self._found: dict[str, float] = {}
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """After a paint event the picture is done when the event loop has its turn again."""
        if event.type() == QEvent.Type.Paint:
            for name in [name for name in self._waiting if _is(name, watched)]:
                self._waiting.remove(name)
                QTimer.singleShot(0, lambda name=name: self._note(name))
        return False

    def _note(self, name: str) -> None:
        self._found[name] = time.perf_counter()
        if len(self._found) == 2:
            print(json.dumps(self._found), flush=True)
            QApplication.instance().closeAllWindows()
            QApplication.quit()


def _is(name: str, watched: QObject) -> bool:
    """Tell whether this is the window, or the text or what it is drawn on."""
    if name == "shown":
        return isinstance(watched, QMainWindow)
    return bool(TEXTS & {type(watched).__name__, type(watched.parent()).__name__})


class Watched(QApplication):
    """The application as it is, but watched from when its event loop begins."""

    @staticmethod
    def exec() -> int:
        """Watch the window, and in it the text."""
        watch = Watch(QApplication.instance())
        code = QApplication.exec()
        del watch
        return code


TEXTS = {"Canvas", "BareText"}


class BareText(QLabel):
    """The floor's text."""


def show_bare(path: Path) -> int:
    """Show a file's text in the plainest window there is."""
    app = Watched(sys.argv[:1])
    window = QMainWindow()
    window.resize(1280, 800)
    window.setCentralWidget(BareText(path.read_text("utf-8"), wordWrap=True))
    window.show()
    return app.exec()


def show_program(path: Path) -> None:
    """Run the program as `python main.py FILE` does."""
    import PySide6.QtWidgets

    PySide6.QtWidgets.QApplication = Watched
    sys.argv = ["main.py", str(path)]
    runpy.run_path(str(ROOT / "main.py"), run_name="__main__")


if __name__ == "__main__":
    kind, file = sys.argv[1], Path(sys.argv[2])
    sys.exit(show_bare(file) if kind == "bare" else show_program(file))
