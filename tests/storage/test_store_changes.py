import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation.errors import ConflictError, ProjectError
from annotation.ids import now
from annotation.model import Annotations, Article, Change, Record, Review, Span, Suggestion
from storage import ProjectFile, create_project, open_project
from tests.storage.making import (
    BOOK,
    add_article,
    edit,
    make_relation,
    make_review,
    make_span,
    make_suggestion,
)


def dump(path: Path, table: str) -> list[object]:
    with closing(sqlite3.connect(path)) as client:
        return client.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()


def test_an_update_keeps_the_relations_of_its_span(
    store: ProjectFile, path: Path, article: Article
) -> None:
    spans = (make_span(article, (0, 4)), make_span(article, (5, 6)))
    relation = make_relation(article, *spans)
    store.apply(edit(article, (), (*spans, relation)))
    with closing(sqlite3.connect(path)) as client:
        rowid = client.execute("SELECT rowid FROM span WHERE id = ?", (spans[0].id,)).fetchone()
        moved = replace(spans[0], fragments=((0, 3),), quotation=("Acm",))
        store.apply(edit(article, (spans[0],), (moved,)))
        assert (
            rowid
            == client.execute("SELECT rowid FROM span WHERE id = ?", (spans[0].id,)).fetchone()
        ), "the row was deleted and inserted again"
    assert store.annotations(article.id) == Annotations((moved, spans[1]), (relation,))
    assert store.undo("anna", now()) is not None
    assert store.annotations(article.id) == Annotations(spans, (relation,))


def test_a_span_leaves_with_its_relations_and_comes_back_with_them(
    store: ProjectFile, article: Article
) -> None:
    spans = tuple(make_span(article, (n, n + 2)) for n in range(3))
    pair, three = make_relation(article, *spans[:2]), make_relation(article, *spans)
    store.apply(edit(article, (), (*spans, pair, three)))
    before = store.annotations(article.id)
    smaller = replace(three, arguments=three.arguments[1:])
    store.apply(edit(article, (spans[0], pair, three), (smaller,)))
    assert store.annotations(article.id) == Annotations(spans[1:], (smaller,))
    assert store.undo("anna", now()) is not None
    assert store.annotations(article.id) == before


def test_a_span_that_a_relation_needs_cannot_go_alone(store: ProjectFile, article: Article) -> None:
    spans = (make_span(article, (0, 4)), make_span(article, (5, 6)))
    store.apply(edit(article, (), (*spans, make_relation(article, *spans))))
    before = store.annotations(article.id)
    with pytest.raises(ConflictError, match="relation still uses"):
        store.apply(edit(article, (spans[0],)))
    assert store.annotations(article.id) == before
    assert store.counts()["changes"] == 1


def test_what_changed_elsewhere_is_a_conflict(store: ProjectFile, article: Article) -> None:
    span, suggestion = make_span(article, (0, 4)), make_suggestion(article, 0, 4)
    review = make_review(article, "entity")
    pair = (make_span(article, (7, 8)), make_span(article, (9, 10)))
    relation = make_relation(article, *pair)
    store.apply(edit(article, (), (span, suggestion, review, *pair, relation)))
    before = store.annotations(article.id)
    stale: list[tuple[Record, str]] = [
        (replace(span, note="other"), "The span ORG “Acme”"),
        (make_span(article, (0, 4)), "The span ORG “Acme”"),
        (replace(suggestion, score=0.1), "The suggestion ORG"),
        (replace(relation, note="other"), "The relation COREFERENCE"),
        (replace(review, at="2020"), "The review of the layer entity by anna"),
    ]
    for record, words in stale:
        with pytest.raises(ConflictError, match=words):
            store.apply(edit(article, (record,), (make_span(article, (1, 2)),)))
    with pytest.raises(ConflictError, match="this id already"):
        store.apply(edit(article, (), (span,)))
    assert store.annotations(article.id) == before


def test_undo_works_after_a_restart_and_in_order(
    store: ProjectFile, path: Path, article: Article
) -> None:
    other = add_article(store)
    changes = [
        edit(article, (), (make_span(article, (0, 4)),), "one"),
        edit(other, (), (make_span(other, (0, 4)),), "two"),
        edit(article, (), (make_span(article, (5, 6)),), "three"),
    ]
    for change in changes:
        store.apply(change)
    store.close()
    again = open_project(path)
    assert (again.undo_title(), again.redo_title()) == ("three", "")
    assert again.undo("bert", "2026-01-01") == changes[2].inverse()
    assert again.undo("bert", "2026-01-02") == changes[1].inverse()
    again.close()
    again = open_project(path)
    assert (again.undo_title(), again.redo_title()) == ("one", "two")
    assert again.redo("anna", "2026-01-03") == changes[1]
    again.apply(edit(article, (), (make_span(article, (7, 8)),), "four"))
    assert (again.undo_title(), again.redo_title()) == ("four", "")
    assert again.redo("anna", now()) is None
    again.close()
    log = [(row[2], row[4], row[6], row[7], row[8]) for row in dump(path, "change")]  # type: ignore[index]
    assert log == [
        ("one", "anna", "edit", None, "done"),
        ("two", "anna", "edit", None, "done"),
        ("three", "anna", "edit", None, "dropped"),
        ("three", "bert", "undo", 3, "done"),
        ("two", "bert", "undo", 2, "done"),
        ("two", "anna", "redo", 2, "done"),
        ("four", "anna", "edit", None, "done"),
    ]


