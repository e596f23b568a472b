import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotation.errors import ProjectError
from annotation.model import Annotations, Article
from storage import ProjectFile, open_project
from tests.storage.making import (
    add_article,
    edit,
    make_relation,
    make_review,
    make_span,
    make_suggestion,
)


def test_spans_are_found_by_their_envelope(store: ProjectFile, article: Article) -> None:
    first = make_span(article, (0, 4))
    wide = make_span(article, (0, 4), (30, 35), label="CLAIM")
    late = make_span(article, (25, 29))
    store.apply(edit(article, (), (late, first, wide)))
    add_article(store)
    assert store.spans_between(article.id, 0, 4) == [wide, first]
    assert store.spans_between(article.id, 4, 25) == [wide]
    assert store.spans_between(article.id, 28, 29) == [wide, late]
    assert store.spans_between(article.id, 35, 99) == []
    assert store.spans([late.id, "unknown", first.id]) == [first, late]


def test_suggestions_wait_until_they_are_decided(store: ProjectFile, article: Article) -> None:
    a, b, c = (make_suggestion(article, n, n + 4) for n in (0, 10, 20))
    store.apply(edit(article, (), (a, b, c), undoable=False))
    assert store.pending_suggestions(article.id) == [a, b, c]
    assert store.suggestions_between(article.id, 3, 11) == [a, b]
    assert store.neighbour_suggestion(article.id, 0) == b
    assert store.neighbour_suggestion(article.id, -1) == a
    assert store.neighbour_suggestion(article.id, 20) is None
    assert store.neighbour_suggestion(article.id, 20, backward=True) == b
    assert store.neighbour_suggestion(article.id, 0, backward=True) is None
    store.apply(edit(article, (b,), ()))
    assert (store.count_pending(article.id), store.all_suggestions(article.id)) == (2, [a, c])
    assert (store.suggestion(a.id), store.suggestion(b.id)) == (a, None)


def test_relations_are_found_from_each_argument(store: ProjectFile, article: Article) -> None:
    spans = tuple(make_span(article, (n, n + 2)) for n in range(4))
    pair, three = make_relation(article, *spans[:2]), make_relation(article, *spans[1:])
    store.apply(edit(article, (), (*spans, pair, three)))
    assert store.relations_of([spans[0].id]) == [pair]
    assert store.relations_of([spans[1].id, spans[3].id]) == [pair, three]
    assert store.relations_of([]) == []


def test_a_run_is_stored_with_what_it_found(store: ProjectFile, article: Article) -> None:
    other = add_article(store)
    found = make_suggestion(article, 0, 4)
    assert store.articles_without_run("model 1.0") == [article.id, other.id]
    store.store_run(article.id, "model 1.0", edit(article, (), (found,), undoable=False))
    assert store.articles_without_run("model 1.0") == [other.id]
    assert store.articles_without_run("model 2.0") == [article.id, other.id]
    assert store.pending_suggestions(article.id) == [found]
    assert store.undo_title() == ""


def test_everything_is_counted(store: ProjectFile, article: Article) -> None:
    spans = (make_span(article, (0, 4)), make_span(article, (5, 6)))
    relation, suggestion = make_relation(article, *spans), make_suggestion(article, 0, 4)
    review = make_review(article, "entity")
    store.apply(edit(article, (), (*spans, relation, suggestion, review)))
    assert store.counts() == {
        "articles": 1,
        "spans": 2,
        "relations": 1,
        "suggestions pending": 1,
        "suggestions accepted": 0,
        "suggestions rejected": 0,
        "sources in the registry": 0,
        "events in the registry": 0,
        "layers complete": 1,
        "changes": 1,
    }
    assert store.label_counts() == [("entity", "ORG", 2), ("", "COREFERENCE", 1)]
    assert store.annotations(article.id) == Annotations(
        spans, (relation,), (suggestion,), (review,)
    )


def test_any_client_can_read_fragments_as_rows(
    store: ProjectFile, path: Path, article: Article
) -> None:
    store.apply(edit(article, (), (make_span(article, (0, 4), (7, 11), label="CLAIM"),)))
    with closing(sqlite3.connect(path)) as client:
        found = client.execute(
            'SELECT position, start, "end", quotation FROM span_fragment ORDER BY position'
        ).fetchall()
        logged = client.execute("SELECT seq, side, position, kind FROM change_record").fetchall()
    assert found == [(0, 0, 4, "Acme"), (1, 7, 11, "said")]
    assert logged == [(1, "added", 0, "span")]


@pytest.mark.parametrize(
    "words", ['"Acme"', "\\", '\\"', '["x"]', "a\tb\nc", "\x01", "“Ünï” 😀", '","', " ", "\u2028"]
)
def test_every_quotation_comes_back_as_it_was(store: ProjectFile, words: str) -> None:
    article = add_article(store, f"{words} and {words}.")
    length = len(words)
    one = make_span(article, (0, length), note=words, attributes={"said": words, "sure": True})
    two = make_span(article, (0, length), (length + 5, 2 * length + 5), label="CLAIM")
    store.apply(edit(article, (), (one, two)))
    assert store.spans([one.id]) == [one]
    assert store.spans([two.id]) == [two]


def test_the_documentation_knows_every_table_and_its_sql_runs(store: ProjectFile) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "project-file.md").read_text("utf-8")
    names = store._connection.execute(
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') "
        "AND name NOT GLOB 'article_words_*' AND name NOT GLOB 'article_trigrams_*'"
    )
    assert [name for (name,) in names if f"| `{name}` |" not in text] == []
    sql = text.split("```sql\n")[1].split("```")[0]
    assert store._connection.execute(sql).fetchall() == []


@pytest.mark.parametrize(
    ("column", "content"),
    [
        ("attributes", "nonsense"),
        ("attributes", "[1]"),
        ("attributes", '{"a": 1}'),
        ("quotation", '{"a": 1}'),
        ("quotation", "[1]"),
        ("quotation", "[" * 100_000),
        ("quotation", '["]'),
        ("quotation", '["a"]["b"]'),
        ("quotation", '"Acme"'),
        ("fragments", '[[0,"x"],[2,4]]'),
        ("fragments", "[[0,3],4,[,4]]"),
        ("fragments", "[[0,1.5],[2,4]]"),
    ],
)
def test_damaged_rows_end_in_words(
    store: ProjectFile, path: Path, article: Article, column: str, content: str
) -> None:
    span = make_span(article, (0, 4))
    store.apply(edit(article, (), (span,)))
    store.close()
    with closing(sqlite3.connect(path)) as client, client:
        client.execute(f"UPDATE span SET {column} = ?", (content,))
    again = open_project(path)
    with pytest.raises(ProjectError, match="damaged"):
        again.spans([span.id])
    again.close()


def test_damage_is_told_in_words(store: ProjectFile, path: Path, article: Article) -> None:
    spans = (make_span(article, (0, 4)), make_span(article, (5, 6)))
    store.apply(edit(article, (), (*spans, make_relation(article, *spans))))
    assert store.damage() == []
    store.close()
    with closing(sqlite3.connect(path)) as client, client:
        client.execute("PRAGMA ignore_check_constraints = ON")
        client.execute("DELETE FROM span WHERE id = ?", (spans[0].id,))
        client.execute("UPDATE span SET start = 99, attributes = 'x'")
    again = open_project(path)
    found = " ".join(again.damage())
    again.close()
    assert "argument refers to a row of span that is not there" in found
    assert "CHECK constraint failed" in found
    assert "no JSON in attributes" in found
