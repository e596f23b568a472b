"""Where a caret key leads: by token, character, sentence, line, paragraph, page."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from annotation.model import Fragment
from ui.canvas.scrolling import PageView
from ui.canvas.words import by_character, by_paragraph, by_sentence, by_token

Key = Qt.Key
Modifier = Qt.KeyboardModifier
HORIZONTAL = (Key.Key_Left, Key.Key_Right)
VERTICAL = {Key.Key_Up: -1, Key.Key_Down: 1, Key.Key_PageUp: -1, Key.Key_PageDown: 1}


def target(view: PageView, event: QKeyEvent, position: int, wish: float | None) -> int | None:
    """Return the position a key moves the caret to, or None when it is no caret key.

    `wish` is the x, in pixels of the viewport, that moves up and down aim at.
    """
    key = Key(event.key())
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    if key in HORIZONTAL:
        return _sideways(view, position, key == Key.Key_Left, control, alt)
    if key in (Key.Key_Home, Key.Key_End):
        return _edge(view, position, key == Key.Key_End, control)
    if control and key in (Key.Key_Up, Key.Key_Down) and view.page is not None:
        return by_paragraph(view.page.blocks.text, position, key == Key.Key_Up)
    if key in VERTICAL and not control:
        page = key in (Key.Key_PageUp, Key.Key_PageDown)
        return _vertical(view, position, VERTICAL[key], page, wish)
    return None


def collapsed(view: PageView, event: QKeyEvent, chosen: Fragment | None) -> int | None:
    """Return the end of the selection that an arrow without Shift or Ctrl leads to, else None."""
    leaving = event.modifiers() & (Modifier.ShiftModifier | Modifier.ControlModifier)
    if chosen is None or event.key() not in HORIZONTAL or leaving:
        return None
    return chosen[0] if _leads_back(view, chosen[0], event.key() == Key.Key_Left) else chosen[1]


def _leads_back(view: PageView, position: int, left: bool) -> bool:
    return left != view.place_of(position)[0].reads_right_to_left


def _sideways(view: PageView, position: int, left: bool, control: bool, alt: bool) -> int:
    assert view.page is not None
    backward = _leads_back(view, position, left)
    step = by_character if alt else by_sentence if control else by_token
    return step(view.page.blocks.text, position, backward)


def _edge(view: PageView, position: int, end: bool, control: bool) -> int:
    assert view.page is not None
    if control:
        return len(view.page.blocks.text) if end else 0
    block, line, _ = view.place_of(position)
    if not end:
        return line.start
    if line is block.lines[-1]:
        return line.end
    return by_character(view.page.blocks.text, line.end, backward=True)


def _vertical(view: PageView, position: int, by: int, page: bool, wish: float | None) -> int:
    assert view.page is not None
    rect = view.caret_rect(position)
    x = rect.center().x() if wish is None else wish
    if page:
        bar = view.verticalScrollBar()
        before = bar.value()
        view.scroll_by(by * view.viewport().height() * 0.9)
        if bar.value() == before:  # the article ends here
            return 0 if by < 0 else len(view.page.blocks.text)
        y = rect.center().y()
        return view.position_under(QPointF(x, min(max(y, 0.0), view.viewport().height() - 1.0)))
    block, line, _ = view.place_of(position)
    number = block.lines.index(line) + by
    if not 0 <= number < len(block.lines):
        other = view.page.blocks.at(block.start) + by
        if not 0 <= other < len(view.page.blocks):
            return 0 if by < 0 else len(view.page.blocks.text)
        block = view.page.block(other)
        number = len(block.lines) - 1 if by < 0 else 0
    return block.position_at(block.lines[number], x - view.left)
