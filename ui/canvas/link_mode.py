"""The canvas while a relation is being made: letters on spans, keys, clicks."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen

from annotation.model import Relation, Span
from annotation.titles import with_article
from ui.canvas.letters import Letters
from ui.canvas.linking import Linking
from ui.canvas.marks import Marked
from ui.canvas.scrolling import Shown

if TYPE_CHECKING:
    from ui.canvas.view import Canvas

ROW = 26.0
"""Height of a row in the list of relations, in pixels."""

WIDTH = 300.0


class LinkMode:
    """Turns keys and clicks into a relation; leaves nothing behind when it is left."""

    def __init__(self, canvas: "Canvas") -> None:
        self._canvas = canvas
        self.linking: Linking | None = None
        self.letters = Letters()

    def start(self, relation: str | None) -> None:
        """Begin a relation of that label, or with None choose the label first.

        The choice is among those that have a role for the picked span.
        """
        codebook, picked = self._canvas.bridge.session.codebook, self._canvas.picked
        span = picked if isinstance(picked, Span) else None
        self.linking = Linking(codebook, relation, begun_at=span)
        if span is not None and relation is None and not self.linking.choices():
            self.linking = None
            words = with_article(codebook.titled(span.layer, span.label))
            self._canvas.bridge.refused.emit(f"No relation has a role for {words}.")
            return
        self._begin()

    def change(self, relation: Relation) -> None:
        """Change the arguments of a relation that there is."""
        self.linking = Linking(self._canvas.bridge.session.codebook, relation.label, relation)
        self.letters = Letters()
        self._show()

    @property
    def changing(self) -> str:
        """The id of the relation that gets other arguments, empty where a new one is made."""
        return self.linking.relation_id if self.linking else ""

    def end(self, keep: bool) -> None:
        """Keep what is chosen, or leave without a trace."""
        if keep:
            self.finish()
        else:
            self.leave()

    def makes(self, relation: str | None) -> bool:
        """Tell whether a relation of that label is in the making, with spans chosen."""
        making = self.linking.label if self.linking else None
        return making is not None and making.name == relation and bool(self.linking.arguments)

    def leave(self) -> None:
        """Leave without a trace."""
        if self.linking is not None:
            self.linking = None
            self._canvas.mode_changed.emit(self._canvas.sticky.sentence())
            self._canvas.viewport().update()

    def take(self, span: Span) -> None:
        """Take a span as an argument, or back out."""
        if self.linking is None or self.linking.label is None:
            return
        refusal = self.linking.toggle(span)
        if refusal:
            self._canvas.bridge.refused.emit(refusal)
        self._show()

    def click(self, under: Iterable[Marked]) -> bool:
        """Take the first of the records under the mouse that a role accepts; all clicks count."""
        spans = [record for record in under if isinstance(record, Span)]
        if self.linking is not None and spans:
            self.take(next(filter(self.linking.accepts, spans), spans[0]))
        return True

    def wants(self, event: QKeyEvent) -> bool:
        """Tell whether a key means something here and is no shortcut."""
        return not event.modifiers() & Qt.KeyboardModifier.ControlModifier

    def follow(self) -> None:
        """Forget arguments whose spans are no more, as after an undo."""
        document = self._canvas.document
        if self.linking is not None and document is not None:
            self.linking.arguments = [
                argument for argument in self.linking.arguments if document.span(argument.span_id)
            ]
            self._show()

    def key(self, event: QKeyEvent) -> None:
        """Choose the relation or a span by its letters; Enter makes the relation."""
        assert self.linking is not None
        letter = event.text().lower()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return
        elif letter.isdecimal() and self.linking.label is not None:
            self._aim(int(letter))
        elif letter.isalpha() and self.linking.label is None:
            self._choose(letter)
        elif letter.isalpha():
            self._type(letter)

    def finish(self) -> None:
        """Make the relation; when a rule refuses it, the choosing goes on."""
        if (
            self.linking is not None
            and self.linking.label
            and self._canvas.bridge.perform(self.linking.link)
        ):
            self.leave()

    def _begin(self) -> None:
        """Take what is picked; where it is in a group of this kind, go on with the group."""
        picked, linking = self._canvas.picked, self.linking
        self.letters = Letters()
        if linking and linking.label and isinstance(picked, Span):
            group = self._group_of(picked, linking.label.name) if linking.label.symmetric else None
            if group is not None:
                linking.change(group)
            else:
                linking.toggle(picked)
        self._show()

    def _group_of(self, span: Span, label: str) -> Relation | None:
        """Return the relation that a span is a member of, where more members have room."""
        assert self._canvas.document is not None and self.linking and self.linking.label
        if any(role.max is not None for role in self.linking.label.roles):
            return None
        relations = self._canvas.document.relations_of(span.id)
        return next((relation for relation in relations if relation.label == label), None)

    def _aim(self, number: int) -> None:
        assert self.linking is not None
        refusal = self.linking.take_aim(number)
        if refusal:
            self._canvas.bridge.refused.emit(refusal)
        self._show()

    def _choose(self, letter: str) -> None:
        assert self.linking is not None
        for known, relation in self.linking.choices():
            if known == letter:
                self.linking.choose(relation)
                self._begin()
                return

    def _type(self, letter: str) -> None:
        self._look(self._canvas.shown())
        span_id = self.letters.type(letter)
        document = self._canvas.document
        span = document.span(span_id) if span_id and document else None
        if span is not None:
            self.take(span)
        self._canvas.viewport().update()

    def _show(self) -> None:
        if self.linking is not None:
            self._canvas.mode_changed.emit(self.linking.sentence())
        self._canvas.viewport().update()

    # -- drawing

    def draw(self, painter: QPainter, shown: Sequence[Shown]) -> None:
        """Draw the list of relations, or the letters on the spans in view."""
        if self.linking is None:
            return
        if self.linking.label is None:
            self._draw_list(painter)
        else:
            self._draw_letters(painter, shown)

    def _draw_list(self, painter: QPainter) -> None:
        assert self.linking is not None
        theme = self._canvas.theme
        choices = self.linking.choices()
        area = self._canvas.viewport().rect()
        box = QRectF(0, 0, WIDTH, ROW * len(choices) + 16)
        box.moveCenter(QPointF(area.center()))
        painter.setPen(QPen(theme.muted, 1))
        painter.setBrush(theme.page)
        painter.drawRoundedRect(box, 8, 8)
        painter.setFont(self._canvas.font())
        for number, (letter, relation) in enumerate(choices):
            row = QRectF(box.left() + 16, box.top() + 8 + number * ROW, WIDTH - 32, ROW)
            painter.setPen(theme.accent)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, letter.upper())
            painter.setPen(theme.ink)
            words = row.adjusted(32, 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, relation.title)

    def _draw_letters(self, painter: QPainter, shown: Sequence[Shown]) -> None:
        assert self.linking is not None
        self._look(shown)
        taken = {a.span_id: f"✓ {a.role.replace('_', ' ')}" for a in self.linking.arguments}
        self.letters.draw(painter, self._canvas.theme, self._canvas.font(), taken)

    def _look(self, shown: Iterable[Shown]) -> None:
        assert self.linking is not None
        canvas = self._canvas
        self.letters.look(shown, canvas.left, canvas.viewport().height(), self.linking.accepts)
