"""Opens projects as macOS has it done: by events. Says after each step which project is on screen.

Run by test_double_clicks.py: there is one application in a process, and the tests' own is Qt's.
"""

import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from storage import open_project
from storage.backups import BackupFolder
from storage.protecting import ProjectLocks
from ui import app as application
from ui.doors import Doors
from ui.main_window import MainWindow
from ui.messages import show_problem


def main(one: Path, other: Path) -> None:
    doors = Doors(
        open_project,
        lambda path, _, password: open_project(path),
        lambda path: partial(open_project, path, read_only=True),
        lambda: one,
        lambda: BackupFolder(one.parent / "backups"),
        lambda: ProjectLocks(BackupFolder(one.parent / "backups")),
        lambda path, tell: None,
    )
    app = application.Application([sys.argv[0], "-style", "fusion"])
    window = MainWindow(doors, "ada")
    window.first_painted.connect(lambda: application._begin(app, window, None))

    def shown(step: str) -> None:
        app.processEvents()
        print(step, window.windowTitle().split()[0], flush=True)

    QApplication.postEvent(app, QFileOpenEvent(QUrl.fromLocalFile(str(one))))
    window.show()
    while window.workspace is None:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    shown("start")
    QApplication.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile(str(other))))
    shown("beside-a-project")
    box = show_problem(window, "A question about the project.", "What now?")
    QApplication.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile(str(one))))
    shown("under-a-dialog")
    box.reject()
    shown("after-the-dialog")
    QApplication.sendEvent(app, QFileOpenEvent(QUrl("https://example.org/a.pressmark")))
    shown("not-a-file")
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
