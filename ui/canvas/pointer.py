"""The mouse on the canvas: click, select, drag a boundary, follow a chip."""

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QElapsedTimer, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent

from annotation.model import Fragment, Span
from ui.canvas.grips import grips
from ui.canvas.hits import bar_at, text_at, tints_at
from ui.canvas.marks import Marked, Preview
from ui.canvas.words import cluster_end, cluster_start, sentence_at, snap, snap_drag, token_at

if TYPE_CHECKING:
    from ui.canvas.link_drag import LinkDrag
    from ui.canvas.view import Canvas

Drag = Literal["", "text", "start", "end", "link"]


EXACT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
"""Keys that select exact characters: some window managers keep Alt and the mouse to themselves."""


class Pointer:
    """Follows one mouse over the canvas; Alt or Ctrl means exact characters, not whole tokens."""

    def __init__(self, canvas: "Canvas") -> None:
        self._canvas = canvas
        self._drag: Drag = ""
        self._from = 0
        self._pressed_at = QPointF()
        self._picked_before = ""
        self._last: tuple[int, str] = (-1, "")
        self._doubled = QElapsedTimer()
        self._record: Marked | None = None
        self._fragments: tuple[Fragment, ...] = ()
        self._fragment = 0
        self.link: LinkDrag | None = None

    # -- buttons

    def press(self, event: QMouseEvent) -> None:
        """Place the caret and pick what is there, or take hold of a grip."""
        canvas, point = self._canvas, event.position()
        if event.button() != Qt.MouseButton.LeftButton or canvas.document is None:
            return
        chip = next((chip for chip in canvas.chips if chip.rect.contains(point)), None)
        if chip is not None:
            canvas.go_to(chip.span_id)
        elif not self._take_grip(point):
            self._press_text(event)

    def double(self, event: QMouseEvent) -> None:
        """Select the token."""
        canvas = self._canvas
        if event.button() != Qt.MouseButton.LeftButton or canvas.document is None:
            return
        token = token_at(canvas.document.article.text, canvas.position_under(event.position()))
        if token:
            canvas.select(*token)
            canvas.sticky.tag_selection()
        self._drag = ""
        self._doubled.start()

    def move(self, event: QMouseEvent) -> None:
        """Go on with the drag, or see what is under the mouse."""
        point = event.position()
        exact = bool(event.modifiers() & EXACT)
        if self._drag == "text":
            self._select_to(point, exact)
        elif self.link is not None:
            self.link.move(point, self._under(point))
        elif self._drag:
            self._drag_edge(point, exact)
        else:
            self._hover(point)

    def release(self, event: QMouseEvent) -> None:
        """End the drag; a dragged boundary is stored."""
        drag, record, fragments = self._drag, self._record, self._fragments
        self._drag, self._record = "", None
        if drag == "text":
            self._canvas.sticky.tag_selection()
        link, self.link = self.link, None
        if link is not None:
            link.release()
        if drag in ("start", "end") and record is not None and self._canvas.page is not None:
            self._canvas.page.preview(None)
            if fragments != record.fragments:
                self._canvas.set_fragments(record, fragments)
            self._canvas.viewport().update()

    def cancel(self) -> bool:
        """Let go of a grip or a line without storing anything; tell whether one was held."""
        held = self._drag in ("start", "end", "link")
        self.link = None
        if held and self._canvas.page is not None:
            self._drag, self._record = "", None
            self._canvas.page.preview(None)
            self._canvas.viewport().update()
        return held

    # -- text

    def _press_text(self, event: QMouseEvent) -> None:
        canvas = self._canvas
        assert canvas.document is not None
        position = canvas.position_under(event.position())
        if canvas.mode is not None and canvas.mode.click(self._under(event.position())):
            return
        if self._is_third_click():
            sentence = sentence_at(canvas.document.article.text, position)
            canvas.select(*sentence)
            canvas.sticky.widen(sentence)
            return
        self._picked_before = canvas.picked.id if canvas.picked else ""
        self._drag, self._from, self._pressed_at = "text", position, event.position()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            chosen = canvas.selection()
            start = canvas.caret if chosen is None else _far_end(chosen, position)
            self._from = start
            canvas.select(start, position)
            return
        canvas.select(position, position)
        self._pick(event.position(), position)
        self._take_mark(event.position())

    def _take_mark(self, point: QPointF) -> None:
        """Take hold of the bar or tag of a span: from there a drag links and does not select."""
        canvas, found = self._canvas, self._canvas.line_under(point)
        record = bar_at(found[0].block, found[2]) if found else None
        if isinstance(record, Span) and not canvas.bridge.session.store.read_only:
            from ui.canvas.link_drag import LinkDrag

            self._drag, self.link = "link", LinkDrag(canvas, record, point)

    def _pick(self, point: QPointF, position: int) -> None:
        """Pick what is there; the same place clicked again picks what is around it."""
        canvas = self._canvas
        under = self._under(point)
        ids = [record.id for record in under]
        again = self._last == (position, self._picked_before) and self._picked_before in ids
        number = (ids.index(self._picked_before) + 1) % len(ids) if again else 0
        picked = under[number] if under else None
        canvas.pick(picked.id if picked else "", pointed=picked in (None, *self._marked(point)))
        self._last = (position, canvas.picked.id if canvas.picked else "")

    def _select_to(self, point: QPointF, exact: bool) -> None:
        canvas = self._canvas
        assert canvas.document is not None
        far = (point - self._pressed_at).manhattanLength()
        if (
            canvas.selection() is None
            and far < QGuiApplication.styleHints().startDragDistance() / 2
        ):
            return
        position = canvas.position_under(point)
        if canvas.selection() is None and position != self._from:
            canvas.pick(self._picked_before)  # selecting is not picking
        start, end = min(self._from, position), max(self._from, position)
        if not exact and start < end:
            start, end = snap_drag(canvas.document.article.text, start, end)
        if position < self._from:
            canvas.select(end, start)
        else:
            canvas.select(start, end)
        canvas.reveal(canvas.caret)

    def _is_third_click(self) -> bool:
        third = self._doubled.isValid() and not self._doubled.hasExpired(
            QGuiApplication.styleHints().mouseDoubleClickInterval()
        )
        self._doubled.invalidate()
        return third

    # -- grips

    def _take_grip(self, point: QPointF) -> bool:
        picked = self._canvas.picked
        if picked is None or self._canvas.link_mode.linking is not None:
            return False
        for grip in grips(self._canvas, picked):
            if grip.holds(point):
                self._drag, self._record, self._fragments = grip.edge, picked, picked.fragments
                self._fragment = grip.fragment
                return True
        return False

    def _drag_edge(self, point: QPointF, exact: bool) -> None:
        canvas, record = self._canvas, self._record
        assert canvas.page is not None and record is not None
        position = canvas.position_under(point)
        text = canvas.page.blocks.text
        fragments, number = list(record.fragments), self._fragment
        start, end = fragments[number]
        if self._drag == "end":
            exact = exact or position == record.fragments[number][1]  # where it was it may stay
            end = _snapped_end(text, start, max(position, start + 1), exact)
            end = min([end, *(s for s, _ in fragments[number + 1 : number + 2])])
        else:
            start = _snapped_start(text, min(position, end - 1), end, exact)
            start = max([start, *(e for _, e in fragments[max(number - 1, 0) : number])])
        fragments[number] = (start, end)
        if tuple(fragments) != self._fragments:
            self._fragments = tuple(fragments)
            canvas.page.preview(Preview(record, self._fragments))
            canvas.viewport().update()

    # -- looking

    def _under(self, point: QPointF) -> list[Marked]:
        """Return what a click can pick: what a bar or tag stands for, else what the text is."""
        document, found = self._canvas.document, self._canvas.line_under(point)
        if found is None or document is None:
            return []
        shown, line, inside = found
        bar = bar_at(shown.block, inside)
        return (
            [bar]
            if bar is not None
            else text_at(document, shown.block, line, inside, self._canvas.hidden)
        )

    def _marked(self, point: QPointF) -> list[Marked]:
        """Return what has its mark, and not only its text, under a point."""
        found = self._canvas.line_under(point)
        if found is None:
            return []
        bar = bar_at(found[0].block, found[2])
        return [bar] if bar is not None else tints_at(found[0].block, found[2])

    def _hover(self, point: QPointF) -> None:
        canvas = self._canvas
        marked = self._marked(point)
        hovered = marked[0].id if marked else ""
        on_chip = any(chip.rect.contains(point) for chip in canvas.chips)
        shape = Qt.CursorShape.PointingHandCursor if on_chip else Qt.CursorShape.IBeamCursor
        picked = canvas.picked
        if picked and any(grip.holds(point) for grip in grips(canvas, picked)):
            shape = Qt.CursorShape.SizeHorCursor
        canvas.viewport().setCursor(shape)
        self._show_hovered(hovered)

    def leave(self) -> None:
        """Show nothing as hovered: the mouse is elsewhere."""
        self._show_hovered("")

    def _show_hovered(self, span_id: str) -> None:
        if span_id != self._canvas.hovered:
            self._canvas.hovered = span_id
            self._canvas.viewport().update()


def _far_end(chosen: Fragment, position: int) -> int:
    start, end = chosen
    return end if abs(end - position) > abs(start - position) else start


def _snapped_end(text: str, start: int, end: int, exact: bool) -> int:
    return cluster_end(text, end) if exact else max(snap_drag(text, start, end)[1], start + 1)


def _snapped_start(text: str, start: int, end: int, exact: bool) -> int:
    return cluster_start(text, start) if exact else min(snap(text, start, end)[0], end - 1)
