"""Docs: every span is there exactly, or in the loss report; missing is never none."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_store import MemoryStore, make_article, make_relation, make_span
from spacy.tokens import Doc, DocBin

from annotation.codebook_file import default_codebook
from annotation.exporting import ExportOptions, Loss, export, losses
from annotation.exporting.docbin import DocBinExporter
from annotation.jsonl import entry_from_dict
from annotation.model import Annotations, Article, Review, Span
from annotation.store import Entry

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT.parent / "shared" / "articles" / "atacms.worked.json"
LAYERS = ("entity", "discourse")
VOCAB = spacy.blank("en").vocab
TEXT = "Acme Corp of New York said the plant would close, the union claimed on  Friday.\n\nYes."


def project(*entries: Entry) -> MemoryStore:
    store = MemoryStore()
    store.add_entries(entries, "anna")
    return store


def reviewed(article: Article, *spans: Span, layers: tuple[str, ...] = LAYERS) -> Entry:
    reviews = tuple(Review(article.id, "anna", layer, "complete", "") for layer in layers)
    return Entry(article, Annotations(spans, (), (), reviews))


def read(path: Path) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(VOCAB))


def export_docs(store: MemoryStore, out: Path, **options: object) -> list[Doc]:
    export(store, out, ExportOptions("docbin", **options))  # type: ignore[arg-type]
    return read(out / "corpus.spacy")


def lost(store: MemoryStore) -> list[Loss]:
    return list(losses(store, ExportOptions("docbin")))


def in_doc(doc: Doc) -> set[tuple[str, str, int, int]]:
    spans = [*doc.ents, *doc.spans.get("sc", [])]
    return {(s.id_ or s.ent_id_, s.label_, s.start_char, s.end_char) for s in spans}


def test_entities_groups_and_the_key_for_spancat(tmp_path: Path) -> None:
    article = make_article(TEXT)
    org = make_span(article, "entity", "ORG", (0, 9))
    claim = make_span(article, "discourse", "CLAIM", (27, 48))
    source = make_span(article, "discourse", "SOURCE", (50, 59))
    [doc] = export_docs(project(reviewed(article, org, claim, source)), tmp_path / "out")
    assert doc.text == TEXT
    assert [(e.text, e.label_, e.id_) for e in doc.ents] == [("Acme Corp", "ORG", org.id)]
    groups = {key: [(s.text, s.label_, s.id_) for s in group] for key, group in doc.spans.items()}
    claims = [("the plant would close", "CLAIM", claim.id)]
    sources = [("the union", "SOURCE", source.id)]
    assert groups == {"claims": claims, "sources": sources, "cues": [], "sc": claims + sources}


def test_missing_is_not_none(tmp_path: Path) -> None:
    one, two = make_article(TEXT), make_article("Nobody looked for claims here.")
    store = project(reviewed(one, layers=("discourse",)), reviewed(two, layers=("entity",)))
    seen, unseen = export_docs(store, tmp_path / "out")
    assert {token.ent_iob_ for token in seen} == {""}
    assert set(seen.spans) == {"claims", "sources", "cues", "sc"}
    assert {token.ent_iob_ for token in unseen} == {"O"}
    assert not unseen.spans
    assert unseen.user_data["pressmark"]["layers"] == {"entity": "complete", "discourse": "missing"}


def test_open_layers_are_marked_and_their_blanks_stay_missing(tmp_path: Path) -> None:
    article = make_article(TEXT)
    spans = (
        make_span(article, "entity", "ORG", (0, 9)),
        make_span(article, "discourse", "CUE", (22, 26)),
    )
    store = project(reviewed(article, *spans, layers=()))
    [doc] = export_docs(store, tmp_path / "out", everything=True)
    assert [token.ent_iob_ for token in doc][:4] == ["B", "I", "", ""]
    assert set(doc.spans) == {"cues"}, "neither none nor complete: no other key, no sc"
    assert doc.user_data["pressmark"]["layers"] == {"entity": "open", "discourse": "open"}
    assert (tmp_path / "out" / "ner").is_dir()
    assert not (tmp_path / "out" / "spancat").exists()


def test_everything_is_in_the_user_data(tmp_path: Path) -> None:
    article = make_article(TEXT, outlet="Courier", authors=("Ida",), language="en")
    claim = replace(
        make_span(article, "discourse", "CLAIM", (27, 48)),
        attributes={"kind": "plan", "doubtful": True},
        note="hm",
        origin="edited",
        author="model 1",
    )
    cue = make_span(article, "discourse", "CUE", (60, 67))
    said = make_relation(article, "ATTRIBUTION", ("claim", claim), ("cue", cue))
    entry = reviewed(article, claim, cue)
    entry = replace(entry, annotations=replace(entry.annotations, relations=(said,)))
    [doc] = export_docs(project(entry), tmp_path / "out")
    told = doc.user_data["pressmark"]
    assert told["article"]["outlet"] == "Courier"
    assert "text" not in told["article"]
    data = json.loads(json.dumps(told))
    data["article"]["text"] = doc.text
    again = entry_from_dict(data, MemoryStore().codebook(), "", "")
    assert again.article == article
    assert again.annotations.spans == (claim, cue)
    assert again.annotations.relations == (said,)


@pytest.mark.parametrize(
    ("fragments", "label", "kinds", "words"),
    [
        ([(0, 9)], "ORG", [], ["Acme Corp"]),
        ([(2, 7)], "ORG", ["widened"], ["Acme Corp"]),
        ([(9, 21)], "GPE", ["trimmed"], ["of New York"]),
        ([(13, 21), (17, 30)], "GPE", ["overlap"], ["York said the"]),
        ([(0, 9), (0, 4)], "ORG", ["overlap"], ["Acme Corp"]),
        ([(0, 9), (1, 9)], "ORG", ["widened", "merged"], ["Acme Corp"]),
    ],
)
def test_what_entities_cannot_hold_is_told(
    tmp_path: Path, fragments: list[tuple[int, int]], label: str, kinds: list[str], words: list[str]
) -> None:
    article = make_article(TEXT)
    spans = [make_span(article, "entity", label, f) for f in fragments]
    store = project(reviewed(article, *spans))
    assert [loss.what for loss in lost(store)] == kinds
    assert {loss.record_id for loss in lost(store)} <= {span.id for span in spans}
    [doc] = export_docs(store, tmp_path / "out")
    assert [e.text for e in doc.ents] == words
    assert len(doc.user_data["pressmark"]["spans"]) == len(spans)


def test_a_token_that_only_a_left_out_entity_holds_is_missing(tmp_path: Path) -> None:
    article = make_article(TEXT)
    spans = [make_span(article, "entity", "GPE", place) for place in ((13, 21), (17, 30))]
    [doc] = export_docs(project(reviewed(article, *spans)), tmp_path / "out")
    assert {token.text: token.ent_iob_ for token in doc[:7]} == {
        "Acme": "O", "Corp": "O", "of": "O", "New": "", "York": "B", "said": "I", "the": "I",
    }  # fmt: skip


def test_a_discontinuous_span_is_one_piece_for_each_fragment(tmp_path: Path) -> None:
    article = make_article(TEXT)
    claim = make_span(article, "discourse", "CLAIM", (27, 48), (72, 78))
    store = project(reviewed(article, claim))
    [doc] = export_docs(store, tmp_path / "out")
    assert [(s.text, s.id_) for s in doc.spans["claims"]] == [
        ("the plant would close", claim.id),
        ("Friday", claim.id),
    ]
    [loss] = lost(store)
    assert (loss.what, loss.quotation) == ("discontinuous", "the plant would close … Friday")


def test_two_annotators_who_agree_make_one_span(tmp_path: Path) -> None:
    article = make_article(TEXT)
    mine = make_span(article, "discourse", "CLAIM", (27, 48))
    yours = replace(make_span(article, "discourse", "CLAIM", (27, 48)), annotator="ben")
    store = project(reviewed(article, mine, yours))
    [doc] = export_docs(store, tmp_path / "out")
    assert len(doc.spans["claims"]) == 1
    assert [(loss.what, loss.record_id) for loss in lost(store)] == [("merged", yours.id)]


LETTERS = st.sampled_from([*"aB1.,’- \n\t😀é", "don’t ", "U.S. ", "👨\u200d👩", "ab ", "مر"])


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    text = "x" + "".join(draw(st.lists(LETTERS, max_size=40))) + "y"
    article = make_article(text)
    place = st.integers(0, len(text))
    spans = []
    for _ in range(draw(st.integers(0, 8))):
        cuts = sorted(draw(st.sets(place, min_size=2, max_size=4)))
        layer, label = draw(st.sampled_from([("entity", "ORG"), ("discourse", "CLAIM")]))
        pairs = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
        spans.append(make_span(article, layer, label, *pairs))
    return reviewed(article, *spans)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(entries(), min_size=1, max_size=2, unique_by=lambda e: e.article.text))
def test_every_span_is_exact_or_listed(
    tmp_path_factory: pytest.TempPathFactory, found: list[Entry]
) -> None:
    store = project(*found)
    out = tmp_path_factory.mktemp("export") / "out"
    docs = export_docs(store, out)
    listed = {loss.record_id for loss in lost(store)}
    written = [json.loads(line) for line in (out / "losses.jsonl").read_text("utf-8").splitlines()]
    assert {loss["record_id"] for loss in written} == listed
    for entry, doc in zip(found, docs, strict=True):
        assert doc.text == entry.article.text
        held = in_doc(doc)
        for span in entry.annotations.spans:
            exact = all((span.id, span.label, a, b) in held for a, b in span.fragments)
            assert exact != (span.id in listed) or (exact and len(span.fragments) > 1)
        for ent in doc.ents:
            assert not ent[0].is_space and not ent[-1].is_space, "spaCy's NER refuses these"
        data = json.loads(json.dumps(doc.user_data["pressmark"]))
        exact_again = [[list(f) for f in s.fragments] for s in entry.annotations.spans]
        assert sorted(s["fragments"] for s in data["spans"]) == sorted(exact_again)


@pytest.mark.parametrize("path", [SEED, ROOT / "resources" / "sample" / "harbour-bridge.jsonl"])
def test_a_real_article_is_carried_whole(path: Path, tmp_path: Path) -> None:
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    data = json.loads(path.read_text("utf-8"))
    book = default_codebook()
    entry = entry_from_dict(data, book, "anna", "2026-01-01T00:00:00.000Z")
    reviews = tuple(Review(entry.article.id, "anna", x.name, "complete", "") for x in book.layers)
    entry = replace(entry, annotations=replace(entry.annotations, reviews=reviews))
    store = MemoryStore(book)
    store.add_entries([entry], "anna")
    [doc] = export_docs(store, tmp_path / "out")
    listed = {(loss.record_id, loss.what) for loss in lost(store)}
    held = in_doc(doc)
    for span in entry.annotations.spans:
        exact = all((span.id, span.label, a, b) in held for a, b in span.fragments)
        assert exact != ((span.id, "widened") in listed)
        assert (len(span.fragments) > 1) == ((span.id, "discontinuous") in listed)
    counts = Counter(span.label for span in entry.annotations.spans)
    assert len({s.id_ for s in doc.spans["claims"]}) == counts["CLAIM"]
    assert len(doc.user_data["pressmark"]["relations"]) == len(data["relations"])
    if path == SEED:
        assert (len(entry.annotations.spans), len(data["relations"])) == (84, 39)


def test_losses_need_no_folder_and_an_empty_text_no_tokens() -> None:
    article = make_article("")
    store = project(reviewed(article))
    assert lost(store) == []
    assert DocBinExporter().name == "docbin"
