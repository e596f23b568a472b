"""One open project on screen: the articles, the text, the labels and the inspector."""

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QLabel, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotation import edits
from annotation.document import Document
from annotation.errors import ProjectError
from annotation.model import Change, Span, Suggestion
from annotation.store import Store
from ui import settings
from ui.article_list import ArticleList
from ui.bridge import SessionBridge
from ui.canvas import Canvas
from ui.importing import Importing
from ui.inspector import Inspector
from ui.look import PANEL_MARGIN
from ui.palette import LabelPalette
from ui.prehighlighting import Prehighlighting
from ui.projects import Doors
from ui.start_page import StartPage
from ui.theme import mix, system_theme

KEEP_ALIVE = 20_000
"""Milliseconds between two signs of life to other windows."""

SIZES = [250, 700, 330]
"""Pixels of list, text and side column in a window of 1280."""


class Workspace(QWidget):
    """Places the panels of one project and lets go of it when closed.

    `work_changed` carries what is going on in the background, how much is done, and of how
    many; an empty text when nothing is.
    """

    work_changed = Signal(str, int, int)
    articles_added = Signal()

    def __init__(self, bridge: SessionBridge, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.doors = doors
        self.store: Store = bridge.session.store
        self.articles = ArticleList(bridge)
        self.canvas = Canvas(bridge)
        self.palette_panel = LabelPalette(bridge, self.canvas)
        self.inspector = Inspector(bridge)
        self.prehighlighting = Prehighlighting(
            bridge, doors.open_for_reading(self.store.path), self
        )
        self.importing = Importing(bridge, self)
        self.empty = StartPage.without_articles()
        self.banner = Banner(self)
        self._centre = QStackedWidget()
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._side = QSplitter(Qt.Orientation.Vertical)
        self._sign_of_life = QTimer(self, interval=KEEP_ALIVE)
        self._lay_out()
        self._connect()

    def open_start(self) -> None:
        """Put the article on screen that was there last, or the first one."""
        last = settings.last_article(self.store.path)
        if last and self._holds(last):
            self.bridge.open(last)
        else:
            self.articles.open_first()

    def start_work(self) -> None:
        """Begin what goes on in the background."""
        self.prehighlighting.begin(asked=False)

    def stop_work(self) -> None:
        """Stop what goes on in the background."""
        self.importing.stop()
        self.prehighlighting.stop()

    def accept_all(self) -> None:
        """Accept all suggestions of the article on screen."""
        self.bridge.perform(
            lambda desk: edits.accept_all(desk, desk.document.pending_suggestions())
        )

    def next_panel(self, by: int) -> None:
        """Move the cursor to the next or previous of list, text, labels and inspector."""
        panels = [self.articles, self.canvas, self.palette_panel, self.inspector]
        here = next((i for i, panel in enumerate(panels) if _has_focus(panel)), 0)
        for step in range(1, len(panels) + 1):
            panel = panels[(here + by * step) % len(panels)]
            target = _entrance(panel)
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def close_project(self) -> None:
        """Hand over what is being written, remember the layout, give the project free."""
        self.bridge.leaving.emit()
        for timer in self.findChildren(QTimer):
            timer.stop()  # a pause in somebody's typing must not ask a closed project
        self.importing.close()
        self.prehighlighting.close()
        document = self.bridge.document
        if document is not None:
            settings.remember_article(self.store.path, document.article.id)
        settings.remember_layout("columns", self._columns.saveState())
        settings.remember_layout("side", self._side.saveState())
        self.store.close()

    # -- following

    def _connect(self) -> None:
        self.prehighlighting.work_changed.connect(self.work_changed)
        self.importing.work_changed.connect(self.work_changed)
        self.importing.begun.connect(self.prehighlighting.stop)
        self.importing.ended.connect(self._show_new_articles)
        self.bridge.opened.connect(self._follow_opened)
        self.bridge.locked.connect(self._show_lock)
        self.bridge.travelled.connect(self._show_change)
        self.canvas.picked_changed.connect(self.inspector.show_picked)
        self.canvas.menu_wanted.connect(self._show_menu)
        self.inspector.jump.connect(self._jump)
        self.inspector.left.connect(self.canvas.setFocus)
        self.articles.left.connect(self.canvas.setFocus)
        self._sign_of_life.timeout.connect(self._keep_alive)
        self._sign_of_life.start()
        for panel in (self.articles, self.palette_panel, self.inspector):
            back = QShortcut(QKeySequence("Esc"), panel, self.canvas.setFocus)
            back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _show_new_articles(self) -> None:
        """Show articles that have been added to the project, and let the model read them."""
        self.articles.reload()
        if self.bridge.document is None:
            self.articles.open_first()
        self.articles_added.emit()
        self.prehighlighting.begin(asked=False)

    def _follow_opened(self, document: Document) -> None:
        if self._centre.currentWidget() is not self.canvas:
            self._centre.setCurrentWidget(self.canvas)
            self.canvas.setFocus()

    def _show_change(self, change: Change) -> None:
        """Bring into view what undo or redo has changed."""
        records = (*change.added, *change.removed)
        place = next((r for r in records if isinstance(r, Span | Suggestion)), None)
        if place is not None:
            self.canvas.reveal(place.start, place.end)

    def _jump(self, span_id: str) -> None:
        self.canvas.pick(span_id)
        document = self.bridge.document
        span = document.span(span_id) if document else None
        if span is not None:
            self.canvas.reveal(span.start, span.end)
        self.canvas.setFocus()

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        inner: dict[str, QMenu] = {}
        for action in self.canvas.actions():
            group = "/".join(action.objectName().split("/")[:-1])
            if not action.isEnabled():
                continue
            if group and group not in inner:
                inner[group] = menu.addMenu(self._group_title(group))
            (inner[group] if group else menu).addAction(action)
        menu.popup(self.canvas.viewport().mapToGlobal(place))

    def _group_title(self, group: str) -> str:
        """Return what a group of actions is called: "tag/LAYER" by its layer, "link" Link."""
        layer = self.bridge.session.codebook.layer(group.partition("/")[2])
        return layer.title if layer else group.capitalize()

    def _keep_alive(self) -> None:
        trouble = self.bridge.keep_alive()
        if self.store.read_only:
            return  # the banner says so, and that stays
        if trouble:
            self.banner.say(trouble)
        else:
            self.banner.hide()

    def _show_lock(self) -> None:
        self.banner.say(
            f"Read-only: {self.store.read_only}. Here the project can be read and exported; "
            "nothing in it can be changed."
        )

    def _holds(self, article_id: str) -> bool:
        try:
            self.store.article_row(article_id)
        except ProjectError:
            return False
        return True

    # -- placing

    def _lay_out(self) -> None:
        self._side.addWidget(self.palette_panel)
        self._side.addWidget(self.inspector)
        self._centre.addWidget(self.empty)
        self._centre.addWidget(self.canvas)
        for widget in (self.articles, self._centre, self._side):
            self._columns.addWidget(widget)
        for splitter in (self._columns, self._side):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
        self._columns.setStretchFactor(1, 1)
        if not self._columns.restoreState(settings.layout("columns")):
            self._columns.setSizes(SIZES)
        if not self._side.restoreState(settings.layout("side")):
            self._side.setSizes([412, 333])
        if self.store.read_only:
            self._show_lock()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._columns, 1)


class Banner(QLabel):
    """A sentence above everything, about the whole project; not there until there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(PANEL_MARGIN, 7, PANEL_MARGIN, 7)
        self.setAutoFillBackground(True)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence in the colours of a warning."""
        self.setText(sentence)
        self._colour()
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._colour()

    def _colour(self) -> None:
        theme = system_theme()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, mix(theme.page, theme.warning, 0.14))
        palette.setColor(QPalette.ColorRole.WindowText, theme.ink)
        self.setPalette(palette)


def _has_focus(panel: QWidget) -> bool:
    focus = panel.window().focusWidget()
    return focus is not None and (focus is panel or panel.isAncestorOf(focus))


def _entrance(panel: QWidget) -> QWidget | None:
    """Return where the cursor enters a panel: itself, or the first control in it."""
    if panel.focusProxy() or panel.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return panel
    inside = panel.findChildren(QWidget)
    return next(
        (
            w
            for w in inside
            if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        ),
        None,
    )