def test_a_change_in_many_articles_is_one_step_of_undo_after_a_restart(
    store: ProjectFile, path: Path
) -> None:
    articles = [add_article(store, f"Acme is in text {n}.") for n in range(3)]
    spans = [make_span(article, (0, 4)) for article in articles]
    store.apply(edit(articles[1], (), tuple(spans), "Tag everywhere"))
    assert [store.annotations(a.id).spans for a in articles] == [(span,) for span in spans]
    store.close()
    again = open_project(path)
    undone = again.undo("anna", now())
    assert undone is not None and list(undone.article_ids) == [a.id for a in articles]
    assert [again.annotations(a.id).spans for a in articles] == [(), (), ()]
    assert (again.undo_title(), again.redo_title()) == ("", "Tag everywhere")
    again.redo("anna", now())
    assert [again.annotations(a.id).spans for a in articles] == [(span,) for span in spans]
    again.close()


def test_what_no_person_did_disturbs_no_undo(store: ProjectFile, article: Article) -> None:
    store.apply(edit(article, (), (make_span(article, (0, 4)),), "one"))
    store.apply(edit(article, (), (make_span(article, (5, 6)),), "two"))
    store.undo("anna", now())
    suggestion = make_suggestion(article, 0, 4)
    store.apply(edit(article, (), (suggestion,), "machine", undoable=False))
    assert (store.undo_title(), store.redo_title()) == ("one", "two")
    assert store.counts()["changes"] == 4
    store.undo("anna", now())
    assert store.undo("anna", now()) is None
    assert store.all_suggestions(article.id) == [suggestion]


def test_an_undo_that_conflicts_leaves_all_as_it_was(store: ProjectFile, article: Article) -> None:
    span = make_span(article, (0, 4))
    store.apply(edit(article, (), (span,), "Tag Acme"))
    changed = replace(span, note="by a machine")
    store.apply(edit(article, (span,), (changed,), undoable=False))
    with pytest.raises(ConflictError, match="“Tag Acme” cannot be undone"):
        store.undo("anna", now())
    assert store.annotations(article.id).spans == (changed,)
    assert (store.undo_title(), store.redo_title()) == ("Tag Acme", "")


def test_a_damaged_log_ends_in_words(store: ProjectFile, path: Path, article: Article) -> None:
    store.apply(edit(article, (), (make_span(article, (0, 4)),), "Tag Acme"))
    store.close()
    for content in ("nonsense", "{}", "[{}]", "[" * 100_000):
        with closing(sqlite3.connect(path)) as client, client:
            client.execute("UPDATE change SET added = ?", (content,))
        again = open_project(path)
        with pytest.raises(ProjectError):
            again.undo("anna", now())
        again.close()


class Model:
    """What a project should hold: records by id, changed at random as a person would."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.records: dict[str, Record] = {}

    def edit(self, data: st.DataObject) -> Change:
        spans = [r for r in self.records.values() if isinstance(r, Span)]
        kinds = ["add", "suggest", "review"]
        kinds += ["delete", "note"] if spans else []
        kinds += ["link"] if len(spans) > 1 else []
        kind = data.draw(st.sampled_from(kinds))
        removed: list[Record] = []
        added: list[Record] = []
        if kind == "add":
            start = data.draw(st.integers(0, 40))
            added = [make_span(self.article, (start, start + 3), (50, 51), label="CLAIM")]
        elif kind == "suggest":
            pending = [r for r in self.records.values() if isinstance(r, Suggestion)][:1]
            removed = list(pending)
            added = [replace(s, state="rejected") for s in pending]
            added += [] if pending else [make_suggestion(self.article, 0, 4)]
        elif kind == "review":
            removed = [r for r in self.records.values() if isinstance(r, Review)]
            state = data.draw(st.sampled_from(["open", "complete"]))
            added = [make_review(self.article, "entity", state)]
        elif kind == "link":
            chosen = data.draw(st.lists(st.sampled_from(spans), min_size=2, max_size=3))
            added = [make_relation(self.article, *{s.id: s for s in chosen}.values())]
        else:
            span = data.draw(st.sampled_from(spans))
            removed = [span]
            if kind == "note":
                note = data.draw(st.text(st.characters(exclude_categories=("Cs",)), max_size=5))
                added = [replace(span, note=note, attributes={"k": note, "f": True})]
            else:
                removed += [
                    r for r in self.records.values()
                    if not isinstance(r, Span | Suggestion | Review)
                    and any(a.span_id == span.id for a in r.arguments)
                ]  # fmt: skip
        change = edit(self.article, tuple(removed), tuple(added), kind)
        self.follow(change)
        return change

    def follow(self, change: Change) -> None:
        for record in change.removed:
            del self.records[record.id]
        for record in change.added:
            self.records[record.id] = record


def state(store: ProjectFile, article: Article) -> dict[str, Record]:
    said = store.annotations(article.id)
    return {r.id: r for r in (*said.spans, *said.relations, *said.suggestions, *said.reviews)}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_undoing_all_gives_the_start_and_redoing_all_the_end(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("random") / "a.pressmark"
    with closing(create_project(path, BOOK)) as store:
        article = add_article(store, "Some words about nothing in particular, long enough for all.")
        model, states = Model(article), [{}]
        for _ in range(data.draw(st.integers(1, 8))):
            store.apply(model.edit(data))
            states.append(dict(model.records))
            assert state(store, article) == model.records
        for expected in reversed(states[:-1]):
            change = store.undo("bert", now())
            assert change is not None
            model.follow(change)
            assert state(store, article) == model.records == expected
        assert store.undo("bert", now()) is None
    with closing(open_project(path)) as store:
        for expected in states[1:]:
            change = store.redo("anna", now())
            assert change is not None
            model.follow(change)
            assert state(store, article) == model.records == expected
        assert store.redo("anna", now()) is None
        assert store.damage() == []
