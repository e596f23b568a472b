"""What happens when the program itself fails: the data is safe, and there is a report."""

import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from annotation.errors import ProjectError
from ui.places import data_folder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

SAFE = (
    "Your work is safe: every edit is in the project file as soon as you see it. "
    "You can go on, or close Pressmark and open it again."
)


class CrashHook(QObject):
    """Receives every error that nobody expected, and shows one dialog at a time.

    Every edit is on disk before the screen says so; nothing has to be rescued here. An
    error that comes again and again, as one in painting does, is told and saved once.
    """

    _elsewhere = Signal(object, object, object)

    def __init__(self) -> None:
        super().__init__()
        self._elsewhere.connect(self.receive)
        self._dialog: QMessageBox | None = None
        self._told: set[str] = set()

    def install(self) -> None:
        """Receive the errors of the whole program from now on, those of its threads too."""
        sys.excepthook = self.receive
        threading.excepthook = lambda failed: self._elsewhere.emit(
            failed.exc_type, failed.exc_value, failed.exc_traceback
        )

    def receive(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Save a report of an error not told yet, and tell the person.

        A `ProjectError` that came here, as when a disk is pulled out while somebody
        scrolls, is no crash: it is told in its own words.
        """
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        text = report(error, trace)
        if sys.stderr is not None:  # there is none in a windowed build
            print(text, file=sys.stderr)
        place = f"{kind.__name__}\n{''.join(traceback.format_tb(trace))}"
        if place in self._told:
            return
        self._told.add(place)
        if isinstance(error, ProjectError):
            self._show("Pressmark could not do this.", str(error), "")
        else:
            sentence, path = _save(text)
            self._show("Something in Pressmark went wrong.", f"{SAFE}\n\n{sentence}", text, path)

    def _show(self, what: str, words: str, details: str, saved: Path | None = None) -> None:
        if self._dialog is not None or QApplication.instance() is None:
            return
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox()
        box.setObjectName("crash")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Pressmark")
        box.setText(what)
        box.setInformativeText(words)
        box.setDetailedText(details)
        box.setEscapeButton(box.addButton(QMessageBox.StandardButton.Ok))
        if saved is not None:
            shown = box.addButton("Open the report", QMessageBox.ButtonRole.ActionRole)
            shown.clicked.connect(lambda: _open(saved))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(self._forget)
        self._dialog = box
        box.show()

    def _forget(self) -> None:
        self._dialog = None


def report(error: BaseException, trace: TracebackType | None) -> str:
    """Return what a developer needs to know: versions, and where it happened."""
    from annotation.build import versions
    from annotation.ids import now

    parts = ", ".join(f"{name} {version}" for name, version in versions().items())
    lines = traceback.format_exception(type(error), error, trace)
    return f"{parts}, {now()}\n\n{''.join(lines)}"


def _open(path: Path) -> None:
    """Show a report in the program that this computer has for texts."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _save(text: str) -> tuple[str, Path | None]:
    """Save the report; return a sentence that says where it is, and the file if there is one."""
    from annotation.ids import now

    try:
        path: Path = data_folder() / f"crash-{now().replace(':', '-')}.txt"
        path.write_text(text, "utf-8")
    except (OSError, ProjectError) as error:
        return f"The report could not be saved ({error}); it is under Show Details.", None
    return f"A report has been saved as {path}. Read it before you pass it on.", path
