"""Records and codebooks survive JSON, and nothing wrong gets through."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_store import BOOK

from annotation.codebook_file import default_codebook
from annotation.codebook_json import codebook_from_dict, codebook_to_dict
from annotation.codec import record_from_dict, record_to_dict
from annotation.errors import ProjectError
from annotation.model import (
    ORIGINS,
    SUGGESTION_STATES,
    Argument,
    Record,
    Relation,
    Review,
    Span,
    Suggestion,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
places = st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), min_size=1, max_size=3)
attributes = st.dictionaries(texts, texts | st.booleans(), max_size=3)
versions = st.integers(1, 1 << 40)

spans = st.builds(
    Span,
    *(texts, texts, texts, texts, places.map(tuple), st.lists(texts).map(tuple), texts),
    *(st.sampled_from(ORIGINS), versions, texts, texts, attributes, texts, texts, texts),
    st.booleans(),
)
arguments = st.lists(st.builds(Argument, texts, texts), min_size=1, max_size=3).map(tuple)
relations = st.builds(
    Relation,
    *(texts, texts, texts, arguments, texts, st.sampled_from(ORIGINS)),
    *(versions, texts, texts, attributes, texts, texts),
)
suggestions = st.builds(
    Suggestion,
    *(texts, texts, texts, texts, places.map(tuple), st.lists(texts).map(tuple), texts, texts),
    *(st.none() | st.floats(0, 1), st.sampled_from(SUGGESTION_STATES)),
)
reviews = st.builds(Review, texts, texts, texts, st.sampled_from(("open", "complete")), texts)


@given(spans | relations | suggestions | reviews)
def test_a_record_survives_json(record: Record) -> None:
    assert record_from_dict(json.loads(json.dumps(record_to_dict(record)))) == record


SPAN = record_to_dict(
    Span("i", "a", "l", "L", ((0, 4),), ("some",), "anna", "manual", 1, "t", "t", {"x": True})
)


def changed(name: str, value: object) -> dict[str, object]:
    return {**SPAN, name: value}


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (None, "record"),
        ([], "record"),
        (changed("record", "article"), "record"),
        (changed("label", 5), "label"),
        (changed("note", "half \ud83d"), "note"),
        (changed("origin", "guessed"), "origin"),
        (changed("codebook_version", True), "codebook_version"),
        (changed("codebook_version", 0), "codebook_version"),
        (changed("codebook_version", 1 << 64), "codebook_version"),
        (changed("fragments", []), "fragments"),
        (changed("fragments", [[0, True]]), "fragments"),
        (changed("fragments", [[0, 1, 2]]), "fragments"),
        (changed("fragments", [[0.0, 1]]), "fragments"),
        (changed("fragments", "0-4"), "fragments"),
        (changed("quotation", ["a", 1]), "quotation"),
        (changed("attributes", {"x": None}), "x"),
        (changed("attributes", []), "attributes"),
        (changed("fragmnets", []), "fragmnets"),
        ({k: v for k, v in SPAN.items() if k != "annotator"}, "annotator is missing"),
    ],
)
def test_a_wrong_field_is_named(data: object, named: str) -> None:
    with pytest.raises(ProjectError, match=named):
        record_from_dict(data)


def test_a_score_is_from_0_to_1() -> None:
    suggestion = Suggestion("i", "a", "l", "L", ((0, 1),), ("s",), "model", "t", 0.5)
    data = record_to_dict(suggestion)
    for score in (1.5, -1, float("nan"), True, "high"):
        with pytest.raises(ProjectError, match="score"):
            record_from_dict({**data, "score": score})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(sorted(SPAN)), inner),
    max_leaves=20,
)


@given(json_values, st.sampled_from(sorted(SPAN)))
def test_only_one_kind_of_error_comes_out(value: object, name: str) -> None:
    for read in (record_from_dict, codebook_from_dict):
        for data in (value, changed(name, value), {"labels": value}, {"relations": [value]}):
            refused_in_words(read, data)


def refused_in_words(read: Callable[[Any], object], data: object) -> None:
    try:
        read(data)
    except ProjectError as error:
        assert str(error).endswith((".", "…"))


def test_a_codebook_survives_json() -> None:
    for codebook in (BOOK, default_codebook()):
        data = json.loads(json.dumps(codebook_to_dict(codebook)))
        assert codebook_from_dict(data) == codebook
        assert codebook_from_dict(data, version=7).version == 7
