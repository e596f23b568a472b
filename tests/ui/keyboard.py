"""Hands that know only the keyboard: they find a short way to what they want, and count keys."""

from collections import deque
from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from annotation.model import Fragment
from ui.canvas.card_mode import CardMode
from ui.canvas.caret import target
from ui.canvas.link_mode import LinkMode
from ui.canvas.view import Canvas
from ui.main_window import MainWindow

Key, Mod = Qt.Key, Qt.KeyboardModifier
MOVES = (
    (Key.Key_Right, Mod.NoModifier), (Key.Key_Left, Mod.NoModifier),
    (Key.Key_Right, Mod.ControlModifier), (Key.Key_Left, Mod.ControlModifier),
    (Key.Key_Right, Mod.AltModifier), (Key.Key_Left, Mod.AltModifier),
    (Key.Key_Down, Mod.NoModifier), (Key.Key_Up, Mod.NoModifier),
    (Key.Key_Down, Mod.ControlModifier), (Key.Key_Up, Mod.ControlModifier),
    (Key.Key_End, Mod.NoModifier), (Key.Key_Home, Mod.NoModifier),
)  # fmt: skip
"""Every caret key that does not scroll by itself."""


class Keyboard:
    """Presses keys in the text of a window; `count` says how many it has been."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.count = 0
        self._ways: dict[int, list[int]] = {}

    @property
    def canvas(self) -> Canvas:
        return self.window.canvas

    @property
    def text(self) -> str:
        return self.canvas.document.article.text

    def press(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        QTest.keyClick(self.canvas, key, modifiers)
        self.count += 1

    def select(self, fragment: Fragment) -> None:
        """Move the caret to one end of a stretch and on, with Shift, to the other.

        Blanks at the edges do no harm: tagging takes them off.
        """
        before, after = self._blanks(fragment[0], -1), self._blanks(fragment[1], 1)
        forth = len(self._way(self.canvas.caret, before)) + len(self._way(fragment[0], after))
        back = len(self._way(self.canvas.caret, after)) + len(self._way(fragment[1], before))
        for goals, shift in zip(
            (before, after) if forth <= back else (after, before),
            (Mod.NoModifier, Mod.ShiftModifier),
            strict=True,
        ):
            self._go(goals, shift)
        chosen = self.canvas.selection()
        assert chosen and self.text[slice(*chosen)].strip() == self.text[slice(*fragment)]

    def type_letter(self, mode: LinkMode | CardMode, span_id: str) -> None:
        """Type the letters that stand on a span; where it is out of view, page to it first."""
        span = self.canvas.document.span(span_id)
        for _ in range(9):
            self.canvas.viewport().grab()
            code = next((code for code, i in mode.letters.codes.items() if i == span_id), "")
            if code:
                break
            above = self.canvas.caret_rect(span.start).center().y() < 0
            self.press(Key.Key_PageUp if above else Key.Key_PageDown)
        for letter in code:
            self.press(letter)

    def _go(self, goals: set[int], shift: Qt.KeyboardModifier) -> None:
        while self.canvas.caret not in goals:
            if shift and self.canvas.selection() is None and self.canvas.caret in goals:
                return
            key, modifiers = MOVES[self._way(self.canvas.caret, goals)[0]]
            self.press(key, modifiers | shift)

    def _blanks(self, position: int, step: int) -> set[int]:
        """Return a position and those beyond it with only blanks between."""
        found = {position}
        while (
            0 < position < len(self.text)
            and self.text[position - 1 if step < 0 else position].isspace()
        ):
            position += step
            found.add(position)
        return found

    def _way(self, start: int, goals: Iterable[int]) -> list[int]:
        """Return the shortest way to one of these positions, as numbers of `MOVES`."""
        wanted = set(goals)
        ways: dict[int, list[int]] = {start: []}
        queue = deque([start])
        while queue:
            here = queue.popleft()
            if here in wanted:
                return ways[here]
            for move, there in enumerate(self._moves(here)):
                if there not in ways:
                    ways[there] = [*ways[here], move]
                    queue.append(there)
        raise AssertionError("no key leads there")

    def _moves(self, position: int) -> list[int]:
        """Return where each of `MOVES` leads from a position."""
        if position not in self._ways:
            events = (QKeyEvent(QEvent.Type.KeyPress, key, mods) for key, mods in MOVES)
            found = [target(self.canvas, event, position, None) for event in events]
            self._ways[position] = [position if f is None else f for f in found]
        return self._ways[position]
