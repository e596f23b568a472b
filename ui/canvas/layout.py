"""One block laid out: its text in lines, and on each line its tints, bars and tags."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal
from unicodedata import bidirectional

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextLayout, QTextLine, QTextOption

from annotation.model import Fragment
from ui.canvas.lanes import Stretch, assign
from ui.canvas.marks import Mark
from ui.canvas.measures import Measures
from ui.utf16 import Units

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff"
    "\U0001e800-\U0001efff]"
)
_LONG_GAP = 400
"""A gap between fragments longer than this, in code points, is not tied on every line."""

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

    `band` is the strip of a bar or of the tinted text, `tag` where the tag's text stands.
    `ties` are the dotted runs between fragments; parts and ties lie from `left` to `right`.
    `begins` and `finishes` say whether the
    whole span does on this line.
    """

    mark: Mark
    kind: Kind
    parts: list[Part]
    ties: list[tuple[float, float]]
    left: float
    right: float
    begins: bool
    finishes: bool
    lane: int = 0
    band: QRectF = field(default_factory=QRectF)
    tag: QRectF = field(default_factory=QRectF)
    runs: list[QRectF] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """One line of a block: code points [start, end) of the article, and its place.

    `top` to `bottom` is all of it, `text_top` to `text_bottom` its glyphs.
    """

    start: int
    end: int
    shape: QTextLine
    top: float = 0.0
    text_top: float = 0.0
    text_bottom: float = 0.0
    bottom: float = 0.0


