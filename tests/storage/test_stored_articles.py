from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from annotation.errors import ConflictError, ProjectError
from annotation.model import Annotations, Review
from annotation.store import ArticleFilter, Entry, Store, each_entry
from storage import ProjectFile, open_project
from storage.numbering import FIRST
from tests.storage.making import (
    BOOK,
    add_article,
    edit,
    make_article,
    make_relation,
    make_review,
    make_span,
    make_suggestion,
)

ALL = ArticleFilter()


def titles(store: Store, wanted: ArticleFilter) -> list[str]:
    found = [row.title for row in store.article_rows(wanted)]
    assert store.count_articles(wanted) == len(found)
    numbers = [n for piece in store.numbers_found(wanted, lambda: False) for n in piece]
    assert [row.title for row in store.rows_of(numbers)] == found
    return found


def test_an_article_comes_back_as_it_went_in(store: ProjectFile, path: Path) -> None:
    article = make_article(
        "👩‍👩‍👧 e\u0301 مرحبا “quoted” \x00 end\n",
        title="A title",
        outlet="The Gazette",
        authors=("Ada Öhm", "Bo"),
        published="2026-03-14",
        language="en",
        url="https://example.org/1",
        section="World",
        source_file="in/one.txt",
    )
    spans = (make_span(article, (0, 5), (7, 9), label="CLAIM", note="n", attributes={"x": True}),)
    said = Annotations(spans, (), (make_suggestion(article, 0, 5),), (make_review(article, "e"),))
    store.add_entries([Entry(article, said)], "anna")
    store.close()
    again = open_project(path)
    assert list(each_entry(again)) == [Entry(article, said)]
    assert again.codebook() == BOOK
    again.close()


def test_an_import_is_all_or_nothing(store: ProjectFile) -> None:
    one = add_article(store)
    with pytest.raises(ConflictError, match="this text already"):
        store.add_entries([Entry(make_article()), Entry(make_article(one.text))], "anna")
    stray = make_span(one, (0, 3))
    two = make_article()
    with pytest.raises(ConflictError, match="not there"):
        relation = make_relation(two, stray)
        store.add_entries([Entry(two, Annotations(relations=(relation,)))], "anna")
    assert list(store.article_ids()) == [one.id]
    assert store.titles_by_sha256([one.sha256, "unknown"]) == {one.sha256: one.title}


def test_an_unknown_article_is_named(store: ProjectFile) -> None:
    for ask in (store.article, store.article_row):
        with pytest.raises(ProjectError, match="no article nowhere"):
            ask("nowhere")
    with pytest.raises(ProjectError, match="no version 7"):
        store.codebook(7)


def test_the_list_comes_in_pages(store: ProjectFile) -> None:
    store.add_entries([Entry(make_article(title=str(n))) for n in range(25)], "anna")
    seen: list[str] = []
    after = 0
    while page := store.article_rows(ALL, after, limit=10):
        seen += [row.title for row in page]
        after = page[-1].number
    assert seen == [str(n) for n in range(25)]


def test_the_numbers_of_many_articles_come_in_two_pieces_unless_stopped(store: ProjectFile) -> None:
    count = FIRST + 2010
    store.add_entries([Entry(make_article(title=str(n))) for n in range(count)], "anna")
    for wanted in (ALL, ArticleFilter(status="new"), ArticleFilter("-title:none")):
        pieces = list(store.numbers_found(wanted, lambda: False))
        assert [len(piece) for piece in pieces] == [FIRST, 2010]
        assert sum(pieces[1:], pieces[0]) == [*range(1, count + 1)]
        assert not list(store.numbers_found(wanted, lambda: True))
        with ThreadPoolExecutor(1) as thread:
            elsewhere = thread.submit(lambda w=wanted: list(store.numbers_found(w, lambda: False)))
            assert elsewhere.result() == pieces
    with pytest.raises(ProjectError, match="no field"):
        list(store.numbers_found(ArticleFilter("colour:red"), lambda: False))


@pytest.mark.parametrize("indexed", [True, False])
def test_words_are_looked_for_in_title_outlet_authors_and_file_name(
    store: ProjectFile, indexed: bool
) -> None:
    add_article(store, title="Straße", outlet="Gazette", authors=("Ärger",), source_file="f_1.txt")
    add_article(store, title="100 % sure", outlet="Post")
    store.index(10 * indexed)
    assert titles(store, ArticleFilter("STRASSE")) == ["Straße"]
    assert titles(store, ArticleFilter("ärger gaz")) == ["Straße"]
    assert titles(store, ArticleFilter("F_1")) == ["Straße"]
    assert titles(store, ArticleFilter("_ post")) == ["100 % sure"]
    assert len(titles(store, ArticleFilter("  %"))) == 2
    with pytest.raises(ProjectError, match="longer than"):
        store.article_rows(ArticleFilter("word " * 5000))


def test_status_follows_the_work(store: ProjectFile) -> None:
    article = add_article(store)
    add_article(store, title="other")
    suggestion = make_suggestion(article, 0, 3)
    steps = [
        ((), (suggestion,), "new", True),
        ((), (make_span(article, (0, 3)),), "started", True),
        ((), (make_review(article, "entity"),), "started", True),
        ((), (make_review(article, "discourse"),), "complete", True),
        ((suggestion,), (), "complete", False),
    ]
    for removed, added, status, pending in steps:
        store.apply(edit(article, removed, added))
        row = store.article_row(article.id)
        assert (row.status, row.pending) == (status, pending)
        assert row in store.article_rows(ArticleFilter(status=row.status))
    assert titles(store, ArticleFilter(status="new")) == ["other"]
    assert titles(store, ArticleFilter(status="started")) == []
    assert titles(store, ArticleFilter(status="complete")) == [article.title]


def test_layers_completed_by_different_annotators_do_not_add_up(store: ProjectFile) -> None:
    article = add_article(store)
    other = Review(article.id, "bert", "discourse", "complete", "2026-01-01")
    store.apply(edit(article, (), (make_review(article, "entity"), other)))
    assert store.article_row(article.id).status == "started"
