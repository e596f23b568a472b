"""Tagging everywhere: what is found, what is left out, and that it is one change."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_store import MemoryStore, make_article, make_span, make_suggestion

from annotation import everywhere
from annotation.errors import RefusedEdit
from annotation.everywhere import Occurrence, Wanted
from annotation.model import Annotations, Article, Span, Suggestion
from annotation.session import Session
from annotation.store import Entry

TEXT = "Acme sails. ACME’s Acme Port, and Acmeville; Acme\nPort again. 😀 Acme"
ORG = Wanted("Acme", "entity", "ORG")


def project(*texts: str) -> tuple[MemoryStore, list[Article]]:
    store = MemoryStore()
    articles = [make_article(text) for text in texts]
    store.add_entries([Entry(article) for article in articles], "anna")
    return store, articles


def session_on(store: MemoryStore, article: Article) -> Session:
    session = Session(store, "anna")
    session.open(article.id)
    return session


def found(session: Session, wanted: Wanted) -> list[Occurrence]:
    return [one for one in everywhere.occurrences(session.desk, wanted) if one]


@pytest.mark.parametrize(
    ("wanted", "starts"),
    [
        (ORG, [0, 19, 45, 64]),
        (Wanted("Acme", "entity", "ORG", whole_words=False), [0, 19, 34, 45, 64]),
        (Wanted("acme", "entity", "ORG", match_case=False), [0, 12, 19, 45, 64]),
        (Wanted("acme", "entity", "ORG"), []),
        (Wanted("Acme  Port", "entity", "ORG"), [19, 45]),
        (Wanted(" ", "entity", "ORG"), []),
    ],
)
def test_which_places_count(wanted: Wanted, starts: list[int]) -> None:
    store, (article,) = project(TEXT)
    hits = found(session_on(store, article), wanted)
    assert [one.start for one in hits] == starts
    assert all(article.text[one.start : one.end] == one.words for one in hits)


def test_words_of_a_script_without_blanks_are_whole_words_too() -> None:
    store, (article,) = project("日本の首相は日本で")
    hits = found(session_on(store, article), Wanted("日本", "entity", "GPE"))
    assert [(one.start, one.end) for one in hits] == [(0, 2), (6, 8)]


def test_what_is_tagged_already_is_told_apart_and_a_rule_refuses_in_words() -> None:
    store, (article,) = project(TEXT)
    session = session_on(store, article)
    store.records[("Span", "x")] = make_span(article, "entity", "ORG", (0, 4))
    store.records[("Span", "y")] = make_span(article, "entity", "ORG", (19, 28))
    store.records[("Span", "z")] = make_span(article, "entity", "GPE", (45, 49))
    hits = found(session, ORG)
    assert [one.state for one in hits] == ["tagged", "refused", "new", "new"]
    assert hits[1].refusal == "Organisation cannot be inside another Organisation (“Acme Port”)."
    change = everywhere.tag(session.desk, ORG, [one for one in hits if one.state == "new"])
    assert change.title == "Tag Organisation (ORG) “Acme” 2 times"


def test_a_suggestion_of_the_same_words_is_accepted_unless_it_is_hidden() -> None:
    store, _ = project()
    article = make_article("Acme and Acme")
    suggestion = make_suggestion(article, "ORG", 9, 13)
    store.add_entries([Entry(article, Annotations(suggestions=(suggestion,)))], "anna")
    session = session_on(store, article)
    change = everywhere.tag(session.desk, ORG, found(session, ORG))
    spans = [record for record in change.added if isinstance(record, Span)]
    assert [span.origin for span in spans] == ["manual", "accepted"]
    assert change.removed == (suggestion,)
    session.hide_suggestions(True, everywhere=True)
    blind = everywhere.tag(session.desk, ORG, found(session, ORG))
    assert [(r.origin, r.blind) for r in blind.added if isinstance(r, Span)] == [
        ("manual", True),
        ("manual", True),
    ]


def test_the_whole_project_is_one_change_and_one_undo() -> None:
    store, articles = project(*(f"{n}: Acme. Acme {n}." for n in range(120)), "nothing here")
    session = session_on(store, articles[7])
    steps = list(everywhere.search_apart(partial(_again, store), session.codebook, "anna", ORG))
    assert (steps[-1].done, steps[-1].total) == (121, 121)
    hits = [one for step in steps for one in step.found]
    assert len(hits) == 240 and {one.article_id for one in hits} == {a.id for a in articles[:-1]}
    assert max(len(step.found) for step in steps) <= everywhere.STEP
    session.do(everywhere.tag(session.desk, ORG, hits))
    assert store.undo_title() == "Tag Organisation (ORG) “Acme” 240 times in 120 articles"
    assert len(session.desk.document.spans_between(0, 99)) == 2
    assert len(store.done) == 1 and store.done[0].article_id == articles[7].id
    assert store.counts()["spans"] == 240
    session.undo()
    assert store.counts()["spans"] == 0
    assert session.desk.document.spans_between(0, 99) == []


def test_nothing_chosen_is_refused() -> None:
    store, (article,) = project(TEXT)
    with pytest.raises(RefusedEdit, match="No occurrence is chosen"):
        everywhere.tag(session_on(store, article).desk, ORG, [])


@given(
    st.text(alphabet="aA ß\n😀é.", max_size=40), st.text(alphabet="aAß😀é", min_size=1, max_size=3)
)
def test_tagging_what_is_found_always_holds(text: str, words: str) -> None:
    store, (article,) = project(f"{text} x")
    session = session_on(store, article)
    wanted = Wanted(words, "entity", "ORG", match_case=False, whole_words=False)
    hits = [one for one in found(session, wanted) if one.state == "new"]
    if not hits:
        return
    session.do(everywhere.tag(session.desk, wanted, hits))
    assert [one.state for one in found(session, wanted)] == ["tagged"] * len(hits)
    for span in store.annotations(article.id).spans:
        assert span.quotation == article.quote(span.fragments)
        assert not isinstance(span, Suggestion)


def _again(store: MemoryStore) -> MemoryStore:
    return store
