"""Searching the project file gives what a look at every record would."""

from dataclasses import replace
from itertools import combinations

import pytest

from annotation.errors import ProjectError
from annotation.finding import Query
from annotation.model import Annotations, Article
from annotation.searching import FIELDS, Found, Search, Searcher
from annotation.store import ArticleFilter, Entry, each_entry
from storage import ProjectFile, searching
from tests.storage.making import BOOK, add_article, edit, make_article, make_relation, make_span

WORDS = ("beta", "claim", "kind: plan", "anna", "bea", "")
FILTERS = ({}, {"label": "discourse/CLAIM"}, {"label": "/COREFERENCE"}, {"annotator": "bea"})


@pytest.fixture
def filled(store: ProjectFile, monkeypatch: pytest.MonkeyPatch) -> ProjectFile:
    monkeypatch.setattr(searching, "PAGE", 2)
    for number in range(5):
        article = make_article(f"Beta {number} 😀 told\nBeta’s claim.", outlet="Beta Times")
        claim = replace(
            make_span(article, (0, 4), (9, 13), label="CLAIM"),
            note="Is it Beta?" if number % 2 else "",
            attributes={"kind": "plan"} if number < 3 else {},
        )
        org = replace(make_span(article, (0, 4)), annotator="bea")
        link = make_relation(article, org, claim)
        link = replace(link, note="Beta twice" if number == 2 else "")
        store.add_entries([Entry(article, Annotations((claim, org), (link,)))], "anna")
    return store


def add(store: ProjectFile, wanted: Search) -> list[Found]:
    return [found for looked in store.search(wanted) for found in looked.found]


def test_every_choice_of_fields_and_filters(filled: ProjectFile) -> None:
    entries = list(enumerate(each_entry(filled), 1))
    fields = [frozenset(some) for n in (1, 2, 6) for some in combinations(FIELDS, n)]
    seen = 0
    for words in WORDS:
        for some in fields:
            for asked in FILTERS:
                wanted = Search(Query(words), some, **asked)
                searcher = Searcher(wanted, BOOK)
                expected = [
                    found
                    for number, entry in entries
                    for found in searcher.look(
                        number, entry.article, entry.annotations.spans, entry.annotations.relations
                    )
                ]
                assert add(filled, wanted) == expected, wanted
                seen += len(expected)
    assert seen > 100


def test_a_search_tells_how_far_it_is_and_hits_in_small_portions(
    filled: ProjectFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "TOLD", 1)
    looked = list(filled.search(Search(Query("beta"), frozenset({"text"}))))
    assert [len(step.found) for step in looked if step.found] == [1] * 10
    assert sorted(step.articles for step in looked) == [step.articles for step in looked]
    assert looked[-1].articles == 5


def test_a_wrong_pattern_is_told(filled: ProjectFile) -> None:
    with pytest.raises(ProjectError, match="no regular expression"):
        next(filled.search(Search(Query("(", regex=True))))


def test_who_has_tagged(filled: ProjectFile) -> None:
    assert filled.annotators() == ["anna", "bea"]


def test_spans_page_by_page_are_all_spans_in_reading_order(store: ProjectFile) -> None:
    article = make_article("abcdefghij" * 4)
    places = [(0, 9), (0, 4), (0, 4), (3, 5), (3, 9), (3, 4), (20, 21)]
    spans = tuple(make_span(article, place, label="CLAIM") for place in places)
    other = add_article(store, "Another")
    stored = add_article(store, article.text)
    spans = tuple(replace(span, article_id=stored.id) for span in spans)
    store.apply(edit(stored, (), (*spans, make_span(other, (0, 3)))))
    expected = list(store.annotations(stored.id).spans)
    for size in (1, 2, 3, 50):
        read, last = [], None
        while page := store.spans_after(stored.id, last, size):
            assert len(page) <= size
            read += page
            last = page[-1]
        assert read == expected


def test_an_index_that_says_nothing_of_itself_is_damage_and_told_in_words(
    store: ProjectFile, article: Article
) -> None:
    store._connection.execute("DELETE FROM indexed")
    with pytest.raises(ProjectError, match="damaged"):
        store.article_rows(ArticleFilter("beta"))
