"""Rows within the relations of the inspector that say what can be done now."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ui.look import Quiet
from ui.small_button import small_button


def pressed(text: str, name: str, press: Callable[[], object]) -> QToolButton:
    """Return a small button that does something; `name` is what it is told to be."""
    button = small_button(text, name)
    button.clicked.connect(lambda: press())
    return button


class Hint(QWidget):
    """A sentence and the buttons that go with it, below it where they belong to a choice."""

    def __init__(self, sentence: str, *buttons: QToolButton) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(2)
        said = Quiet(sentence)
        said.setWordWrap(True)
        column.addWidget(said)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in buttons:
            button.setAutoRaise(False)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
