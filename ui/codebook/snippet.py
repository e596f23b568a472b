"""An example with its words tagged, drawn as the canvas draws an article."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotation.codebook import Codebook, Label
from annotation.examples import marked_words
from annotation.model import Fragment, Span
from ui.canvas.layout import BlockLayout
from ui.canvas.marks import marks_between
from ui.canvas.measures import Measures, measures
from ui.canvas.painting import draw_block
from ui.theme import system_theme

MARGIN = 10
"""Pixels of page around the text."""


class Snippet(QWidget):
    """Shows one example; its height follows its width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measures: Measures = measures()
        self._codebook: Codebook | None = None
        self._text = ""
        self._spans: list[Span] = []
        self._block: BlockLayout | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_example(self, codebook: Codebook, label: Label | None, example: str) -> None:
        """Show an example with its bracketed words tagged; without a label, only the text."""
        self._codebook = codebook
        self._text, stretches = marked_words(example)
        self._spans = _spans(label, self._text, stretches) if label else []
        self.setAccessibleName(f"Example: {self._text}")
        self._lay_out()

    # What `marks_between` asks of an article on screen.

    def spans_between(self, start: int, end: int) -> list[Span]:
        """Return all spans: an example is short."""
        return self._spans

    def suggestions_between(self, start: int, end: int) -> list[Span]:
        """Return nothing: nobody suggests examples."""
        return []

    def _lay_out(self) -> None:
        self._block = self._laid_out(self.width())
        self.updateGeometry()
        self.update()

    def _laid_out(self, width: int) -> BlockLayout:
        room = max(width - 2 * MARGIN, 80)
        block = BlockLayout(self._text, 0, self._measures, room)
        if self._codebook is not None:
            marks = marks_between(self, self._codebook, 0, len(self._text))  # type: ignore[arg-type]
            block.dress(marks, 0.0)
        return block

    # -- Qt's side

    def hasHeightForWidth(self) -> bool:
        """Tell that a narrow snippet is taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how tall the example is at a width."""
        return round(self._laid_out(width).height) + 2 * MARGIN

    def sizeHint(self) -> QSize:
        """Return the size of the example in a column of moderate width."""
        width = self.width() if self.width() > 120 else 320
        return QSize(320, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text and its marks on a piece of page."""
        theme = system_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.page)
        if self._block is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(MARGIN, MARGIN)
        room = QRectF(0, 0, self.width(), self.height())
        draw_block(painter, self._block, theme, self._measures, room)


def _spans(label: Label, text: str, stretches: tuple[Fragment, ...]) -> list[Span]:
    """Return one span for each bracket; in a label of several fragments apart, one for all."""
    apart = all(one[1] <= two[0] for one, two in pairwise(stretches))
    groups = [stretches] if label.discontinuous and apart else [(one,) for one in stretches]
    return [
        Span(
            *(str(number), "", label.layer, label.name, fragments),
            tuple(text[start:end] for start, end in fragments),
            *("", "manual", 1, "", ""),
        )
        for number, fragments in enumerate(groups)
        if fragments
    ]
