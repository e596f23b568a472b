"""The canvas: an article's text with its spans, where tagging happens."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from annotation import edits
from annotation.document import Document
from annotation.edits import Desk
from annotation.model import Change, Fragment, Relation, Span, Suggestion
from ui.bridge import SessionBridge
from ui.canvas import caret as keys
from ui.canvas import review, tagging
from ui.canvas.grips import draw_grips, grips
from ui.canvas.link_mode import LinkMode
from ui.canvas.marks import Marked
from ui.canvas.pointer import Pointer
from ui.canvas.scrolling import Shown
from ui.canvas.text_view import TextView
from ui.canvas.words import token_at

if TYPE_CHECKING:
    from ui.canvas.card_mode import CardMode
    from ui.canvas.chips import Chip
    from ui.canvas.relation_view import RelationView
    from ui.canvas.sticky import Sticky


class Canvas(TextView):
    """Shows the open article and carries out what mouse and keys ask for.

    `mode_changed` carries a sentence while a relation is being made, an empty text after;
    `nothing_to_leave` follows an Esc that found nothing to let go of.
    """

    mode_changed = Signal(str)
    menu_wanted = Signal(QPoint)
    nothing_to_leave = Signal()

    def __init__(self, bridge: SessionBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.link_mode = LinkMode(self)
        self._relation_view: RelationView | None = None
        self._card_mode: CardMode | None = None
        self.cards = False
        self.relations_in_view = False
        self.hovered = ""
        self._pointer = Pointer(self)
        self.hidden_changed.connect(self._let_go_of_hidden)
        self.mouse_left.connect(self._pointer.leave)
        bridge.opened.connect(self._show)
        bridge.changed.connect(self._follow)
        bridge.blinded.connect(self._show_blindness)
        if bridge.document is not None:
            self._show(bridge.document)

    @cached_property
    def sticky(self) -> "Sticky":
        """The label that each selection gets at once, if one does."""
        from ui.canvas.sticky import Sticky

        return Sticky(self)

    @property
    def relation_view(self) -> "RelationView":
        """What draws relations; built when one is first to be drawn, anew after each change."""
        from ui.canvas.relation_view import RelationView

        self._relation_view = self._relation_view or RelationView(self)
        return self._relation_view

    @property
    def chips(self) -> "list[Chip]":
        """The chips in the margin, which lead to arguments out of view."""
        return self._relation_view.chips if self._relation_view else []

    @property
    def mode(self) -> "LinkMode | CardMode | None":
        """What letters and clicks go to first: the relation in the making, or the open card."""
        if self.link_mode.linking is not None:
            return self.link_mode
        return self._card_mode if self._card_mode and self._card_mode.card else None

    @property
    def card_mode(self) -> "CardMode":
        """The card of a claim; built when one is first to be shown."""
        from ui.canvas.card_mode import CardMode

        self._card_mode = self._card_mode or CardMode(self)
        return self._card_mode

    def escape(self) -> None:
        """Leave the drag, else the relation or card, selection, sticky label, or pick."""
        if self._pointer.cancel():
            return
        if self.mode is not None:
            self.mode.leave()
        elif self.selection() is not None and not self.sticky.waiting:
            self.select(self._caret, self._caret)
        elif self.sticky.leave():
            return
        elif self._picked:
            self.pick("")
        else:
            self.nothing_to_leave.emit()

    # -- tagging

    def tag(self, layer: str, label: str) -> None:
        """Tag the selection, relabel what is picked, or tag the token under the caret."""
        if self.document is None or self.sticky.takes(layer, label):
            return
        text = self.document.article.text
        token = token_at(text, self._caret)
        picked = self.picked
        if picked and not self._pointed and picked.fragments != (token,):
            picked = None
        chosen = self.selection()
        waiting = isinstance(picked, Suggestion) and chosen is None and picked.layer == layer
        self.edit(lambda desk: tagging.tag(desk, layer, label, chosen, picked, token), waiting)

    def move_edge(self, edge: str, outward: bool) -> None:
        """Move the "start" or "end" of the picked span's fragment at the caret by a token."""
        record = self.picked
        if record is None:
            self.bridge.refused.emit("Pick a span first.")
            return
        caret = self._caret
        self.edit(lambda desk: tagging.move_edge(desk, record, edge == "end", outward, caret))

    def set_fragments(self, record: Marked, fragments: tuple[Fragment, ...]) -> None:
        """Give a record other fragments, as when its boundary was dragged."""
        self.edit(lambda desk: tagging.set_fragments(desk, record, fragments))

    def add_fragment(self) -> None:
        """Add the selection to the picked span."""
        span, chosen = self.picked, self.selection()
        if not isinstance(span, Span) or chosen is None:
            self.bridge.refused.emit("Pick a span and select the words to add to it.")
            return
        fragments = (*span.fragments, chosen)
        self.edit(lambda desk: edits.add_fragment(desk, span, fragments[-1]))

    def cut_fragment(self) -> None:
        """Take the selection out of the picked span."""
        span, chosen = self.picked, self.selection()
        if not isinstance(span, Span) or chosen is None:
            self.bridge.refused.emit("Pick a span and select the words to take out of it.")
            return
        self.edit(lambda desk: tagging.cut_out(desk, span, chosen))

    def delete_picked(self) -> None:
        """Delete the picked span, or reject the picked suggestion."""
        record = self.picked
        if record is None:
            self.bridge.refused.emit("Pick a span first.")
        elif self.edit(lambda desk: tagging.delete(desk, record)):
            self.pick("")

    # -- suggestions

    def accept_picked(self) -> None:
        """Accept the picked suggestion and go on to the next; without one, go to the next.

        Where a label is sticky, what is selected gets it.
        """
        if not self.sticky.tag_selection():
            self._decide(lambda desk, picked: edits.accept(desk, picked))

    def reject_picked(self) -> None:
        """Reject the picked suggestion and go on to the next; without one, go to the next."""
        if isinstance(self.picked, Span):
            self.bridge.refused.emit(review.DECIDED)
            return
        self._decide(lambda desk, picked: edits.reject(desk, [picked]))

    def next_suggestion(self, backward: bool = False) -> None:
        """Pick the next (or previous) suggestion that waits, round the end of the article."""
        if self.document is None:
            return
        found = review.following(self.document, self.picked, self._caret, backward)
        found = found or review.round_the_end(self.document, backward)
        if found is None:
            blind = "Suggestions are hidden here; B shows them again."
            none = "No suggestion is left in this article."
            self.bridge.done.emit(blind if self.document.blind else none)
            return
        self.select(found.start, found.start)
        self.pick(found.id)
        self.reveal(found.start, found.end)

    def _decide(self, edit: Callable[[Desk, Suggestion], Change]) -> None:
        picked = self.picked
        if not isinstance(picked, Suggestion):
            self.next_suggestion()
        else:
            self.edit(lambda desk: edit(desk, picked), advance=True)

    # -- linking

    def start_linking(self, relation: str | None) -> None:
        """Begin a relation of that label, or with None choose the label first.

        Asked for again (a second click on its chip), the one in the making is made.
        """
        if self.page is None or (self._card_mode and not self._card_mode.keep()):
            return
        if self.link_mode.makes(relation):
            self.link_mode.finish()
        else:
            self.link_mode.start(relation)

    def open_card(self) -> None:
        """Show the card of the picked span."""
        picked = self.picked
        if isinstance(picked, Span):
            self.card_mode.show(picked)
        else:
            self.bridge.refused.emit("Pick a claim first.")

    def change_relation(self, relation: Relation) -> None:
        """Choose more arguments for a relation, or other ones, in the text."""
        self.setFocus()
        self.link_mode.change(relation)

    def go_to(self, span_id: str) -> None:
        """Pick a span and bring it into view."""
        span = self.document.span(span_id) if self.document else None
        if span is not None:
            self.select(span.start, span.start)
            self.pick(span_id)
            self.reveal(span.start, span.end)

    # -- following

    def _show(self, document: Document) -> None:
        if self.document is document:
            return
        self.link_mode.leave()
        if self._card_mode:
            self._card_mode.leave()
        self._relation_view = None
        self._caret = self._anchor = 0
        self.set_page(document, self.bridge.session.codebook)
        self.pick("")

    def _follow(self, change: Change) -> None:
        if self.page is None:
            return
        self.page.follow(change)
        self.link_mode.follow()
        if self._card_mode:
            self._card_mode.follow()
        self._relation_view = None
        touched = {record.id for record in (*change.removed, *change.added)}
        related = any(isinstance(record, Relation) for record in (*change.removed, *change.added))
        if self._picked and (self._picked in touched or related):
            if self.picked is None:
                self._picked = ""
            self.picked_changed.emit(self.picked)
        self.viewport().update()

    def _show_blindness(self) -> None:
        """Draw suggestions no longer, or again; one that is hidden is not picked."""
        if self.page is not None:
            self.page.forget_all_marks()
            self.pick(self._picked if self.picked else "")
            self.viewport().update()

    def edit(self, edit: Callable[[Desk], Change], advance: bool = False) -> Change | None:
        """Carry an edit out; pick what it made, or go on to the next suggestion."""
        place = self.picked.start if self.picked else self._caret
        change = self.bridge.perform(edit)
        if change is None:
            return None
        span = tagging.made(change)
        if self.selection() is not None:
            self.select(self._caret, self._caret)
        if advance:
            self.go_on(place)
        elif span is not None:
            self.pick(span.id)
            self._offer_card(change, span)
        return change

    def _offer_card(self, change: Change, span: Span) -> None:
        """Let the card follow a span that has just been tagged, or show the span's own.

        While a label is sticky no card comes between one selection and the next.
        """
        before = next((r for r in change.removed if r.id == span.id), None)
        tagged = not isinstance(before, Span) or before.label != span.label
        if tagged and (self.cards or self._card_mode):
            self.card_mode.offer(span, self.cards and self.sticky.label is None)

    def go_on(self, place: int) -> None:
        """Pick the suggestion after a place; where none follows, stay."""
        self.pick("")
        self.select(place, place)
        if self.document and review.following(self.document, None, place):
            self.next_suggestion()

    def _let_go_of_hidden(self) -> None:
        if self.picked is not None and self.picked.layer in self.hidden:
            self.pick("")

    # -- keys

    def event(self, event: QEvent) -> bool:
        """Give relation and card their letters before they are shortcuts."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self.mode is not None
            and self.mode.wants(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret; in a relation in the making, choose spans."""
        if self.page is None:
            super().keyPressEvent(event)
            return
        if event.key() == Qt.Key.Key_Escape:
            self.escape()
            return
        place = keys.collapsed(self, event, self.selection())
        place = keys.target(self, event, self._caret, self._wish) if place is None else place
        if place is None:
            if self.mode is not None:
                self.mode.key(event)
            else:
                super().keyPressEvent(event)
            return
        wish = self._wish
        if event.key() in keys.VERTICAL:
            wish = self.caret_rect(self._caret).center().x() if wish is None else wish
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.select(self._anchor if extend else place, place)
        if not extend:
            self._pointed = False  # from here on a label key means where the caret is
        self._wish = wish if event.key() in keys.VERTICAL else None
        self.reveal(place)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab for the suggestions; F6 leads on to the other panels."""
        return False

    # -- drawing over the text

    def _draw_relations(self, painter: QPainter, shown: list[Shown]) -> None:
        wanted = "" if self.link_mode.linking else self.hovered or self._picked
        if self.document is None or not self.document.span(wanted):
            wanted = ""
        if wanted or self.relations_in_view or self.chips:
            from ui.canvas.connectors import Sight

            height = self.viewport().height()
            sight = Sight(shown, self.left, height, self.theme, self._measures)
            self.relation_view.draw(painter, sight, wanted, self.relations_in_view)

    def _draw_overlays(self, painter: QPainter, shown: list[Shown]) -> None:
        picked = self.picked
        super()._draw_overlays(painter, shown)
        if self.mode is not None:
            self.mode.draw(painter, shown)
        elif picked is not None:
            draw_grips(painter, grips(self, picked), self.theme)
        if self._pointer.link is not None:
            self._pointer.link.draw(painter)

    # -- mouse: the pointer decides, the canvas acts

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Place the caret and pick, or begin to drag."""
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select, move a boundary, or see what is under the mouse."""
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag."""
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the token; a third click selects the sentence."""
        self._pointer.double(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask the window for a menu."""
        self.menu_wanted.emit(event.pos())
