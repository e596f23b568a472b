"""What a key does to what is picked or selected: each function returns the change to make."""

from dataclasses import replace

from annotation import edits
from annotation.edits import Desk
from annotation.errors import RefusedEdit
from annotation.model import Change, Fragment, Span, Suggestion
from ui.canvas.marks import Marked
from ui.canvas.words import by_token


def tag(
    desk: Desk,
    layer: str,
    label: str,
    selection: Fragment | None,
    picked: Marked | None,
    token: Fragment | None,
) -> Change:
    """Tag the selection; else relabel what is picked; else tag the token under the caret.

    Only what is of the same layer is relabelled: in another layer the label stands
    beside it, so that the words of a claim can be tagged as a person.
    """
    if selection is not None:
        return edits.add_span(desk, layer, label, [selection])
    if picked is not None and picked.layer == layer:
        if isinstance(picked, Suggestion):
            return edits.accept(desk, picked, label)
        return edits.relabel(desk, picked, layer, label)
    if token is None:
        raise RefusedEdit("Select some words first.")
    return edits.add_span(desk, layer, label, [token])


def move_edge(desk: Desk, record: Marked, at_end: bool, outward: bool, caret: int) -> Change:
    """Move an edge of the fragment nearest to the caret by a token; a suggestion is accepted so."""
    place = nearest(record.fragments, caret)
    fragments = moved(desk.article.text, record.fragments, place, at_end, outward)
    return set_fragments(desk, record, fragments)


def nearest(fragments: tuple[Fragment, ...], caret: int) -> int:
    """Return which fragment a caret is in, or has the shortest way to."""
    ways = [max(start - caret, caret - end, 0) for start, end in fragments]
    return ways.index(min(ways))


def moved(
    text: str, fragments: tuple[Fragment, ...], place: int, at_end: bool, outward: bool
) -> tuple[Fragment, ...]:
    """Return fragments with the start or end of one of them moved by one token.

    One of several that would be empty goes.
    """
    start, end = fragments[place]
    if at_end:
        end = by_token(text, end, backward=not outward)
        while end > start and text[end - 1].isspace():
            end -= 1
    else:
        start = by_token(text, start, backward=outward)
        while start < end and text[start].isspace():
            start += 1
    if start >= end and len(fragments) > 1:
        return fragments[:place] + fragments[place + 1 :]
    if start >= end:
        raise RefusedEdit("The span would be empty; Del deletes it.")
    if (start, end) == fragments[place]:
        raise RefusedEdit("There are no more words on that side.")
    changed = list(fragments)
    changed[place] = (start, end)
    return tuple(changed)


def set_fragments(desk: Desk, record: Marked, fragments: tuple[Fragment, ...]) -> Change:
    """Give a span other fragments, or accept a suggestion with them."""
    if isinstance(record, Suggestion):
        return edits.accept(desk, record, fragments=fragments)
    return edits.move_boundary(desk, record, fragments)


def cut_out(desk: Desk, span: Span, cut: Fragment) -> Change:
    """Take a stretch out of a span; what is left on both sides of it stays as fragments."""
    sides = [
        side
        for start, end in span.fragments
        for side in ((start, min(end, cut[0])), (max(start, cut[1]), end))
    ]
    text = desk.article.text
    left = [(start, end) for start, end in sides if text[start:end].strip()]
    if not left:
        raise RefusedEdit("Nothing of the span would be left; Del deletes it.")
    if not any(start < cut[1] and end > cut[0] for start, end in span.fragments):
        raise RefusedEdit("The selection is no part of the picked span.")
    change = edits.move_boundary(desk, span, left)
    return replace(change, title=f"Take words out of {desk.called(span)} {edits.quoted(span)}")


def delete(desk: Desk, record: Marked) -> Change:
    """Delete a span, or reject a suggestion."""
    if isinstance(record, Suggestion):
        return edits.reject(desk, [record])
    return edits.delete(desk, [record])


def made(change: Change) -> Span | None:
    """Return the span that a change brought or altered, to be picked next."""
    return next((record for record in change.added if isinstance(record, Span)), None)
