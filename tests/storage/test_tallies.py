"""Labels and annotators by article: as tallied, as by looking at all their records."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation.codebook import RelationLabel, Role
from annotation.ids import now
from annotation.model import Annotations
from annotation.store import ArticleFilter, Entry
from storage import ProjectFile, create_project
from tests.storage.making import BOOK, add_article, edit, make_article, make_relation, make_span

LINKED = replace(BOOK, relations=(RelationLabel("SAME", "Same", roles=(Role("member", ("*",)),)),))
TEXT = "Acme bought Beta."
STEPS = ("tag", "other label", "other annotator", "link", "delete", "take back", "do again")
NAMES = ("anna", "Anna", "bo")


def looked_at(store: ProjectFile) -> tuple[Counter[tuple[str, str]], set[str]]:
    """Return how often each label is used, and who has tagged, by all records."""
    labels: Counter[tuple[str, str]] = Counter()
    names = set()
    for article_id in store.article_ids():
        said = store.annotations(article_id)
        labels.update((span.layer, span.label) for span in said.spans)
        labels.update(("", relation.label) for relation in said.relations)
        names |= {record.annotator for record in (*said.spans, *said.relations)}
    return labels, names


def found(store: ProjectFile, query: str) -> list[str]:
    wanted = ArticleFilter(query)
    rows = store.article_rows(wanted)
    assert store.count_articles(wanted) == len(rows)
    return [row.id for row in rows]


def check_tallies(store: ProjectFile) -> None:
    labels, names = looked_at(store)
    assert {(layer, label): n for layer, label, n in store.label_counts()} == labels
    assert store.annotators() == sorted(names)
    relations = sum(count for (layer, _), count in labels.items() if not layer)
    counts = store.counts()
    assert (counts["spans"], counts["relations"]) == (labels.total() - relations, relations)
    assert store.damage() == []


def step(store: ProjectFile, what: str, name: str, number: int) -> None:
    """Do something to one of the articles, where there is anything to do it to."""
    ids = list(store.article_ids())
    article = store.article(ids[number % len(ids)])
    spans = store.annotations(article.id).spans
    bare = [span for span in spans if not store.relations_of([span.id])]
    if what == "tag":
        span = replace(make_span(article, (0, 4)), annotator=name)
        store.apply(edit(article, (), (span,)))
    elif what == "other label" and spans:
        other = replace(spans[0], layer="discourse", label="CLAIM")
        store.apply(edit(article, (spans[0],), (other,)))
    elif what == "other annotator" and spans:
        store.apply(edit(article, (spans[0],), (replace(spans[0], annotator=name),)))
    elif what == "link" and len(spans) > 1:
        store.apply(edit(article, (), (make_relation(article, *spans[:2], label="SAME"),)))
    elif what == "delete" and bare:
        store.apply(edit(article, (bare[0],), ()))
    elif what == "take back":
        store.undo("anna", now())
    elif what == "do again":
        store.redo("anna", now())


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.sampled_from(STEPS), st.sampled_from(NAMES), st.integers(0, 1)), max_size=14
    )
)
def test_whatever_is_done_the_tallies_hold(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, int]]
) -> None:
    store = create_project(tmp_path_factory.mktemp("tallies") / "a.pressmark", LINKED)
    for number in range(2):
        add_article(store, TEXT + str(number))
    for one in steps:
        step(store, *one)
    check_tallies(store)
    store.close()


def test_an_import_is_tallied_and_found(path: Path) -> None:
    store = create_project(path, LINKED)
    bare, tagged, linked = (make_article(f"{TEXT} {n}") for n in range(3))
    span = replace(make_span(tagged, (0, 4)), annotator="Bo")
    pair = make_span(linked, (0, 4), label="CLAIM"), make_span(linked, (12, 16), label="CLAIM")
    link = make_relation(linked, *pair, label="SAME")
    said = Annotations(spans=(span,)), Annotations(spans=pair, relations=(link,))
    store.add_entries([Entry(bare), Entry(tagged, said[0]), Entry(linked, said[1])], "anna")
    check_tallies(store)
    assert found(store, "label:ORG") == found(store, "annotator:bo") == [tagged.id]
    assert found(store, "label:CLAIM") == found(store, "label:same") == [linked.id]
    assert found(store, "-label:CLAIM") == [bare.id, tagged.id]
    assert found(store, "annotator:nobody") == found(store, "label:ORG label:CLAIM") == []
    store.close()


def test_a_tally_that_is_wrong_is_told(store: ProjectFile) -> None:
    article = add_article(store, TEXT)
    store.apply(edit(article, (), (make_span(article, (0, 4)),)))
    for wrong in (
        "UPDATE label_tally SET records = 2",
        "UPDATE label_tally SET records = 1, label = 'CLAIM'",
        "INSERT INTO annotator_tally VALUES ('nobody', 1, 1)",
    ):
        store._connection.execute(wrong)
        assert store.damage() == ["1 article has other labels or annotators than is noted."]
