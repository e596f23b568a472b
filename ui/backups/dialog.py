"""The dialog of backups: what there are, what differs from the project now, and restoring."""

from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QMessageBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from annotation.backups import Backup, Difference, in_lines
from annotation.errors import ProjectError
from ui import settings
from ui.aside import in_a_thread
from ui.look import Quiet, heading
from ui.messages import report_view, show_problem

if TYPE_CHECKING:
    from ui.main_window import MainWindow

BEAT = 30
"""Milliseconds between two looks whether the comparison is done."""

TITLES = 200
"""How many titles of articles are shown of each kind."""

COLUMNS = ("When", "Why", "Articles", "Spans", "Relations", "Size")


class BackupsDialog(QDialog):
    """Shows the backups of a project, which may be closed or damaged, and restores one."""

    def __init__(self, window: "MainWindow", project: Path) -> None:
        super().__init__(window)
        self.setWindowTitle("Backups")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        self._project = project
        self._backups = window.projects.doors.backups()
        self._comparing: Future[Difference] | None = None
        self._beat = QTimer(self, interval=BEAT)
        self.list = QTreeWidget(rootIsDecorated=False, uniformRowHeights=True)
        self.list.setHeaderLabels(COLUMNS)
        self.list.setAccessibleName("Backups, the newest first")
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.differences = report_view([])
        self.differences.setAccessibleName("What differs from the project now")
        self.by_itself = QCheckBox("Back this project up by itself while it is open")
        self.by_itself.setChecked(settings.backs_up(project))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        action = QDialogButtonBox.ButtonRole.ActionRole
        self.restore = self.buttons.addButton("Restore", QDialogButtonBox.ButtonRole.AcceptRole)
        self.remove = self.buttons.addButton("Delete", action)
        self.show_folder = self.buttons.addButton("Open the folder", action)
        self._lay_out()
        self._connect()
        self._fill()

    @property
    def chosen(self) -> Backup | None:
        """The backup whose line is chosen."""
        item = self.list.currentItem()
        return item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None

    def _fill(self) -> None:
        self.list.clear()
        found = self._backups.all_of(self._project)
        for backup in found:
            item = QTreeWidgetItem(_columns(backup))
            item.setData(0, Qt.ItemDataRole.UserRole, backup)
            for column in range(2, len(COLUMNS)):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
            self.list.addTopLevelItem(item)
        if found:
            self.list.setCurrentItem(self.list.topLevelItem(0))
        else:
            self._compare()

    def _compare(self) -> None:
        backup = self.chosen
        for button in (self.restore, self.remove):
            button.setEnabled(backup is not None)
        self._beat.stop()
        if backup is None:
            self.differences.setPlainText("There is no backup of this project yet.")
            return
        self.differences.setPlainText("Comparing with the project…")
        self._comparing = in_a_thread(lambda: self._backups.compare(backup, self._project))
        self._beat.start()

    def _look(self) -> None:
        if self._comparing is None or not self._comparing.done():
            return
        self._beat.stop()
        try:
            lines = in_lines(self._comparing.result(), TITLES)
        except ProjectError as error:
            lines = [str(error)]
        self.differences.setPlainText("\n".join(lines))

    def _restore(self) -> None:
        backup = self.chosen
        if backup is None:
            return
        from ui.backups.restoring import restore

        self.close()
        restore(self._window, backup, self._project)

    def _ask_remove(self) -> None:
        backup = self.chosen
        if backup is None:
            return
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            "Pressmark",
            f"Delete the backup of {_columns(backup)[0]}?",
            QMessageBox.StandardButton.Cancel,
            self,
        )
        box.setInformativeText("It cannot be brought back.")
        delete = box.addButton("Delete", QMessageBox.ButtonRole.DestructiveRole)
        delete.clicked.connect(lambda: self._remove(backup))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _remove(self, backup: Backup) -> None:
        try:
            self._backups.remove(backup)
        except ProjectError as error:
            show_problem(self, "The backup is still there.", str(error))
        self._fill()

    def _switch(self, on: bool) -> None:
        settings.remember_backs_up(self._project, on)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._backups.folder)))

    # -- building

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._compare)
        self._beat.timeout.connect(self._look)
        self.by_itself.toggled.connect(self._switch)
        self.restore.clicked.connect(self._restore)
        self.remove.clicked.connect(self._ask_remove)
        self.show_folder.clicked.connect(self._open_folder)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        words = Quiet(
            "Restoring puts a backup in the project's place. What the project holds now is kept "
            "as a backup, so that this can be taken back the same way."
        )
        words.setWordWrap(True)
        differs = QLabel("What differs from the project now")
        differs.setBuddy(self.differences)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(heading(self._project.name))
        column.addWidget(words)
        column.addWidget(self.list, 3)
        column.addWidget(differs)
        column.addWidget(self.differences, 3)
        column.addWidget(self.by_itself)
        column.addWidget(self.buttons)
        for button in self.buttons.buttons():
            button.setAutoDefault(False)
        self.resize(680, 620)


def _columns(backup: Backup) -> list[str]:
    return [
        f"{backup.at.astimezone():%Y-%m-%d %H:%M}",
        backup.why,
        *(f"{backup.counts[name]:,}" for name in ("articles", "spans", "relations")),
        f"{backup.size / 1e6:,.1f} MB",
    ]
