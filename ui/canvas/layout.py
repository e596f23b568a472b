"""One block laid out: its text in lines, and on each line its tints, bars and tags."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import bidirectional

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextLayout, QTextLine, QTextOption

from annotation.model import Fragment
from ui.canvas.marks import Mark
from ui.canvas.measures import Measures
from ui.canvas.pieces import Kind, Part, Piece, place, stacked
from ui.utf16 import Units

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff"
    "\U0001e800-\U0001efff]"
)
_LONG_GAP = 400
"""A gap between fragments longer than this, in code points, is not tied on every line."""


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
    `reads_right_to_left` tells where its lines begin.
    """

    def __init__(self, text: str, start: int, measures: Measures, width: float) -> None:
        self.text = text
        self.start = start
        self.units = Units(text)
        self.height = 0.0
        self.pieces: list[Piece] = []
        self.marks: list[Mark] = []
        self.width = width
        self._measures = measures
        self._bidi = not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None
        self.reads_right_to_left = self._bidi and _reads_right_to_left(text)
        self.layout = QTextLayout(text, measures.text)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if self.reads_right_to_left:
            option.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.layout.setTextOption(option)
        self.layout.setCacheEnabled(True)
        self.lines = self._shaped(width)
        self._line_starts = [line.start for line in self.lines]
        self._on_lines: list[list[Piece]] = [[] for _ in self.lines]
        self._dressed_with: list[list[Mark] | None] = [None for _ in self.lines]

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
                if leading == trailing:  # Qt has no width for the first of another direction
                    leading, trailing = self._glyph_edges(line, start, after) or (leading, trailing)
            yield start, after, leading, trailing
            start = after

    def _glyph_edges(self, line: Line, start: int, end: int) -> tuple[float, float] | None:
        """Return the leading and trailing edge of a cluster's glyphs; None where it has none."""
        unit = self.units.unit(start - self.start)
        runs = line.shape.glyphRuns(unit, self.units.unit(end - self.start) - unit)
        edges = []
        for run in runs:
            widths = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
            for at, width in zip(run.positions(), widths, strict=True):
                edges += [at.x(), at.x() + width.x()]
        if not edges:
            return None
        left, right = min(edges), max(edges)
        return (right, left) if runs[0].isRightToLeft() else (left, right)

    def sides(self, line: Line, position: int) -> tuple[float, float]:
        """Return where the cluster at a position begins and ends, the right first in Hebrew."""
        for _, _, leading, trailing in self._clusters(line, position, line.end):
            return leading, trailing
        x = self.x_of(position, line)
        return x, x

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

        `gap` is the space below the block in pixels. A line whose marks are those of last
        time is only moved, so that a change costs what it touches and not what is there.
        """
        wanted = self._by_line(marks)
        y = 0.0
        for number, line in enumerate(self.lines):
            here = wanted[number]
            if self._dressed_with[number] != here:
                pieces = [piece for mark in here if (piece := self._piece(mark, line))]
                self._on_lines[number] = pieces
                self._stack(line, y, pieces)
            elif line.top != y:
                self._shift(number, y - line.top)
            y = line.bottom
        self.height = y + gap
        self.marks = list(marks)
        self._dressed_with = wanted
        self.pieces = [piece for pieces in self._on_lines for piece in pieces]

    def pieces_at_y(self, y: float) -> list[Piece]:
        """Return the pieces of the line at that height."""
        return self._on_lines[self.line_at_y(y)]

    def pieces_between(self, top: float, bottom: float) -> Iterator[Piece]:
        """Yield the pieces of the lines that a strip of the block meets, from top to bottom."""
        for line, pieces in zip(self.lines, self._on_lines, strict=True):
            if line.top <= bottom and top <= line.bottom:
                yield from pieces

    def _by_line(self, marks: Sequence[Mark]) -> list[list[Mark]]:
        starts = self._line_starts
        found: list[list[Mark]] = [[] for _ in self.lines]
        for mark in marks:
            first = max(bisect_right(starts, mark.start) - 1, 0)
            last = max(bisect_right(starts, mark.end - 1) - 1, 0)
            for number in range(first, last + 1):
                found[number].append(mark)
        return found

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
        from_right = self.reads_right_to_left
        return Piece(mark, kind, parts, ties, left, right, begins, finishes, from_right)

    def _ties(self, mark: Mark, line: Line) -> list[tuple[float, float]]:
        ties = []
        for (_, start), (end, _) in zip(mark.fragments, mark.fragments[1:], strict=False):
            through = start < line.start and line.end < end
            if not (through and end - start > _LONG_GAP):
                ties += self.extents(line, start, end)
        return ties

    def _stack(self, line: Line, top: float, pieces: list[Piece]) -> None:
        m = self._measures
        pieces, rows, lanes = stacked(pieces, m)
        line.top = top
        line.text_top = top + m.lead + max(rows - 1, 0) * (m.tag_ascent + 2)
        ascent = max(m.ascent, line.shape.ascent())  # a fallback font may be taller
        line.text_bottom = line.text_top + ascent + max(m.descent, line.shape.descent())
        line.bottom = line.text_bottom + lanes * m.lane + m.gutter
        line.shape.setPosition(QPointF(0, line.text_top + ascent - line.shape.ascent()))
        for piece in pieces:
            place(piece, line.text_top, line.text_bottom, m)

    def _shift(self, number: int, by: float) -> None:
        line = self.lines[number]
        line.top += by
        line.text_top += by
        line.text_bottom += by
        line.bottom += by
        line.shape.setPosition(line.shape.position() + QPointF(0, by))
        for piece in self._on_lines[number]:
            piece.shift(by)


def _reads_right_to_left(text: str) -> bool:
    """Tell whether a paragraph does: its first strong letter decides (rule P2 of UAX 9)."""
    classes = map(bidirectional, text)
    return next((c for c in classes if c in ("L", "R", "AL")), "L") != "L"


def _joined(runs: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for left, right in sorted(runs):
        if joined and left <= joined[-1][1] + 0.5:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        elif right > left:
            joined.append((left, right))
    return joined
