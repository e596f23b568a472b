"""Which spans nearby probably belong on a card: proposals, which count once they are taken."""

from collections.abc import Iterator

from annotation.attribution import Card, is_plain, relations_of
from annotation.codebook import Role
from annotation.edits import Desk
from annotation.model import Span
from annotation.rules import contains
from annotation.tokens import sentence_at

NEAR = 60
"""How far from the span, in code points, words of another sentence may be."""


def propose(desk: Desk, card: Card) -> None:
    """Propose the nearest free span for each role that only its labels can play.

    Only for a span without a relation of the kind: free is what takes part in none either,
    near what is in the same sentence or at most `NEAR` away in the same paragraph.
    """
    span = desk.document.span(card.span_id)
    if span is None or relations_of(desk, span, card.label):
        return
    for role in card.roles:
        if is_plain(card.label, role):
            found = min(
                _candidates(desk, card, span, role),
                key=lambda other: _distance(desk.article.text, span, other),
                default=None,
            )
            if found is not None:
                card.proposed[role.name] = found.id


def _candidates(desk: Desk, card: Card, span: Span, role: Role) -> Iterator[Span]:
    text = desk.article.text
    start = min(sentence_at(text, span.start)[0], span.start - NEAR)
    end = max(sentence_at(text, span.end - 1)[1], span.end + NEAR)
    for other in desk.document.spans_between(max(start, 0), end):
        if (
            role.takes(other.layer, other.label)
            and not contains(span.fragments, other.fragments)
            and not contains(other.fragments, span.fragments)
            and _is_near(text, span, other)
            and not _is_taken(desk, card, other)
        ):
            yield other


def _is_taken(desk: Desk, card: Card, span: Span) -> bool:
    return any(r.label == card.label.name for r in desk.document.relations_of(span.id))


def _is_near(text: str, span: Span, other: Span) -> bool:
    first, last = sorted((span, other), key=lambda s: s.start)
    if first.end >= last.start:
        return True
    between = text[first.end : last.start]
    near = len(between) <= NEAR or _in_one_sentence(text, first, last)
    return "\n" not in between and near


def _in_one_sentence(text: str, first: Span, last: Span) -> bool:
    return last.start < sentence_at(text, first.end - 1)[1]


def _distance(text: str, span: Span, other: Span) -> tuple[bool, int]:
    """Return how far away a span is: its sentence counts first, then the code points between."""
    first, last = sorted((span, other), key=lambda s: s.start)
    gap = min(
        max(start - e, s - end, 0) for s, e in span.fragments for start, end in other.fragments
    )
    return not _in_one_sentence(text, first, last), gap
