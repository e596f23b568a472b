"""Finding and going there: find bar, the panels of a search and of the registries, outline."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from annotation.model import Registry, RegistryEntry, Span
from ui import settings
from ui.bridge import SessionBridge
from ui.canvas import Canvas
from ui.doors import Doors

if TYPE_CHECKING:
    from ui.find_bar import FindBar
    from ui.history_panel import HistoryPanel
    from ui.outline import Outline
    from ui.registry.panel import RegistryPanel
    from ui.search_panel import SearchPanel

SEARCH_SIZES = [500, 260]
"""Pixels of the text and of what was found below it."""

OUTLINE_SIZES = [400, 400]
"""Pixels of the list of articles and of the outline below it."""


class Finding(QObject):
    """Places what finds around the text, each part when it is first asked for.

    The bar stands under the text, and below it the hits of a search or the registries; the
    outline stands under the list of articles.
    """

    def __init__(
        self, bridge: SessionBridge, doors: Doors, canvas: Canvas, columns: QSplitter
    ) -> None:
        super().__init__(columns)
        self._bridge = bridge
        self._doors = doors
        self._canvas = canvas
        self._columns = columns
        self._text = columns.widget(1)
        self._away: list[QWidget] = []

    @cached_property
    def bar(self) -> "FindBar":
        """The bar for finding in the article."""
        from ui.find_bar import FindBar

        bar = FindBar(self._bridge, self._canvas)
        column = self._text.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, bar)
        return bar

    @cached_property
    def panel(self) -> "SearchPanel":
        """The panel for searching the project."""
        from ui.search_panel import SearchPanel

        panel = SearchPanel(self._bridge, self._doors)
        panel.chosen.connect(self.go_to)
        panel.left.connect(self._canvas.setFocus)
        self._centre.addWidget(panel)
        self._centre.setSizes(SEARCH_SIZES)
        self._centre.restoreState(settings.layout("search"))
        return panel

    @cached_property
    def registries(self) -> "RegistryPanel":
        """The panel of sources and events, where the hits of a search would stand."""
        from ui.registry.panel import RegistryPanel

        panel = RegistryPanel(
            self._bridge, self._doors.open_for_reading(self._bridge.session.store.path)
        )
        panel.chosen.connect(self.go_to)
        panel.left.connect(self._canvas.setFocus)
        self._centre.addWidget(panel)
        self._centre.setSizes([SEARCH_SIZES[0]] + SEARCH_SIZES[1:] * (self._centre.count() - 1))
        return panel

    @cached_property
    def history(self) -> "HistoryPanel":
        """The panel of who did what when, below the text as well."""
        from ui.history_panel import HistoryPanel

        open_store = self._doors.open_for_reading(self._bridge.session.store.path)
        panel = HistoryPanel(self._bridge, self._canvas, open_store)
        panel.chosen.connect(self.go_to)
        panel.entry_chosen.connect(self.open_registry)
        panel.left.connect(self._canvas.setFocus)
        self._centre.addWidget(panel)
        self._centre.setSizes([SEARCH_SIZES[0], *SEARCH_SIZES[1:] * (self._centre.count() - 1)])
        return panel

    @property
    def shows_history(self) -> bool:
        """Whether the history is on screen."""
        return "history" in vars(self) and self.history.isVisible()

    def toggle_history(self) -> None:
        """Show the history with the cursor in it, or put it away."""
        if self.shows_history:
            self.history.hide()
            self._canvas.setFocus()
        else:
            self.history.open()

    @cached_property
    def outline(self) -> "Outline":
        """The spans of the article, under the list of articles."""
        from ui.outline import Outline

        outline = Outline(self._bridge, self._canvas)
        outline.left.connect(self._canvas.setFocus)
        back = QShortcut(QKeySequence("Esc"), outline, self._canvas.setFocus)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._left.addWidget(outline)
        self._left.setSizes(OUTLINE_SIZES)
        self._left.restoreState(settings.layout("outline"))
        return outline

    def panels(self) -> list[QWidget]:
        """Return the parts that are on screen now."""
        built = [
            vars(self).get(name) for name in ("outline", "panel", "registries", "history", "bar")
        ]
        return [part for part in built if part is not None and part.isVisible()]

    def show_text_only(self, only: bool) -> None:
        """Put away what is open around the text, or bring exactly that back."""
        if only:
            built = [vars(self).get(name) for name in ("panel", "registries", "history", "bar")]
            self._away = [part for part in built if part is not None and part.isVisible()]
            for part in self._away:
                part.hide()
            return
        for part in self._away:
            # Not before the key that leads back has been dealt with: Esc would close the bar.
            QTimer.singleShot(0, part, part.show)
        self._away = []

    @property
    def shows_outline(self) -> bool:
        """Whether the outline is on screen."""
        return "outline" in vars(self) and self.outline.isVisible()

    def toggle_outline(self) -> None:
        """Show the outline with the cursor in it, or put it away."""
        if self.shows_outline:
            self.outline.hide()
            self._canvas.setFocus()
        else:
            self.outline.open()
        settings.remember_switch("outline", self.shows_outline)

    def open_search(self) -> None:
        """Open the search of the project; a short selection becomes what to search."""
        if "registries" in vars(self):
            self.registries.hide()
        self.panel.open(self._canvas.selected_words())

    def shows_registry(self, registry: Registry) -> bool:
        """Whether this registry is on screen."""
        built = "registries" in vars(self)
        return built and self.registries.isVisible() and self.registries.registry == registry

    def toggle_registry(self, registry: Registry) -> None:
        """Show a registry with the cursor in it, or put it away."""
        if self.shows_registry(registry):
            self.registries.close_panel()
        else:
            self.open_registry(registry)

    def open_registry(self, registry: Registry, entry: RegistryEntry | None = None) -> None:
        """Show a registry, and an entry of it if one is given."""
        if "panel" in vars(self):
            self.panel.stop()
            self.panel.hide()
        self.registries.open(registry, entry)

    def step(self, by: int) -> None:
        """Go to the next or previous place that a search of the project has found."""
        if "panel" in vars(self):
            self.panel.step(by)
        else:
            self.panel.open()

    def go_to(self, article_id: str, start: int, end: int, span_id: str) -> None:
        """Bring a place on screen: pick the span, or select the text; (0, 0) means the article."""
        document = self._bridge.document
        if document is None or document.article.id != article_id:
            self._bridge.open(article_id)
            document = self._bridge.document
        if document is None or document.article.id != article_id:
            return
        span = document.span(span_id) if span_id else None
        if span_id and span is None:
            self._bridge.refused.emit("This span is gone. Search again to see what there is now.")
        elif span is not None and (start, end) == (span.start, span.end):
            show_span(self._canvas, span)
        elif end > start:
            self._canvas.pick(span_id)
            self._canvas.select(start, end)
            self._canvas.reveal(start, end)

    def close(self) -> None:
        """Leave no process behind, and remember the layout."""
        if "bar" in vars(self):
            self.bar.search.stop()
        if "panel" in vars(self):
            self.panel.stop()
            settings.remember_layout("search", self._centre.saveState())
        if "outline" in vars(self):
            settings.remember_layout("outline", self._left.saveState())

    # -- making room

    @cached_property
    def _centre(self) -> QSplitter:
        """Text and search, one above the other, where the text stood alone."""
        centre = _around(self._columns, 1)
        centre.setStretchFactor(0, 1)
        return centre

    @cached_property
    def _left(self) -> QSplitter:
        """List and outline, one above the other, where the list stood alone."""
        return _around(self._columns, 0)


def show_span(canvas: Canvas, span: Span) -> None:
    """Pick a span and bring it into view, with the caret at its start."""
    canvas.select(span.start, span.start)
    canvas.pick(span.id)
    canvas.reveal(span.start, span.end)


def _around(columns: QSplitter, place: int) -> QSplitter:
    """Put a splitter around what stands at a place; the cursor stays where it is."""
    focus, sizes = columns.window().focusWidget(), columns.sizes()
    around = QSplitter(Qt.Orientation.Vertical)
    around.setChildrenCollapsible(False)
    around.setHandleWidth(1)
    inside = columns.replaceWidget(place, around)
    around.addWidget(inside)
    inside.show()
    around.show()
    columns.setSizes(sizes)
    if focus is not None:
        focus.setFocus()
    return around
