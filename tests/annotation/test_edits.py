"""Edits are values: each does what it says, keeps the rules, and can be taken back."""

from collections.abc import Callable

import pytest
from memory_store import BOOK, MemoryStore, make_article, make_suggestion

from annotation import edits
from annotation.edits import Desk
from annotation.errors import RefusedEdit
from annotation.model import Annotations, Argument, Change, Relation, Span
from annotation.session import Session
from annotation.store import Entry

TEXT = "Acme will sail, the port of Acme said. Acme 😀 agreed."


@pytest.fixture
def session() -> Session:
    store = MemoryStore()
    article = make_article(TEXT)
    suggestions = tuple(make_suggestion(article, "ORG", *at) for at in ((0, 4), (28, 32), (39, 43)))
    store.add_entries([Entry(article, Annotations(suggestions=suggestions))], "anna")
    session = Session(store, "anna")
    session.open(article.id)
    return session


def do(session: Session, edit: Callable[..., Change], *arguments: object) -> Change:
    """Carry an edit out; undo has to give back what was there, and redo what was done."""
    store, article = session.store, session.desk.article
    before = store.annotations(article.id)
    change = edit(session.desk, *arguments)
    session.do(change)
    after = store.annotations(article.id)
    assert session.undo() is not None and store.annotations(article.id) == before
    assert session.redo() is not None and store.annotations(article.id) == after
    return change


def tag(session: Session, label: str, *fragments: tuple[int, int]) -> Span:
    layer = "entity" if label in ("ORG", "GPE") else "discourse"
    (span,) = (r for r in do(session, edits.add_span, layer, label, fragments).added
               if isinstance(r, Span))  # fmt: skip
    return span


def link(session: Session, label: str, *arguments: tuple[str, Span]) -> Relation:
    given = [Argument(role, span.id) for role, span in arguments]
    (relation,) = do(session, edits.link, label, given).added
    assert isinstance(relation, Relation)
    return relation


def refused(session: Session, says: str, edit: Callable[..., Change], *arguments: object) -> None:
    with pytest.raises(RefusedEdit, match=says):
        edit(session.desk, *arguments)


def spans(session: Session) -> tuple[Span, ...]:
    return session.store.annotations(session.desk.article.id).spans


def test_tagging(session: Session) -> None:
    span = tag(session, "CLAIM", (10, 14), (0, 4), (4, 9))
    assert span.fragments == ((0, 9), (10, 14)) and span.quotation == ("Acme will", "sail")
    assert (span.origin, span.annotator, span.codebook_version) == ("manual", "anna", 1)
    assert tag(session, "SOURCE", (44, 45)).quotation == ("😀",)
    refused(session, "already", edits.add_span, "discourse", "CLAIM", [(0, 9), (10, 14)])
    refused(session, "not inside", edits.add_span, "entity", "ORG", [(50, 99)])
    refused(session, "blanks", edits.add_span, "entity", "ORG", [(4, 5)])
    refused(session, "at least one", edits.add_span, "entity", "ORG", [])
    refused(session, "no label", edits.add_span, "entity", "CLAIM", [(0, 4)])


def test_tagging_a_suggestion_accepts_it(session: Session) -> None:
    assert tag(session, "ORG", (0, 4)).origin == "accepted"
    edited = tag(session, "GPE", (28, 32))
    assert (edited.origin, edited.author, edited.label) == ("edited", "model 1", "GPE")
    states = [s.state for s in session.store.all_suggestions(session.desk.article.id)]
    assert states == ["accepted", "accepted", "pending"]
    assert session.desk.document.count_pending() == 1
    assert tag(session, "SOURCE", (39, 43)).origin == "manual"


def test_accepting_and_rejecting(session: Session) -> None:
    first, second, third = session.desk.document.pending_suggestions()
    do(session, edits.accept, first)
    do(session, edits.accept, second, "GPE", [(24, 32)])
    do(session, edits.reject, [third])
    assert [(s.label, s.origin, s.fragments) for s in spans(session)] == [
        ("ORG", "accepted", ((0, 4),)),
        ("GPE", "edited", ((25, 32),)),
    ]
    assert all(s.suggestion_id for s in spans(session))
    assert session.desk.document.pending_suggestions() == []


def test_accepting_all_leaves_what_a_rule_refuses(session: Session) -> None:
    tag(session, "ORG", (24, 32))
    change = do(session, edits.accept_all, session.desk.document.pending_suggestions())
    assert change.title == "Accept 2 Organisation (ORG) suggestions"
    assert [s.start for s in session.desk.document.pending_suggestions()] == [28]
    pending = session.desk.document.pending_suggestions()
    refused(session, "None of these", edits.accept_all, pending)


