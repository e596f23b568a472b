"""What is new in a release, and which of its files to fetch."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QProgressBar, QVBoxLayout, QWidget

from annotation.releases.computer import KINDS, fitting, this_computer, why_none
from annotation.releases.manifest import Release, ReleaseFile
from ui.look import Quiet
from ui.messages import report_view


class Offer(QWidget):
    """The notes of a release, the files that fit this computer, and how far fetching is."""

    def __init__(self) -> None:
        super().__init__()
        self.notes = report_view([])
        self.notes.setAccessibleName("What is new")
        self.files = QComboBox()
        self.files.setAccessibleName("Which file")
        self.none = Quiet()
        self.none.setWordWrap(True)
        self.none.setTextFormat(Qt.TextFormat.PlainText)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(8)
        self.progress.setAccessibleName("Fetching")
        self.how_far = Quiet()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.notes, 1)
        for widget in (self.files, self.none, self.progress, self.how_far):
            column.addWidget(widget)
        self._label = QLabel("Which &file")
        self._label.setBuddy(self.files)
        column.insertWidget(1, self._label)
        self.end_progress()

    @property
    def file(self) -> ReleaseFile | None:
        """The file that is chosen; None where none fits."""
        found: ReleaseFile | None = self.files.currentData(Qt.ItemDataRole.UserRole)
        return found

    def show_release(self, release: Release) -> None:
        """Show what is new, and what fits this computer, the best first."""
        here = this_computer()
        self.notes.setPlainText(release.notes.strip() or "Your team has not said what is new.")
        self.files.clear()
        for file in fitting(release, here):
            self.files.addItem(_described(file), file)
        there = self.files.count() > 0
        self.files.setVisible(there)
        self._label.setVisible(there)
        self.none.setText("" if there else why_none(release, here))
        self.none.setVisible(not there)

    def show_progress(self, size: int, total: int) -> None:
        """Show how much is there (bytes)."""
        self.files.setEnabled(False)
        self.progress.setRange(0, 1000)
        self.progress.setValue(size * 1000 // total)
        self.progress.show()
        self.how_far.setText(f"{size / 1e6:,.1f} of {total / 1e6:,.1f} MB")
        self.how_far.show()

    def end_progress(self) -> None:
        """Take the progress away."""
        self.files.setEnabled(True)
        self.progress.hide()
        self.how_far.hide()


def downloads() -> Path:
    """Return the person's folder for what is fetched."""
    place = QStandardPaths.StandardLocation.DownloadLocation
    return Path(QStandardPaths.writableLocation(place) or Path.home())


def _described(file: ReleaseFile) -> str:
    kind = KINDS.get(file.ending, "file")
    return f"{kind[0].upper()}{kind[1:]}  ·  {file.size / 1e6:,.1f} MB  ·  {file.name}"
