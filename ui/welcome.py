"""The first steps, on a card over the text: for people who have never tagged before."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from annotation.store import ArticleFilter
from ui.actions import Actions, shown_keys
from ui.look import Quiet, heading

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.team.reading import Found

WIDTH = 520
EDGE = 24
"""Pixels between the card and the edge of the window."""

STEPS = (
    (
        "Look at what is suggested",
        "Dashed boxes are names that the program found. <b>{next_suggestion}</b> goes to the "
        "next one, <b>{accept}</b> accepts it, <b>{reject}</b> rejects it.",
    ),
    (
        "Tag what matters to you",
        "Select words with the mouse, then click a label on the right or press its letter: "
        "<b>{tag/discourse/CLAIM}</b> for a claim, <b>{tag/discourse/SOURCE}</b> for who made it.",
    ),
    (
        "Say who said what",
        "A card beside the claim asks for its source: press the letter that stands on it, then "
        "<b>Enter</b>. <b>{card}</b> shows the card of any claim again.",
    ),
)
PREPARED = (
    ("codebook.toml", "a codebook"),
    ("dictionary.tsv", "a dictionary"),
    ("keys.json", "keys"),
    ("settings.toml", "settings"),
)
"""What a team's files hold, in words."""

REST = (
    "Everything is saved at once, and {undo} takes anything back. Your own texts come in by "
    "File ▸ Import files, or dropped on this window. {keys} shows all keys."
)


class Welcome(QFrame):
    """Three steps and a few ways on; the text under it stays at work.

    `wanted` carries the name of the action that was chosen.
    """

    wanted = Signal(str)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._keys = Keys(window.actions_here)
        self._of_team = QLabel()
        self.setObjectName("welcome")
        self.setAccessibleName("Welcome to Pressmark")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setFrameShape(QFrame.Shape.Box)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._lay_out()
        window.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        self._look_for_team()

    def leave(self) -> None:
        """Go away and give the keys back to the text."""
        self._window.removeEventFilter(self)
        had_focus = self.isAncestorOf(self._window.focusWidget() or self)
        self.hide()
        self.deleteLater()
        if had_focus and self._window.workspace is not None:
            self._window.canvas.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go away on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner of a window that changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        self.setFixedWidth(min(WIDTH, self._window.width() - 2 * EDGE))
        self.adjustSize()
        room = self._window.size() - self.size()
        self.move(QPoint(room.width() // 2, max(room.height() - 3 * EDGE, 0)))

    def _choose(self, name: str) -> None:
        self.leave()
        self.wanted.emit(name)
        if name == "sample" and self._window.workspace is not None:
            self._open_untouched()

    def _open_untouched(self) -> None:
        """Put an article on screen in which there is something to do."""
        for row in self._window.workspace.store.article_rows(ArticleFilter(status="new"), limit=1):
            self._window.bridge.open(row.id)
        self._window.canvas.setFocus()

    def _lay_out(self) -> None:
        title = heading("Welcome to Pressmark")
        font = QFont(title.font())
        font.setPointSizeF(font.pointSizeF() * 1.35)
        title.setFont(font)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 22, 26, 20)
        column.setSpacing(14)
        column.addWidget(title)
        self._of_team.setObjectName("team")
        self._of_team.setTextFormat(Qt.TextFormat.PlainText)  # whoever wrote it
        self._of_team.setWordWrap(True)
        self._of_team.hide()
        column.addWidget(self._of_team)
        column.addLayout(self._steps())
        rest = Quiet(REST.format_map(self._keys))
        rest.setWordWrap(True)
        column.addWidget(rest)
        column.addLayout(self._buttons())

    def _steps(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for number, (what, how) in enumerate(STEPS):
            figure = heading(str(number + 1))
            figure.setForegroundRole(QPalette.ColorRole.Link)
            font = QFont(figure.font())
            font.setPointSizeF(font.pointSizeF() * 1.35)
            figure.setFont(font)
            words = QLabel(how.format_map(self._keys))
            words.setWordWrap(True)
            grid.addWidget(figure, 3 * number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(heading(what), 3 * number, 1)
            grid.addWidget(words, 3 * number + 1, 1)
            grid.setRowMinimumHeight(3 * number + 2, 8)
        return grid

    def _look_for_team(self) -> None:
        """Find out whether the person's team has prepared something."""
        from ui.team.finding import may_have_team

        if not may_have_team():
            return
        from ui.team.reading import TeamReading

        TeamReading(self, whole=False).found.connect(self._show_team)

    def _show_team(self, found: "Found") -> None:
        team = found.team
        if team is not None:
            what = [words for file, words in PREPARED if team.has(file)]
            said = f"{team.name} has prepared a set-up for you"
            said += f": {', '.join(what[:-1])} and {what[-1]}." if what[1:] else "."
            self._of_team.setText("\n".join(filter(None, (said, team.welcome, team.contact))))
            self.findChild(QPushButton, "new").setText("Start a team project…")
        elif found.trouble:
            self._of_team.setText(f"Your team's set-up cannot be used: {found.trouble}")
        self._of_team.setVisible(bool(self._of_team.text()))
        self._place()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        for name, words in (("sample", "Try on the sample"), ("new", "Start my own project…")):
            button = QPushButton(words)
            button.setObjectName(name)
            button.clicked.connect(lambda _=False, name=name: self._choose(name))
            row.addWidget(button)
        row.addStretch(1)
        close = QPushButton("Close")
        close.setObjectName("close")
        close.clicked.connect(self.leave)
        row.addWidget(close)
        return row


class Keys(dict[str, str]):
    """The keys by the names of their actions, as this person has them."""

    def __init__(self, actions: Actions) -> None:
        super().__init__({row.name: shown_keys(row) for row in actions.rows})

    def __missing__(self, name: str) -> str:
        return "its key"
