"""Each rule refuses what it is there for, in words, and nothing else."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_store import BOOK, make_article, make_relation, make_span

from annotation import rules
from annotation.errors import RefusedEdit
from annotation.model import Change, Fragment, Span

ARTICLE = make_article("Acme will sail, the port of Acme said. 😀 Ё\u0301 שלום")

fragments = st.lists(st.tuples(st.integers(-2, 12), st.integers(-2, 12)), max_size=4).map(tuple)


@given(fragments)
def test_fragments_are_right_exactly_when_they_are_places_in_order(
    given_fragments: tuple[Fragment, ...],
) -> None:
    text = "ab cd\u00a0 efg"
    flat = [offset for fragment in given_fragments for offset in fragment]
    right = (
        bool(given_fragments)
        and all(one < other for one, other in pairwise(flat))
        and min(flat) >= 0
        and max(flat) <= len(text)
        and all(text[start:end].strip() for start, end in given_fragments)
    )
    assert (rules.fragment_problems(make_article(text), given_fragments) == []) == right


sound = st.lists(st.integers(0, 20), min_size=2, max_size=6, unique=True).map(
    lambda numbers: tuple(zip(sorted(numbers)[::2], sorted(numbers)[1::2], strict=False))
)


def points(places: tuple[Fragment, ...]) -> set[int]:
    return {point for start, end in places for point in range(start, end)}


@given(sound, sound)
def test_containing_and_crossing_are_what_sets_say(
    one: tuple[Fragment, ...], other: tuple[Fragment, ...]
) -> None:
    assert rules.contains(one, other) == (points(other) <= points(one))
    inside = points(one) <= points(other) or points(other) <= points(one)
    assert rules.crosses(one, other) == (bool(points(one) & points(other)) and not inside)


def claim(*places: Fragment, **said: object) -> Span:
    return replace(make_span(ARTICLE, "discourse", "CLAIM", *places), **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("span", "says"),
    [
        (claim((0, 9)), ""),
        (claim((0, 4), (10, 14)), ""),
        (claim((39, 40)), ""),
        (claim((0, 9), quotation=("acme will",)), "what the text holds"),
        (claim((0, 9), label="ORG"), "no label ORG in the layer discourse"),
        (make_span(ARTICLE, "discourse", "SOURCE", (0, 4), (10, 14)), "discontinuous"),
        (claim((0, 9), attributes={"kind": "plan", "when": "soon"}), ""),
        (claim((0, 9), attributes={"when": "soon"}), "is plan"),
        (claim((0, 9), attributes={"doubtful": True, "words": "any"}), ""),
        (claim((0, 9), attributes={"doubtful": "yes"}), "yes or no"),
        (claim((0, 9), attributes={"words": True}), "is text"),
        (claim((0, 9), attributes={"tone": "x"}), "no attribute tone"),
    ],
)
def test_spans(span: Span, says: str) -> None:
    problems = rules.span_problems(BOOK, ARTICLE, span)
    assert problems == [] if not says else [p for p in problems if says in p]


def test_nesting_follows_the_codebook() -> None:
    source = make_span(ARTICLE, "discourse", "SOURCE", (16, 32))
    inner = make_span(ARTICLE, "discourse", "SOURCE", (28, 32))
    for one, other in ((source, inner), (inner, source)):
        assert "cannot be inside" in rules.neighbour_problems(BOOK, one, [other])[0]
        assert rules.neighbour_problems(BOOK, one, [replace(other, annotator="ben")]) == []
        assert rules.neighbour_problems(BOOK, one, [replace(other, label="CUE")]) == []
    assert rules.neighbour_problems(BOOK, source, [source]) == []
    same = replace(source, id="another")
    assert "already" in rules.neighbour_problems(BOOK, source, [same])[0]
    assert rules.neighbour_problems(BOOK, claim((0, 9)), [claim((5, 9))]) == []
    assert "already" in rules.neighbour_problems(BOOK, claim((0, 9)), [claim((0, 9))])[0]
    crossing = make_span(ARTICLE, "discourse", "SOURCE", (20, 37))
    assert rules.neighbour_problems(BOOK, source, [crossing]) == []


def test_relations() -> None:
    said = claim((0, 14))
    source = make_span(ARTICLE, "discourse", "SOURCE", (16, 32))
    cue = make_span(ARTICLE, "discourse", "CUE", (33, 37))
    spans = {span.id: span for span in (said, source, cue)}

    def problems(label: str, *arguments: tuple[str, Span], **other: object) -> str:
        relation = replace(make_relation(ARTICLE, label, *arguments), **other)  # type: ignore[arg-type]
        return " ".join(rules.relation_problems(BOOK, relation, spans.get))

    full = (("claim", said), ("source", source), ("cue", cue))
    assert problems("ATTRIBUTION", *full) == ""
    assert problems("ATTRIBUTION", *full, attributes={"duplicate": True}) == ""
    assert "no attribute" in problems("ATTRIBUTION", *full, attributes={"x": True})
    assert "needs a claim" in problems("ATTRIBUTION", *full[1:])
    assert "takes 1 claim, not 2" in problems("ATTRIBUTION", *full, ("claim", claim((1, 2))))
    assert "only once" in problems("ATTRIBUTION", *full, ("source", source))
    assert "cannot be its source" in problems("ATTRIBUTION", full[0], ("source", cue))
    assert "no role speaker" in problems("ATTRIBUTION", full[0], ("speaker", source))
    assert "not in the article" in problems("ATTRIBUTION", ("claim", claim((0, 9))))
    assert "needs at least 2 members" in problems("COREFERENCE", ("member", source))
    assert "no relation QUOTES" in problems("QUOTES")


def test_the_same_relation_is_recognised() -> None:
    one, other = claim((0, 9)), claim((10, 14))
    first = make_relation(ARTICLE, "X", ("member", one), ("member", other))
    second = make_relation(ARTICLE, "X", ("member", other), ("member", one))
    assert rules.same_arguments(first, second, symmetric=True)
    assert not rules.same_arguments(first, second, symmetric=False)
    assert not rules.same_arguments(first, replace(first, label="Y"), symmetric=True)


def test_a_refusal_holds_all_problems() -> None:
    rules.refuse_if([])
    with pytest.raises(RefusedEdit, match=r"One\. Two\."):
        rules.refuse_if(["One.", "Two."])


def test_a_change_taken_back_twice_is_itself() -> None:
    change = Change("i", "Title", "a", "anna", "t", (claim((0, 4)),), (claim((0, 9)),), False)
    assert change.inverse().removed == change.added
    assert change.inverse().inverse() == change
