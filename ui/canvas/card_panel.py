"""The card as it is seen: one line for each role and attribute, the active one opened."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.look import Quiet, heading
from ui.theme import mix, system_theme

WIDTH = 340
TITLES = 116
"""Pixels for the names of the lines."""


class Choice(NamedTuple):
    """Something a key of the active line means."""

    letter: str
    words: str
    chosen: bool = False


class Line(NamedTuple):
    """What a line of the card shows; `weak` is what nobody has decided yet."""

    title: str
    value: str
    weak: bool
    choices: Sequence[Choice] = ()
    hint: str = ""


class CardPanel(QFrame):
    """Shows the lines of a card; the cursor stays in the text.

    `line_wanted` carries the number of a line that was clicked, `letter_wanted` the
    letter of a choice, `keep_wanted` and `leave_wanted` follow the words at the bottom.
    """

    line_wanted = Signal(int)
    letter_wanted = Signal(str)
    keep_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.title = heading("")
        self.end = Quiet()
        self.end.linkActivated.connect(
            lambda what: (self.keep_wanted if what == "keep" else self.leave_wanted).emit()
        )
        self.lines: list[CardLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 8, 10, 8)
        self._column.setSpacing(1)
        self._column.addWidget(self.title)
        self.end.setContentsMargins(4, 4, 4, 0)
        self._column.addWidget(self.end)

    def show_lines(self, title: str, lines: Sequence[Line], active: int) -> None:
        """Show these lines, the active one with what its keys mean."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self.end.setText(
            _linked("keep", "<b>Enter</b> keeps", self.end)
            + " · "
            + _linked("leave", "<b>Esc</b> leaves", self.end)
        )
        while len(self.lines) < len(lines):
            self._add_line()
        for number, line in enumerate(self.lines):
            line.setVisible(number < len(lines))
            if number < len(lines):
                line.show_line(lines[number], number == active)
                line.updateGeometry()  # else the height of what it showed before counts
        self._column.invalidate()
        self.resize(WIDTH, self._column.totalHeightForWidth(WIDTH))

    def _add_line(self) -> None:
        line = CardLine(self)
        number = len(self.lines)
        line.clicked.connect(lambda: self.line_wanted.emit(number))
        line.choices.linkActivated.connect(self.letter_wanted)
        self._column.insertWidget(number + 1, line)
        self.lines.append(line)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a sheet that stands out from the page."""
        theme = system_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.accent, 1.5))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Window))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep clicks on the card from the text under it."""
        event.accept()


class CardLine(QWidget):
    """One line: what it is about, what it says, and while it is active its keys."""

    clicked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = Quiet()
        self.title.setFixedWidth(TITLES)
        self.value = QLabel()
        self.value.setTextFormat(Qt.TextFormat.PlainText)
        self.choices = QLabel()
        self.choices.setTextFormat(Qt.TextFormat.RichText)
        self.choices.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 2, 4, 2)
        grid.setVerticalSpacing(2)
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addWidget(self.value, 1)
        grid.addLayout(top, 0, 0)
        grid.addWidget(self.choices, 1, 0)

    def show_line(self, line: Line, active: bool) -> None:
        """Show a line; an active one is shaded and says what its keys mean."""
        self.title.setText(line.title)
        room = WIDTH - TITLES - 40
        words = self.value.fontMetrics().elidedText(line.value, Qt.TextElideMode.ElideRight, room)
        self.value.setText(words)
        self.value.setToolTip(line.value if words != line.value else "")
        role = QPalette.ColorRole.PlaceholderText if line.weak else QPalette.ColorRole.WindowText
        self.value.setForegroundRole(role)
        font = self.value.font()
        font.setItalic(line.weak)
        self.value.setFont(font)
        self.setAccessibleName(f"{line.title}: {line.value}")
        self.choices.setVisible(active)
        if active:
            self.choices.setText(self._told(line))
            theme = system_theme()
            palette = self.palette()
            ground = mix(palette.color(QPalette.ColorRole.Window), theme.accent, 0.12)
            palette.setColor(QPalette.ColorRole.Base, ground)
            self.setPalette(palette)
            self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(active)

    def _told(self, line: Line) -> str:
        parts = [escape(line.hint)] if line.hint else []
        for choice in line.choices:
            words = _with_key(choice.letter, choice.words)
            parts.append(_linked(choice.letter, f"✓ {words}" if choice.chosen else words, self))
        return " &nbsp; ".join(parts)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make this line the active one."""
        event.accept()
        self.clicked.emit()


def _with_key(letter: str, words: str) -> str:
    """Return words with their key underlined and bold; beside them where it is not in them."""
    place = words.lower().find(letter)
    key = f"<u><b>{escape(letter.upper())}</b></u>"
    if not letter:
        return escape(words)
    if place < 0:
        return f"{key} {escape(words)}"
    marked = f"<u><b>{escape(words[place])}</b></u>"
    return f"{escape(words[:place])}{marked}{escape(words[place + 1 :])}"


def _linked(target: str, words: str, widget: QWidget) -> str:
    ink = widget.palette().color(QPalette.ColorRole.WindowText).name()
    return (
        f'<a href="{escape(target)}" style="color:{ink};text-decoration:none;'
        f'white-space:nowrap">{words}</a>'
    )
