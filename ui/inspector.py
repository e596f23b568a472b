"""The panel that shows and edits what is picked in the text."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from annotation.document import Document
from annotation.model import Change, Span, Suggestion
from ui.article_facts import ArticleFacts
from ui.bridge import SessionBridge
from ui.fitting_stack import FittingStack
from ui.look import PANEL_MARGIN

if TYPE_CHECKING:
    from ui.span_form import SpanForm
    from ui.suggestion_card import SuggestionCard

PREPARE_AFTER = 60
"""Milliseconds after the panel is shown until the form of a span is built."""


class Inspector(QScrollArea):
    """Shows the picked span, the picked suggestion, or the article where nothing is picked.

    `jump` carries the id of a span to go to, `more_wanted` a relation that is to get more
    arguments, `choosing_ended` whether those chosen are kept, `entry_wanted` a registry entry
    to be shown, `left` asks for the cursor back in the text, `decided` carries where a
    suggestion was that was accepted or rejected here.
    What is picked is shown once the text has been painted, so that tagging never waits.
    """

    jump = Signal(str)
    more_wanted = Signal(object)
    choosing_ended = Signal(bool)
    entry_wanted = Signal(object)
    left = Signal()
    decided = Signal(int)

    def __init__(self, bridge: SessionBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._picked_id = ""
        self.article = ArticleFacts()
        self._pages = FittingStack()
        self._pages.add(self.article)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._later.timeout.connect(self.refresh)
        bridge.opened.connect(self._follow_opened)
        bridge.changed.connect(self._follow_change)
        bridge.locked.connect(self._later.start)
        self._soon = QTimer(self, singleShot=True, interval=PREPARE_AFTER)
        self._soon.timeout.connect(self.prepare)

    @cached_property
    def span(self) -> "SpanForm":
        """The form of a picked span; the first picture does not wait for it."""
        from ui.span_form import SpanForm

        form = SpanForm(self._bridge)
        form.jump.connect(self.jump)
        form.left.connect(self.left)
        form.more_wanted.connect(self.more_wanted)
        form.choosing_ended.connect(self.choosing_ended)
        form.entry_wanted.connect(self.entry_wanted)
        self._pages.add(form)
        return form

    @cached_property
    def suggestion(self) -> "SuggestionCard":
        """The card of a picked suggestion; the first picture does not wait for it."""
        from ui.suggestion_card import SuggestionCard

        card = SuggestionCard(self._bridge)
        card.decided.connect(self.left)
        card.decided.connect(self.decided)
        self._pages.add(card)
        return card

    def prepare(self) -> None:
        """Build the form and the card, before anybody picks anything."""
        _ = self.span, self.suggestion

    def show_picked(self, record: Span | Suggestion | None) -> None:
        """Show a span or suggestion, or with None the article."""
        self._picked_id = record.id if record else ""
        self._later.start()

    def show_choosing(self, relation_id: str) -> None:
        """Show that arguments are being chosen for a relation; an empty id: no longer."""
        if relation_id or "span" in vars(self):
            self.span.relations.show_choosing(relation_id)

    def edit_note(self) -> None:
        """Put the cursor into the note of the picked span."""
        self.refresh()
        if self._pages.current() is self.span:
            self.span.edit_note()
            self.ensureWidgetVisible(self.span.note)
        else:
            self._bridge.refused.emit("Pick a span first: a note belongs to a span.")

    def choose_entry(self) -> None:
        """Let the person choose which registry entry the picked span mentions."""
        self.refresh()
        if self._pages.current() is self.span and not self.span.who.isHidden():
            self.span.who.choose()
            self.ensureWidgetVisible(self.span.who)
        else:
            self._bridge.refused.emit("Pick a source or an event first: they have registries.")

    def edit_attributes(self) -> None:
        """Put the cursor into the first attribute of the picked span."""
        self.refresh()
        if self._pages.current() is self.span:
            why_not = self.span.edit_attributes()
            if why_not:
                self._bridge.refused.emit(why_not)
        else:
            self._bridge.refused.emit("Pick a span first: attributes belong to a span.")

    def refresh(self) -> None:
        """Show the picked record as it is now."""
        self._later.stop()
        document = self._bridge.document
        if document is None:
            return
        span = document.span(self._picked_id) if self._picked_id else None
        suggestion = document.suggestion(self._picked_id) if self._picked_id else None
        if span is not None:
            self.span.show_span(document, span)
            self._show(self.span)
        elif suggestion is not None:
            self.suggestion.show_suggestion(suggestion)
            self._show(self.suggestion)
        else:
            self.article.show_article(document.article)
            self._show(self.article)

    def _show(self, page: QWidget) -> None:
        if self._pages.current() is not page:
            self._pages.show_page(page)
            self.verticalScrollBar().setValue(0)

    def _follow_opened(self, document: Document) -> None:
        self._picked_id = ""
        self._later.start()

    def _follow_change(self, change: Change) -> None:
        document = self._bridge.document
        if document is None:
            return
        records = (*change.removed, *change.added)
        if any(record.article_id in ("", document.article.id) for record in records):
            self._later.start()  # a registry entry, which has no article, may be shown here

    def showEvent(self, event: QShowEvent) -> None:
        """Build what is shown later in the first quiet moment."""
        super().showEvent(event)
        self._soon.start()

    def _lay_out(self) -> None:
        self.setAccessibleName("Inspector")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(PANEL_MARGIN, PANEL_MARGIN, PANEL_MARGIN, PANEL_MARGIN)
        column.addWidget(self._pages)
        column.addStretch(1)
        self.setWidget(body)
