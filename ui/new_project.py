"""The dialog for a new project: where it goes, and with which codebook."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotation.team import CODEBOOK
from ui import settings
from ui.look import Quiet
from ui.passwords import NewPassword
from ui.projects import FILES, SUFFIX
from ui.team.choice import TeamChoice


class NewProject(QDialog):
    """Asks for a project's path, codebook and password; `chosen` carries them.

    The codebook is None for the built-in one, the password for a project that is not encrypted.
    Where the project is to be made by a team's set-up, `chosen_for_team` carries the path, the
    team, the password, and whether the team's keys and settings are wanted, too.
    """

    chosen = Signal(object, object, object)
    chosen_for_team = Signal(object, object, object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New project")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        start = _unused(Path(settings.folder("projects")))
        self.path = QLineEdit(str(start))
        self.path.setAccessibleName("Project file")
        self.codebook = QLineEdit(placeholderText="The built-in codebook")
        self.codebook.setAccessibleName("Codebook file")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Make the project")
        self.buttons.accepted.connect(self._finish)
        self.buttons.rejected.connect(self.reject)
        self.team = TeamChoice()
        self.team.changed.connect(self._follow_team)
        self.protect = QCheckBox("Encrypt it with a password")
        self.password = NewPassword()
        self.password.hide()
        self.protect.toggled.connect(self._show_password)
        self.password.changed.connect(self._allow)
        self.path.textChanged.connect(self._allow)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        choose_path, self.choose_codebook = QPushButton("Choose…"), QPushButton("Choose…")
        choose_path.clicked.connect(self._ask_path)
        self.choose_codebook.clicked.connect(self._ask_codebook)
        form.addRow("Project file", _with_button(self.path, choose_path))
        form.addRow("Codebook", _with_button(self.codebook, self.choose_codebook))
        hint = Quiet("The project keeps its own copy of the codebook.")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(14)
        column.addWidget(self.team)
        column.addLayout(form)
        column.addWidget(hint)
        column.addWidget(self.protect)
        column.addWidget(self.password)
        column.addWidget(self.buttons)
        self._follow_team()
        self.resize(560, self.sizeHint().height())

    def _finish(self) -> None:
        path = Path(self.path.text().strip()).expanduser()
        if not path.suffix:
            path = path.with_suffix(SUFFIX)
        codebook = self.codebook.text().strip()
        self.accept()
        password = self.password.password.text() if self.protect.isChecked() else None
        if self.team.team is not None:
            self.chosen_for_team.emit(path, self.team.team, password, self.team.with_keys)
        else:
            self.chosen.emit(path, Path(codebook).expanduser() if codebook else None, password)

    def _follow_team(self) -> None:
        """Leave the codebook to the team where it has one."""
        team = self.team.team
        theirs = team is not None and team.has(CODEBOOK)
        for box in (self.codebook, self.choose_codebook):
            box.setEnabled(not theirs)
        usual = "The team's codebook" if theirs else "The built-in codebook"
        self.codebook.setPlaceholderText(usual)
        if theirs:
            self.codebook.clear()
        self._allow()
        self.resize(self.width(), self.sizeHint().height())

    def _allow(self) -> None:
        protected = not self.protect.isChecked() or self.password.will_do
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(
            bool(self.path.text().strip()) and protected and self.team.ready
        )

    def _show_password(self, shown: bool) -> None:
        self.password.setVisible(shown)
        self._allow()
        self.resize(self.width(), self.sizeHint().height())
        (self.password.password if shown else self.path).setFocus()

    def _ask_path(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "New project", self.path.text(), FILES)
        if name:
            self.path.setText(name)

    def _ask_codebook(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Codebook", settings.folder("codebooks"), "Codebooks (*.toml);;All files (*)"
        )
        if name:
            settings.remember_folder("codebooks", Path(name).parent)
            self.codebook.setText(name)


def _with_button(box: QLineEdit, button: QPushButton) -> QHBoxLayout:
    button.setAutoDefault(False)
    button.setAccessibleName(f"Choose: {box.accessibleName()}")
    row = QHBoxLayout()
    row.addWidget(box, 1)
    row.addWidget(button)
    return row


def _unused(folder: Path) -> Path:
    """Return a name for a project that no file in the folder has yet."""
    path = folder / f"study{SUFFIX}"
    number = 2
    while path.exists():
        path = folder / f"study-{number}{SUFFIX}"
        number += 1
    return path
