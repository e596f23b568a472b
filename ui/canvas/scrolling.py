"""A scrolled view of a page: which blocks are in view, and where."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from annotation.codebook import Codebook
from annotation.document import Document
from ui.canvas.layout import BlockLayout, Line
from ui.canvas.measures import Reading, measures
from ui.canvas.page import Page

PAD = 28.0
"""Pixels of page above the first and below the last line."""

MARGIN = 96.0
"""Pixels left of the column, where connectors and their role names run."""

NARROW = 36.0
"""Pixels left of the column in a window too narrow for more."""

NEAR = 3
"""How many heights of the view are scrolled through block by block, not jumped over."""

ZOOM_STEP = 1.1
ZOOM_RANGE = (0.5, 4.0)


class Shown(NamedTuple):
    """A block in view; `top` is its distance from the viewport's top in pixels."""

    number: int
    block: BlockLayout
    top: float


class PageView(QAbstractScrollArea):
    """Scrolls over a page whose heights are known only where somebody has looked.

    The place is kept as a block and an offset into it, so that the text under the eyes
    stays where it is when an estimated height turns out wrong. `reading_changed` carries the
    `Reading` that was chosen, `hidden_changed` tells that layers were hidden or shown,
    `mouse_left` that the mouse points at nothing of the text any more.
    """

    reading_changed = Signal(object)
    hidden_changed = Signal()
    mouse_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: Page | None = None
        self.reading = Reading()
        self.hidden: frozenset[str] = frozenset()
        self._top = 0
        self._offset = -PAD
        self._measures = measures()
        # Ours, since the Python type of one that Qt made is looked for among all its widgets,
        # which takes 11 ms of every start.
        self.setViewport(QWidget())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        self.verticalScrollBar().valueChanged.connect(self._follow_bar)

    def set_page(self, document: Document, codebook: Codebook) -> None:
        """Show an article from its start."""
        self.page = Page(document, codebook, self._measures, self._column(), self.hidden)
        self._top, self._offset = 0, -PAD
        self._sync_bar()
        self.viewport().update()

    def prepare_tags(self) -> None:
        """Shape the labels' tags, which the first span that comes would wait for."""
        for label in self.page.codebook.labels if self.page else ():
            self._measures.tag_width(label.tag)
            self._measures.tag_text(label.tag)

    def hide_layers(self, layers: Iterable[str]) -> None:
        """Neither draw nor hit what is in these layers; all others are shown."""
        if frozenset(layers) == self.hidden:
            return
        self.hidden = frozenset(layers)
        if self.page is not None:
            self.page.hide_layers(self.hidden)
        self.hidden_changed.emit()
        self.viewport().update()

    def show_layer(self, layer: str, shown: bool) -> None:
        """Show or hide one layer."""
        self.hide_layers(self.hidden - {layer} if shown else self.hidden | {layer})

    # -- geometry

    @property
    def left(self) -> float:
        """Where the column begins, in pixels from the viewport's left."""
        free = self.viewport().width() - self._column()
        return max(free / 2, self._margin())

    def _margin(self) -> float:
        return MARGIN if self.viewport().width() > 620 else NARROW

    def _column(self) -> float:
        return min(self._measures.column, self.viewport().width() - self._margin() - NARROW)

    def shown(self) -> list[Shown]:
        """Return the blocks in view from top to bottom, laid out."""
        if self.page is None:
            return []
        self._dress_top()
        self._settle()
        found = self._lay_out()
        place = self._top, self._offset
        self._settle()
        if place != (self._top, self._offset):  # the page turned out shorter than it seemed
            found = self._lay_out()
        self._sync_bar()
        return found

    def _lay_out(self) -> list[Shown]:
        assert self.page is not None
        found = []
        number, top = self._top, -self._offset
        bottom = self.viewport().height()
        while number < len(self.page.blocks) and top < bottom:
            block = self.page.block(number)
            found.append(Shown(number, block, top))
            top += block.height
            number += 1
        return found

    def top_of(self, number: int) -> float:
        """Return how far a block's top is from the viewport's, negative above it."""
        assert self.page is not None
        heights = self.page.heights
        return heights.above(number) - heights.above(self._top) - self._offset

    def place_of(self, position: int) -> tuple[BlockLayout, Line, float]:
        """Return the block and line of a caret position, and the block's distance from the top."""
        assert self.page is not None
        number = self.page.blocks.at(position)
        block = self.page.block(number)
        return block, block.lines[block.line_at(position)], self.top_of(number)

    def caret_rect(self, position: int) -> QRectF:
        """Return where the caret stands for a position, in the viewport."""
        block, line, top = self.place_of(position)
        x = self.left + block.x_of(position, line)
        return QRectF(x - 1, top + line.text_top, 2, line.text_bottom - line.text_top)

    def in_view(self, position: int) -> bool:
        """Tell, without laying anything out, whether the block of a position is in view."""
        assert self.page is not None
        number = self.page.blocks.at(position)
        top = self.top_of(number)
        return top < self.viewport().height() and top + self.page.heights[number] > 0

    def line_under(self, point: QPointF) -> tuple[Shown, Line, QPointF] | None:
        """Return the block and line nearest to a point, and the point within the block."""
        shown = self.shown()
        if not shown:
            return None
        found = shown[0]
        for candidate in shown:
            if candidate.top <= point.y():
                found = candidate
        inside = QPointF(point.x() - self.left, point.y() - found.top)
        return found, found.block.lines[found.block.line_at_y(inside.y())], inside

    def position_under(self, point: QPointF) -> int:
        """Return the caret position nearest to a point of the viewport."""
        found = self.line_under(point)
        return found[0].block.position_at(found[1], found[2].x()) if found else 0

    # -- moving

    def reveal(self, start: int, end: int | None = None) -> None:
        """Scroll as little as needed to have a stretch in view; a far one comes to a third."""
        if self.page is None:
            return
        last = start if end is None else max(start, end - 1)
        for _ in range(3):  # laying out what is between may move it
            if not self._reveal(start, last):
                break
            self.shown()

    def _reveal(self, start: int, last: int) -> bool:
        """Scroll towards a stretch; tell whether that was needed."""
        _, line, top = self.place_of(start)
        _, last_line, last_top = self.place_of(last)
        above, below = top + line.top, last_top + last_line.bottom
        height = self.viewport().height()
        tall = below - above > height
        if above >= 0 and (below <= height or (tall and above <= height / 2)):
            return False
        near = -height < above and below < 2 * height
        if tall or not near:
            self.scroll_by(above - height / 3)
        else:
            self.scroll_by(above - PAD if above < 0 else below - height + PAD)
        return True

    def scroll_by(self, pixels: float) -> None:
        """Scroll down by so many pixels, or up by a negative number of them."""
        if self.page is None:
            return
        self._dress_top()
        self._offset += pixels
        if abs(pixels) <= NEAR * self.viewport().height():
            self._walk()
        self._settle()
        self._sync_bar()
        self.viewport().update()

    def _go_to_end(self) -> None:
        """Show the end of the page, wherever the estimates have it."""
        assert self.page is not None
        self._top = len(self.page.blocks) - 1
        last = self.page.block(self._top)
        self._offset = last.height + PAD - self.viewport().height()
        self._walk()
        self._settle()
        self._sync_bar()
        self.viewport().update()

    def _dress_top(self) -> None:
        """Keep the line at the top where it is when lines above it in its block grew."""
        assert self.page is not None
        if self._offset > 0:
            self._offset += self.page.dressed_anew(self._top, self._offset)

    def _walk(self) -> None:
        """Go to the block at the top, with real heights on the way and not estimated ones."""
        assert self.page is not None
        while self._offset < 0 and self._top > 0:
            self._top -= 1
            self._offset += self.page.block(self._top).height
        last = len(self.page.blocks) - 1
        while self._top < last and self._offset >= self.page.block(self._top).height:
            self._offset -= self.page.block(self._top).height
            self._top += 1

    def _settle(self) -> None:
        """Bring block and offset in line with the heights known now, and within the page."""
        assert self.page is not None
        heights = self.page.heights
        lowest = heights.total + PAD - self.viewport().height()
        place = heights.above(self._top) + self._offset
        wanted = max(min(place, lowest), -PAD)
        if wanted != place or not 0 <= self._offset < heights[self._top]:
            self._top = heights.find(max(wanted, 0.0))
            self._offset = wanted - heights.above(self._top)

    def _sync_bar(self) -> None:
        """Show on the scroll bar where the page stands, without scrolling it."""
        if self.page is None:
            return
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        bar.blockSignals(True)
        bar.setPageStep(height)
        bar.setSingleStep(round(self._measures.line))
        bar.setRange(0, max(0, round(self.page.heights.total + 2 * PAD - height)))
        bar.setValue(round(self.page.heights.above(self._top) + self._offset + PAD))
        bar.blockSignals(False)

    def _follow_bar(self, value: int) -> None:
        if self.page is None:
            return
        if value == self.verticalScrollBar().maximum():
            self._go_to_end()
        else:
            now = self.page.heights.above(self._top) + self._offset + PAD
            self.scroll_by(value - now)

    # -- size

    def zoom_in(self) -> None:
        """Show the text larger."""
        self._zoom_by(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Show the text smaller."""
        self._zoom_by(1 / ZOOM_STEP)

    def zoom_reset(self) -> None:
        """Show the text in its usual size."""
        self.read_as(self.reading._replace(zoom=1.0))

    def read_as(self, reading: Reading) -> None:
        """Show the text in another size, width, spacing or font; the place stays."""
        zoom = min(max(reading.zoom, ZOOM_RANGE[0]), ZOOM_RANGE[1])
        reading = reading._replace(zoom=zoom)
        if reading != self.reading:
            self.reading = reading
            self._measures = measures(*reading)
            self._reset()
            self.reading_changed.emit(reading)

    def font_in_use(self) -> QFont:
        """Return the font that the text is shown in, by the name of what is installed."""
        from PySide6.QtGui import QFontInfo

        return QFont(QFontInfo(self._measures.text).family())

    def _zoom_by(self, factor: float) -> None:
        self.read_as(self.reading._replace(zoom=self.reading.zoom * factor))

    def _reset(self) -> None:
        """Set the page anew; the position at the top stays there."""
        if self.page is None:
            return
        position = self._first_position()
        self.page.resized(self._measures, self._column())
        self._start_at(position)

    def _start_at(self, position: int) -> None:
        """Have the line of a position at the top."""
        assert self.page is not None
        self._top = self.page.blocks.at(position)
        block = self.page.block(self._top)
        inside = block.lines[block.line_at(position)].top
        self._offset = inside if inside > 0 or self._top > 0 else min(self._offset, 0.0)
        self._sync_bar()
        self.viewport().update()

    def _first_position(self) -> int:
        assert self.page is not None
        block = self.page.block(self._top)
        return block.lines[block.line_at_y(max(self._offset, 0.0))].start

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the page anew where the column became narrower or wider."""
        super().resizeEvent(event)
        if self.page is not None and abs(self._column() - self.page.width) > 0.5:
            self._reset()
        self._sync_bar()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_by(ZOOM_STEP ** (event.angleDelta().y() / 120))
            event.accept()
        elif not event.pixelDelta().isNull():
            self.scroll_by(-event.pixelDelta().y())
        else:
            self.scroll_by(-event.angleDelta().y() / 120 * 3 * self._measures.line)

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom by two fingers; on a touch pad a double tap with both gives the usual size."""
        if event.type() in (QEvent.Type.NativeGesture, QEvent.Type.Gesture):
            from ui.canvas.gestures import pinched

            factor = pinched(event)
            if factor:
                self._zoom_by(factor)
            else:
                self.zoom_reset()
            return True
        if event.type() == QEvent.Type.Leave:
            self.mouse_left.emit()
        return super().viewportEvent(event)
