"""What stands around the text of a picture: title and facts above, labels and signs below."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotation.codebook import Codebook, Label
from annotation.model import Article
from ui.canvas.inks import inks
from ui.canvas.measures import Measures
from ui.theme import Theme, shades

Piece = tuple[float, Callable[[QPainter], None]]
"""A height in pixels, and what draws something that high at the painter's origin."""

SIGNS = (
    ("?", "suggested, not decided"),
    ("✓", "suggestion accepted"),
    ("✎", "suggestion corrected"),
    ("×", "crosses another span"),
    ("┄", "ties the parts of a span"),
)
"""The signs beside labels and what they mean, for pictures that cannot be asked."""

_WRAP = int(Qt.TextFlag.TextWordWrap)


def facts(article: Article) -> list[str]:
    """Return what is known of an article, a line for where it stood and one for its address."""
    where = [article.outlet, article.section, ", ".join(article.authors), article.published]
    return [line for line in (" · ".join(part for part in where if part), article.url) if line]


def head(article: Article, theme: Theme, measures: Measures, width: float) -> Iterator[Piece]:
    """Yield title and facts, wrapped to a width in pixels."""
    if article.title:
        yield _paragraph(article.title, title_font(measures), theme.ink, width, 4)
    for line in facts(article):
        yield _paragraph(line, small_font(measures), theme.muted, width, 2)
    yield measures.gap, lambda painter: None


def legend(
    labels: Sequence[Label], codebook: Codebook, theme: Theme, measures: Measures, width: float
) -> Iterator[Piece]:
    """Yield a rule, the labels in their colours with their names, and the signs."""
    if not labels:
        return
    yield measures.gap, lambda painter: _rule(painter, theme, measures.gap / 2, width)
    font = small_font(measures)
    entries = [_Entry(label, codebook, font, theme, measures) for label in labels]
    signs = [_Entry(f"{sign}  {words}", codebook, font, theme, measures) for sign, words in SIGNS]
    for group in (entries, signs):
        for row in _rows(group, width):
            height = QFontMetricsF(font).height() + 4
            yield height, lambda painter, row=row: _draw_row(painter, row)
        yield 4.0, lambda painter: None


class _Entry:
    """A label with its tag, or a sign in words; `width` is in pixels."""

    def __init__(
        self,
        what: Label | str,
        codebook: Codebook,
        font: QFont,
        theme: Theme,
        measures: Measures,
    ) -> None:
        self._font, self._theme, self._measures = font, theme, measures
        self._label = what if isinstance(what, Label) else None
        layer = codebook.layer(what.layer) if isinstance(what, Label) else None
        self._lane = layer is not None and layer.drawn == "lane"
        self._words = what if isinstance(what, str) else what.title or what.name
        self._tag = measures.tag_width(self._label.tag) + 8 if self._label else 0.0
        gap = 5 if self._label else 0
        self.width = self._tag + gap + QFontMetricsF(font).horizontalAdvance(self._words) + 16

    def draw(self, painter: QPainter, x: float) -> None:
        """Draw the entry with its left edge at x."""
        metrics = QFontMetricsF(self._font)
        baseline = metrics.ascent() + 2
        if self._label is not None:
            self._draw_tag(painter, x, metrics)
            x += self._tag + 5
        painter.setFont(self._font)
        painter.setPen(self._theme.ink)
        painter.drawText(QPointF(x, baseline), self._words)

    def _draw_tag(self, painter: QPainter, x: float, metrics: QFontMetricsF) -> None:
        assert self._label is not None
        m, color = self._measures, self._label.color
        ink = inks(self._theme, color, False, False)
        box = QRectF(x, 2 + metrics.height() / 2 - m.lane / 2, self._tag, m.lane)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.inside if self._lane else shades(self._theme, color).tint)
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(m.tag)
        painter.setPen(ink.text if self._lane else ink.color)
        painter.drawText(QPointF(x + 4, box.center().y() + m.tag_ascent / 2), self._label.tag)


def title_font(measures: Measures) -> QFont:
    """Return the font of an article's title."""
    title = QFont(measures.text)
    title.setPointSizeF(measures.text.pointSizeF() * 1.5)
    title.setWeight(QFont.Weight.DemiBold)
    return title


def small_font(measures: Measures) -> QFont:
    """Return the font of what stands around the text."""
    font = QFont(measures.tag)
    font.setPointSizeF(measures.text.pointSizeF() * 0.72)
    font.setWeight(QFont.Weight.Normal)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100)
    return font


def _paragraph(words: str, font: QFont, color: QColor, width: float, below: float) -> Piece:
    room = QRectF(0, 0, width, 1e6)
    height = QFontMetricsF(font).boundingRect(room, _WRAP, words).height()

    def draw(painter: QPainter) -> None:
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(QRectF(0, 0, width, height + 1), _WRAP, words)

    return height + below, draw


def _rule(painter: QPainter, theme: Theme, y: float, width: float) -> None:
    painter.setPen(QPen(theme.muted, 0.6))
    painter.drawLine(QPointF(0, y), QPointF(width, y))


def _rows(entries: Iterable[_Entry], width: float) -> Iterator[list[_Entry]]:
    row: list[_Entry] = []
    for entry in entries:
        if row and sum(one.width for one in row) + entry.width > width:
            yield row
            row = []
        row.append(entry)
    yield row


def _draw_row(painter: QPainter, row: Iterable[_Entry]) -> None:
    x = 0.0
    for entry in row:
        entry.draw(painter, x)
        x += entry.width
