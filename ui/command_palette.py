"""The command palette: everything that can be done, found by a few letters and run by Enter."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotation.store import ArticleFilter
from ui import settings
from ui.actions import Row, shown_keys
from ui.command_words import WORDS, fits
from ui.fuzzy import score
from ui.look import Quiet, accent, change_theme, shortened
from ui.theme import system_theme

if TYPE_CHECKING:
    from ui.main_window import MainWindow

SEARCH_PAUSE = 150
"""Milliseconds without a key after which articles are searched, too."""

ARTICLES = 12
"""How many articles are listed at most."""

FAR_WORSE = 0.45
"""The share of the best line's points under which a line is left out."""

SHOWN = 60
"""How many characters of what was looked for are said when nothing was found."""

SIZE = QSize(620, 420)
LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Command(NamedTuple):
    """One line: what it does, what that belongs to, its keys, and whether it can be done now.

    `words` are others by which it is found.
    """

    text: str
    detail: str
    keys: str
    possible: bool
    run: Callable[[], object]
    words: str = ""


class CommandPalette(QFrame):
    """Lies over the window until a command was run or Esc pressed.

    The focus goes back to where it was before a command runs, so that it acts on what is
    picked or selected there.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._before = window.focusWidget()
        self._commands = [*_actions(window), *_themes(), *_recent(window)]
        self._articles: list[Command] = []
        self.words = QLineEdit(placeholderText="What do you want to do? A few letters are enough")
        self.words.setAccessibleName("Find a command, a label, a project or an article")
        self.list = QListWidget()
        self.nothing = Quiet()
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_PAUSE)
        self._lay_out()
        self._pause.timeout.connect(self._search)
        self.words.textChanged.connect(self._follow_words)
        self.words.installEventFilter(self)
        self.list.itemClicked.connect(self._run)
        QApplication.instance().focusChanged.connect(self._follow_focus)
        self._show_found()
        self.show()
        self.raise_()
        self.words.setFocus()

    def leave(self, focus: bool = True) -> None:
        """Go away; with `focus`, back to where the cursor was."""
        if self.isHidden():
            return
        QApplication.instance().focusChanged.disconnect(self._follow_focus)
        self.hide()
        if focus and self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have the keys of the list work while somebody types."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in LIST_KEYS:
            QApplication.sendEvent(self.list, event)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():
                self._search()
            self._run(self.list.currentItem())
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return True
        return event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)

    def _run(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        command: Command = item.data(Qt.ItemDataRole.UserRole)
        if command.possible:
            self.leave()
            command.run()

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and new is not self and not self.isAncestorOf(new):
            self.leave(focus=False)

    def _follow_words(self) -> None:
        self._articles = []
        self._pause.start()
        self._show_found()

    def _search(self) -> None:
        """List the articles that hold the words, beneath the commands."""
        self._pause.stop()
        words = self.words.text().strip()
        workspace = self._window.workspace
        if workspace is None or len(words) < 2:
            self._say_nothing(words)
            return
        rows = workspace.store.article_rows(ArticleFilter(words), limit=ARTICLES)
        self._articles = [
            Command(
                row.title, "Article", "", True, lambda row=row: self._window.bridge.open(row.id)
            )
            for row in rows
        ]
        self._show_found()

    def _show_found(self) -> None:
        query = self.words.text()
        scored = [(_points(query, command), command) for command in self._commands]
        found = [(points, command) for points, command in scored if points is not None]
        if query.strip() and found:
            enough = max(points for points, _ in found) * FAR_WORSE
            found = [pair for pair in found if pair[0] >= enough]
            found.sort(key=lambda pair: (-pair[0], not pair[1].possible))
        self.list.clear()
        for command in [*(command for _, command in found), *self._articles]:
            item = QListWidgetItem(command.text, self.list)
            item.setData(Qt.ItemDataRole.UserRole, command)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken(command))
        self.list.setCurrentRow(0)
        self._say_nothing(query.strip())

    def _say_nothing(self, query: str) -> None:
        """Say that nothing was found, where nothing was and nothing is looked for any more."""
        nothing = not self.list.count()
        self.list.setHidden(nothing)
        self.nothing.setVisible(nothing)
        looking = self._pause.isActive() and len(query) > 1
        shown = shortened(query, SHOWN)
        words = "Looking through the articles…" if looking else f"Nothing is called “{shown}”."
        if nothing and words != self.nothing.text():
            self.nothing.setText(words)
            if QAccessible.isActive():
                event = QAccessibleAnnouncementEvent(self, words)
                QAccessible.updateAccessibility(event)

    def _lay_out(self) -> None:
        self.setObjectName("commands")
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.Box)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.list.setAccessibleName("Commands")
        self.list.setItemDelegate(CommandPainter(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(8)
        self.words.setMinimumHeight(32)
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        self.nothing.setWordWrap(True)
        self.nothing.setContentsMargins(10, 4, 10, 0)
        self.nothing.hide()
        column.addWidget(self.nothing)
        column.addStretch()
        room = self._window.rect()
        size = SIZE.boundedTo(room.size() - QSize(24, 48))
        self.setGeometry(QRect((room.width() - size.width()) // 2, 44, size.width(), size.height()))


class CommandPainter(QStyledItemDelegate):
    """Draws a command with what it belongs to and, on the right, its key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        """Return the height of a line with air around it."""
        return QSize(200, option.fontMetrics.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        """Draw one command."""
        command: Command = index.data(Qt.ItemDataRole.UserRole)
        view: QListWidget = self.parent()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if view.currentIndex() == index:
            ground = accent(option.palette)
            ground.setAlphaF(0.16)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), 6, 6)
        theme, metrics = system_theme(), option.fontMetrics
        box = option.rect.adjusted(10, 0, -10, 0)
        ink = theme.ink if command.possible else theme.muted
        right = command.keys if command.possible else "not possible now"
        self._write(painter, box, right, theme.muted, Qt.AlignmentFlag.AlignRight)
        box.setRight(box.right() - metrics.horizontalAdvance(right) - 16)
        detail = metrics.horizontalAdvance(command.detail) + 12
        shown = metrics.elidedText(
            command.text, Qt.TextElideMode.ElideRight, max(box.width() - detail, 80)
        )
        self._write(painter, box, shown, ink, Qt.AlignmentFlag.AlignLeft)
        box.setLeft(box.left() + metrics.horizontalAdvance(shown) + 12)
        self._write(painter, box, command.detail, theme.muted, Qt.AlignmentFlag.AlignLeft)
        painter.restore()

    def _write(
        self, painter: QPainter, box: QRect, text: str, colour: QColor, side: Qt.AlignmentFlag
    ) -> None:
        painter.setPen(colour)
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)


