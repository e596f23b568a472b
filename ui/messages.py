"""Telling people what happened: calmly, in whole sentences."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)


def show_problem(parent: QWidget | None, title: str, sentence: str) -> QMessageBox:
    """Tell about a failure that concerns a whole project, such as a damaged file."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Pressmark", title, parent=parent)
    box.setInformativeText(sentence)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


def show_list(parent: QWidget | None, title: str, lines: Sequence[str]) -> QDialog:
    """Show a list that may be long: a report, or all errors of a codebook."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("Pressmark")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    heading = QLabel(title)
    heading.setWordWrap(True)
    text = report_view(lines)
    text.setAccessibleName(title)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.close)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(20, 20, 20, 16)
    layout.setSpacing(12)
    layout.addWidget(heading)
    layout.addWidget(text)
    layout.addWidget(buttons)
    dialog.resize(620, 380)
    dialog.open()
    return dialog


def report_view(lines: Sequence[str]) -> QPlainTextEdit:
    """Return a scrollable, selectable view of lines that nobody can edit."""
    text = QPlainTextEdit("\n".join(lines))
    text.setReadOnly(True)
    text.setTabChangesFocus(True)
    return text
