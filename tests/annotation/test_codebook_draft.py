"""Editing a codebook: parts stay themselves, and what refers to them follows their names."""

from dataclasses import replace

from hypothesis import given, settings
from memory_store import BOOK, MemoryStore, make_article, make_span

from annotation.codebook import Choice
from annotation.codebook_draft import Draft
from annotation.codebook_draft_problems import draft_problems
from annotation.codebook_entries import Entry
from annotation.codebook_file import default_codebook
from annotation.codebook_revision import TurnedArgument
from annotation.session import Session
from annotation.store import Entry as Imported
from tests.annotation.revising import drafts

CLAIM = ("discourse", "CLAIM")


def part(draft: Draft, *names: str) -> Entry:
    return next(entry for entry in draft.root.walk() if entry.origin == names)


def rename(draft: Draft, name: str, *names: str) -> None:
    entry = part(draft, *names)
    entry.part = replace(entry.part, name=name)


def test_a_draft_that_nobody_touched_is_the_codebook() -> None:
    for book in (BOOK, default_codebook()):
        draft = Draft(book)
        assert draft.codebook() == book
        assert not draft.changed
        assert draft_problems(draft, {}) == []


def test_what_refers_to_a_part_follows_its_name() -> None:
    draft = Draft(BOOK)
    rename(draft, "STATEMENT", *CLAIM)
    rename(draft, "speech", "discourse")
    rename(draft, "manner", *CLAIM, "kind")
    rename(draft, "intent", *CLAIM, "kind", "plan")
    book = draft.codebook()
    attribution, coreference = book.relations
    assert attribution.role("claim").accepts == ("speech/STATEMENT",)
    assert coreference.role("member").accepts == ("speech/SOURCE", "entity/*")
    when = book.label("speech", "STATEMENT").attribute("when")
    assert when.values[1].only_with == {"manner": ("intent",)}
    assert draft_problems(draft, {}) == []


def test_names_that_were_swapped_are_told_apart() -> None:
    draft = Draft(BOOK)
    rename(draft, "GPE", "entity", "ORG")
    rename(draft, "ORG", "entity", "GPE")
    revision = draft.revision()
    assert revision.label(("entity", "ORG")) == ("entity", "GPE")
    assert revision.label(("entity", "GPE")) == ("entity", "ORG")
    assert draft.changed


def test_removed_and_added_is_not_renamed() -> None:
    draft = Draft(BOOK)
    draft.remove(part(draft, "entity", "ORG"))
    new = draft.add(part(draft, "entity"), "label")
    new.part = replace(new.part, name="ORG")
    assert draft.revision().label(("entity", "ORG")) is None
    assert draft.codebook().label("entity", "ORG") is not None
    assert draft.lost({("label", "entity", "ORG"): 7}) == [(draft._known[1], 7)]


def test_annotations_follow_an_heir_that_is_itself_removed_later() -> None:
    draft = Draft(BOOK)
    org, gpe, claim = (
        part(draft, "entity", "ORG"),
        part(draft, "entity", "GPE"),
        part(draft, *CLAIM),
    )
    draft.remove(org, gpe)
    draft.remove(gpe, claim)
    assert draft.revision().label(("entity", "ORG")) == CLAIM
    draft.remove(claim)
    assert draft.revision().label(("entity", "ORG")) is None


def test_values_and_attributes_are_renamed_removed_and_handed_on() -> None:
    draft = Draft(BOOK)
    rename(draft, "manner", *CLAIM, "kind")
    draft.remove(part(draft, *CLAIM, "doubtful"))
    draft.remove(part(draft, *CLAIM, "when", "soon"), part(draft, *CLAIM, "when", "past"))
    said = {"kind": "plan", "doubtful": True, "when": "soon", "words": "x"}
    assert draft.revision().said(CLAIM, said) == {"manner": "plan", "when": "past", "words": "x"}


def test_what_the_new_codebook_refuses_is_not_said_any_longer() -> None:
    draft = Draft(BOOK)
    draft.remove(part(draft, *CLAIM, "kind", "plan"))
    said = {"kind": "plan", "when": "soon"}
    assert draft.revision().said(CLAIM, said) == {}, "soon depended on plan"
    draft = Draft(BOOK)
    attribute = part(draft, *CLAIM, "doubtful")
    attribute.part = replace(attribute.part, type="text")
    assert draft.revision().said(CLAIM, {"doubtful": True}) == {}


def test_a_relation_keeps_what_its_roles_still_allow() -> None:
    given = [
        TurnedArgument("claim", "1", CLAIM),
        TurnedArgument("source", "2", ("discourse", "SOURCE")),
        TurnedArgument("cue", "3", ("discourse", "CUE")),
    ]
    draft = Draft(BOOK)
    draft.remove(part(draft, "discourse", "CUE"))
    draft.remove(part(draft, "ATTRIBUTION", "source"))
    assert draft.revision().arguments("ATTRIBUTION", given) == (("claim", "1"),)
    draft.remove(part(draft, *CLAIM))
    assert draft.revision().arguments("ATTRIBUTION", given) is None, "it needs a claim"


