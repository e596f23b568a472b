"""Help ▸ About: which Pressmark this is, what it is made of, and under which licences."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotation.build import versions
from annotation.licences import Component, shipped
from ui.look import Quiet, heading
from ui.messages import report_view

PURPOSE = "Tags claims, sources and events in news texts."
LICENCE = "MIT licence. Made with Qt (LGPL-3.0) and spaCy (MIT)."
ICON = 64
"""Pixels of the icon."""


class AboutBox(QDialog):
    """Name, version and parts, which can be copied into a letter to whoever helps."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Pressmark")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._versions = versions()
        picture = QLabel()
        picture.setPixmap(parent.windowIcon().pixmap(ICON))
        columns = QHBoxLayout()
        columns.setSpacing(18)
        columns.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        columns.addLayout(self._words(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 22, 24, 18)
        layout.setSpacing(18)
        layout.addLayout(columns)
        layout.addWidget(self._buttons())

    def _words(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        title = heading(f"Pressmark {self._versions['Pressmark']}")
        title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(title)
        column.addWidget(QLabel(PURPOSE))
        column.addWidget(QLabel(LICENCE))
        parts = QGridLayout()
        parts.setContentsMargins(0, 8, 0, 0)
        parts.setHorizontalSpacing(16)
        parts.setVerticalSpacing(2)
        parts.setColumnStretch(1, 1)
        for row, (name, version) in enumerate(list(self._versions.items())[1:]):
            parts.addWidget(Quiet(name), row, 0)
            parts.addWidget(QLabel(version), row, 1)
        column.addLayout(parts)
        return column

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        copy = QPushButton("Copy")
        copy.setToolTip("Copy the versions, for a letter to whoever helps")
        copy.clicked.connect(self._copy)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        if components := shipped():
            licences = QPushButton("Licences…")
            licences.clicked.connect(lambda: Licences(components, self).open())
            buttons.addButton(licences, QDialogButtonBox.ButtonRole.ActionRole)
        return buttons

    def _copy(self) -> None:
        lines = [f"{name}: {version}" for name, version in self._versions.items()]
        QGuiApplication.clipboard().setText("\n".join(lines))


class Licences(QDialog):
    """What is in the program on the left, the text of the licence on the right."""

    def __init__(self, components: list[Component], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Licences")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._components = components
        self._names = QListWidget()
        self._names.setAccessibleName("What is in the program")
        self._names.addItems([f"{part.name} {part.version}".strip() for part in components])
        self._names.setFixedWidth(self._names.sizeHintForColumn(0) + 40)
        self._text = report_view([])
        self._text.setAccessibleName("Its licence")
        self._names.currentRowChanged.connect(self._show)
        columns = QHBoxLayout()
        columns.addWidget(self._names)
        columns.addWidget(self._text, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(columns)
        layout.addWidget(buttons)
        self.resize(900, 560)
        self._names.setCurrentRow(0)

    def _show(self, row: int) -> None:
        part = self._components[row]
        text = part.file.read_text("utf-8", errors="replace")
        self._text.setPlainText(f"{part.name} {part.version}\n{part.licence}\n\n{text}")
