"""What is known about the article on screen."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from annotation.counting import counted
from annotation.model import Article
from ui.look import Quiet, heading

COUNT_AFTER = 300
"""Milliseconds after which the words are counted, so that opening a long text never waits."""


class ArticleFacts(QWidget):
    """Lists title, outlet, authors, date and origin; leaves out what is not known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Article | None = None
        self._count = QTimer(self, singleShot=True, interval=COUNT_AFTER)
        self._count.timeout.connect(self._show_length)
        self.title = heading("")
        self.title.setWordWrap(True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts = QFormLayout()
        self._facts.setVerticalSpacing(6)
        self._facts.setHorizontalSpacing(12)
        hint = Quiet("Pick a span in the text to see and edit it here.")
        hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addLayout(self._facts)
        column.addSpacing(4)
        column.addWidget(hint)
        column.addStretch(1)

    def show_article(self, article: Article) -> None:
        """Show an article's metadata."""
        if article is self._shown:
            return
        self._shown = article
        self.title.setText(article.title)
        while self._facts.rowCount():
            self._facts.removeRow(0)
        for name, value in _facts(article):
            self._add(name, value)
        self._count.start()

    def _show_length(self) -> None:
        if self._shown is not None:
            self._add("Length", counted(len(self._shown.text.split()), "word"))

    def _add(self, name: str, value: str) -> None:
        text = QLabel(value)
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts.addRow(Quiet(name), text)


def _facts(article: Article) -> list[tuple[str, str]]:
    facts = (
        ("Outlet", article.outlet),
        ("Authors", ", ".join(article.authors)),
        ("Published", article.published),
        ("Section", article.section),
        ("Language", article.language),
        ("Address", article.url),
        ("File", article.source_file),
    )
    return [(name, value) for name, value in facts if value]
