"""A claim that its source interrupts, as in: The pier, the mayor said, is safe."""

from collections.abc import Sequence
from dataclasses import replace

from annotation import edits
from annotation.edits import Desk
from annotation.errors import RefusedEdit
from annotation.model import Change, Fragment, Span

MARKS = ",;:–—-"
"""What sets an interruption off and belongs to neither side."""

TOGETHER = 30
"""Words between two parts of one interruption are at most as long, in code points."""


def take_out(desk: Desk, span: Span, others: Sequence[Span]) -> Change:
    """Take other spans, and the commas or dashes around them, out of a span.

    What is left on both sides stays as fragments. `RefusedEdit` where none lies in it, or
    where nothing would be left.
    """
    left = without(desk.article.text, span.fragments, [(o.start, o.end) for o in others])
    if left == list(span.fragments):
        raise RefusedEdit(
            f"Nothing of it lies inside the {desk.codebook.titled(span.layer, span.label)}."
        )
    if not left:
        raise RefusedEdit("Nothing of the span would be left; Del deletes it.")
    change = edits.move_boundary(desk, span, left)
    return replace(change, title=f"Take the interruption out of {edits.quoted(span)}")


def lies_inside(span: Span, others: Sequence[Span]) -> bool:
    """Tell whether any of the others takes words of a span."""
    return any(
        start < other.end and other.start < end for start, end in span.fragments for other in others
    )


def without(text: str, fragments: Sequence[Fragment], cuts: Sequence[Fragment]) -> list[Fragment]:
    """Return fragments without the cuts and the marks around them; blank ones go."""
    left = list(fragments)
    for cut in _joined(cuts):
        start, end = _widened(text, *cut)
        if any(s < cut[1] and cut[0] < e for s, e in left):
            left = [
                side for s, e in left for side in ((s, min(e, start)), (max(s, end), e))
                if text[slice(*side)].strip()
            ]  # fmt: skip
    return left


def _joined(cuts: Sequence[Fragment]) -> list[Fragment]:
    """Return cuts in order, those that belong to one interruption as one."""
    joined: list[Fragment] = []
    for start, end in sorted(cuts):
        if joined and start - joined[-1][1] <= TOGETHER:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _widened(text: str, start: int, end: int) -> Fragment:
    """Take the marks and blanks around a cut with it."""
    while start > 0 and (text[start - 1].isspace() or text[start - 1] in MARKS):
        start -= 1
    while end < len(text) and (text[end].isspace() or text[end] in MARKS):
        end += 1
    return start, end