def test_parts_are_added_moved_and_named_apart() -> None:
    draft = Draft(BOOK)
    entity = part(draft, "entity")
    one = draft.add(entity, "label", after=part(draft, "entity", "ORG"))
    two = draft.add(entity, "label")
    assert [label.name for label in entity.of("label")] == [
        "ORG", "NEW_LABEL", "GPE", "NEW_LABEL_2",
    ]  # fmt: skip
    assert one.part.color != two.part.color
    assert draft.move(two, -1) and not draft.move(part(draft, "entity", "ORG"), -1)
    draft.move_to(one, part(draft, "discourse"))
    assert [label.name for label in entity.of("label")] == ["ORG", "NEW_LABEL_2", "GPE"]
    assert draft.codebook().label("discourse", "NEW_LABEL") is not None
    assert draft_problems(draft, {}) == []


def test_every_problem_is_told_beside_what_it_is_about() -> None:
    draft = Draft(BOOK)
    org, claim = part(draft, "entity", "ORG"), part(draft, *CLAIM)
    org.part = replace(org.part, key="2", color="blue", name="")
    claim.part = replace(claim.part, key="D", tag="SRC")
    role = part(draft, "ATTRIBUTION", "claim")
    role.part = replace(role.part, min=3)
    role.takes = []
    value = part(draft, *CLAIM, "when", "past")
    value.part = Choice("two words")
    attribute = draft.add(part(draft, "discourse", "CUE"), "attribute")
    told = {
        (problem.entry, problem.field): problem.text
        for problem in draft_problems(draft, {"D": "Tag everywhere", "+": "Add"})
    }
    assert told[org, "name"] == "The label has no name: choose one for the data."
    assert "not “blue”" in told[org, "color"]
    gpe = part(draft, "entity", "GPE")
    assert told[gpe, "key"] == "The label GPE has the key 2, which one without a name has too."
    assert "SRC, which CLAIM has too" in told[part(draft, "discourse", "SOURCE"), "tag"]
    assert "takes from 3 to 1 span" in told[role, "max"]
    assert "accepts no label" in told[role, "accepts"]
    assert "cannot hold blanks" in told[value, "name"]
    assert told[attribute, ""].endswith("is a choice and has no values.")
    assert all("{line}" not in text and "[[" not in text for text in told.values())
    assert told[org, "key"] == told[gpe, "key"], "both are marked"
    assert len(told) == 11


def test_a_file_of_the_same_names_keeps_annotations_where_they_are() -> None:
    draft = Draft(BOOK)
    rename(draft, "STATEMENT", *CLAIM)
    draft.remove(part(draft, "entity", "GPE"), part(draft, "entity", "ORG"))
    other = replace(
        draft.codebook(),
        labels=tuple(
            x for x in draft.codebook().labels if x.name in ("STATEMENT", "SOURCE", "CUE")
        ),
        relations=BOOK.relations[1:],
    )
    fixed = replace(
        other.relations[0],
        roles=(replace(other.relations[0].roles[0], accepts=("discourse/SOURCE",)),),
    )
    draft.take_over(replace(other, relations=(fixed,)))
    revision = draft.revision()
    assert revision.label(CLAIM) == ("discourse", "STATEMENT")
    assert revision.label(("entity", "GPE")) is None, "its heir went, too"
    assert revision.relation("ATTRIBUTION") is None
    draft.take_over(BOOK)
    revision = draft.revision()
    assert revision.label(("entity", "GPE")) == ("entity", "GPE"), "it is back"
    assert revision.label(CLAIM) == CLAIM, "it has its name in the project again"


@settings(max_examples=60, deadline=None)
@given(drafts(BOOK))
def test_whatever_is_done_the_revision_leads_to_labels_that_are_there(draft: Draft) -> None:
    revision = draft.revision()
    for label in BOOK.labels:
        new = revision.label((label.layer, label.name))
        assert new is None or revision.after.label(*new) is not None
    for relation in BOOK.relations:
        name = revision.relation(relation.name)
        assert name is None or revision.after.relation(name) is not None


def test_a_session_follows_a_revision_and_its_undo() -> None:
    store = MemoryStore()
    article = make_article("Acme said so.")
    store.add_entries([Imported(article)], "anna")
    session = Session(store, "anna")
    session.open(article.id)
    aside: list[object] = []
    session.aside = lambda work: aside.append(work) or work()
    store.records[("Span", "1")] = replace(make_span(article, "entity", "ORG", (0, 4)), id="1")
    draft = Draft(store.codebook())
    rename(draft, "COMPANY", "entity", "ORG")
    change = session.revise(draft.revision())
    assert (change.title, change.article_id) == ("Rename ORG to COMPANY", "")
    assert session.codebook.label("entity", "COMPANY") is not None
    assert session.document.spans_between(0, 5)[0].label == "COMPANY"
    session.undo()
    assert session.codebook.label("entity", "COMPANY") is None
    assert session.document.spans_between(0, 5)[0].label == "ORG"
    session.redo()
    assert session.document.spans_between(0, 5)[0].label == "COMPANY"
    assert len(aside) == 3
