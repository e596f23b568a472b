"""Searching a project: fields, filters and the context of a hit."""

from dataclasses import replace

import pytest
from memory_store import BOOK, MemoryStore, make_article, make_relation, make_span

from annotation.finding import Query
from annotation.model import Annotations
from annotation.searching import FIELDS, Field, Found, Search, search_apart
from annotation.store import Entry

TEXT = "Acme said it would buy Beta.\nNobody at Beta believed Acme."


@pytest.fixture
def store() -> MemoryStore:
    article = make_article(TEXT, title="Takeover", outlet="The Gazette", authors=("Ilse Acme",))
    claim = replace(
        make_span(article, "discourse", "CLAIM", (10, 27)),
        note="Acme’s plan",
        attributes={"kind": "plan", "doubtful": True},
    )
    source = replace(make_span(article, "discourse", "SOURCE", (0, 4)), annotator="bea")
    link = make_relation(article, "ATTRIBUTION", ("claim", claim), ("source", source))
    link = replace(link, note="twice", attributes={"duplicate": True})
    store = MemoryStore(BOOK)
    store.add_entries([Entry(article, Annotations((source, claim), (link,)))], "anna")
    store.add_entries([Entry(make_article("Nothing of note."))], "anna")
    return store


def search(store: MemoryStore, words: str, *fields: Field, **asked: str) -> list[Found]:
    wanted = Search(Query(words), frozenset(fields or FIELDS), **asked)
    return [found for looked in store.search(wanted) for found in looked.found]


def test_a_hit_in_the_text_has_its_place_and_context(store: MemoryStore) -> None:
    one, two = search(store, "beta", "text")
    assert TEXT[one.start : one.end] == "Beta"
    assert (one.before, one.hit, one.after) == (
        "Acme said it would buy ",
        "Beta",
        ". Nobody at Beta believed Acme.",
    )
    assert (one.number, one.title, one.what, one.span_id) == (1, "Takeover", "", "")
    assert two.start > one.start


@pytest.mark.parametrize(
    ("words", "field", "whats"),
    [
        ("claim", "label", ["CLAIM"]),
        ("attribution", "label", ["ATTRIBUTION"]),
        ("kind: plan", "attribute", ["CLAIM kind"]),
        ("yes", "attribute", ["CLAIM doubtful", "ATTRIBUTION duplicate"]),
        ("acme's", "note", ["CLAIM note"]),
        ("twice", "note", ["ATTRIBUTION note"]),
        ("bea", "annotator", ["SOURCE annotator"]),
        ("gazette", "metadata", ["outlet"]),
        ("ilse", "metadata", ["author"]),
    ],
)
def test_every_field_is_searched_by_itself(
    store: MemoryStore, words: str, field: Field, whats: list[str]
) -> None:
    assert [found.what for found in search(store, words, field)] == whats
    others = [other for other in FIELDS if other != field]
    assert not {found.what for found in search(store, words, *others)} & set(whats)


def test_a_label_alone_lists_all_its_spans(store: MemoryStore) -> None:
    (claim,) = search(store, "", label="discourse/CLAIM")
    assert (claim.hit, TEXT[claim.start : claim.end]) == ("it would buy Beta", "it would buy Beta")
    (link,) = search(store, "", label="/ATTRIBUTION")
    assert link.span_id == claim.span_id
    (source,) = search(store, "", annotator="bea")
    assert (source.what, source.hit) == ("SOURCE", "Acme")
    assert search(store, "") == []


def test_with_a_filter_the_text_is_that_of_spans(store: MemoryStore) -> None:
    (hit,) = search(store, "beta", "text", "metadata", label="discourse/CLAIM")
    assert (TEXT[hit.start : hit.end], hit.what) == ("Beta", "CLAIM")
    (hit,) = search(store, "acme", "text", annotator="bea")
    assert (hit.start, hit.end) == (0, 4)


def test_apart_the_store_is_closed_at_the_end(store: MemoryStore) -> None:
    closed = []
    store.close = lambda: closed.append(True)  # type: ignore[method-assign]
    looked = list(search_apart(lambda: store, Search(Query("acme"))))
    assert closed == [True]
    assert looked[-1].articles == 2


def test_context_that_goes_on_says_so() -> None:
    text = "a" * 100 + "beta" + "b" * 80
    store = MemoryStore(BOOK)
    store.add_entries([Entry(make_article(text), Annotations())], "anna")
    (found,) = search(store, "beta", "text")
    assert (found.before, found.after) == ("…" + "a" * 80, "b" * 80)
