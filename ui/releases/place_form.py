"""Where a team puts its releases, and the key by which they are known: asked of the person."""

from pathlib import Path

from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from annotation.errors import ProjectError
from annotation.releases.minisign import read_key
from annotation.releases.source import read_source
from ui import settings

MAX_KEY = 4_000
"""Bytes of a file with a key."""


class PlaceForm(QWidget):
    """Two lines: a folder or address, and a public key."""

    def __init__(self) -> None:
        super().__init__()
        self.source = QLineEdit()
        self.source.setPlaceholderText("https://… or a folder")
        self.source.setAccessibleName("Address or folder")
        self.key = QLineEdit()
        self.key.setPlaceholderText("One line that begins with RW")
        self.key.setAccessibleName("Your team's public key")
        self.folder = QPushButton("Folder…")
        self.file = QPushButton("File…")
        self.file.setToolTip("Read the key of a file, such as minisign.pub")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        rows = (
            ("&Where to look", self.source, self.folder),
            ("&Your team's key", self.key, self.file),
        )
        for row, (words, line, button) in enumerate(rows):
            label = QLabel(words)
            label.setBuddy(line)
            grid.addWidget(label, row, 0)
            grid.addWidget(line, row, 1)
            grid.addWidget(button, row, 2)
            button.setAutoDefault(False)
        self.folder.clicked.connect(self._ask_folder)
        self.file.clicked.connect(self._ask_file)
        self.fill()

    def fill(self) -> None:
        """Show what is set."""
        wanted = settings.updates()
        self.source.setText(wanted["source"])
        self._show_key(wanted["key"])

    def problem(self) -> str:
        """Return what is wrong with what is typed; empty where nothing is, or nothing is typed."""
        if not self.source.text().strip() and not self.key.text().strip():
            return ""
        try:
            read_source(self.source.text())
            read_key(self.key.text())
        except ProjectError as error:
            return str(error)
        return ""

    def keep(self) -> None:
        """Look there from now on; where both lines are empty, nowhere."""
        chosen = {"source": self.source.text().strip(), "key": self.key.text().strip()}
        settings.remember_updates(chosen)

    def _ask_folder(self) -> None:
        title = "The folder of your team's releases"
        if name := QFileDialog.getExistingDirectory(self, title, self.source.text()):
            self.source.setText(name)

    def _ask_file(self) -> None:
        title, kinds = "Your team's public key", "Public keys (*.pub);;All files (*)"
        name, _ = QFileDialog.getOpenFileName(self, title, str(Path.home()), kinds)
        if not name:
            return
        try:
            with Path(name).open("rb") as file:
                lines = file.read(MAX_KEY).decode("utf-8", "replace").split("\n")
        except OSError:
            lines = []
        self._show_key(next((line.strip() for line in reversed(lines) if line.strip()), ""))

    def _show_key(self, key: str) -> None:
        """Show a key's beginning, by which one knows it."""
        self.key.setText(key)
        self.key.setCursorPosition(0)
