"""The relations on the canvas: those of one span, or of all in view, and the way along them."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter

from annotation.model import Span
from ui.canvas.chips import Chip, chips_of, draw_chips
from ui.canvas.connectors import Sight, draw_connectors
from ui.canvas.ties import Ties

if TYPE_CHECKING:
    from ui.canvas.view import Canvas


class RelationView:
    """Draws relations over the blocks; reads them once for a span or a stretch of text.

    What was read holds until something changes: then the canvas makes a new one.
    """

    def __init__(self, canvas: "Canvas") -> None:
        self._canvas = canvas
        self.chips: list[Chip] = []
        self._of_span: tuple[str, Ties] | None = None
        self._in_view: tuple[tuple[int, int], Ties] | None = None
        self._tour: list[str] = []
        self._reached = ""

    def draw(self, painter: QPainter, sight: Sight, span_id: str, everything: bool) -> None:
        """Draw the relations of a span, if one is given, and all others in view if wanted."""
        self.chips = []
        ties = self._ties_of(span_id) if span_id and self._canvas.document else None
        taken = len(ties.reach) if ties else 0
        if everything and sight.shown:
            draw_connectors(painter, self._all_ties(sight), sight, min(taken, sight.rails // 2))
        if ties is not None:
            draw_connectors(painter, ties, sight)
            self.chips = chips_of(ties, sight)
            draw_chips(painter, self.chips, sight)

    def go_along(self) -> None:
        """Go to the next span that a relation ties to the picked one, and at last back to it."""
        canvas, picked = self._canvas, self._canvas.picked
        if not isinstance(picked, Span):
            canvas.bridge.refused.emit("Pick a span first.")
            return
        span_id = self._next_span(picked)
        if span_id:
            canvas.go_to(span_id)
        else:
            canvas.bridge.refused.emit("No relation ties this span to another one.")

    def _next_span(self, span: Span) -> str:
        """Return the next span on the tour of what is tied to a span; "" where nothing is.

        The tour begins at the first span asked for and comes back to it.
        """
        if span.id != self._reached:
            self._tour = self._ties_of(span.id).tour()
        if len(self._tour) < 2:
            return ""
        self._reached = self._tour[(self._tour.index(span.id) + 1) % len(self._tour)]
        return self._reached

    def _ties_of(self, span_id: str) -> Ties:
        if self._of_span is None or self._of_span[0] != span_id:
            document, codebook = self._canvas.document, self._canvas.bridge.session.codebook
            assert document is not None
            ties = Ties(document, codebook, document.relations_of(span_id), own=span_id)
            self._of_span = span_id, ties
        return self._of_span[1]

    def _all_ties(self, sight: Sight) -> Ties:
        stretch = sight.shown[0].block.start, sight.shown[-1].block.end
        if self._in_view is None or self._in_view[0] != stretch:
            document, codebook = self._canvas.document, self._canvas.bridge.session.codebook
            assert document is not None
            relations = document.relations_between(*stretch)
            self._in_view = stretch, Ties(document, codebook, relations)
        return self._in_view[1]
