"""The bar for finding words in the article on screen."""

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from annotation.counting import counted
from annotation.document import Document
from annotation.finding import Query
from annotation.model import Fragment
from ui.bridge import SessionBridge
from ui.canvas import Canvas
from ui.canvas.find_marks import FindMarks
from ui.canvas.words import cluster_end, cluster_start
from ui.look import PANEL_MARGIN, Quiet
from ui.small_button import small_button
from ui.text_search import TextSearch
from ui.theme import mix, system_theme

PAUSE = 250
"""Milliseconds without a key after which a pattern is looked for; words are at once."""


class FindBar(QWidget):
    """Finds in the article: counts the hits, marks them in the text and steps through them.

    The current hit is selected in the text, so that it can be tagged when the bar is closed.
    """

    def __init__(self, bridge: SessionBridge, canvas: Canvas, parent: QWidget | None = None):
        super().__init__(parent)
        self._bridge = bridge
        self._canvas = canvas
        self._origin = 0
        self._way = 0
        self._counted = -1
        self._chosen: Fragment | None = None
        self._marks: FindMarks | None = None
        self.search = TextSearch(self)
        self._pause = QTimer(self, singleShot=True)
        self.words = FindBox("Find in the article")
        self.case = Switch("Aa", "Match case", "Alt+C")
        self.whole = Switch("|ab|", "Whole words only", "Alt+W")
        self.pattern = Switch(".*", "Regular expression", "Alt+X")
        self.count = Quiet()
        self.problem = QLabel()
        self.previous = small_button("↑", "Previous hit", "Previous hit (Shift+Enter)")
        self.next = small_button("↓", "Next hit", "Next hit (Enter)")
        self.leave = small_button("×", "Close the find bar", "Close (Esc)")
        self._lay_out()
        self._connect()

    def open(self) -> None:
        """Show the bar with the cursor in it; a short selection becomes what to find."""
        self.show()
        chosen, words = self._canvas.selection(), self._canvas.selected_words()
        if words and not self.pattern.isChecked():
            self.words.setText(words)
        self._origin = chosen[0] if chosen else self._canvas.caret
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()
        self._start(1)

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) hit, round the ends of the article."""
        if not self.words.text():
            self.open()
            return
        chosen = self._canvas.selection() or (self._canvas.caret, self._canvas.caret)
        self._origin = chosen[1] if by > 0 else chosen[0]
        if self._pause.isActive() or self._marks is None:
            self.show()
            self._start(by)
        elif self._marks.current is not None:
            self._go_to((self._marks.current + by) % len(self.search.hits))
        else:
            self._way = by
            self._arrive()

    def close_bar(self) -> None:
        """Put the bar away; the current hit stays selected, with the cursor in the text."""
        self._pause.stop()
        self.search.stop()
        self._marks = None
        self._canvas.show_hits(None)
        self.hide()
        self._canvas.setFocus()

    def query(self) -> Query:
        """Return what is to be found."""
        return Query(
            self.words.text(),
            self.case.isChecked(),
            self.whole.isChecked(),
            self.pattern.isChecked(),
        )

    # -- searching

    def _change(self) -> None:
        """Look for what is written now, from where the cursor was when the bar was opened."""
        if self.pattern.isChecked():
            self._pause.start(PAUSE)
        else:
            self._start(1)

    def _start(self, way: int) -> None:
        """Begin to look; then go on to the first hit (1), back to one (-1), or stay (0)."""
        self._pause.stop()
        document = self._canvas.document
        if document is None:
            return
        self._way = way
        self._counted = -1
        self.search.start(document.article.text, self.query())
        self._marks = FindMarks(self.search.hits)
        self._canvas.show_hits(self._marks)
        self._follow_search()

    def _follow_search(self) -> None:
        if self._way:
            self._arrive()
        if self._counted != len(self.search.hits):
            self._counted = len(self.search.hits)
            self._canvas.viewport().update()
        self._say_count()

    def _arrive(self) -> None:
        """Go to the hit nearest to where the search began, round the end if there is none."""
        hits = self.search.hits
        number = hits.from_position(self._origin) - (self._way < 0)
        if 0 <= number < len(hits) and (self._way > 0 or not self.search.running):
            self._go_to(number)
        elif not self.search.running:
            self._way = 0
            if len(hits):
                self._go_to(number % len(hits))

    def _go_to(self, number: int) -> None:
        self._way = 0
        document = self._canvas.document
        if document is None or self._marks is None:
            return
        start, end = self.search.hits[number]
        self._marks.current = number
        text = document.article.text
        self._chosen = cluster_start(text, start), cluster_end(text, end)
        self._canvas.select(*self._chosen)
        self._canvas.reveal(start, end)
        self._say_count()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.count.text()))

    def _leave(self) -> None:
        """Close when Esc in the text has nothing else to leave."""
        if self.isVisible():
            self.close_bar()

    def _follow_caret(self) -> None:
        """Know which hit is the current one when the selection is changed in the text."""
        if self._marks is not None and self._canvas.selection() != self._chosen:
            self._chosen = None
            self._marks.current = self.search.hits.number_of(self._canvas.selection())
            self._say_count()

    def _follow_opened(self, document: Document) -> None:
        if self.isVisible():
            self._start(0)

    def _say_count(self) -> None:
        total, words = len(self.search.hits), bool(self.words.text())
        current = self._marks.current if self._marks else None
        more = "+" if self.search.running else ""
        text = f"{total:,}+ hits" if more else counted(total, "hit")
        if not words or self.search.problem:
            text = ""
        elif current is not None:
            text = f"{current + 1:,} of {total:,}{more}"
        elif not total:
            text = "Looking…" if more else "No hits"
        self.count.setText(text)
        self._say_problem(self.search.problem)
        for button in (self.previous, self.next):
            button.setEnabled(total > 0)

    def _say_problem(self, problem: str) -> None:
        if problem == self.problem.text():
            return
        palette = self.problem.palette()
        palette.setColor(QPalette.ColorRole.WindowText, system_theme().warning)
        self.problem.setPalette(palette)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    # -- building

    def _connect(self) -> None:
        self._pause.timeout.connect(lambda: self._start(1))
        self.search.progressed.connect(self._follow_search)
        self.words.textEdited.connect(self._change)
        self.words.stepped.connect(self.step)
        for switch in (self.case, self.whole, self.pattern):
            switch.toggled.connect(self._change)
            keys = QShortcut(QKeySequence(switch.keys), self, switch.click)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.previous.clicked.connect(partial(self.step, -1))
        self.next.clicked.connect(partial(self.step, 1))
        self.leave.clicked.connect(self.close_bar)
        escape = QShortcut(QKeySequence("Esc"), self, self.close_bar)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._canvas.nothing_to_leave.connect(self._leave)
        self._canvas.caret_moved.connect(self._follow_caret)
        self._bridge.opened.connect(self._follow_opened)

    def _lay_out(self) -> None:
        self.setAccessibleName("Find in the article")
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(PANEL_MARGIN, 6, 6, 6)
        column.addLayout(row)
        column.addWidget(self.problem)
        row.setSpacing(4)
        row.addWidget(self.words, 1)
        for widget in (self.case, self.whole, self.pattern, self.previous, self.next):
            row.addWidget(widget)
        row.addSpacing(6)
        row.addWidget(self.count, 1)
        row.addWidget(self.leave)
        self.count.setAccessibleName("Hits")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.hide()


class FindBox(QLineEdit):
    """Where the words are written; `stepped` carries 1 for Enter and -1 for Shift+Enter."""

    stepped = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__(placeholderText=name, clearButtonEnabled=True)
        self.setAccessibleName(name)
        self.setMinimumWidth(120)
        self.setMaximumWidth(320)
        self.setMaxLength(1000)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step through the hits by Enter and the arrows up and down."""
        key = event.key()
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if back else 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class Switch(QToolButton):
    """A small button that stays down, framed then, so that colour is not its only sign."""

    def __init__(self, text: str, name: str, keys: str) -> None:
        super().__init__()
        self.keys = keys
        self.setText(text)
        self.setCheckable(True)
        self.setAutoRaise(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{name} ({shown})" if shown else name)

    def sizeHint(self) -> QSize:
        """Return the size of the text with air around it."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 14, metrics.height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, on the accent's tint with a frame where the switch is on."""
        theme = system_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse() or self.hasFocus():
            edge = QColor(theme.accent)
            edge.setAlphaF(1.0 if self.isChecked() or self.hasFocus() else 0.35)
            painter.setPen(edge)
            if self.isChecked():
                painter.setBrush(mix(theme.page, theme.accent, 0.16))
            painter.drawRoundedRect(box, 4, 4)
        painter.setPen(theme.ink if self.isChecked() else theme.muted)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    def event(self, event: QEvent) -> bool:
        """Draw anew when the mouse comes or goes."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)
