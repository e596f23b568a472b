"""All keys at a glance."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.actions import MENUS, Row, shown_keys
from ui.look import Rule, heading

IN_THE_TEXT = (
    ("←  →", "Move by word; Shift selects"),
    ("Alt+←  Alt+→", "Move by character"),
    ("Ctrl+←  Ctrl+→", "Move by sentence"),
    ("Ctrl+↑  Ctrl+↓", "Move by paragraph"),
    ("Home  End", "Start, end of the line; Ctrl: of the article"),
    ("Double click", "Select the word"),
    ("Triple click", "Select the sentence"),
    ("Esc", "Leave what is picked; back to the text"),
)
FRAME = 80
"""Pixels of the screen that are left to the window's frame and to the desktop."""

COLUMNS = (("Tag", "Edit"), ("Text", "Link", "Suggestions"), ("Go", "File", "View", "Help"))


class KeyOverview(QDialog):
    """Lists every action that has a key, menu by menu; Esc or `?` closes it."""

    def __init__(self, rows: Sequence[Row], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        body = QWidget()
        columns = QHBoxLayout(body)
        columns.setContentsMargins(28, 24, 28, 24)
        columns.setSpacing(40)
        for menus in COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(20)
            for menu in menus:
                column.addLayout(_part(menu, _entries(menu, rows)))
            column.addStretch(1)
            columns.addLayout(column, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        hint = body.sizeHint()
        room = self.screen().availableGeometry().size() - QSize(FRAME, FRAME)
        self.resize(min(hint.width() + 24, room.width()), min(hint.height() + 8, room.height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on the key that opened it, too."""
        if event.text() == "?":
            self.close()
        else:
            super().keyPressEvent(event)


def _entries(menu: str, rows: Sequence[Row]) -> list[tuple[str, str]]:
    if menu not in MENUS:
        return list(IN_THE_TEXT)
    return [(shown_keys(row), row.text) for row in rows if row.menu == menu and row.keys]


def _part(title: str, entries: list[tuple[str, str]]) -> QVBoxLayout:
    part = QVBoxLayout()
    part.setSpacing(6)
    part.addWidget(heading("In the text" if title == "Text" else title))
    part.addWidget(Rule())
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(1, 1)
    for row, (keys, words) in enumerate(entries):
        key = QLabel(keys)
        font = QFont(key.font())
        font.setWeight(QFont.Weight.DemiBold)
        key.setFont(font)
        key.setForegroundRole(QPalette.ColorRole.Link)
        grid.addWidget(key, row, 0)
        grid.addWidget(QLabel(words), row, 1)
    part.addLayout(grid)
    return part
