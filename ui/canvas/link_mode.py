"""The canvas while a relation is being made: letters on spans, keys, clicks."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen

from annotation.model import Span
from ui.canvas.linking import Linking
from ui.canvas.marks import Marked
from ui.canvas.scrolling import Shown
from ui.theme import mix

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

    def start(self, relation: str | None) -> None:
        """Begin a relation of that label, or with None choose the label first."""
        self.linking = Linking(self._canvas.bridge.session.codebook, relation)
        self._begin()

    def makes(self, relation: str | None) -> bool:
        """Tell whether a relation of that label is in the making, with spans chosen."""
        making = self.linking.label if self.linking else None
        return making is not None and making.name == relation and bool(self.linking.arguments)

    def end(self) -> None:
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

    def click(self, under: Iterable[Marked]) -> None:
        """Take the first of the records under the mouse that some role accepts."""
        spans = [record for record in under if isinstance(record, Span)]
        if self.linking is not None and spans:
            self.take(next(filter(self.linking.accepts, spans), spans[0]))

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
        elif not letter.isalpha() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return
        elif self.linking.label is None:
            self._choose(letter)
        else:
            self._type(letter)

    def finish(self) -> None:
        """Make the relation; when a rule refuses it, the choosing goes on."""
        if (
            self.linking is not None
            and self.linking.label
            and self._canvas.bridge.perform(self.linking.link)
        ):
            self.end()

    def _begin(self) -> None:
        picked = self._canvas.picked
        if self.linking and self.linking.label and isinstance(picked, Span):
            self.linking.toggle(picked)
        self._show()

    def _choose(self, letter: str) -> None:
        assert self.linking is not None
        for known, relation in self.linking.choices():
            if known == letter:
                self.linking.choose(relation)
                self._begin()
                return

    def _type(self, letter: str) -> None:
        assert self.linking is not None
        self._candidates(self._canvas.shown())
        span_id = self.linking.type(letter)
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
        theme = self._canvas.theme
        places = self._candidates(shown)
        codes = {span_id: code for code, span_id in self.linking.letters.items()}
        font = self._canvas.font()
        font.setBold(True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        for span_id, place in places.items():
            role = self.linking.role_of(span_id)
            code = codes.get(span_id, "")
            if role or code.startswith(self.linking.typed):
                words = f"✓ {role}" if role else code.upper()
                ground = theme.accent if role else mix(theme.page, theme.ink, 0.85)
                self._draw_badge(painter, place, words, ground, metrics)

    def _candidates(self, shown: Sequence[Shown]) -> dict[str, QPointF]:
        """Return where the spans in view that some role takes begin, and letter them."""
        assert self.linking is not None
        places: dict[str, QPointF] = {}
        spans: dict[str, Span] = {}
        for one in shown:
            for piece in one.block.pieces:
                record = piece.mark.record
                top = one.top + piece.tag.center().y()
                in_view = 0 < top < self._canvas.viewport().height()
                if not (isinstance(record, Span) and piece.parts and in_view):
                    continue
                if record.id not in places and self.linking.accepts(record):
                    places[record.id] = QPointF(self._canvas.left + piece.tag.left(), top)
                    spans[record.id] = record
        self.linking.letter(sorted(spans.values(), key=lambda span: (span.start, -span.end)))
        return places

    def _draw_badge(
        self, painter: QPainter, place: QPointF, words: str, ground: QColor, metrics: QFontMetricsF
    ) -> None:
        width = max(metrics.horizontalAdvance(words) + 8, metrics.height())
        left = max(place.x() - width + 1, 2.0)  # before the tag, which says what the span is
        badge = QRectF(left, place.y() - metrics.height() / 2, width, metrics.height())
        painter.setPen(QPen(self._canvas.theme.page, 1.0))
        painter.setBrush(ground)
        painter.drawRoundedRect(badge, 4, 4)
        painter.setPen(self._canvas.theme.page)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)
