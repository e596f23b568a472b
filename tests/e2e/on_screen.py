"""Shows the window on the screen that DISPLAY names, tags a word, and saves what the screen shows.

Run by test_real_screen.py: a platform plugin is chosen once per process, and the other
tests have no screen.
"""

import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from storage import open_project
from storage.backups import BackupFolder
from storage.protecting import ProjectLocks
from ui.doors import Doors
from ui.look import dress
from ui.main_window import MainWindow


def reading(path: Path) -> partial:
    return partial(open_project, path, read_only=True)


def main(project: Path, picture: Path) -> None:
    app = QApplication([sys.argv[0], "-style", "fusion"])
    dress(app)
    doors = Doors(
        open_project,
        lambda path, _, password: open_project(path),
        reading,
        lambda: project,
        lambda: BackupFolder(project.parent / "backups"),
        lambda: ProjectLocks(BackupFolder(project.parent / "backups")),
        lambda path, tell: None,
    )
    window = MainWindow(doors, "ada")
    window.start(project)
    window.show()
    assert QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    QTest.keyClick(window.canvas, Qt.Key.Key_C)
    picked = window.canvas.picked
    print(app.platformName(), picked.label, picked.quotation[0])
    app.processEvents()
    assert window.screen().grabWindow(window.winId()).save(str(picture))
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
