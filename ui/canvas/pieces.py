"""What a mark becomes on one line: its runs, its band and its tag, stacked with the others."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import QRectF

from ui.canvas.lanes import Stretch, assign
from ui.canvas.marks import Mark
from ui.canvas.measures import Measures

CROSS = 6.0
"""The size in pixels of the sign on a span that crosses another."""

Kind = Literal["tint", "bar"]


@dataclass(slots=True)
class Part:
    """One fragment's run on one line, from `left` to `right`; `opens` and `closes` say
    whether the fragment begins and ends here.
    """

    left: float
    right: float
    opens: bool
    closes: bool


@dataclass(slots=True)
class Piece:
    """A mark on one line, ready to be painted; rectangles are relative to the block.

    `band` is the strip of a bar or of the tinted text, `tag` where the tag's text stands:
    at the right where the paragraph is read from there (`from_right`). `ties` are the dotted
    runs between fragments; parts and ties lie from `left` to `right`. `begins` and
    `finishes` say whether the whole span does on this line; `shared` whether a tint lies
    over or under another one.
    """

    mark: Mark
    kind: Kind
    parts: list[Part]
    ties: list[tuple[float, float]]
    left: float
    right: float
    begins: bool
    finishes: bool
    from_right: bool = False
    shared: bool = False
    lane: int = 0
    band: QRectF = field(default_factory=QRectF)
    tag: QRectF = field(default_factory=QRectF)
    runs: list[QRectF] = field(default_factory=list)

    def shift(self, by: float) -> None:
        """Move down by so many pixels."""
        self.band.translate(0, by)
        self.tag.translate(0, by)
        for run in self.runs:
            run.translate(0, by)

    @property
    def last_edge(self) -> float:
        """The side on which reading ends."""
        return self.left if self.from_right else self.right


def stacked(pieces: Iterable[Piece], measures: Measures) -> tuple[list[Piece], int, int]:
    """Give each piece its lane: bars below the text, tags of tints above it.

    Returns the pieces, how many rows of tags there are, and how many lanes.
    """
    bars = [piece for piece in pieces if piece.kind == "bar"]
    tints = [piece for piece in pieces if piece.kind == "tint"]
    _find_shared(tints)
    rows = _in_rows(tints, [_tag_room(piece, measures) for piece in tints])
    lanes = _in_rows(bars, [_bar_room(piece, measures) for piece in bars])
    return [*bars, *tints], rows, lanes


def place(piece: Piece, text_top: float, text_bottom: float, measures: Measures) -> None:
    """Give a piece with its lane its rectangles, around text from `text_top` to `text_bottom`."""
    m = measures
    if piece.kind == "bar":
        top, height = text_bottom + piece.lane * m.lane + 1, m.lane - 2
        left, right = _bar_room(piece, m)
        wider = 0.0
        tag_top, tag_height = top, height
    else:
        top, height = text_top, text_bottom - text_top
        left, right = piece.left, piece.right
        wider = 1.0
        tag_top = top - 2 - piece.lane * (m.tag_ascent + 2) - m.tag_ascent
        tag_height = m.tag_ascent
    piece.runs = [
        QRectF(part.left - wider, top, part.right - part.left + 2 * wider, height)
        for part in piece.parts
    ]
    piece.band = QRectF(left, top, right - left, height)
    tag_left, tag_right = _tag_room(piece, m)
    piece.tag = QRectF(tag_left, tag_top, tag_right - tag_left, tag_height)


def _find_shared(tints: list[Piece]) -> None:
    reach: Piece | None = None
    for piece in sorted(tints, key=lambda piece: piece.left):
        piece.shared = reach is not None and piece.left < reach.right
        if reach is not None and piece.shared:
            reach.shared = True
        if reach is None or piece.right > reach.right:
            reach = piece


def _in_rows(pieces: list[Piece], rooms: list[tuple[float, float]]) -> int:
    stretches = [
        Stretch(left, right, piece.mark.size, order)
        for order, (piece, (left, right)) in enumerate(zip(pieces, rooms, strict=True))
    ]
    for piece, lane in zip(pieces, assign(stretches), strict=True):
        piece.lane = lane
    return max((piece.lane for piece in pieces), default=-1) + 1


def _bar_room(piece: Piece, measures: Measures) -> tuple[float, float]:
    left, right = _tag_room(piece, measures)
    return min(piece.left, left), max(piece.right, right)


def _tag_room(piece: Piece, measures: Measures) -> tuple[float, float]:
    width = measures.tag_width(piece.mark.tag) + (6 if piece.kind == "bar" else 0)
    if piece.mark.shows_origin:
        width += measures.tag_ascent + 2
    if piece.mark.crossing and piece.kind == "tint":
        width += CROSS + 2
    if piece.from_right:
        return piece.right - width, piece.right
    return piece.left, piece.left + width