def test_what_is_tagged_blind_says_so_until_it_is_changed_in_sight(session: Session) -> None:
    document = session.desk.document
    document.blind = True
    assert document.pending_suggestions() == document.suggestions_between(0, 99) == []
    assert (document.next_suggestion(-1), document.count_pending()) == (None, 0)
    span = tag(session, "ORG", (0, 4))
    assert (span.origin, span.blind) == ("manual", True)
    moved = do(session, edits.move_boundary, span, [(0, 9)]).added[0]
    assert isinstance(moved, Span) and moved.blind
    document.blind = False
    assert document.count_pending() == 3
    (changed,) = do(session, edits.relabel, moved, "entity", "GPE").added
    assert isinstance(changed, Span) and not changed.blind
    assert not tag(session, "ORG", (39, 43)).blind


def test_a_suggestion_of_what_is_tagged_already_is_settled_without_a_second_span(
    session: Session,
) -> None:
    session.desk.document.blind = True
    span = tag(session, "ORG", (0, 4))
    session.desk.document.blind = False
    first = session.desk.document.pending_suggestions()[0]
    do(session, edits.accept, first)
    assert spans(session) == (span,)
    session.undo()
    do(session, edits.accept_all, session.desk.document.pending_suggestions())
    assert len(spans(session)) == 3 and session.desk.document.count_pending() == 0
    assert session.desk.document.count_reviewed() == 3


def test_a_span_that_says_again_what_was_suggested_is_accepted_again(session: Session) -> None:
    def now() -> str:
        return spans(session)[0].origin

    do(session, edits.accept, session.desk.document.pending_suggestions()[0])
    assert now() == "accepted"
    do(session, edits.move_boundary, spans(session)[0], [(0, 9)])
    assert now() == "edited"
    do(session, edits.relabel, spans(session)[0], "entity", "GPE")
    do(session, edits.move_boundary, spans(session)[0], [(0, 4)])
    assert now() == "edited", "the label is another one"
    do(session, edits.relabel, spans(session)[0], "entity", "ORG")
    assert now() == "accepted"
    do(session, edits.set_note, spans(session)[0], "sure")
    assert now() == "accepted"
    session.store.records.pop(("Suggestion", spans(session)[0].suggestion_id))
    do(session, edits.move_boundary, spans(session)[0], [(0, 9)])
    do(session, edits.move_boundary, spans(session)[0], [(0, 4)])
    assert now() == "edited", "nobody knows any more what was suggested"


def test_relabelling(session: Session) -> None:
    do(session, edits.accept, session.desk.document.pending_suggestions()[0])
    (span,) = spans(session)
    do(session, edits.relabel, span, "entity", "GPE")
    (relabelled,) = spans(session)
    assert (relabelled.id, relabelled.label, relabelled.origin) == (span.id, "GPE", "edited")
    claim = tag(session, "CLAIM", (0, 14))
    do(session, edits.set_attribute, claim, "kind", "plan")
    claim = spans(session)[0]
    do(session, edits.relabel, claim, "discourse", "SOURCE")
    assert spans(session)[0].attributes == {}


def test_the_label_that_a_span_has_already_changes_nothing(session: Session) -> None:
    do(session, edits.add_span, "entity", "ORG", [(0, 3)])
    refused(session, "already", edits.relabel, spans(session)[0], "entity", "ORG")


def test_relabelling_keeps_relations_true(session: Session) -> None:
    claim, source = tag(session, "CLAIM", (0, 14)), tag(session, "SOURCE", (16, 32))
    link(session, "ATTRIBUTION", ("claim", claim), ("source", source))
    refused(session, "cannot be its source", edits.relabel, source, "discourse", "CUE")


def test_moving_boundaries(session: Session) -> None:
    source = tag(session, "SOURCE", (16, 24))
    do(session, edits.move_boundary, source, [(16, 32)])
    (moved,) = spans(session)
    assert (moved.id, moved.quotation) == (source.id, ("the port of Acme",))
    refused(session, "discontinuous", edits.add_fragment, moved, (33, 37))
    claim = tag(session, "CLAIM", (0, 4))
    do(session, edits.add_fragment, claim, (10, 14))
    do(session, edits.add_fragment, spans(session)[0], (3, 9))
    assert spans(session)[0].fragments == ((0, 9), (10, 14))
    tag(session, "SOURCE", (39, 43))
    refused(session, "cannot be inside", edits.move_boundary, moved, [(16, 45)])


