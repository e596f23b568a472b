"""The history in the file: who did what when, and what of it can be taken back."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from annotation.errors import ConflictError, ProjectError
from annotation.history import Wanted, beginning
from annotation.ids import new_id, now
from annotation.model import Annotations, Article, Change, Record
from annotation.taking_back import go_back, take_back
from storage import ProjectFile, open_project, schema
from tests.storage.making import add_article, edit, make_relation, make_review, make_span

LATER = "9999"


def do(store: ProjectFile, title: str, removed: tuple[Record, ...], added: tuple[Record, ...],
       annotator: str = "anna") -> int:  # fmt: skip
    article_id = (*removed, *added)[0].article_id
    store.apply(Change(new_id(), title, article_id, annotator, now(), removed, added))
    return store.history.page(Wanted(), limit=1).entries[0].seq


def titles(store: ProjectFile, wanted: Wanted) -> list[str]:
    found: list[str] = []
    before = 0
    while True:
        page = store.history.page(wanted, before, limit=2)
        found += [entry.what for entry in page.entries]
        if not page.before:
            return found
        before = page.before


def test_history_answers_by_span_article_annotator_and_words(
    store: ProjectFile, article: Article
) -> None:
    other = add_article(store, "Another text.")
    one, two = make_span(article, (0, 4)), make_span(article, (5, 6))
    elsewhere = make_span(other, (0, 7))
    do(store, "Tag", (), (one, two))
    do(store, "Note", (one,), (replace(one, note="N"),), "bert")
    do(store, "Link", (), (make_relation(article, replace(one, note="N"), two),))
    do(store, "Else", (), (elsewhere,), "bert")
    store.undo("anna", now())
    assert titles(store, Wanted()) == ["Undo: Else", "Else", "Link", "Note", "Tag"]
    assert titles(store, Wanted(one.id)) == ["Link", "Note", "Tag"]
    assert titles(store, Wanted(other.id)) == ["Undo: Else", "Else"]
    assert titles(store, Wanted(annotator="bert")) == ["Else", "Note"]
    assert titles(store, Wanted(one.id, "bert")) == ["Note"]
    assert titles(store, Wanted(words="acme")) == ["Note", "Tag"], "by the words tagged"
    assert titles(store, Wanted(words="LINK")) == ["Link"]
    assert store.history.origins(article.id)[0][2].startswith("Imported")


def test_one_change_in_the_middle_is_taken_back_and_undone(
    store: ProjectFile, article: Article
) -> None:
    one, two = make_span(article, (0, 4)), make_span(article, (5, 6))
    first = do(store, "Tag one", (), (one,))
    do(store, "Tag two", (), (two,))
    store.apply(take_back(store, first, "carla"))
    assert store.annotations(article.id).spans == (two,)
    assert store.undo_title() == "Take back: Tag one"
    with pytest.raises(ConflictError, match="was deleted later: see “Take back: Tag one” by carla"):
        take_back(store, first, "anna")
    store.undo("carla", now())
    assert store.annotations(article.id).spans == (one, two)
    store.undo("anna", now())
    with pytest.raises(ProjectError, match="undone already"):
        take_back(store, first + 1, "anna")


def test_what_stands_in_the_way_is_named(store: ProjectFile, article: Article) -> None:
    one, two = make_span(article, (0, 4)), make_span(article, (5, 6))
    tag = do(store, "Tag", (), (one, two))
    do(store, "Link", (), (make_relation(article, one, two),), "bert")
    with pytest.raises(ConflictError, match=r"came later and needs .* “Link” by bert"):
        take_back(store, tag, "anna")
    changed = replace(one, note="N")
    note = do(store, "Note", (one,), (changed,), "carla")
    do(store, "Note more", (changed,), (replace(changed, note="M"),), "dora")
    with pytest.raises(ConflictError, match="was changed later: see “Note more” by dora"):
        take_back(store, note, "anna")
    before = store.annotations(article.id)
    assert store.annotations(article.id) == before, "a refusal changes nothing"


def test_an_article_goes_back_to_a_time_and_the_others_stay(
    store: ProjectFile, article: Article
) -> None:
    other = add_article(store, "Another text.")
    one, two, three = (make_span(article, (n, n + 1)) for n in range(3))
    do(store, "One", (), (one,))
    do(store, "Two", (), (two,))
    then = do(store, "Complete", (), (make_review(article, "entity"),))
    before = store.annotations(article.id)
    store.undo("anna", now())
    store.undo("anna", now())
    do(store, "Else", (), (make_span(other, (0, 7)),))
    do(store, "Three", (one,), (replace(one, note="N"), three))
    after = store.annotations(article.id)
    store.apply(go_back(store, then, "anna", article.id))
    assert store.annotations(article.id) == before, "what was undone since is there again"
    assert len(store.annotations(other.id).spans) == 1
    store.undo("anna", now())
    assert store.annotations(article.id) == after
    store.apply(go_back(store, 0, "anna"))
    assert store.annotations(article.id) == store.annotations(other.id) == Annotations()
    assert store.damage() == []


def test_pages_and_entries_of_a_span_are_found_by_key(store: ProjectFile, path: Path) -> None:
    store.close()
    with closing(sqlite3.connect(path)) as client:
        for sql in (
            "SELECT DISTINCT seq FROM touched WHERE id IN ('a', '') AND seq < 9 ORDER BY seq DESC",
            "SELECT seq FROM change WHERE annotator = 'a' AND seq < 9 ORDER BY seq DESC LIMIT 9",
        ):
            plan = str(client.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall())
            assert "SEARCH" in plan and "SCAN" not in plan, plan


def test_an_older_project_is_given_what_finds_the_entries_of_a_span(
    store: ProjectFile, path: Path, article: Article
) -> None:
    one, two = make_span(article, (0, 4)), make_span(article, (5, 6))
    do(
        store,
        "Tag",
        (),
        (one, two, make_relation(article, one, two), make_review(article, "entity")),
    )
    store.undo("anna", now())
    store.close()
    select = "SELECT * FROM touched ORDER BY 1, 2"
    with closing(sqlite3.connect(path)) as client, client:
        kept = client.execute(select).fetchall()
        client.execute("DELETE FROM touched")
        schema.note_touched(client)
        assert client.execute(select).fetchall() == kept != []
    open_project(path).close()


@pytest.mark.parametrize("forget", [False, True])
def test_a_compacted_log_tells_who_did_what_and_keeps_the_last_edits(
    store: ProjectFile, path: Path, article: Article, forget: bool
) -> None:
    spans = [make_span(article, (n, n + 1)) for n in range(4)]
    for number, span in enumerate(spans):
        do(store, f"Tag {number}", (), (span,))
    store.undo("anna", now())
    store.redo("anna", now())
    found = store.reckon_compaction(2, LATER)
    assert found.entries == 2 and found.content > 400
    store.compact(2, LATER, forget)
    told = titles(store, Wanted())
    assert told[:4] == ["Redo: Tag 3", "Undo: Tag 3", "Tag 3", "Tag 2"]
    assert told[4:] == ([] if forget else ["Tag 1", "Tag 0"])
    assert titles(store, Wanted(spans[0].id)) == ([] if forget else ["Tag 0"])
    assert store.reckon_compaction(2, LATER) == (0, 0, "")
    with pytest.raises(ProjectError, match="compacted"):
        go_back(store, 1, "anna")
    store.apply(go_back(store, 2, "anna"))
    assert len(store.annotations(article.id).spans) == 2
    while store.undo("anna", now()):
        pass
    assert len(store.annotations(article.id).spans) == 2, "older edits can no longer be undone"
    assert store.damage() == []
    store.close()
    assert list(path.parent.iterdir()) == [path]
    with closing(open_project(path)) as again:
        assert again.read_only == ""


def test_what_was_done_from_a_time_on_stays_whole(store: ProjectFile, article: Article) -> None:
    days = ["2026-01-05", "2026-01-06", "2026-01-04", "2026-01-07"]  # a clock was turned back
    for number, day in enumerate(days):
        change = edit(article, (), (make_span(article, (number, number + 1)),), day)
        store.apply(replace(change, at=f"{day}T12:00:00.000Z"))
    assert store.reckon_compaction(0, "2026-01-06T00:00:00.000Z").entries == 1
    found = store.reckon_compaction(0, "2026-01-07T00:00:00.000Z")
    assert (found.entries, found.until) == (3, "2026-01-06T12:00:00.000Z")
    assert store.reckon_compaction(2, "2026-01-07T00:00:00.000Z").entries == 2
    store.compact(0, "2026-01-07T00:00:00.000Z")
    assert store.undo("anna", now()) is not None
    assert store.undo("anna", now()) is None
    assert store.damage() == []


def test_nothing_of_today_is_older_than_the_beginning_of_a_day() -> None:
    today = date.today()
    assert beginning() == beginning(today) == beginning(today + timedelta(3)) <= now()
    assert beginning(today - timedelta(1)) < beginning()
    at = datetime.fromisoformat(beginning(today - timedelta(40))).astimezone()
    assert (at.date(), at.hour, at.minute) == (today - timedelta(40), 0, 0)
