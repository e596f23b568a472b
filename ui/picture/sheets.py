"""An article cut into sheets: a head, the lines of its text, and what its marks mean."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui.canvas.layout import BlockLayout
from ui.canvas.measures import Measures
from ui.canvas.page import Page
from ui.canvas.painting import draw_block
from ui.picture import Subject
from ui.picture.frame import head, legend
from ui.theme import Theme

_OVERHANG = 60.0
"""Pixels beside the column that a tag or a glyph may reach into."""


class Strip(NamedTuple):
    """What stays together on a sheet: one line of a block, or a piece that draws itself."""

    height: float
    block: BlockLayout | None = None
    top: float = 0.0
    draw: Callable[[QPainter], None] | None = None


class Sheet(NamedTuple):
    """Strips that fit on one sheet; `end` counts the code points set up to its last line."""

    strips: list[Strip]
    height: float
    end: int


def sheets(
    subject: Subject, measures: Measures, column: float, tall: float
) -> Iterator[Sheet | None]:
    """Yield the sheets of an article, `column` pixels wide and at most `tall` pixels high.

    Yields None after each block that has been laid out for a sheet still to come.
    """
    page = Page(subject.document, subject.codebook, measures, column, subject.hidden)
    strips: list[Strip] = []
    height, end = 0.0, 0
    for strip, place in _strips(subject, page):
        if strips and height + strip.height > tall:
            yield Sheet(strips, height, end)
            strips, height = [], 0.0
        if strip.block is not None and strip.top == 0:
            yield None
        strips.append(strip)
        height += strip.height
        end = place
    yield Sheet(strips, height, end)


def draw_sheet(
    painter: QPainter, sheet: Sheet, subject: Subject, measures: Measures
) -> Iterator[None]:
    """Draw a sheet at the painter's origin, as the canvas draws its blocks; yields after each."""
    y = 0.0
    for block, group in groupby(sheet.strips, key=lambda strip: strip.block):
        strips = list(group)
        if block is not None:
            _draw_lines(painter, block, strips, y, subject.theme, measures)
            y += sum(strip.height for strip in strips)
            yield
            continue
        for strip in strips:
            painter.save()
            painter.translate(0, y)
            if strip.draw is not None:
                strip.draw(painter)
            painter.restore()
            y += strip.height


def _strips(subject: Subject, page: Page) -> Iterator[tuple[Strip, int]]:
    measures, theme = page.measures, subject.theme
    for height, draw in head(subject.document.article, theme, measures, page.width):
        yield Strip(height, draw=draw), 0
    used: set[tuple[str, str]] = set()
    for number in range(len(page.blocks)):
        block = page.block(number)
        used.update((mark.record.layer, mark.record.label) for mark in block.marks)
        for line in block.lines:
            bottom = block.height if line is block.lines[-1] else line.bottom
            yield Strip(bottom - line.top, block, line.top), line.end
    end = len(subject.document.article.text)
    labels = [x for x in subject.codebook.labels if (x.layer, x.name) in used]
    for height, draw in legend(labels, subject.codebook, theme, measures, page.width):
        yield Strip(height, draw=draw), end


def _draw_lines(
    painter: QPainter,
    block: BlockLayout,
    strips: Iterable[Strip],
    y: float,
    theme: Theme,
    measures: Measures,
) -> None:
    found = list(strips)
    top, bottom = found[0].top, found[-1].top + found[-1].height
    part = QRectF(-_OVERHANG, top, block.width + 2 * _OVERHANG, bottom - top)
    painter.save()
    painter.translate(0, y - top)
    if part.height() < block.height:
        painter.setClipRect(part)
    draw_block(painter, block, theme, measures, part)
    painter.restore()
