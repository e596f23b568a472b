"""The dialogs about a project's password: giving it, choosing one, changing or removing it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotation.errors import ProjectError
from annotation.passwords import LEAST, NO_WAY_BACK, strength
from ui.look import Quiet
from ui.waiting import in_a_thread

if TYPE_CHECKING:
    from annotation.passwords import Locks

Button = QDialogButtonBox.StandardButton
HIDDEN, READABLE = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal


class AskPassword(QDialog):
    """Asks for the password of a project until it fits; `unlocked` carries the project."""

    unlocked = Signal(object)

    def __init__(
        self,
        locks: "Locks",
        project: Path,
        parent: QWidget | None = None,
        then: str = "Open the project",
    ) -> None:
        super().__init__(parent)
        self._locks = locks
        self._project = project
        self.password = _box("Password")
        self.show_it = _shows(self.password)
        self.trouble = _two_lines(_words(""))
        self.buttons = QDialogButtonBox(Button.Ok | Button.Cancel)
        self.buttons.button(Button.Ok).setText(then)
        self.buttons.button(Button.Ok).setEnabled(False)
        self.buttons.accepted.connect(self._try)
        self.buttons.rejected.connect(self.reject)
        self.password.textChanged.connect(self._allow)
        asked = _words(f"“{project.stem}” has a password.")
        asked.setToolTip(str(project))
        asked.setBuddy(self.password)
        _fill(self, "Password", asked, self.password, self.show_it, self.trouble, self.buttons)

    def _allow(self, text: str) -> None:
        self.buttons.button(Button.Ok).setEnabled(bool(text))
        self.trouble.clear()

    def _try(self) -> None:
        password = self.password.text()
        try:
            in_a_thread(
                self,
                "Trying the password",
                lambda: self._locks.unlock(self._project, password),
                lambda: None,
            )
        except ProjectError as error:
            self.trouble.setText(str(error))
            self.password.selectAll()
            self.password.setFocus()
            return
        self.accept()
        self.unlocked.emit(self._project)


class NewPassword(QWidget):
    """Two boxes for a new password, with a word on its strength; `changed` says whether it will do.

    What it must be, and that nobody can find it out again, is said below.
    """

    changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.password = _box("New password")
        self.again = _box("New password, once more")
        self.show_it = _shows(self.password, self.again)
        self.hint = _two_lines(Quiet(_said("", "")))
        for box in (self.password, self.again):
            box.textChanged.connect(self._judge)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(10)
        form.addRow("New password", self.password)
        form.addRow("Once more", self.again)
        form.addRow("", self.show_it)
        form.addRow("", self.hint)
        form.addRow("", _words(f"{NO_WAY_BACK} Keep it where you will find it."))

    @property
    def will_do(self) -> bool:
        """Whether the password is long enough, and the same in both boxes."""
        text = self.password.text()
        return len(text) >= LEAST and text == self.again.text()

    def _judge(self) -> None:
        self.hint.setText(_said(self.password.text(), self.again.text()))
        self.changed.emit(self.will_do)


class ProtectDialog(QDialog):
    """Gives a project a password, changes or removes it; `chosen` carries it, None for none."""

    chosen = Signal(object)

    def __init__(self, project: Path, encrypted: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.new = NewPassword()
        self.new.changed.connect(self._allow)
        self.buttons = QDialogButtonBox(Button.Ok | Button.Cancel)
        ok = self.buttons.button(Button.Ok)
        ok.setText("Change the password" if encrypted else "Encrypt the project")
        ok.setEnabled(False)
        self.buttons.accepted.connect(self._finish)
        self.buttons.rejected.connect(self.reject)
        self.remove = QPushButton("Remove the password")
        self.remove.setAutoDefault(False)
        self.remove.clicked.connect(lambda: self._end(None))
        if encrypted:
            self.buttons.addButton(self.remove, QDialogButtonBox.ButtonRole.DestructiveRole)
            told = f"“{project.stem}” and its backups are encrypted with a password."
        else:
            told = (
                f"“{project.stem}” and its backups will be encrypted, and open with the password "
                "only. What is on the disk now may still be found there by experts, and copies "
                "of your own stay as they are."
            )
        _fill(self, "Password", _words(told), self.new, self.buttons)

    def _allow(self, will_do: bool) -> None:
        self.buttons.button(Button.Ok).setEnabled(will_do)

    def _finish(self) -> None:
        self._end(self.new.password.text())

    def _end(self, password: str | None) -> None:
        self.accept()
        self.chosen.emit(password)


def _said(password: str, again: str) -> str:
    if len(password) >= LEAST and again and password != again:
        return "The two are not the same."
    return strength(password) or f"At least {LEAST} characters; several unrelated words are best."


def _box(name: str) -> QLineEdit:
    box = QLineEdit(echoMode=HIDDEN)
    box.setAccessibleName(name)
    box.setMinimumWidth(280)
    return box


def _shows(*boxes: QLineEdit) -> QCheckBox:
    check = QCheckBox("Show the password")

    def show(readable: bool) -> None:
        for box in boxes:
            box.setEchoMode(READABLE if readable else HIDDEN)

    check.toggled.connect(show)
    return check


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _two_lines(label: QLabel) -> QLabel:
    """Let a label have room for two lines, so that nothing moves while somebody writes."""
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setMinimumHeight(2 * label.fontMetrics().lineSpacing() + 2)
    return label


def _fill(dialog: QDialog, title: str, *parts: QWidget) -> None:
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(20, 20, 20, 16)
    column.setSpacing(12)
    for part in parts:
        column.addWidget(part)
    dialog.setMinimumWidth(480)
