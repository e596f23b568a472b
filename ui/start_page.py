"""A page with a way on, where there is nothing to read yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.look import Quiet

WIDTH = 420
"""Pixels of the sentence."""


class StartPage(QWidget):
    """A sentence and a few buttons; `wanted` carries the name of the action that was chosen."""

    wanted = Signal(str)

    def __init__(
        self, title: str, sentence: str, choices: dict[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAcceptDrops(False)
        heading = QLabel(title)
        font = QFont(heading.font())
        font.setPointSizeF(font.pointSizeF() * 1.6)
        heading.setFont(font)
        text = Quiet(sentence)
        text.setWordWrap(True)
        text.setFixedWidth(WIDTH)
        text.setMinimumHeight(text.heightForWidth(WIDTH))  # a centred label gets one line else
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        for name, words in choices.items():
            button = QPushButton(words)
            button.setObjectName(name)
            button.clicked.connect(lambda _=False, name=name: self.wanted.emit(name))
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(2)
        column.addWidget(heading, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(buttons)
        column.addStretch(3)

    @classmethod
    def without_project(cls) -> "StartPage":
        """Return the page for a window without a project."""
        return cls(
            "Pressmark",
            "A project is one file that holds your articles, your codebook and everything you tag.",
            {"new": "New project…", "open": "Open project…", "sample": "Open the sample"},
        )

    @classmethod
    def without_articles(cls) -> "StartPage":
        """Return the page for a project without articles."""
        return cls(
            "No articles yet",
            "Import text files, or drop files and folders anywhere on this window.",
            {"import": "Import files…", "import_folder": "Import a folder…"},
        )
