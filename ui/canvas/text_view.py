"""The text with a caret, a selection and a picked record: what is drawn, and where keys act."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from annotation.document import Document
from annotation.model import Fragment, Span, Suggestion
from ui.canvas.hits import records_at
from ui.canvas.painting import draw_block
from ui.canvas.scrolling import PageView, Shown
from ui.theme import system_theme

if TYPE_CHECKING:
    from ui.canvas.find_marks import FindMarks

SHORT = 200
"""The longest selection, in code points, that is taken as words to look for."""


class TextView(PageView):
    """Draws the blocks in view and keeps caret, selection and pick; edits are the canvas's.

    `picked_changed` carries the span or suggestion that keys act on, or None;
    `caret_moved` the caret's new position in code points. `first_painted` comes once, when
    an article has been drawn for the first time.
    """

    first_painted = Signal()
    picked_changed = Signal(object)
    caret_moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = system_theme()
        self._caret = self._anchor = 0
        self._wish: float | None = None
        self._picked = ""
        self._pointed = True
        self._caret_on = True
        self._painted = False
        self._find_marks: FindMarks | None = None
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._flash)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Article text")
        self.setFrameShape(self.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    # -- what is picked and selected

    @property
    def document(self) -> Document | None:
        """The article on screen."""
        return self.page.document if self.page else None

    @property
    def caret(self) -> int:
        """The caret's position in code points."""
        return self._caret

    @property
    def picked(self) -> Span | Suggestion | None:
        """The span or suggestion that keys act on."""
        if not self._picked or self.document is None:
            return None
        return self.document.span(self._picked) or self.document.suggestion(self._picked)

    def selection(self) -> Fragment | None:
        """Return the selected stretch [start, end), or None."""
        if self._anchor == self._caret:
            return None
        return min(self._anchor, self._caret), max(self._anchor, self._caret)

    def selected_words(self) -> str:
        """Return what is selected, if it is short enough and of one paragraph to be looked for."""
        chosen, document = self.selection(), self.document
        if chosen is None or document is None or chosen[1] - chosen[0] > SHORT:
            return ""
        words = document.article.text[slice(*chosen)]
        return "" if "\n" in words else words

    def select(self, start: int, end: int) -> None:
        """Select a stretch; the caret stands at `end`."""
        self._anchor, self._caret = start, end
        self._wish = None
        self._restart_blink()
        self.caret_moved.emit(end)
        self.viewport().update()

    def pick(self, record_id: str, pointed: bool = True) -> None:
        """Pick a span or suggestion by its id, or nothing by an empty text.

        `pointed` is false where only its text was clicked: label keys then mean the
        token under the caret and not the whole of it. A hidden layer comes back with it.
        """
        self._pointed = pointed
        if record_id != self._picked:
            self._picked = record_id
            self.viewport().update()
        picked = self.picked
        if picked is not None:
            self.show_layer(picked.layer, True)
        self.picked_changed.emit(picked)

    @property
    def place(self) -> tuple[int, int, str]:
        """Where the page begins, where the caret stands, and what is picked."""
        return self._first_position() if self.page else 0, self._caret, self._picked

    def return_to(self, place: tuple[int, int, str]) -> None:
        """Be where another view of the article was."""
        if self.page is None:
            return
        first, caret, picked = place
        self._start_at(first)
        self.select(caret, caret)
        self.pick(picked)
        self.pick(picked if self.picked else "")

    def cycle_pick(self) -> None:
        """Pick the next span under the caret, from the inside out, then nothing."""
        if self.document is None:
            return
        ids = [record.id for record in records_at(self.document, self._caret, self.hidden)]
        following = ids.index(self._picked) + 1 if self._picked in ids else 0
        self.pick(ids[following] if following < len(ids) else "")

    def show_hits(self, marks: "FindMarks | None") -> None:
        """Mark the hits of a search in the text, or with None no more."""
        self._find_marks = marks
        self.viewport().update()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the blocks in view, then what lies over them."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.theme.page)
        if self.page is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self.shown()
        chosen = self.selection()
        if self._find_marks is not None and self._find_marks.current is not None:
            chosen = None  # it is the current hit, which is drawn stronger
        for one in shown:
            rect = QRectF(event.rect()).translated(-self.left, -one.top)
            if rect.bottom() >= 0 and rect.top() <= one.block.height:
                painter.translate(self.left, one.top)
                draw_block(
                    painter,
                    one.block,
                    self.theme,
                    self._measures,
                    rect,
                    self._picked,
                    chosen,
                    self._find_marks,
                )
                painter.translate(-self.left, -one.top)
        self._draw_relations(painter, shown)
        self._draw_overlays(painter, shown)
        if not self._painted:
            self._painted = True
            self.first_painted.emit()

    def _draw_relations(self, painter: QPainter, shown: list[Shown]) -> None:
        """Draw what ties spans together, over the blocks."""

    def _draw_overlays(self, painter: QPainter, shown: list[Shown]) -> None:
        """Draw what lies over everything: the caret."""
        if self.hasFocus() and self._caret_on and self.in_view(self._caret):
            painter.fillRect(self.caret_rect(self._caret), self.theme.caret)

    def event(self, event: QEvent) -> bool:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self.theme = system_theme()
            self.viewport().update()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        self._restart_blink()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._blink.stop()
        self.viewport().update()

    def _restart_blink(self) -> None:
        self._caret_on = True
        period = QGuiApplication.styleHints().cursorFlashTime()
        if period > 0 and self.hasFocus():
            self._blink.start(period // 2)

    def _flash(self) -> None:
        self._caret_on = not self._caret_on
        if self.page is not None and self.in_view(self._caret):
            self.viewport().update(self.caret_rect(self._caret).toAlignedRect())
