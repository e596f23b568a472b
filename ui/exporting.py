"""The export dialog: what goes where, what would be lost, and only then the writing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from annotation.background import BackgroundJob
from annotation.counting import counted
from annotation.errors import ProjectError
from annotation.exporting import ExportReport, summary
from annotation.exporting.apart import export_apart, losses_apart
from annotation.exporting.folder import tidy_up
from ui import settings
from ui.bridge import SessionBridge
from ui.doors import Doors
from ui.export_form import ExportForm
from ui.look import heading
from ui.loss_tree import LossTree
from ui.messages import show_problem

BEAT = 30
"""Milliseconds between two looks at what the process has to say."""

TAKEN = 200
"""How many losses are shown between two pictures."""


class ExportDialog(QDialog):
    """Asks what to export, shows what would be lost, and writes; the window goes on meanwhile."""

    def __init__(self, bridge: SessionBridge, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        project = bridge.session.store.path
        self._open_store = doors.open_for_reading(project)
        self._job: BackgroundJob[Any, Any] | None = None
        self._beat = QTimer(self, interval=BEAT)
        folder = Path(settings.folder("exports"))
        self.form = ExportForm(bridge.session.codebook, folder, project.stem)
        self.state = heading("")
        self.rest = QLabel()
        for words in (self.state, self.rest):
            words.setWordWrap(True)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.losses = LossTree()
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedHeight(6)
        self.progress.setAccessibleName("Progress of the export")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.write = self.buttons.addButton("Export", QDialogButtonBox.ButtonRole.AcceptRole)
        self.stop = self.buttons.addButton("Stop", role)
        self.show_folder = self.buttons.addButton("Open the folder", role)
        self._lay_out()
        self._connect()
        self.look_for_losses()

    def look_for_losses(self) -> None:
        """Find out what an export as it is asked for would lose."""
        self._end()
        self.losses.start()
        self.show_folder.hide()
        self.write.setEnabled(False)
        options = self.form.options()
        if options.layers == ():
            self.state.setText("Choose at least one layer.")
            return
        self._begin(
            "Looking for what this format cannot hold…",
            BackgroundJob(losses_apart, self._open_store, options),
            self._show_losses,
        )

    def begin(self) -> None:
        """Write the export."""
        self._end()
        out = self.form.out()
        settings.remember_folder("exports", out.absolute().parent)
        self.form.setEnabled(False)
        self.write.setEnabled(False)
        self.show_folder.hide()
        self.stop.show()
        self._begin(
            f"Writing to {out}",
            BackgroundJob(export_apart, self._open_store, out, self.form.options()),
            self._show_progress,
        )

    def cancel(self) -> None:
        """Stop writing; the folder is as it was."""
        if self._end():
            self.state.setText("Stopped. The folder is as it was.")
            self.write.setEnabled(True)

    # -- a job under way

    def _begin(
        self, words: str, job: BackgroundJob[Any, Any], take: Callable[[list[Any]], None]
    ) -> None:
        self.state.setText(words)
        self.rest.hide()
        self.progress.setRange(0, 0)
        self.progress.show()
        self._job = job
        self._take = take
        self._beat.start()

    def _go_on(self) -> None:
        job = self._job
        assert job is not None
        items = job.poll(TAKEN)
        if items:
            self._take(items)
        if job.finished:
            self._finish(job)

    def _finish(self, job: BackgroundJob[Any, Any]) -> None:
        writing = self._end()
        if isinstance(job.error, ProjectError):
            self.state.setText("Nothing was written." if writing else "This cannot be exported.")
            self.write.setEnabled(writing)
            show_problem(self, self.state.text(), str(job.error))
        elif job.error is not None:
            self.state.setText("Nothing was written.")
            raise job.error
        elif isinstance(job.result, ExportReport):
            self._show_report(job.result)
        else:
            self.state.setText(self.losses.in_words())
            self.write.setEnabled(True)
            self.write.setDefault(True)

    def _end(self) -> bool:
        """End what is under way; true when that was writing."""
        self._beat.stop()
        job, self._job = self._job, None
        writing = not self.form.isEnabled()
        if job is not None:
            job.close()
        if writing and (job is None or job.result is None):
            tidy_up(self.form.out())
        self.form.setEnabled(True)
        self.progress.hide()
        self.stop.hide()
        return writing

    # -- what comes of it

    def _show_losses(self, found: list[Any]) -> None:
        for loss in found:
            self.losses.add(loss)

    def _show_progress(self, steps: list[Any]) -> None:
        done, total = steps[-1]
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.state.setText(f"Writing article {done:,} of {total:,}")

    def _show_report(self, report: ExportReport) -> None:
        spans = sum(sum(labels.values()) for labels in report.spans.values())
        parts = [
            f"{counted(report.articles, 'article')} with {counted(spans, 'span')} and "
            f"{counted(sum(report.relations.values()), 'relation')} written.",
            f"They are in {report.out}.",
            *report.notes,
        ]
        if report.losses:
            parts.append(f"Listed in losses.txt: {', '.join(summary(dict(report.losses)))}.")
        self.state.setText(parts[0])
        self.rest.setText("\n".join(parts[1:]))
        self.rest.show()
        self.show_folder.show()
        self.show_folder.setFocus()
        self.write.setEnabled(True)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.form.out().absolute())))

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, "Export into a new or empty folder", str(self.form.out().parent)
        )
        if name:
            self.form.folder.setText(name)

    # -- building

    def _connect(self) -> None:
        self._beat.timeout.connect(self._go_on)
        self.form.changed.connect(self.look_for_losses)
        self.form.folder_wanted.connect(self._ask_folder)
        self.write.clicked.connect(self.begin)
        self.stop.clicked.connect(self.cancel)
        self.show_folder.clicked.connect(self._open_folder)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.form)
        for widget in (self.state, self.rest, self.losses, self.progress):
            column.addWidget(widget, 1 if widget is self.losses else 0)
        column.addWidget(self.buttons)
        for button in self.buttons.buttons():
            button.setAutoDefault(False)
        self.resize(660, 640)

    def done(self, result: int) -> None:
        """Leave no process behind, whether by the button, by Esc or by the window's frame."""
        self._end()
        super().done(result)
