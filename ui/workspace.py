"""One open project on screen: the text first, then the panels around it."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotation.document import Document
from annotation.errors import ProjectError
from annotation.model import Change, Registry, RegistryEntry, Span, Suggestion
from annotation.store import ArticleFilter, Store
from ui import settings
from ui.banner import Banner
from ui.bridge import SessionBridge
from ui.canvas import Canvas
from ui.canvas.measures import Reading
from ui.doors import Doors

if TYPE_CHECKING:
    from ui.accessible import Announcer
    from ui.article_list import ArticleList
    from ui.backups.backing_up import BackingUp
    from ui.finding import Finding
    from ui.importing import Importing
    from ui.inspector import Inspector
    from ui.palette import LabelPalette
    from ui.panels import Panels
    from ui.prehighlighting import Prehighlighting
    from ui.review_bar import ReviewBar
    from ui.start_page import StartPage
    from ui.watching import Watching

KEEP_ALIVE = 20_000
"""Milliseconds between two signs of life to other windows."""

WORK_AFTER = 300
"""Milliseconds after the panels are there until work begins in the background."""

SIZES = [250, 700, 330]
"""Pixels of list, text and side column in a window of 1280."""


class Workspace(QWidget):
    """Places the text and the panels of one project and lets go of it when closed.

    The panels are built when they are first asked for, or once the text is on screen.
    `work_changed` carries what is going on in the background, how much is done, and of how
    many; an empty text when nothing is. `wanted` carries the name of an action asked for
    where there are no articles yet.
    """

    work_changed = Signal(str, int, int)
    articles_added = Signal()
    wanted = Signal(str)

    def __init__(self, bridge: SessionBridge, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.doors = doors
        self.store: Store = bridge.session.store
        self.canvas = Canvas(bridge)
        self.canvas.read_as(Reading(*settings.reading()))
        self.canvas.hide_layers(settings.hidden_layers(self.store.path))
        self.canvas.relations_in_view = settings.switched_on("relations_in_view", False)
        self.canvas.cards = settings.switched_on("cards", True)
        self.banner = Banner(self)
        self._centre = QStackedWidget()
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._sign_of_life = QTimer(self, interval=KEEP_ALIVE)
        self._soon = QTimer(self, singleShot=True, interval=WORK_AFTER)
        self._panels: Panels | None = None
        self._announcer: Announcer | None = None
        self._closed = self._troubled = False
        self._lay_out()
        self._connect()

    @cached_property
    def empty(self) -> "StartPage":
        """The page for a project without articles."""
        from ui.start_page import StartPage

        page = StartPage.without_articles()
        page.wanted.connect(self.wanted)
        self._centre.addWidget(page)
        return page

    @property
    def articles(self) -> "ArticleList":
        """The panel on the left."""
        return self._furnished().articles

    @property
    def palette_panel(self) -> "LabelPalette":
        """The panel of labels and relations."""
        return self._furnished().palette

    @property
    def inspector(self) -> "Inspector":
        """The panel of the picked span."""
        return self._furnished().inspector

    @property
    def review_bar(self) -> "ReviewBar":
        """The bar below the text that counts suggestions."""
        return self._furnished().review

    @property
    def prehighlighting(self) -> "Prehighlighting":
        """The work of the model."""
        return self._furnished().prehighlighting

    @property
    def importing(self) -> "Importing":
        """The work of an import."""
        return self._furnished().importing

    @cached_property
    def finding(self) -> "Finding":
        """What finds: in the article, in the project, and the outline."""
        from ui.finding import Finding

        self._furnished()
        return Finding(self.bridge, self.doors, self.canvas, self._columns)

    @cached_property
    def backing_up(self) -> "BackingUp":
        """What makes backups while the project is open."""
        from ui.backups.backing_up import BackingUp

        return BackingUp(self.bridge, self.doors, self)

    @cached_property
    def watching(self) -> "Watching":
        """What waits until another window has closed the project."""
        from ui.watching import Watching

        return Watching(self)

    @property
    def shows_outline(self) -> bool:
        """Whether the outline is on screen."""
        return "finding" in vars(self) and self.finding.shows_outline

    @property
    def shows_history(self) -> bool:
        """Whether the history is on screen."""
        return "finding" in vars(self) and self.finding.shows_history

    def open_start(self) -> None:
        """Put the article on screen that was there last, or the first one."""
        last = settings.last_article(self.store.path)
        if last and self._holds(last):
            self.bridge.open(last)
        elif first := self.store.article_rows(ArticleFilter(), limit=1):
            self.bridge.open(first[0].id)
        else:
            self._centre.setCurrentWidget(self.empty)
            QTimer.singleShot(0, self._complete)

    def settle_in(self) -> None:
        """Do what waits until the panels are there: tags, screen readers, the outline."""
        from ui.accessible import Announcer
        from ui.looking_over import LookingOver

        self._soon.stop()
        LookingOver(self.bridge)
        self._warn_of_place()
        self.canvas.prepare_tags()
        if self._announcer is None:
            self._announcer = Announcer(self.bridge, self.canvas)
        if settings.switched_on("outline", default=False):
            self.finding.outline.show()
        if self.store.read_only:
            self.watching.begin()

    def start_work(self) -> None:
        """Begin what goes on in the background."""
        self.prehighlighting.begin(asked=False)
        self.index_the_rest()
        self.backing_up.watch()

    def index_the_rest(self) -> None:
        """Put what is not in the search index into it, behind the window."""
        self._furnished().indexing.begin()

    def make_index_anew(self) -> None:
        """Empty the search index and fill it again, behind the window."""
        self._furnished().indexing.begin_anew()

    def stop_work(self) -> None:
        """Stop what goes on in the background."""
        if self._panels is not None:
            self._panels.stop()

    def show_text_only(self, only: bool) -> None:
        """Put the panels beside the text away, or back."""
        self._furnished()
        for place in (0, 2):
            self._columns.widget(place).setVisible(not only)
        if "finding" in vars(self):
            self.finding.show_text_only(only)

    def show_relations_in_view(self, shown: bool) -> None:
        """Draw the relations of all spans in view, now and after the next start."""
        self.canvas.relations_in_view = shown
        self.canvas.viewport().update()
        settings.remember_switch("relations_in_view", shown)

    def show_cards(self, shown: bool) -> None:
        """Show a card for each claim that is tagged, now and after the next start."""
        self.canvas.cards = shown
        settings.remember_switch("cards", shown)

    def next_panel(self, by: int) -> None:
        """Move the cursor to the next or previous of list, text, labels, inspector and bars."""
        from ui.going_round import go_round

        found = self.finding.panels() if "finding" in vars(self) else []
        text = [self.canvas, self.review_bar]
        panels = [self.articles, *found, *text, self.palette_panel, self.inspector]
        go_round(panels, by)

    def leave(self) -> None:
        """Hand over what is being written, stop all work, remember the layout."""
        self._closed = True
        self.bridge.leaving.emit()
        for timer in self.findChildren(QTimer):
            timer.stop()  # a pause in somebody's typing must not ask a closed project
        self.setUpdatesEnabled(False)  # nor must a picture that is still due, under a dialog
        document = self.bridge.document
        if document is not None:
            settings.remember_article(self.store.path, document.article.id)
        if "finding" in vars(self):
            self.finding.close()
        if "backing_up" in vars(self):
            self.backing_up.close()
        if self._panels is not None:
            self._panels.close()
            settings.remember_layout("columns", self._columns.saveState())

    # -- following

    def _connect(self) -> None:
        self.canvas.first_painted.connect(self._complete, Qt.ConnectionType.QueuedConnection)
        self.canvas.menu_wanted.connect(self._show_menu)
        self.canvas.reading_changed.connect(settings.remember_reading)
        self.canvas.hidden_changed.connect(self._remember_hidden)
        self.bridge.opened.connect(self._follow_opened)
        self.bridge.locked.connect(self._show_lock)
        self.bridge.locked.connect(lambda: self.watching.begin())
        self.bridge.travelled.connect(self._show_change)
        self._sign_of_life.timeout.connect(self._keep_alive)
        self._sign_of_life.start()
        self._soon.timeout.connect(self.settle_in)
        self._soon.timeout.connect(self.start_work)

    def _furnished(self) -> "Panels":
        """Return the panels, built now if they were not yet."""
        if self._panels is None:
            from ui.panels import Panels

            self._panels = Panels(self.bridge, self.doors, self.canvas, self)
            self._panels.place(self._columns)
            self._panels.importing.ended.connect(self._show_new_articles)
            self._panels.inspector.jump.connect(self._jump)
            self._panels.inspector.entry_wanted.connect(self._show_entry)
            self._panels.inspector.more_wanted.connect(self.canvas.change_relation)
            self._panels.inspector.choosing_ended.connect(self.canvas.link_mode.end)
            self.canvas.mode_changed.connect(self._show_choosing)
        return self._panels

    def shows_registry(self, registry: Registry) -> bool:
        """Whether a registry is on screen."""
        return "finding" in vars(self) and self.finding.shows_registry(registry)

    def _show_entry(self, entry: RegistryEntry) -> None:
        self.finding.open_registry(entry.registry, entry)

    def _show_choosing(self) -> None:
        self.inspector.show_choosing(self.canvas.link_mode.changing)

    def _complete(self) -> None:
        """Put the panels around the text, and soon begin what goes on in the background."""
        if not self._closed:
            self._furnished()
            self._soon.start()

    def _show_new_articles(self) -> None:
        """Show articles that have been added to the project, and let the model read them."""
        self.bridge.imported.emit()
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
        document = self.bridge.document
        here = document.article.id if document else ""
        records = [r for r in (*change.added, *change.removed) if r.article_id == here]
        place = next((r for r in records if isinstance(r, Span | Suggestion)), None)
        if place is not None:
            self.canvas.reveal(place.start, place.end)

    def _remember_hidden(self) -> None:
        settings.remember_hidden_layers(self.store.path, self.canvas.hidden)

    def _jump(self, span_id: str) -> None:
        self.canvas.pick(span_id)
        document = self.bridge.document
        span = document.span(span_id) if document else None
        if span is not None:
            self.canvas.reveal(span.start, span.end)
        self.canvas.setFocus()

    def _show_menu(self, place: QPoint) -> None:
        from ui.canvas_menu import canvas_menu

        canvas_menu(self).popup(self.canvas.viewport().mapToGlobal(place))

    def _keep_alive(self) -> None:
        trouble = self.bridge.keep_alive()
        if self.store.read_only:
            return  # the banner says so, and that stays
        if trouble:
            self.banner.say(trouble)
        elif self._troubled:
            self.banner.hide()
        self._troubled = bool(trouble)

    def _warn_of_place(self) -> None:
        """Say once that the project is in a folder where it is not safe."""
        from ui.synced import warning

        path = self.store.path
        if self.store.read_only or settings.warned(path):
            return
        if words := warning(path):
            self.banner.say(words)
            settings.remember_warning(path)

    def _show_lock(self) -> None:
        until = " until that window is closed" if self.store.holder() != "nobody can" else ""
        self.banner.say(
            f"Read-only: {self.store.read_only}. Here the project can be read and exported; "
            f"nothing in it can be changed{until}."
        )

    def _holds(self, article_id: str) -> bool:
        try:
            self.store.article_row(article_id)
        except ProjectError:
            return False
        return True

    # -- placing

    def _lay_out(self) -> None:
        self._centre.addWidget(self.canvas)
        middle = QWidget()
        text = QVBoxLayout(middle)  # with room for a bar below
        text.setContentsMargins(0, 0, 0, 0)
        text.setSpacing(0)
        text.addWidget(self._centre, 1)
        for widget in (QWidget(), middle, QWidget()):  # until the panels are there
            self._columns.addWidget(widget)
        self._columns.setHandleWidth(1)
        self._columns.setChildrenCollapsible(False)
        self._columns.setStretchFactor(1, 1)
        if not self._columns.restoreState(settings.layout("columns")):
            self._columns.setSizes(SIZES)
        if self.store.read_only:
            self._show_lock()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._columns, 1)
