"""The line at the bottom: what happened, where we are, what is still to do."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QStatusBar, QToolButton, QWidget

from ui.look import shortened
from ui.theme import system_theme

DONE_SHOWN = 5_000
"""Milliseconds for which the title of an edit stays."""

REFUSED_SHOWN = 12_000
"""Milliseconds for which a refusal stays: it is a sentence that wants to be read."""

UNASKED_SHOWN = 60_000
"""Milliseconds for which something stays that nobody waits for."""

MODE_LENGTH = 48
"""How many characters of what keys mean stay beside what has just been told."""


class Sentence(QLabel):
    """A sentence on one line; where it has no room its middle gives way, never its end."""

    def shown(self) -> str:
        """Return as much of the sentence as there is room for."""
        text, middle = self.text().replace("\n", " "), Qt.TextElideMode.ElideMiddle
        return self.fontMetrics().elidedText(text, middle, self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sentence in the colour it has been given."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.shown())


class StatusLine(QStatusBar):
    """Shows messages, progress with a way to stop it, the place in the project, the annotator."""

    stop_wanted = Signal()
    annotator_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.message = Sentence()
        self.message.setObjectName("message")
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setAccessibleName("Progress")
        self.progress.setFixedSize(120, 8)
        self.work = QLabel()
        self.stop = QToolButton(text="Stop", autoRaise=True)
        self.stop.clicked.connect(self.stop_wanted)
        self.place = QLabel()
        self.annotator = QToolButton(autoRaise=True)
        self.annotator.setToolTip("The name under which you tag. Click to change it.")
        self.annotator.clicked.connect(self.annotator_wanted)
        self._away = QTimer(self, singleShot=True)
        self._away.timeout.connect(self._rest)
        self._mode = ""
        self.mode = QLabel()
        self.mode.setObjectName("mode")
        self.mode.setTextFormat(Qt.TextFormat.PlainText)
        self.mode.setForegroundRole(QPalette.ColorRole.Link)
        self.mode.hide()
        self.addWidget(self.mode)
        self.addWidget(self.message, 1)
        self.place.setContentsMargins(8, 0, 8, 0)
        for widget in (self.work, self.progress, self.stop, self.place):
            self.addPermanentWidget(widget)
        self.addPermanentWidget(self.annotator)
        self.setContentsMargins(8, 2, 8, 2)
        self.end_work()

    def say(self, sentence: str) -> None:
        """Tell what has been done."""
        self._tell(sentence, system_theme().ink, DONE_SHOWN)

    def say_longer(self, sentence: str) -> None:
        """Tell something that nobody has asked for, and may be looking away from."""
        self._tell(sentence, system_theme().ink, UNASKED_SHOWN)

    def refuse(self, sentence: str) -> None:
        """Tell why something has not been done."""
        self._tell(sentence, system_theme().warning, REFUSED_SHOWN)

    def show_mode(self, sentence: str) -> None:
        """Tell what keys mean for the time being; an empty text when they mean the usual.

        What has just been told stays when a mode ends: the link that ended it, for one.
        """
        self._mode = sentence
        if sentence or not self._away.isActive():
            self._rest()
        else:
            self.mode.hide()

    def show_place(self, number: int, total: int) -> None:
        """Show which article is on screen; nothing when `number` is 0."""
        self.place.setText(f"Article {number:,} of {total:,}" if number else "")

    def clear_project(self) -> None:
        """Show nothing of a project that is being left."""
        self.end_work()
        self._mode = ""
        self._rest()
        self.show_place(0, 0)

    def show_annotator(self, name: str) -> None:
        """Show under which name is tagged."""
        self.annotator.setText(name)
        self.annotator.setAccessibleName(f"Annotator: {name}")

    def show_work(self, what: str, done: int, total: int) -> None:
        """Show how far a long piece of work is; with `total` 0 that nobody knows."""
        self.work.setText(f"{what} {done:,} of {total:,}" if total else what)
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.stop.setAccessibleName(f"Stop: {what}")
        for widget in (self.work, self.progress, self.stop):
            widget.show()

    def end_work(self) -> None:
        """Take the progress away."""
        for widget in (self.work, self.progress, self.stop):
            widget.hide()

    def _rest(self) -> None:
        """Show what holds when nothing has just happened."""
        self._away.stop()
        self.mode.hide()
        self._write(self._mode, system_theme().accent)

    def _tell(self, sentence: str, colour: QColor, milliseconds: int) -> None:
        self._write(sentence, colour)
        if self._mode:
            self.mode.setText(f"{shortened(self._mode.partition('. ')[0], MODE_LENGTH)}  ·")
            self.mode.show()
        self._away.start(milliseconds)

    def _write(self, sentence: str, colour: QColor) -> None:
        palette = self.message.palette()
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self.message.setPalette(palette)
        self.message.setText(sentence)
        self.message.setToolTip(sentence)
