"""What lies under a point or a position: the spans and suggestions that can be picked."""

from PySide6.QtCore import QPointF

from annotation.document import Document
from annotation.model import Span, Suggestion
from ui.canvas.layout import BlockLayout, Line
from ui.canvas.marks import Marked

NEAR = 1.5
"""How many pixels beside a bar or tag still count as on it."""


def bar_at(block: BlockLayout, point: QPointF) -> Marked | None:
    """Return the record whose bar or tag is under a point of the block, or None."""
    for piece in block.pieces_at_y(point.y()):
        on_tag = bool(piece.parts) and piece.tag.adjusted(-NEAR, -NEAR, NEAR, NEAR).contains(point)
        on_bar = piece.kind == "bar" and piece.band.adjusted(0, -NEAR, 0, NEAR).contains(point)
        if on_tag or on_bar:
            return piece.mark.record
    return None


def tints_at(block: BlockLayout, point: QPointF) -> list[Marked]:
    """Return the records whose tint is under a point of the block, from the inside out."""
    found = [
        piece.mark.record
        for piece in block.pieces_at_y(point.y())
        if piece.kind == "tint" and any(run.contains(point) for run in piece.runs)
    ]
    return _from_inside(found)


def text_at(
    document: Document,
    block: BlockLayout,
    line: Line,
    point: QPointF,
    hidden: frozenset[str] = frozenset(),
) -> list[Marked]:
    """Return the records of the character under a point of the block, from the inside out.

    What lies in a `hidden` layer is passed over.
    """
    if not line.text_top <= point.y() <= line.text_bottom:
        return []
    position = block.position_at(line, point.x())
    return [
        record
        for record in records_at(document, position, hidden)
        if any(
            left <= point.x() <= right
            for start, end in record.fragments
            for left, right in block.extents(line, start, end)
        )
    ]


def records_at(
    document: Document, position: int, hidden: frozenset[str] = frozenset()
) -> list[Marked]:
    """Return the spans and suggestions over a caret position, from the inside out.

    What lies in a `hidden` layer is passed over.
    """
    found: list[Span | Suggestion] = [
        *document.spans_between(max(position - 1, 0), position + 1),
        *document.suggestions_between(max(position - 1, 0), position + 1),
    ]
    over = [r for r in found if any(start <= position <= end for start, end in r.fragments)]
    return _from_inside([record for record in over if record.layer not in hidden])


def _from_inside(records: list[Marked]) -> list[Marked]:
    return sorted(records, key=lambda r: (r.end - r.start, r.start, r.id))
