"""Deciding on many suggestions at once: of a label, in view, in the whole article."""

from typing import TYPE_CHECKING

from annotation import edits
from annotation.model import Suggestion
from annotation.titles import done

if TYPE_CHECKING:
    from ui.canvas.view import Canvas


def accept_all(canvas: "Canvas") -> None:
    """Accept all suggestions of the article but those of hidden layers."""
    pending = canvas.document.pending_suggestions() if canvas.document else []
    _accept(canvas, [s for s in pending if s.layer not in canvas.hidden])


def accept_label(canvas: "Canvas", layer: str = "", label: str = "") -> None:
    """Accept all suggestions with this label, or with that of the picked one."""
    wanted = _of_label(canvas, layer, label)
    if wanted is not None:
        _accept(canvas, wanted)


def accept_in_view(canvas: "Canvas") -> None:
    """Accept all suggestions that can be seen without scrolling."""
    _accept(canvas, in_view(canvas))


def reject_label(canvas: "Canvas", layer: str = "", label: str = "") -> None:
    """Reject all suggestions with this label, or with that of the picked one."""
    wanted = _of_label(canvas, layer, label)
    if wanted and canvas.bridge.perform(lambda desk: edits.reject(desk, wanted)):
        canvas.go_on(wanted[0].start)


def in_view(canvas: "Canvas") -> list[Suggestion]:
    """Return the suggestions of which some words are in the viewport."""
    if canvas.document is None:
        return []
    height = canvas.viewport().height()
    found: dict[str, Suggestion] = {}
    for one in canvas.shown():
        lines = [
            line
            for line in one.block.lines
            if one.top + line.text_bottom > 0 and one.top + line.text_top < height
        ]
        if lines:
            start, end = lines[0].start, lines[-1].end
            for suggestion in canvas.document.suggestions_between(start, end):
                if suggestion.layer in canvas.hidden:
                    continue
                if any(s < end and e > start for s, e in suggestion.fragments):
                    found[suggestion.id] = suggestion
    return list(found.values())


def _of_label(canvas: "Canvas", layer: str, label: str) -> list[Suggestion] | None:
    picked = canvas.picked
    if not label and not isinstance(picked, Suggestion):
        canvas.bridge.refused.emit("Pick a suggestion first: all with its label are meant.")
        return None
    if not label and isinstance(picked, Suggestion):
        layer, label = picked.layer, picked.label
    pending = canvas.document.pending_suggestions() if canvas.document else []
    return [s for s in pending if (s.layer, s.label) == (layer, label)]


def _accept(canvas: "Canvas", wanted: list[Suggestion]) -> None:
    if not wanted:
        canvas.bridge.refused.emit("No such suggestion is left in this article.")
        return
    change = canvas.bridge.perform(lambda desk: edits.accept_all(desk, wanted))
    if change is None:
        return
    left = len(wanted) - sum(isinstance(record, Suggestion) for record in change.added)
    canvas.go_on(wanted[0].start)
    if left:
        stay = "1 stays" if left == 1 else f"{left:,} stay"
        why = "a rule of the codebook refuses more."
        canvas.bridge.refused.emit(f"{done(change.title)} {stay}: {why}")
