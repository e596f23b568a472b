"""What can be done about a damaged project: restore a backup, or save what can be read."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from ui.backups.dialog import BackupsDialog
from ui.main_window import MainWindow


def offer(window: QWidget, project: Path, words: str) -> None:
    """Say what is wrong with a project, and offer what may help."""
    assert isinstance(window, MainWindow)
    backups = window.projects.doors.backups().all_of(project)
    box = QMessageBox(
        QMessageBox.Icon.Warning,
        "Pressmark",
        "The project cannot be opened.",
        QMessageBox.StandardButton.Close,
        window,
    )
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(words)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    role = QMessageBox.ButtonRole.ActionRole
    if backups:
        restore = box.addButton("Restore a backup…", role)
        restore.clicked.connect(lambda: BackupsDialog(window, project).open())
        box.setDefaultButton(restore)
    repair = box.addButton("Repair into a new file…", role)
    repair.clicked.connect(lambda: ask_repair(window, project))
    box.open()


def ask_repair(window: MainWindow, project: Path) -> None:
    """Ask for a new file, and save into it what can be read of a project."""
    from PySide6.QtWidgets import QFileDialog

    from ui.projects import FILES

    beside = project.with_name(f"{project.stem}-repaired{project.suffix}")
    name, _ = QFileDialog.getSaveFileName(
        window,
        "Repair into a new file",
        str(beside),
        FILES,
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    if name:
        from ui.backups.repairing import repair

        repair(window, project, Path(name))
