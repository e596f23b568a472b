"""Another codebook with all annotations changed for it: one step, and back after a restart."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotation.checking import check
from annotation.codebook_draft import Draft
from annotation.codebook_entries import Entry
from annotation.codebook_revision import LabelKey, Reckoning, Revision
from annotation.codebook_summary import revision_title
from annotation.errors import ConflictError, ProjectError
from annotation.exporting import ExportOptions
from annotation.exporting.selection import select
from annotation.ids import new_id, now
from annotation.model import Annotations, Change, Record, Value
from annotation.store import Entry as Imported
from storage import ProjectFile, create_project, open_project
from tests.annotation.memory_store import (
    BOOK,
    MemoryStore,
    make_article,
    make_relation,
    make_span,
    make_suggestion,
)
from tests.annotation.revising import drafts
from tests.storage.making import make_review

HANDED_ON = ("is tagged", "cannot be inside", "cannot be discontinuous")
"""What can be wrong with spans that a person has given to a label of other rules."""


def an_entry() -> Imported:
    """Return an article with something of every kind in it."""
    article = make_article("Acme said that Bolt, which Acme owns, would move to Orlund soon.")
    claim = replace(
        make_span(article, "discourse", "CLAIM", (10, 19), (37, 58)),
        attributes={"kind": "plan", "when": "soon", "doubtful": True, "words": "It “moves”."},
    )
    inner = replace(make_span(article, "discourse", "CLAIM", (21, 36)), attributes={"kind": "fact"})
    source = make_span(article, "discourse", "SOURCE", (0, 4))
    cue = make_span(article, "discourse", "CUE", (5, 9))
    org = make_span(article, "entity", "ORG", (0, 4))
    other = replace(make_span(article, "entity", "ORG", (27, 31)), note="again", blind=True)
    place = make_span(article, "entity", "GPE", (51, 57))
    said = replace(
        make_relation(article, "ATTRIBUTION", ("cue", cue), ("claim", claim), ("source", source)),
        attributes={"duplicate": True},
    )
    same = make_relation(
        article, "COREFERENCE", ("member", org), ("member", source), ("member", other)
    )
    proposed = [
        replace(make_suggestion(article, label, 15, 19), state=state, score=0.1 + 0.2)
        for label in ("ORG", "GPE")
        for state in ("pending", "accepted")
    ]
    reviews = (make_review(article, "entity"), make_review(article, "discourse", "open"))
    spans = (claim, inner, source, cue, org, other, place)
    return Imported(article, Annotations(spans, (said, same), tuple(proposed), reviews))


def a_project(path: Path) -> tuple[ProjectFile, Imported]:
    store, entry = create_project(path, BOOK, annotator="anna"), an_entry()
    store.add_entries([entry], "anna")
    return store, entry


@pytest.fixture
def project(path: Path) -> tuple[ProjectFile, Imported]:
    return a_project(path)


def part(draft: Draft, *names: str) -> Entry:
    """Return the part that had these names."""
    return next(entry for entry in draft.root.walk() if entry.origin == names)


def renamed(draft: Draft, name: str, *names: str) -> None:
    entry = part(draft, *names)
    entry.part = replace(entry.part, name=name)


def saving(draft: Draft) -> Change:
    return Change(new_id(), revision_title(draft.revision()), "", "anna", now())


def saved(store: ProjectFile, draft: Draft) -> None:
    store.revise(saving(draft), draft.revision())


def records(store: ProjectFile | MemoryStore, article_id: str) -> dict[object, Record]:
    said = store.annotations(article_id)
    everything = (*said.spans, *said.relations, *said.suggestions, *said.reviews)
    return {(type(record).__name__, record.id): record for record in everything}


def sound(store: ProjectFile) -> list[str]:
    return [problem for problem in check(store).problems if "no version" not in problem]


def test_renamed_labels_take_everything_along(project: tuple[ProjectFile, Imported]) -> None:
    store, entry = project
    before = records(store, entry.article.id)
    draft = Draft(store.codebook())
    renamed(draft, "STATEMENT", "discourse", "CLAIM")
    renamed(draft, "COMPANY", "entity", "ORG")
    renamed(draft, "speech", "discourse")
    renamed(draft, "manner", "discourse", "CLAIM", "kind")
    renamed(draft, "intent", "discourse", "CLAIM", "kind", "plan")
    renamed(draft, "SAYING", "ATTRIBUTION")
    renamed(draft, "said", "ATTRIBUTION", "claim")
    saved(store, draft)
    said = store.annotations(entry.article.id)
    labels = {("entity", "COMPANY"), ("entity", "GPE")}
    labels |= {("speech", name) for name in ("STATEMENT", "SOURCE", "CUE")}
    assert {(s.layer, s.label) for s in said.spans} == labels
    claim = next(s for s in said.spans if s.label == "STATEMENT" and len(s.fragments) == 2)
    assert claim.attributes == {
        "manner": "intent", "when": "soon", "doubtful": True, "words": "It “moves”.",
    }  # fmt: skip
    assert claim.codebook_version == 2
    saying = next(r for r in said.relations if r.label == "SAYING")
    assert [argument.role for argument in saying.arguments] == ["cue", "said", "source"]
    assert {s.label for s in said.suggestions} == {"COMPANY", "GPE"}
    assert {review.layer for review in said.reviews} == {"entity", "speech"}
    assert sound(store) == []
    assert store.undo("anna", now()) is not None
    assert records(store, entry.article.id) == before
    store.close()


def test_a_removed_label_takes_its_annotations_or_hands_them_on(
    project: tuple[ProjectFile, Imported],
) -> None:
    store, entry = project
    draft = Draft(store.codebook())
    draft.remove(part(draft, "discourse", "CUE"))
    draft.remove(part(draft, "entity", "ORG"), part(draft, "entity", "GPE"))
    assert [(e.name, n) for e, n in draft.lost(store.uses())] == [("ORG", 3), ("CUE", 1)]
    before = records(store, entry.article.id)
    reckoned = store.reckon(saving(draft), draft.revision())
    assert reckoned == Reckoning(2, 2, 2, smaller=1, spans_gone=1)
    assert reckoned.losses() == ["1 span deleted", "1 relation with fewer spans"]
    assert (records(store, entry.article.id), store.undo_title()) == (before, "")
    saved(store, draft)
    said = store.annotations(entry.article.id)
    assert sorted(s.label for s in said.spans) == ["CLAIM", "CLAIM", "GPE", "GPE", "GPE", "SOURCE"]
    assert {s.label for s in said.suggestions} == {"GPE"}
    roles = [[a.role for a in relation.arguments] for relation in said.relations]
    assert sorted(roles) == [["claim", "source"], ["member", "member", "member"]]
    assert (sound(store), store.damage()) == ([], [])
    store.close()


def test_it_is_one_step_of_undo_and_lasts(
    project: tuple[ProjectFile, Imported], path: Path
) -> None:
    store, entry = project
    before = records(store, entry.article.id)
    draft = Draft(store.codebook())
    draft.remove(part(draft, "discourse", "CLAIM"))
    renamed(draft, "COMPANY", "entity", "ORG")
    saved(store, draft)
    after = records(store, entry.article.id)
    assert ("Relation", entry.annotations.relations[0].id) not in after
    for back, expected, label in ((True, before, "ORG"), (False, after, "COMPANY")) * 2:
        store.close()
        store = open_project(path)
        assert (store.undo_revises(), store.redo_revises()) == (back, not back)
        assert (store.undo if back else store.redo)("anna", now()) is not None
        assert records(store, entry.article.id) == expected
        assert store.codebook().label("entity", label) is not None
        assert store.codebook().version == max(versions(path))
        assert (sound(store), store.damage()) == ([], [])
    store.close()


def versions(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as client:
        return [number for (number,) in client.execute("SELECT version FROM codebook")]


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
@given(data=st.data())
def test_the_file_does_what_record_by_record_would_be_done(
    tmp_path: Path, data: st.DataObject
) -> None:
    path = tmp_path / f"{new_id()}.pressmark"
    store, entry = a_project(path)
    with closing(store):
        memory = MemoryStore(store.codebook())
        memory.add_entries([entry], "anna")
        states = [records(store, entry.article.id)]
        for _ in range(2):
            draft = data.draw(drafts(store.codebook()))
            saved(store, draft)
            memory.revise(saving(draft), draft.revision())
            states.append(records(memory, entry.article.id))
            assert records(store, entry.article.id) == states[-1]
            assert store.codebook() == replace(draft.codebook(), version=store.codebook().version)
            assert [p for p in sound(store) if not any(word in p for word in HANDED_ON)] == []
        for expected in (states[1], states[0]):
            store.undo("anna", now())
            assert records(store, entry.article.id) == expected
        for expected in states[1:]:
            store.redo("anna", now())
            assert records(store, entry.article.id) == expected


def test_a_codebook_that_was_changed_meanwhile_is_not_overwritten(
    project: tuple[ProjectFile, Imported],
) -> None:
    store, _ = project
    one, two = Draft(store.codebook()), Draft(store.codebook())
    renamed(one, "STATEMENT", "discourse", "CLAIM")
    saved(store, one)
    with pytest.raises(ConflictError, match="changed meanwhile"):
        saved(store, two)
    assert store.codebook().label("discourse", "STATEMENT") is not None
    store.close()


def test_undo_never_leaves_a_label_without_its_codebook(
    project: tuple[ProjectFile, Imported],
) -> None:
    store, _ = project
    draft = Draft(store.codebook())
    layer = part(draft, "entity")
    new = draft.add(layer, "label")
    saved(store, draft)
    later = make_article("Another text.")
    span = make_span(later, "entity", new.name, (0, 7))
    store.add_entries([Imported(later, Annotations((span,)))], "anna")
    with pytest.raises(ProjectError, match=f"no {new.name}, but there is a span of that label"):
        store.undo("anna", now())
    assert store.codebook().label("entity", new.name) is not None
    store.close()


def test_a_revision_that_nobody_can_do_again_is_not_kept(
    project: tuple[ProjectFile, Imported], path: Path
) -> None:
    store, _ = project
    for name in ("STATEMENT", "THESIS"):
        draft = Draft(store.codebook())
        renamed(draft, name, "discourse", "CLAIM")
        saved(store, draft)
        store.undo("anna", now())
    store.close()
    with closing(sqlite3.connect(path)) as client:
        kept = client.execute("SELECT DISTINCT seq, state FROM revised JOIN change USING (seq)")
        assert [state for _, state in kept] == ["undone"]


def test_what_would_be_lost_is_reckoned_first(project: tuple[ProjectFile, Imported]) -> None:
    store, _ = project
    draft = Draft(store.codebook())
    draft.remove(part(draft, "discourse", "CLAIM", "kind"))
    draft.remove(part(draft, "entity"))
    reckoned = store.reckon(saving(draft), draft.revision())
    assert reckoned.losses() == [
        "3 spans deleted", "1 relation deleted", "2 spans or relations with fewer attributes",
        "2 suggestions dropped", "1 layer of an article no longer complete",
    ]  # fmt: skip
    assert reckoned.changes() == ["2 spans"]
    store.close()


def test_a_layer_with_a_new_label_is_no_longer_complete_and_undo_makes_it_so(
    project: tuple[ProjectFile, Imported],
) -> None:
    store, entry = project
    before = records(store, entry.article.id)
    draft = Draft(store.codebook())
    renamed(draft, "names", "entity")
    label = draft.add(part(draft, "entity"), "label")
    label.part = replace(label.part, name="LAW")
    revision = draft.revision()
    assert revision.unsought == {"entity": ("LAW",)}
    assert "LAW (names)" in revision.why_reopened()
    reckoned = store.reckon(saving(draft), revision)
    assert reckoned.losses() == ["1 layer of an article no longer complete"]
    saved(store, draft)
    said = store.annotations(entry.article.id)
    assert {(r.layer, r.state) for r in said.reviews} == {("names", "open"), ("discourse", "open")}
    selected = next(select(store, ExportOptions("jsonl"), store.codebook()))
    assert selected.layers["names"] == "missing", "no span of LAW is no negative"
    assert store.counts()["layers complete"] == 0 and sound(store) == []
    store.undo("anna", now())
    assert records(store, entry.article.id) == before
    store.close()


def test_only_new_labels_and_those_of_other_layers_reopen_one() -> None:
    def unsought(change: Callable[[Draft], object]) -> dict[str, tuple[str, ...]]:
        draft = Draft(BOOK)
        change(draft)
        return dict(draft.revision().unsought)

    def hand_on(draft: Draft) -> None:
        draft.remove(part(draft, "discourse", "CUE"), part(draft, "entity", "GPE"))

    def move(draft: Draft) -> None:
        draft.move_to(part(draft, "entity", "GPE"), part(draft, "discourse"))

    assert unsought(lambda d: renamed(d, "COMPANY", "entity", "ORG")) == {}
    assert unsought(lambda d: renamed(d, "names", "entity")) == {}
    assert unsought(lambda d: d.remove(part(d, "entity", "ORG"), part(d, "entity", "GPE"))) == {}
    assert unsought(lambda d: d.remove(part(d, "entity"))) == {}
    assert unsought(hand_on) == {"entity": ("GPE",)}
    assert unsought(move) == {"discourse": ("GPE",)}


def test_spans_that_do_not_fit_their_new_label_are_reckoned(
    project: tuple[ProjectFile, Imported],
) -> None:
    store, _ = project
    draft = Draft(store.codebook())
    draft.remove(part(draft, "discourse", "CLAIM"), part(draft, "entity", "GPE"))
    role = part(draft, "ATTRIBUTION", "claim")
    role.takes = [part(draft, "entity", "GPE")]
    reckoned = store.reckon(saving(draft), draft.revision())
    assert "1 span with more fragments than the label allows" in reckoned.losses()
    store.close()


def test_another_thread_may_do_it(project: tuple[ProjectFile, Imported]) -> None:
    store, entry = project
    draft = Draft(store.codebook())
    renamed(draft, "STATEMENT", "discourse", "CLAIM")
    thread = Thread(target=saved, args=(store, draft))
    thread.start()
    thread.join()
    assert "STATEMENT" in {s.label for s in store.annotations(entry.article.id).spans}
    assert store.codebook().version == 2
    store.close()


def test_it_can_be_broken_off_and_nothing_has_changed(
    project: tuple[ProjectFile, Imported], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, entry = project
    before = records(store, entry.article.id)
    draft = Draft(store.codebook())
    renamed(draft, "STATEMENT", "discourse", "CLAIM")

    def said(self: Revision, owner: LabelKey, attributes: dict[str, Value]) -> dict[str, Value]:
        store.interrupt()
        return attributes

    monkeypatch.setattr(Revision, "said", said)
    with ThreadPoolExecutor(1) as pool, pytest.raises(ProjectError, match=r"Stopped: .*as it was"):
        pool.submit(saved, store, draft).result()
    assert (records(store, entry.article.id), store.codebook().version) == (before, 1)
    assert store.undo_title() == ""
    store.close()


@pytest.mark.parametrize("some", [1, 50_000])
def test_what_is_used_is_counted(
    project: tuple[ProjectFile, Imported], some: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.uses.SOME", some)
    store, _ = project
    uses = store.uses()
    assert uses["label", "entity", "ORG"] == 2
    assert uses["relation", "COREFERENCE"] == 1
    assert uses["suggestion", "entity", "ORG"] == 1
    assert uses["role", "COREFERENCE", "member"] == 3
    assert uses["attribute", "discourse", "CLAIM", "kind"] == 2
    assert uses["value", "discourse", "CLAIM", "kind", "plan"] == 1
    assert uses["attribute", "", "ATTRIBUTION", "duplicate"] == 1
    assert uses["review", "entity"] == 1
    assert not any("words" in key and key[0] == "value" for key in uses), "free text is not listed"
    store.close()
