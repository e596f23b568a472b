"""A suggestion in the inspector: what is proposed, by whom, and the two answers to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotation import edits
from annotation.model import Suggestion
from ui.bridge import SessionBridge
from ui.look import Quiet, heading
from ui.relation_list import quoted


class SuggestionCard(QWidget):
    """Shows one suggestion with Accept and Reject; `decided` carries where it was."""

    decided = Signal(int)

    def __init__(self, bridge: SessionBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._suggestion: Suggestion | None = None
        self.label = heading("")
        self.quotation = QLabel()
        self.quotation.setWordWrap(True)
        self.quotation.setTextFormat(Qt.TextFormat.PlainText)
        self.author = Quiet()
        self.author.setWordWrap(True)
        self.accept = QPushButton("Accept")
        self.reject = QPushButton("Reject")
        self.accept.setToolTip("Enter in the text")
        self.reject.setToolTip("X in the text")
        self.accept.clicked.connect(self._accept)
        self.reject.clicked.connect(self._reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.accept)
        buttons.addWidget(self.reject)
        buttons.addStretch(1)
        hint = Quiet("A label's key accepts it as that label.")
        hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.label, self.quotation, self.author):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addWidget(hint)
        column.addStretch(1)

    def show_suggestion(self, suggestion: Suggestion) -> None:
        """Show what is proposed."""
        self._suggestion = suggestion
        label = self._bridge.session.codebook.label(suggestion.layer, suggestion.label)
        title = label.called if label else suggestion.label
        self.label.setText(f"{title}?")
        self.quotation.setText(quoted(suggestion))
        score = f", {suggestion.score:.0%} sure" if suggestion.score is not None else ""
        self.author.setText(f"Suggested by {suggestion.author}{score}")
        writable = not self._bridge.session.store.read_only
        self.accept.setEnabled(writable)
        self.reject.setEnabled(writable)

    def _accept(self) -> None:
        suggestion = self._suggestion
        if suggestion and self._bridge.perform(lambda desk: edits.accept(desk, suggestion)):
            self.decided.emit(suggestion.start)

    def _reject(self) -> None:
        suggestion = self._suggestion
        if suggestion and self._bridge.perform(lambda desk: edits.reject(desk, [suggestion])):
            self.decided.emit(suggestion.start)
