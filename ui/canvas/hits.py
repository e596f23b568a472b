"""What lies under a point or a position: the spans and suggestions that can be picked."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF

from annotation.document import Document
from annotation.model import Span, Suggestion
from ui.canvas.layout import BlockLayout
from ui.canvas.marks import Marked

NEAR = 1.5
"""How many pixels beside a bar or tag still count as on it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record under the mouse; `exact` when it was its bar, tag or tint, not just its text."""

    record: Marked
    exact: bool


def hit_at(document: Document, block: BlockLayout, point: QPointF, position: int) -> Hit | None:
    """Return what a click at a point of the block picks, or None.

    A bar or tag under the point comes first, then the innermost record whose text is there.
    """
    for piece in block.pieces:
        on_tag = bool(piece.parts) and piece.tag.adjusted(-NEAR, -NEAR, NEAR, NEAR).contains(point)
        on_bar = piece.kind == "bar" and piece.band.adjusted(0, -NEAR, 0, NEAR).contains(point)
        if on_tag or on_bar:
            return Hit(piece.mark.record, True)
    for piece in block.pieces:
        if piece.kind == "tint" and any(run.contains(point) for run in piece.runs):
            return Hit(piece.mark.record, True)
    inner = records_at(document, position)
    on_text = any(line.text_top <= point.y() <= line.text_bottom for line in block.lines)
    return Hit(inner[0], False) if inner and on_text else None


def records_at(document: Document, position: int) -> list[Marked]:
    """Return the spans and suggestions over a caret position, from the inside out."""
    found: list[Span | Suggestion] = [
        *document.spans_between(max(position - 1, 0), position + 1),
        *document.suggestions_between(max(position - 1, 0), position + 1),
    ]
    over = [r for r in found if any(start <= position <= end for start, end in r.fragments)]
    return sorted(over, key=lambda r: (r.end - r.start, r.start, r.id))
