"""The sticky label: each selection is tagged with it at once, until it is left."""

from typing import TYPE_CHECKING

from annotation import edits
from annotation.model import Fragment, Span

if TYPE_CHECKING:
    from ui.canvas.view import Canvas


class Sticky:
    """Holds the label that selections get by themselves, or waits to be told which.

    A selection counts when the mouse lets it go, or with Enter where keys made it.
    """

    def __init__(self, canvas: "Canvas") -> None:
        self._canvas = canvas
        self._made = ""
        self.label: tuple[str, str] | None = None
        self.waiting = False

    def toggle(self) -> None:
        """Ask for a label by its key; where one is sticky, let go of it."""
        if not self.leave():
            self.waiting = True
            self._tell()

    def hold(self, layer: str, label: str) -> None:
        """Make a label the sticky one; asked for the same again, let go of it."""
        again = self.label == (layer, label)
        self.waiting = False
        self.label = None if again else (layer, label)
        self._tell()
        if not again and self._canvas.selection() is not None:
            self.tag_selection()

    def leave(self) -> bool:
        """Let go of the label; tell whether there was one, or one was waited for."""
        was_on = self.waiting or self.label is not None
        self.waiting, self.label = False, None
        if was_on:
            self._tell()
        return was_on

    def takes(self, layer: str, label: str) -> bool:
        """Hold the label whose key was pressed if that is what is waited for."""
        if self.waiting:
            self.hold(layer, label)
            return True
        return False

    def tag_selection(self) -> bool:
        """Tag what is selected, if a label is sticky; tell whether it was tried."""
        chosen = self._canvas.selection()
        if self.label is None or chosen is None:
            return False
        layer, label = self.label
        self._canvas.edit(lambda desk: edits.add_span(desk, layer, label, [chosen]))
        picked = self._canvas.picked
        self._made = picked.id if picked else ""
        return True

    def widen(self, sentence: Fragment) -> None:
        """Give a sentence to the span that the second click of three made of a token."""
        picked = self._canvas.picked
        if self.label and isinstance(picked, Span) and picked.id == self._made:
            self._canvas.set_fragments(picked, (sentence,))
        else:
            self.tag_selection()

    def sentence(self) -> str:
        """Return what holds for the time being, for the status line; usually nothing."""
        if self.waiting:
            return "Which label is to be sticky? Press its key, or click it. Esc leaves."
        if self.label is None:
            return ""
        title = self._canvas.bridge.session.codebook.called(*self.label)
        return (
            f"Sticky: {title}. Each selection is tagged at once; Enter tags one made by keys. "
            "Esc leaves."
        )

    def _tell(self) -> None:
        self._canvas.mode_changed.emit(self.sentence())
