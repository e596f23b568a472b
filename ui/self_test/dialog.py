"""Help ▸ Test this installation: the self-test, for people who have no terminal."""

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from annotation.resources import resource_path
from ui.messages import report_view

FLAG = "--self-test"
WORKS = "Everything works."
BROKEN = "Not everything works. Copy this, and send it to the person who gave you Pressmark."


class SelfTestDialog(QDialog):
    """Runs the self-test in a process of its own and shows its lines as they come."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Test this installation")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._heading = QLabel(
            "Pressmark does its whole job once, in a folder that is gone afterwards. "
            "Your projects are not touched."
        )
        self._heading.setWordWrap(True)
        self._lines = report_view([])
        self._lines.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._lines.setAccessibleName("What the test says")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._buttons.rejected.connect(self.close)
        copy = QPushButton("Copy")
        copy.setToolTip("Copy all of it, for a letter to whoever helps")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._lines.toPlainText()))
        self._buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self._heading)
        layout.addWidget(self._lines, 1)
        layout.addWidget(self._buttons)
        self.resize(760, 560)
        self._process = QProcess(self)
        self._start()

    def done(self, result: int) -> None:
        """Stop what still runs, and go."""
        self._process.blockSignals(True)
        self._process.kill()
        self._process.waitForFinished(1000)
        super().done(result)

    def _start(self) -> None:
        program, arguments = command()
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.setWorkingDirectory(str(resource_path(".").parent))
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(
            lambda _: self._lines.appendPlainText(self._process.errorString())
        )
        self._process.start(program, arguments)

    def _read(self) -> None:
        text = bytes(self._process.readAllStandardOutput().data()).decode("utf-8", "replace")
        self._lines.appendPlainText(text.rstrip("\r\n"))

    def _finished(self, code: int) -> None:
        self._heading.setText(BROKEN if code else WORKS)


def command() -> tuple[str, list[str]]:
    """Return how this Pressmark is started once more, to test itself: program and arguments."""
    if not getattr(sys, "frozen", False):
        return sys.executable, ["-m", "main", FLAG]
    program = Path(sys.executable)
    if program.stem == "pressmark-app":  # the one without a terminal writes nowhere
        program = program.with_name(f"pressmark{program.suffix}")
    return str(program), [FLAG]
