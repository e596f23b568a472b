"""An article with its annotations comes back from `pressmark/1` as it was, or is refused."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_store import (
    BOOK,
    make_article,
    make_relation,
    make_span,
    make_suggestion,
)

from annotation.codebook_file import default_codebook
from annotation.errors import ProjectError
from annotation.ids import derived_id, is_id, new_id, now
from annotation.jsonl import entry_from_dict, entry_to_dict
from annotation.model import (
    ORIGINS,
    SUGGESTION_STATES,
    Annotations,
    RegistryEntry,
    Review,
    Span,
)
from annotation.resources import resource_path
from annotation.store import Entry

ROOT = Path(__file__).resolve().parents[2]
WORKED = ROOT.parent / "shared" / "articles" / "atacms.worked.json"
SCHEMA = json.loads(resource_path("pressmark-1.schema.json").read_text("utf-8"))
TEXT = "😀 Acme will, the port said, sail. Ё\u0301 שלום 👩\u200d👩\u200d👧 Acme"
AT = "2026-03-14T09:26:53.589Z"


def object_of(**parts: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "format": "pressmark/1",
        "article": {"title": "Acme", "text": TEXT},
        "spans": [
            {"id": "C1", "layer": "discourse", "label": "CLAIM", "fragments": [[2, 11], [28, 32]]},
            {"id": "S1", "layer": "discourse", "label": "SOURCE", "fragments": [[13, 21]]},
            {"id": "Q1", "layer": "discourse", "label": "CUE", "fragments": [[22, 26]]},
        ],
        "relations": [
            {
                "id": "R1",
                "label": "ATTRIBUTION",
                "arguments": [{"role": "claim", "span": "C1"}, {"role": "source", "span": "S1"}],
            }
        ],
    }
    return {**data, **parts}


def refusal(data: object) -> str:
    with pytest.raises(ProjectError) as refused:
        entry_from_dict(data, BOOK, "anna", AT)
    return str(refused.value)


def is_valid(data: object) -> bool:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return bool(jsonschema.Draft202012Validator(SCHEMA).is_valid(json.loads(json.dumps(data))))


def test_what_is_left_open_is_filled_in() -> None:
    data = object_of()
    entry = entry_from_dict(data, replace(BOOK, version=3), "anna", AT)
    claim = entry.annotations.spans[0]
    assert claim.quotation == ("Acme will", "sail")
    assert (claim.annotator, claim.origin, claim.codebook_version) == ("anna", "imported", 3)
    assert (claim.created_at, claim.modified_at, entry.article.imported_at) == (AT, AT, AT)
    assert claim.id == derived_id(entry.article.sha256, "span", "C1")
    assert entry.annotations.relations[0].arguments[0].span_id == claim.id
    assert is_id(entry.article.id) and is_valid(data)
    assert entry_from_dict(data, BOOK, "anna", AT).article.id == entry.article.id


@st.composite
def registry_entries(draw: st.DrawFn) -> RegistryEntry:
    name = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
    names = name.filter(str.strip)
    return RegistryEntry(
        *(new_id(), "source", draw(names), "anna", AT, AT),
        aliases=tuple(draw(st.lists(names, max_size=2))),
        facts=draw(st.sampled_from([{}, {"kind": "person", "wikidata": "Q42"}])),
        note=draw(st.sampled_from(["", "a\nb"])),
        confidential=draw(st.booleans()),
    )


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    known = {
        name: draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
        for name in ("outlet", "published", "language", "url", "section", "source_file")
    }
    article = make_article(
        TEXT * draw(st.integers(1, 3)),
        authors=tuple(draw(st.lists(st.just("A. B.")))),
        imported_at=AT,
        **known,
    )
    registry = {entry.id: entry for entry in draw(st.lists(registry_entries(), max_size=2))}
    spans = []
    for number in range(draw(st.integers(0, 4))):
        base = number * 12
        label = draw(st.sampled_from(["ORG", "CLAIM", "SOURCE"]))
        layer = "entity" if label == "ORG" else "discourse"
        fragments = [(base, base + 4), (base + 6, base + 8)][: 2 if label == "CLAIM" else 1]
        if any(article.text[start:end].isspace() for start, end in fragments):
            continue
        said = {"kind": "plan", "doubtful": draw(st.booleans())} if label == "CLAIM" else {}
        spans.append(
            replace(
                make_span(article, layer, label, *fragments),
                annotator=draw(st.sampled_from(["anna", "ben"])),
                origin=draw(st.sampled_from(ORIGINS)),
                attributes=said,
                note=draw(st.sampled_from(["", "?", "a\nb"])),
                author=draw(st.sampled_from(["", "model 1"])),
                suggestion_id=draw(st.sampled_from(["", article.id])),
                blind=draw(st.booleans()),
                entry_id=draw(st.sampled_from(["", *registry])) if label == "SOURCE" else "",
            )
        )
    members = [span for span in spans if span.label != "CLAIM"]
    relations = [make_relation(article, "COREFERENCE", *(("member", s) for s in members))]
    suggestion = replace(
        make_suggestion(article, draw(st.sampled_from(["ORG", "GPE"])), 2, 6),
        score=draw(st.none() | st.floats(0, 1)),
        state=draw(st.sampled_from(SUGGESTION_STATES)),
    )
    review = Review(article.id, "ben", "entity", draw(st.sampled_from(("open", "complete"))), now())
    return Entry(
        article,
        Annotations(
            *(tuple(spans), tuple(relations if len(members) > 1 else ())),
            *((suggestion,), (review,), tuple(registry.values())),
        ),
    )


@settings(max_examples=60, deadline=None)
@given(entries())
def test_an_export_is_read_as_it_was_written(entry: Entry) -> None:
    data = json.loads(json.dumps(entry_to_dict(entry, BOOK)))
    assert entry_from_dict(data, BOOK, "someone else", AT) == entry
    assert is_valid(data)


def test_layers_say_what_no_label_means() -> None:
    article = make_article(TEXT)
    review = Review(article.id, "ben", "discourse", "complete", AT)
    entry = Entry(
        article, Annotations((make_span(article, "entity", "ORG", (2, 6)),), reviews=(review,))
    )
    assert entry_to_dict(entry, BOOK)["layers"] == {"entity": "open", "discourse": "complete"}
    nobody = entry_to_dict(Entry(article), BOOK)
    assert nobody["layers"] == {"entity": "missing", "discourse": "missing"}
    foreign = object_of(layers={"entity": "missing", "discourse": "complete"})
    (read,) = entry_from_dict(foreign, BOOK, "anna", AT).annotations.reviews
    assert (read.annotator, read.layer, read.state) == ("anna", "discourse", "complete")


def test_versions_count_only_where_the_codebook_is_the_same() -> None:
    book = replace(BOOK, version=5)
    entry = entry_from_dict(object_of(), BOOK, "anna", AT)
    data = entry_to_dict(entry, BOOK)

    def versions(data: object, version: int) -> set[int]:
        read = entry_from_dict(data, replace(BOOK, version=version), "anna", AT).annotations
        return {record.codebook_version for record in (*read.spans, *read.relations)}

    assert versions(data, 5) == {1}
    assert versions({**data, "codebook": {"sha256": "0" * 64}}, 5) == {5}
    older = entry_to_dict(entry_from_dict(object_of(), book, "anna", AT), book)
    assert versions(older, 2) == {2}


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"format": "pressmark/2"}, "pressmark/1"),
    ({"article": {"text": TEXT, "sha256": "0" * 64}}, "sha256"),
    ({"article": {"text": "a\r\nb"}}, "carriage returns"),
    ({"article": {"text": "a\x00b"}}, "NUL"),
    ({"article": {"text": "\ufeffb"}}, "byte order mark"),
    ({"article": {"text": " \n"}}, "no text"),
    ({"article": {"text": "half \ud83d"}}, "text"),
    ({"article": {"text": TEXT, "titel": "x"}}, "'titel'"),
    ({"article": None}, "article"),
    ({"spams": []}, "'spams'"),
    ({"spans": {}}, "spans"),
    ({"layers": {"entity": "done"}}, "layers.entity"),
    ({"layers": {"politics": "complete"}}, "no layer politics"),
    ({"review": [{"layer": "politics", "state": "open"}]}, "no layer politics"),
    ({"suggestions": [{"layer": "entity", "label": "ORG", "fragments": [[2, 6]]}]}, "author"),
]


@pytest.mark.parametrize(("parts", "says"), WRONG)
def test_a_wrong_object_is_refused(parts: dict[str, Any], says: str) -> None:
    assert says in refusal(object_of(**parts))


WRONG_SPANS = [
    ({"fragments": [[2, 99]]}, "not inside the text"),
    ({"fragments": [[-4, 2]]}, "not inside the text"),
    ({"fragments": [[6, 6]]}, "empty"),
    ({"fragments": [[6, 7]]}, "only blanks"),
    ({"fragments": [[7, 11], [2, 6]]}, "out of order"),
    ({"fragments": [[2, 6], [6, 11]]}, "touches"),
    ({"fragments": [[2, True]]}, "whole numbers"),
    ({"quotation": ["Acme"]}, "is not what the text holds"),
    ({"label": "CLAM"}, "no label CLAM"),
    ({"layer": "entity"}, "no label CLAIM"),
    ({"attributes": {"kind": "guess"}}, "cannot be 'guess'"),
    ({"attributes": {"when": "soon"}}, "is plan"),
    ({"attributes": {"doubtful": "yes"}}, "yes or no"),
    ({"qoutation": ["x"]}, "'qoutation'"),
    ({"origin": "model"}, "origin"),
    ({"id": "S1"}, "its id is that of spans[0]"),
    ({"created_at": "yesterday"}, "created_at: expected a time in ISO 8601"),
    ({"modified_at": "2026-02-30T09:00:00Z"}, "not '2026-02-30T09:00:00Z'"),
    ({"modified_at": "2026-03-14"}, "such as 2026-03-14T09:26:53Z"),
    ({"created_at": 1773480413}, "created_at: expected text"),
]


@pytest.mark.parametrize(("change", "says"), WRONG_SPANS)
def test_a_wrong_span_is_refused(change: dict[str, Any], says: str) -> None:
    data = object_of()
    data["spans"][0] |= change
    assert says in refusal(data)


def test_a_time_of_another_zone_becomes_utc() -> None:
    data = object_of()
    data["spans"][0] |= {
        "created_at": "2026-03-14T00:26:53+01:00",
        "modified_at": "2026-03-14T09:26:53.5Z",
    }
    span = entry_from_dict(data, BOOK, "anna", AT).annotations.spans[0]
    assert (span.created_at, span.modified_at) == (
        "2026-03-13T23:26:53.000Z",
        "2026-03-14T09:26:53.5Z",
    )
    assert is_valid(data)


def test_rules_between_records_count() -> None:
    again = object_of()
    again["spans"].append(
        {"id": "S2", "layer": "discourse", "label": "SOURCE", "fragments": [[17, 21]]}
    )
    assert "spans[3]: Source cannot be inside another Source" in refusal(again)
    again["spans"][3]["annotator"] = "ben"
    assert len(entry_from_dict(again, BOOK, "anna", AT).annotations.spans) == 4
    twice = object_of(relations=object_of()["relations"] * 2)
    twice["relations"][1] = {**twice["relations"][1], "id": "R2"}
    assert "linked by Attribution already" in refusal(twice)
    ends = [{"role": "member", "span": "S1"}, {"role": "member", "span": "O1"}]
    round_trip = object_of()
    round_trip["spans"].append(
        {"id": "O1", "layer": "entity", "label": "ORG", "fragments": [[2, 6]]}
    )
    round_trip["relations"] = [
        {"label": "COREFERENCE", "arguments": arguments} for arguments in (ends, ends[::-1])
    ]
    assert "linked by Coreference already" in refusal(round_trip)
    loose = object_of()
    loose["relations"][0]["arguments"][1]["span"] = "S9"
    assert "is not in the article" in refusal(loose)


def test_ten_reasons_are_told_and_the_others_counted() -> None:
    data = object_of(relations=[])
    data["spans"] = [
        {"layer": "entity", "label": f"L{number}", "fragments": [[2, 6]]} for number in range(25)
    ]
    told = refusal(data)
    assert "L9" in told and "L10" not in told and told.endswith("And 15 more.")


def test_names_of_others_are_ignored() -> None:
    data = object_of(**{"x-tool": {"a": 1}})
    data["spans"][0]["x-id"] = 5
    data["article"]["x-length"] = 30
    assert len(entry_from_dict(data, BOOK, "anna", AT).annotations.spans) == 3
    assert is_valid(data)


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    for parts in ({"format": "x"}, {"spams": []}, {"spans": [{"label": "ORG"}]}, {"article": {}}):
        assert not is_valid(object_of(**parts))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "span", "role", "label", "layer"]), inner)
    ),
    max_leaves=10,
)
fields = ["id", "layer", "label", "fragments", "quotation", "attributes", "origin", "author"]


@given(st.sampled_from(["article", "spans", "relations", "review", "layers"]), json_values)
def test_anything_else_is_refused_in_words(name: str, value: object) -> None:
    spoilt = [{**object_of()["spans"][0], field: value} for field in fields]
    for data in (object_of(**{name: value}), object_of(spans=spoilt, relations=[])):
        try:
            entry_from_dict(data, BOOK, "anna", AT)
        except ProjectError as error:
            str(error).encode()


@pytest.mark.skipif(not WORKED.exists(), reason="the worked example is not here (../shared)")
def test_the_worked_example_loses_nothing() -> None:
    book = default_codebook()
    data = json.loads(WORKED.read_text("utf-8"))
    assert is_valid(data)
    entry = entry_from_dict(data, book, "anna", AT)
    spans, relations = entry.annotations.spans, entry.annotations.relations
    assert (len(spans), len(relations)) == (84, 39)
    assert sum(len(span.fragments) > 1 for span in spans) == 3
    given_ids = {span.id: said["id"] for span, said in zip(spans, data["spans"], strict=True)}
    for span, said in zip(spans, data["spans"], strict=True):
        assert (span.layer, span.label) == (said["layer"], said["label"])
        assert [list(f) for f in span.fragments] == said["fragments"]
        assert (list(span.quotation), span.attributes) == (said["quotation"], said["attributes"])
    for relation, said in zip(relations, data["relations"], strict=True):
        arguments = [{"role": a.role, "span": given_ids[a.span_id]} for a in relation.arguments]
        assert (relation.label, arguments) == (said["label"], said["arguments"])
        assert relation.attributes == said["attributes"]
    again = entry_to_dict(entry, book)
    assert entry_from_dict(again, book, "someone else", "later") == entry and is_valid(again)


def test_the_page_for_engineers_is_right() -> None:
    page = (ROOT / "docs" / "jsonl.md").read_text("utf-8")
    example = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert example
    data = json.loads(example[1])
    assert is_valid(data)
    entry = entry_from_dict(data, default_codebook(), "anna", AT)
    assert isinstance(entry.annotations.spans[0], Span) and entry.annotations.relations
