"""An article set on a page of some width: which block is where, laid out when needed."""

from collections import OrderedDict
from collections.abc import Iterable
from math import ceil

from annotation.codebook import Codebook
from annotation.document import Document
from annotation.model import Change, Record, Relation, Review
from ui.canvas.blocks import Blocks
from ui.canvas.heights import Heights
from ui.canvas.layout import BlockLayout
from ui.canvas.marks import Marked, Preview, marks_between
from ui.canvas.measures import Measures

CACHED = 240
"""How many laid-out blocks are kept; a tall screen shows a quarter of that at most."""


class Page:
    """The blocks of one article at one width.

    Opening one costs no Python step per paragraph: heights are estimated from lengths
    through a table, and only blocks that somebody asks for are laid out. `height` and
    `above` are pixels.
    """

    def __init__(
        self,
        document: Document,
        codebook: Codebook,
        measures: Measures,
        width: float,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        self.document = document
        self.codebook = codebook
        self.measures = measures
        self.width = max(width, measures.character * 8)
        self.blocks = Blocks(document.article.text)
        self.hidden = hidden
        self._preview: Preview | None = None
        self._laid_out: OrderedDict[int, BlockLayout] = OrderedDict()
        self._undressed: set[int] = set()
        self.heights = Heights(self._estimates())

    def _estimates(self) -> list[float]:
        m = self.measures
        per_line, line, gap = self.width / m.character, m.line, m.gap
        lengths = self.blocks.lengths
        table = {n: max(1, ceil(n / per_line)) * line + gap for n in set(lengths)}
        return list(map(table.__getitem__, lengths))

    def resized(self, measures: Measures, width: float) -> None:
        """Set the page anew at another width or zoom; nothing of the text is split again."""
        self.measures = measures
        self.width = max(width, measures.character * 8)
        self._laid_out.clear()
        self._undressed.clear()
        self.heights = Heights(self._estimates())

    def block(self, number: int) -> BlockLayout:
        """Return a block laid out with its marks; its height is known from then on."""
        block = self._laid_out.get(number)
        if block is None:
            text, start = self.blocks.text_of(number), self.blocks.start(number)
            block = BlockLayout(text, start, self.measures, self.width)
            self._dress(number, block)
            self._laid_out[number] = block
            if len(self._laid_out) > CACHED:
                self._laid_out.popitem(last=False)
        elif number in self._undressed:
            self._dress(number, block)
        self._laid_out.move_to_end(number)
        return block

    def dressed_anew(self, number: int, y: float) -> float:
        """Dress a block again where needed; return how far that moved its line at height `y`."""
        block = self._laid_out.get(number)
        if block is None or number not in self._undressed:
            return 0.0
        line = block.lines[block.line_at_y(y)]
        before = line.text_top
        self._dress(number, block)
        return line.text_top - before

    def _dress(self, number: int, block: BlockLayout) -> None:
        self._undressed.discard(number)
        marks = marks_between(
            self.document,
            self.codebook,
            block.start,
            block.end,
            self._preview,
            self.hidden,
            block.marks,
        )
        gap = self.measures.gap if self.blocks.ends_paragraph(number) else 0.0
        block.dress(marks, gap)
        self.heights.set(number, block.height)

    def forget_marks(self, start: int, end: int) -> None:
        """Have the blocks that [start, end) meets dressed again when they are next seen."""
        for number in self.blocks.meeting(start, end):
            if number in self._laid_out:
                self._undressed.add(number)

    def forget_all_marks(self) -> None:
        """Have every block dressed again, after the codebook changed."""
        self._undressed.update(self._laid_out)
        for block in self._laid_out.values():
            block.marks = []

    def hide_layers(self, hidden: frozenset[str]) -> None:
        """Draw nothing of these layers from now on."""
        self.hidden = hidden
        self.forget_all_marks()

    def follow(self, change: Change) -> None:
        """Have the blocks dressed again that the records of a change touch."""
        for record in _marked((*change.removed, *change.added)):
            if record.article_id == self.document.article.id:
                self.forget_marks(record.start, record.end)

    def preview(self, preview: Preview | None) -> None:
        """Show a record with other fragments than it has, or with None as it is."""
        for shown in (self._preview, preview):
            if shown is not None:
                self.forget_marks(shown.start, shown.end)
        self._preview = preview


def _marked(records: Iterable[Record]) -> Iterable[Marked]:
    return (r for r in records if not isinstance(r, Relation | Review))