class BlockLayout:
    """A block's lines and what is drawn on them, relative to the block's top left corner.

    Shaping the text happens once; `dress` may be called again with other marks.
    """

    def __init__(self, text: str, start: int, measures: Measures, width: float) -> None:
        self.text = text
        self.start = start
        self.units = Units(text)
        self.height = 0.0
        self.pieces: list[Piece] = []
        self._on_lines: dict[int, list[Piece]] = {}
        self._measures = measures
        self._bidi = not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None
        self.layout = QTextLayout(text, measures.text)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if self.reads_right_to_left:
            option.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.layout.setTextOption(option)
        self.layout.setCacheEnabled(True)
        self.lines = self._shaped(width)
        self._line_starts = [line.start for line in self.lines]

    @property
    def reads_right_to_left(self) -> bool:
        """Whether the paragraph does: its first strong letter decides (rule P2 of UAX 9)."""
        classes = (bidirectional(character) for character in self.text if self._bidi)
        return next((c for c in classes if c in ("L", "R", "AL")), "L") != "L"

    @property
    def end(self) -> int:
        """The code point after the block's last."""
        return self.start + len(self.text)

    def _shaped(self, width: float) -> list[Line]:
        lines = []
        self.layout.beginLayout()
        while (shape := self.layout.createLine()).isValid():
            shape.setLineWidth(width)
            first = self.units.point(shape.textStart())
            last = self.units.point(shape.textStart() + shape.textLength())
            lines.append(Line(self.start + first, self.start + last, shape))
        self.layout.endLayout()
        return lines

    # -- places

    def line_at(self, position: int) -> int:
        """Return the number of the line that a caret position stands on."""
        return max(bisect_right(self._line_starts, position) - 1, 0)

    def line_at_y(self, y: float) -> int:
        """Return the number of the line at that height, the nearest one outside."""
        for number, line in enumerate(self.lines):
            if y < line.bottom:
                return number
        return len(self.lines) - 1

    def x_of(self, position: int, line: Line) -> float:
        """Return where a caret position is on its line."""
        unit = self.units.unit(position - self.start)
        x: float = line.shape.cursorToX(unit)[0]  # type: ignore[index]
        return x

    def position_at(self, line: Line, x: float) -> int:
        """Return the caret position nearest to x on a line."""
        if self.units.plain:
            position = self.start + line.shape.xToCursor(x)
        else:  # xToCursor goes astray after letters with marks and inside emoji
            position = self._nearest(line, x)
        last = line is self.lines[-1]
        if not last and position >= line.end:  # it would show on the next line
            position = self.start + self.units.previous_cluster(line.end - self.start)
        return position

    def _nearest(self, line: Line, x: float) -> int:
        found, least = line.start, float("inf")
        for start, end, leading, trailing in self._clusters(line, line.start, line.end):
            distance = max(min(leading, trailing) - x, x - max(leading, trailing), 0.0)
            if distance < least and leading != trailing:
                least = distance
                found = start if abs(x - leading) <= abs(x - trailing) else end
        return found

    def _clusters(
        self, line: Line, start: int, end: int
    ) -> Iterator[tuple[int, int, float, float]]:
        """Yield each cluster's start and end, and where its leading and trailing edges are."""
        while start < end:
            unit = self.units.unit(start - self.start)
            after = min(self.start + self.units.next_cluster(start - self.start), end)
            leading: float = line.shape.cursorToX(unit)[0]  # type: ignore[index]
            trailing = self.x_of(after, line)
            if self._bidi:
                trailing = line.shape.cursorToX(unit, QTextLine.Edge.Trailing)[0]  # type: ignore[index]
            yield start, after, leading, trailing
            start = after

    def extents(self, line: Line, start: int, end: int) -> list[tuple[float, float]]:
        """Return the runs from left to right that [start, end) takes on a line."""
        start, end = max(start, line.start), min(end, line.end)
        if start >= end:
            return []
        if self._bidi:
            return self._visual_extents(line, start, end)
        left = self.x_of(start, line)
        right = min(self.x_of(end, line), line.shape.naturalTextWidth())
        return [(left, right)] if right > left else []

    def _visual_extents(self, line: Line, start: int, end: int) -> list[tuple[float, float]]:
        """Collect the run cluster by cluster, since it may fall apart where directions mix."""
        edges = self._clusters(line, start, end)
        return _joined([(min(one, other), max(one, other)) for _, _, one, other in edges])

    def rects(self, fragments: Iterable[Fragment]) -> list[QRectF]:
        """Return the rectangles of the glyphs of these stretches of text."""
        found = []
        for start, end in fragments:
            for line in self._lines_meeting(start, end):
                for left, right in self.extents(line, start, end):
                    height = line.text_bottom - line.text_top
                    found.append(QRectF(left, line.text_top, right - left, height))
        return found

    def _lines_meeting(self, start: int, end: int) -> list[Line]:
        if start >= self.end or end <= self.start:
            return []
        return self.lines[self.line_at(start) : self.line_at(max(end - 1, start)) + 1]

    # -- marks

    def dress(self, marks: Sequence[Mark], gap: float) -> None:
        """Give every line the marks that lie on it, and stack the lines.

        `gap` is the space below the block in pixels.
        """
        on_lines: dict[int, list[Piece]] = {}
        for mark in marks:
            first = self.line_at(max(mark.start, self.start))
            last = self.line_at(min(mark.end - 1, self.end))
            for number in range(first, last + 1):
                piece = self._piece(mark, self.lines[number])
                if piece:
                    on_lines.setdefault(number, []).append(piece)
        y = 0.0
        for number, line in enumerate(self.lines):
            y = self._stack(line, y, on_lines.get(number, []))
        self.height = y + gap
        self.pieces = [piece for number in sorted(on_lines) for piece in on_lines[number]]
        self._on_lines = on_lines

    def pieces_at_y(self, y: float) -> list[Piece]:
        """Return the pieces of the line at that height."""
        return self._on_lines.get(self.line_at_y(y), [])

    def _piece(self, mark: Mark, line: Line) -> Piece | None:
        parts = [
            Part(left, right, line.start <= start, end <= line.end)
            for start, end in mark.fragments
            for left, right in self.extents(line, start, end)
        ]
        ties = self._ties(mark, line) if len(mark.fragments) > 1 else []
        if not parts and not ties:
            return None
        kind: Kind = "bar" if mark.lane else "tint"
        left = min([part.left for part in parts] + [left for left, _ in ties])
        right = max([part.right for part in parts] + [right for _, right in ties])
        begins, finishes = line.start <= mark.start, mark.end <= line.end
        return Piece(mark, kind, parts, ties, left, right, begins, finishes)

    def _ties(self, mark: Mark, line: Line) -> list[tuple[float, float]]:
        ties = []
        for (_, start), (end, _) in zip(mark.fragments, mark.fragments[1:], strict=False):
            through = start < line.start and line.end < end
            if not (through and end - start > _LONG_GAP):
                ties += self.extents(line, start, end)
        return ties

    def _stack(self, line: Line, top: float, pieces: list[Piece]) -> float:
        m = self._measures
        bars = [piece for piece in pieces if piece.kind == "bar"]
        tints = [piece for piece in pieces if piece.kind == "tint"]
        rows = self._tag_rows(tints)
        lanes = self._lanes(bars)
        line.top = top
        line.text_top = top + m.lead + max(rows - 1, 0) * (m.tag_ascent + 2)
        ascent = max(m.ascent, line.shape.ascent())  # a fallback font may be taller
        line.text_bottom = line.text_top + ascent + max(m.descent, line.shape.descent())
        line.bottom = line.text_bottom + lanes * m.lane + m.gutter
        line.shape.setPosition(QPointF(0, line.text_top + ascent - line.shape.ascent()))
        for piece in tints:
            self._place_tint(piece, line)
        for piece in bars:
            self._place_bar(piece, line)
        return line.bottom

    def _tag_rows(self, tints: list[Piece]) -> int:
        stretches = []
        for order, piece in enumerate(tints):
            right = piece.left + self._tag_width(piece)
            stretches.append(Stretch(piece.left, right, piece.mark.size, order))
        for piece, row in zip(tints, assign(stretches), strict=True):
            piece.lane = row
        return max((piece.lane for piece in tints), default=-1) + 1

    def _lanes(self, bars: list[Piece]) -> int:
        stretches = []
        for order, piece in enumerate(bars):
            right = max(piece.right, piece.left + self._tag_width(piece))
            stretches.append(Stretch(piece.left, right, piece.mark.size, order))
        for piece, lane in zip(bars, assign(stretches), strict=True):
            piece.lane = lane
        return max((piece.lane for piece in bars), default=-1) + 1

    def _tag_width(self, piece: Piece) -> float:
        m = self._measures
        width = m.tag_width(piece.mark.tag)
        if piece.mark.origin in ("accepted", "edited"):
            width += m.tag_ascent + 2
        return width + (6 if piece.kind == "bar" else 0)

    def _place_tint(self, piece: Piece, line: Line) -> None:
        m = self._measures
        height = line.text_bottom - line.text_top
        piece.runs = [
            QRectF(part.left - 1, line.text_top, part.right - part.left + 2, height)
            for part in piece.parts
        ]
        piece.band = QRectF(piece.left, line.text_top, piece.right - piece.left, height)
        above = line.text_top - 2 - piece.lane * (m.tag_ascent + 2)
        piece.tag = QRectF(piece.left, above - m.tag_ascent, self._tag_width(piece), m.tag_ascent)

    def _place_bar(self, piece: Piece, line: Line) -> None:
        m = self._measures
        top = line.text_bottom + piece.lane * m.lane + 1
        height = m.lane - 2
        piece.runs = [
            QRectF(part.left, top, part.right - part.left, height) for part in piece.parts
        ]
        piece.tag = QRectF(piece.left, top, self._tag_width(piece), height)
        right = max(piece.right, piece.tag.right())
        piece.band = QRectF(piece.left, top, right - piece.left, height)


def _joined(runs: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for left, right in sorted(runs):
        if joined and left <= joined[-1][1] + 0.5:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        elif right > left:
            joined.append((left, right))
    return joined