def test_attributes(session: Session) -> None:
    tag(session, "CLAIM", (0, 14))

    def said(name: str, value: object) -> object:
        do(session, edits.set_attribute, spans(session)[0], name, value)
        return spans(session)[0].attributes

    assert said("kind", "plan") == {"kind": "plan"}
    assert said("when", "soon") == {"kind": "plan", "when": "soon"}
    assert said("doubtful", True) == {"kind": "plan", "when": "soon", "doubtful": True}
    assert said("kind", "fact") == {"kind": "fact", "doubtful": True}
    assert said("doubtful", None) == {"kind": "fact"}
    refused(session, "only where", edits.set_attribute, spans(session)[0], "when", "soon")
    refused(session, "one of", edits.set_attribute, spans(session)[0], "kind", "guess")
    do(session, edits.set_note, spans(session)[0], "Is it?")
    assert spans(session)[0].note == "Is it?"


def test_relations(session: Session) -> None:
    claim, source = tag(session, "CLAIM", (0, 14)), tag(session, "SOURCE", (16, 32))
    cue, other = tag(session, "CUE", (33, 37)), tag(session, "SOURCE", (39, 43))
    relation = link(session, "ATTRIBUTION", ("claim", claim), ("source", source))
    arguments = list(relation.arguments)
    refused(session, "already", edits.link, "ATTRIBUTION", arguments)
    second = link(session, "ATTRIBUTION", ("claim", claim), ("source", other))
    do(session, edits.set_arguments, relation, [*arguments, Argument("cue", cue.id)])
    (relation,) = (r for r in session.desk.document.relations_of(cue.id))
    do(session, edits.set_relation_attribute, relation, "duplicate", True)
    refused(session, "needs a claim", edits.set_arguments, second, arguments[1:])
    refused(session, "already", edits.set_arguments, second, relation.arguments)
    do(session, edits.unlink, second)
    assert [r.id for r in session.desk.document.relations_of(claim.id)] == [relation.id]
    same = link(session, "COREFERENCE", ("member", source), ("member", other))
    refused(session, "already", edits.link, "COREFERENCE", list(reversed(same.arguments)))


def test_deleting_takes_relations_along(session: Session) -> None:
    claim, source = tag(session, "CLAIM", (0, 14)), tag(session, "SOURCE", (16, 32))
    others = [tag(session, "SOURCE", (39, 43)), tag(session, "ORG", (28, 32))]
    link(session, "ATTRIBUTION", ("claim", claim), ("source", source))
    cluster = link(session, "COREFERENCE", *(("member", s) for s in (source, *others)))
    do(session, edits.delete, [source])
    (left,) = session.store.annotations(session.desk.article.id).relations[-1:]
    assert left.id == cluster.id and len(left.arguments) == 2
    do(session, edits.delete, [others[0]])
    assert cluster.id not in {
        r.id for r in session.store.annotations(session.desk.article.id).relations
    }


def test_reviews(session: Session) -> None:
    change = do(session, edits.set_review, "entity", "complete")
    assert change.title == "Complete “Entities”"
    assert session.desk.document.is_complete("entity", "anna")
    assert not session.desk.document.is_complete("entity", "ben")
    do(session, edits.set_review, "entity", "open")
    assert not session.desk.document.is_complete("entity", "anna")
    assert len(session.desk.document.reviews()) == 1


def test_everybody_who_listens_hears_of_it_once(session: Session) -> None:
    heard: list[Change] = []
    session.listen(heard.append)
    change = edits.add_span(session.desk, "discourse", "CLAIM", [(0, 14)])
    session.do(change)
    session.undo()
    session.redo()
    assert heard == [change, change.inverse(), change]
    assert session.redo() is None and session.undo() and session.undo() is None
    assert len(heard) == 4


def test_titles_are_short_and_on_one_line(session: Session) -> None:
    desk = Desk(session.desk.document, BOOK, "anna")
    assert edits.add_span(desk, "entity", "GPE", [(16, 24)]).title == "Tag Place (GPE) “the port”"
    long = edits.add_span(desk, "discourse", "CLAIM", [(0, 14), (16, 45)]).title
    assert len(long) < 60 and "…" in long


def test_blanks_at_the_edges_of_a_selection_are_not_tagged(session: Session) -> None:
    span = tag(session, "CLAIM", (4, 10))  # " will "
    assert (span.fragments, span.quotation) == (((5, 9),), ("will",))
    refused(session, "blanks", edits.add_span, "discourse", "CLAIM", [(9, 10)])
