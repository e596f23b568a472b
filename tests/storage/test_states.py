"""Where articles stand: by the notes beside them as by looking at all their annotations."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation.ids import now
from annotation.model import Annotations, Article, Review
from annotation.store import ARTICLE_STATUSES, ArticleFilter, Entry
from storage import ProjectFile, create_project
from tests.storage.making import (
    BOOK,
    add_article,
    edit,
    make_article,
    make_review,
    make_span,
    make_suggestion,
)

TEXT = "Acme bought Beta."


def listed(store: ProjectFile) -> dict[str, list[tuple[str, bool]]]:
    """Return (id, pending) of the articles under each status, and check the counts."""
    found = {}
    for status in ARTICLE_STATUSES:
        wanted = ArticleFilter(status=status)
        rows = store.article_rows(wanted)
        assert {row.status for row in rows} <= {status}
        assert store.count_articles(wanted) == len(rows)
        found[status] = [(row.id, row.pending) for row in rows]
    return found


def done(article: Article, *layers: str, annotator: str = "anna") -> tuple[Review, ...]:
    return tuple(replace(make_review(article, layer), annotator=annotator) for layer in layers)


def test_an_import_says_where_its_articles_stand(store: ProjectFile) -> None:
    new = add_article(store)
    waiting = make_article(TEXT)
    begun, shared, complete = (make_article(f"{TEXT} {n}") for n in range(3))
    for article, said in (
        (waiting, Annotations(suggestions=(make_suggestion(waiting, 0, 4),))),
        (begun, Annotations(spans=(make_span(begun, (0, 4)),))),
        (
            shared,
            Annotations(
                reviews=(*done(shared, "entity"), *done(shared, "discourse", annotator="bo"))
            ),
        ),
        (complete, Annotations(reviews=done(complete, "entity", "discourse"))),
    ):
        store.add_entries([Entry(article, said)], "anna")
    assert listed(store) == {
        "new": [(new.id, False), (waiting.id, True)],
        "started": [(begun.id, False), (shared.id, False)],
        "complete": [(complete.id, False)],
    }
    assert store.damage() == []


STEPS = ("span", "suggest", "entity", "discourse", "take back", "do again")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.booleans()), max_size=12))
def test_whatever_is_done_they_stand_where_it_is_noted(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, bool]]
) -> None:
    store = create_project(tmp_path_factory.mktemp("states") / "a.pressmark", BOOK)
    articles = [add_article(store, TEXT + str(n)) for n in range(2)]
    for step, first in steps:
        article = articles[0 if first else 1]
        if step == "span":
            store.apply(edit(article, (), (make_span(article, (0, 4)),)))
        elif step == "suggest":
            found = edit(article, (), (make_suggestion(article, 0, 4),), undoable=False)
            store.store_run(article.id, "model 1", found)
        elif step == "take back":
            store.undo("anna", now())
        elif step == "do again":
            store.redo("anna", now())
        else:
            before = [r for r in store.reviews(article.id) if r.layer == step]
            state = "open" if before and before[0].state == "complete" else "complete"
            after = make_review(article, step, state=state)
            store.apply(edit(article, tuple(before), (after,)))
    assert store.damage() == []
    counted = Counter(row.status for row in store.article_rows(ArticleFilter()))
    assert {status: len(rows) for status, rows in listed(store).items()} == {
        status: counted[status] for status in ARTICLE_STATUSES
    }
    store.close()


def test_a_note_that_is_wrong_is_told(store: ProjectFile, article: Article) -> None:
    store._connection.execute("UPDATE article_state SET status = 'complete'")
    assert store.damage() == ["1 article does not stand where the list says."]
