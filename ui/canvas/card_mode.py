"""The card on the canvas: keys and clicks fill it in, Enter keeps it, Esc leaves nothing."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
)

from annotation.attribution import (
    Card,
    Field,
    card_relation,
    open_card,
    opens_by_itself,
    relations_of,
)
from annotation.errors import ProjectError
from annotation.interruption import take_out
from annotation.model import Relation, Span, Value
from annotation.proposing import propose
from annotation.titles import stopped
from ui.canvas.card_lines import CUT, IMPLICIT, NEXT, NOBODY, line_of, no_card, reserved, values_of
from ui.canvas.card_panel import CardPanel
from ui.canvas.card_place import covered, place, ways
from ui.canvas.letters import Letters
from ui.canvas.marks import Marked
from ui.canvas.scrolling import Shown

if TYPE_CHECKING:
    from ui.canvas.view import Canvas

Key = Qt.Key
PLAIN = (Key.Key_Tab, Key.Key_Backtab, Key.Key_Return, Key.Key_Enter, Key.Key_Escape)
CLEARING = (Key.Key_Backspace, Key.Key_Delete)
OTHERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class CardMode:
    """Shows the card of one span by it; the text keeps the cursor, so that words can be tagged."""

    def __init__(self, canvas: "Canvas") -> None:
        self._canvas = canvas
        self.card: Card | None = None
        self.panel = CardPanel(canvas.viewport())
        self.panel.hide()
        self.letters = Letters()
        self._active = 0
        self.panel.line_wanted.connect(self.go_to)
        self.panel.letter_wanted.connect(self.letter)
        self.panel.keep_wanted.connect(self.finish)
        self.panel.leave_wanted.connect(self.leave)
        canvas.bridge.leaving.connect(self.keep)

    @property
    def field(self) -> Field:
        """The active line."""
        assert self.card is not None
        return self.card.fields()[self._active]

    # -- opening and closing

    def show(self, span: Span, another: bool = False) -> None:
        """Show the card of a span, or with `another` its next relation, or a new one."""
        desk = self._canvas.bridge.session.desk
        before = self.card.relation if self.card and another else None
        if not self.keep():
            return
        if another and before is None:
            before = next(iter(self._relations(span)[-1:]), None)
        card = open_card(desk, span, before)
        if card is None:
            self._canvas.bridge.refused.emit(no_card(desk.codebook, span.layer, span.label))
            return
        self.card, self._active = card, 0
        self.letters = Letters(reserved(card))
        propose(desk, card)
        self._canvas.pick(span.id)
        self._show()

    def offer(self, span: Span, wanted: bool) -> None:
        """Follow a span just tagged: it belongs on the card, or where `wanted` has its own."""
        codebook = self._canvas.bridge.session.codebook
        if wanted and opens_by_itself(codebook, span.layer, span.label):
            self.show(span)
        elif self.card is not None and self.card.accepts(span):
            self._try(lambda card: card.take(span, self.field.name))
            self._canvas.pick(self.card.span_id)

    def finish(self) -> None:
        """Keep what the card says, with what it proposes."""
        if self.card is not None:
            self.card.accept_proposals()
            self.keep()

    def keep(self) -> bool:
        """Store what has been chosen and close; tell whether nothing stood against it."""
        card, bridge = self.card, self._canvas.bridge
        if card is None or bridge.session.document is None:
            return True
        try:
            change = card.change(bridge.session.desk)
        except ProjectError as error:
            bridge.refused.emit(str(error))
            return False
        self.card = None
        if change is not None and bridge.perform(lambda desk: change) is None:
            self.card = card
            return False
        self._close()
        return True

    def leave(self) -> None:
        """Close the card; nothing of it has been stored."""
        if self.card is not None:
            self.card = None
            self._close()

    def follow(self) -> None:
        """Look again after an edit or an undo."""
        if self.card is None:
            return
        if self.card.follow():
            self._show()
        else:
            self.leave()

    # -- keys and clicks

    def wants(self, event: QKeyEvent) -> bool:
        """Tell whether a key means something on the card; what is selected can still be tagged."""
        if self.card is None or event.modifiers() & OTHERS:
            return False
        if event.key() in (*PLAIN, *CLEARING):
            return True
        letter = event.text()
        tagging = self._canvas.selection() is not None and self._tags(letter)
        means = len(letter) == 1 and (letter.isalpha() or letter in self._answers())
        return means and not tagging

    def key(self, event: QKeyEvent) -> None:
        """Do what a key means on the card."""
        if event.key() in (Key.Key_Return, Key.Key_Enter):
            self.finish()
        elif event.key() == Key.Key_Tab:
            self.go_to(self._active + 1)
        elif event.key() == Key.Key_Backtab:
            self.go_to(self._active - 1)
        elif event.key() in CLEARING:
            self._try(lambda card: card.clear(self.field))
        elif self.wants(event):
            self.letter(event.text().lower())

    def letter(self, letter: str) -> None:
        """Choose a value, or a span by the letter on it."""
        if self.card is None:
            return
        if letter == NEXT and letter not in self._answers():
            if span := self._span():
                self.show(span, another=True)
        elif self.field.role is None:
            self._choose(letter)
        elif letter == IMPLICIT and self.card.can_be_implicit(self.field.role):
            self._try(lambda card: card.implicit(self.field.name))
        elif letter == NOBODY and self.card.can_be_unnamed(self.field.role):
            self._unnamed()
        elif letter == CUT:
            self._cut()
        else:
            self._type(letter)

    def click(self, under: Iterable[Marked]) -> bool:
        """Take the first span under the mouse that fits a role; tell whether there is one."""
        if self.card is None or self.field.role is None:
            return False
        spans = [r for r in under if isinstance(r, Span) and self.card.accepts(r)]
        if spans:
            self._try(lambda card: card.take(spans[0], self.field.name))
        return bool(spans)

    def go_to(self, number: int) -> None:
        """Make a line the active one; past the last comes the first."""
        if self.card is not None:
            self._active = number % len(self.card.fields())
            self.letters.typed = ""
            self._show()

    def _choose(self, letter: str) -> None:
        assert self.card is not None
        field, answers = self.field, self._answers()
        if letter in answers and self._try(lambda card: card.set(field, answers[letter])):
            self.go_to(self._active + 1)

    def _answers(self) -> dict[str, Value]:
        """Return which value each key of the active line stands for; none on a role's."""
        if self.card is None or self.field.attribute is None:
            return {}
        return {key: value for key, _, value in values_of(self.card, self.field)}

    def _unnamed(self) -> None:
        """Say that the source has no name; words that are selected are tagged as it first."""
        assert self.card is not None
        field = self.field
        layer, _, label = field.role.accepts[0].partition("/") if field.role else ("", "", "")
        if self._canvas.selection() is not None and label != "*":
            self._canvas.tag(layer, label)
        self._try(lambda card: card.unnamed(field.name))

    def _cut(self) -> None:
        """Take source and cue out of the claim that they interrupt."""
        assert self.card is not None
        span, others = self._span(), self.card.inside()
        if span is not None:
            self._canvas.edit(lambda desk: take_out(desk, span, others))

    def _span(self) -> Span | None:
        """Return the span that the card is about, as it is stored."""
        document = self._canvas.document
        return document.span(self.card.span_id) if document and self.card else None

    def _type(self, letter: str) -> None:
        assert self.card is not None
        self._look(self._canvas.shown())
        span_id = self.letters.type(letter)
        span = self._canvas.document.span(span_id) if self._canvas.document and span_id else None
        if span is not None:
            self._try(lambda card: card.take(span, self.field.name))
        self._canvas.viewport().update()

    def _try(self, step: Callable[[Card], object]) -> bool:
        """Do a step on the card; where a rule refuses it, say so and change nothing."""
        assert self.card is not None
        try:
            step(self.card)
        except ProjectError as error:
            self._canvas.bridge.refused.emit(str(error))
            return False
        self._show()
        return True

    def _tags(self, letter: str) -> bool:
        """Tell whether a letter is the key of a label."""
        key = QKeySequence(letter.upper())
        return any(
            action.objectName().startswith("tag/") and key in action.shortcuts()
            for action in self._canvas.actions()
        )

    # -- showing

    def draw(self, painter: QPainter, shown: Sequence[Shown]) -> None:
        """Draw the letters on the spans, and keep the card by what it is about."""
        card = self.card
        if card is None:
            return
        if self.field.role is not None:
            self._look(shown)
            taken = dict.fromkeys((a.span_id for a in card.arguments), "✓")
            taken |= dict.fromkeys(card.proposed.values(), "?")
            self.letters.draw(painter, self._canvas.theme, self._canvas.font(), taken)
        self._place(shown)

    def _look(self, shown: Sequence[Shown]) -> None:
        assert self.card is not None
        canvas = self._canvas
        self.letters.look(shown, canvas.left, canvas.viewport().height(), self.card.letters)

    def _place(self, shown: Sequence[Shown]) -> None:
        canvas = self._canvas
        words, others = self._words(shown)
        if not words or canvas.page is None:
            return
        view, size = QSizeF(canvas.viewport().size()), QSizeF(self.panel.size())
        column, line = canvas.left + canvas.page.width, canvas.page.measures.line
        wanted = place(size, view, words, column, line, others).toPoint()
        if self.panel.pos() != wanted:
            self.panel.move(wanted)

    def _make_room(self) -> None:
        """Scroll where the card would cover its span or an argument, if that gives it room."""
        canvas = self._canvas
        for attempt in range(4):
            words, others = self._words(canvas.shown())
            view, size = QSizeF(canvas.viewport().size()), QSizeF(self.panel.size())
            if canvas.page is None or not any(QRectF(QPointF(), view).intersects(w) for w in words):
                return
            column, line = canvas.left + canvas.page.width, canvas.page.measures.line
            spot = place(size, view, words, column, line, others)
            found = ways(size, view, words, others)
            if not covered(QRectF(spot, size), words, others) or attempt >= len(found):
                return
            canvas.scroll_by(found[attempt])

    def _words(self, shown: Sequence[Shown]) -> tuple[list[QRectF], list[QRectF]]:
        """Return the lines in view of the card's span, and those of what is on the card."""
        card, document = self.card, self._canvas.document
        span = self._span()
        if card is None or document is None or span is None:
            return [], []
        ids = [*(a.span_id for a in card.arguments), *card.proposed.values()]
        return self._lines([span], shown), self._lines(document.spans(ids), shown)

    def _lines(self, spans: Iterable[Span], shown: Sequence[Shown]) -> list[QRectF]:
        canvas = self._canvas
        tag = canvas.page.measures.lane if canvas.page else 0.0  # a tag stands below the words
        return [
            rect.translated(canvas.left, one.top).adjusted(0, 0, 0, tag)
            for span in spans
            for one in shown
            for rect in one.block.rects(span.fragments)
        ]

    def _show(self) -> None:
        card, document = self.card, self._canvas.document
        if card is None or document is None:
            return
        fields = card.fields()
        lines = []
        for field in fields:
            proposed = card.proposed.get(field.name, "") if field.role else ""
            found = document.span(proposed) if proposed else None
            lines.append(line_of(card, field, found, self._mentions))
        self.panel.show_lines(self._title(card), lines, self._active)
        self._make_room()
        self.panel.show()
        self.panel.raise_()
        active = lines[self._active]
        keys = " ".join(f"{c.letter.upper()} {c.words}" for c in active.choices)
        said = "" if active.value == "–" else f": {active.value}"
        sentence = f"{card.label.title}, {active.title}{said}. {stopped(active.hint or keys)}"
        self._canvas.mode_changed.emit(f"{sentence} Tab goes on, Enter keeps, Esc leaves.")
        self._canvas.viewport().update()

    def _mentions(self, span: Span) -> str:
        """Return the name of the registry entry that a span mentions, or an empty text."""
        registries = self._canvas.bridge.session.store.registries
        found = registries.entries([span.entry_id]) if span.entry_id else []
        return found[0].name if found else ""

    def _title(self, card: Card) -> str:
        span = self._span()
        relations = self._relations(span) if span else []
        ids = [relation.id for relation in relations]
        number = ids.index(card.relation.id) + 1 if card.relation else len(ids) + 1
        total = max(len(ids), number)
        return f"{card.label.title} {number} of {total}" if total > 1 else card.label.title

    def _relations(self, span: Span) -> list[Relation]:
        desk = self._canvas.bridge.session.desk
        label = card_relation(desk.codebook, span.layer, span.label)
        return relations_of(desk, span, label) if label else []

    def _close(self) -> None:
        self.panel.hide()
        self._canvas.mode_changed.emit(self._canvas.sticky.sentence())
        self._canvas.viewport().update()