def spoken(command: Command) -> str:
    """Return a command in words, for screen readers."""
    state = "" if command.possible else "not possible now"
    parts = (command.text, command.detail, command.keys, state)
    return ", ".join(part for part in parts if part)


def _points(query: str, command: Command) -> float | None:
    """Return how well a command fits; what it does counts for more than what it belongs to."""
    points = score(query, command.text)
    if points is not None:
        points += 4
    else:
        points = score(query, f"{command.text} {command.detail}")
    other = fits(query, command.words)
    return max((p for p in (points, other) if p is not None), default=None)


def _actions(window: "MainWindow") -> Iterator[Command]:
    actions = window.actions_here
    for row in sorted(actions.rows, key=lambda row: "/" in row.name):
        if row.name != "commands":
            action = actions.by_name[row.name]
            text, detail = _named(row, window)
            yield Command(
                text,
                detail,
                shown_keys(row),
                action.isEnabled(),
                action.trigger,
                WORDS.get(row.name, ""),
            )


def _named(row: Row, window: "MainWindow") -> tuple[str, str]:
    """Return what a row does and what it belongs to; a label is found by its tag, too."""
    kind, _, name = row.name.partition("/")
    if kind == "tag" and window.workspace is not None:
        layer_name, label = name.split("/")
        layer = window.bridge.session.codebook.layer(layer_name)
        return f"Tag as {row.text}", f"{label} · {layer.title if layer else layer_name}"
    if kind == "link" and name:
        return f"Link by {row.text}", name
    return row.text, row.menu


def _themes() -> Iterator[Command]:
    from ui.reading import THEME_TITLES

    app = QApplication.instance()
    for name, title in THEME_TITLES.items():
        run = partial(change_theme, app, name)
        words = WORDS.get(f"theme/{name}", "")
        yield Command(f"Theme: {title[:1].lower()}{title[1:]}", "View", "", True, run, words)


def _recent(window: "MainWindow") -> Iterator[Command]:
    shown = window.workspace.store.path.absolute() if window.workspace else None
    for path in settings.recent_projects():
        if path != shown:
            run = partial(window.projects.open, path)
            yield Command(f"Open {path.stem}", f"Project in {path.parent.name}", "", True, run)
