"""The open article always agrees with the store, whatever is done and in whichever order."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_store import MemoryStore, make_article, make_span, make_suggestion

from annotation import document as documents
from annotation import edits
from annotation.document import Document
from annotation.errors import RefusedEdit
from annotation.model import Annotations, Argument, Change, Relation, Span
from annotation.session import Session
from annotation.store import Entry

WORDS = ["Acme", "😀", "Ё́e", "שלום", "👩\u200d👩\u200d👧", "sail", "the", "port", "said", "again"]
TEXT = " ".join(WORDS * 4)


def assert_agrees(document: Document, store: MemoryStore, start: int, end: int) -> None:
    article_id = document.article.id
    assert document.spans_between(start, end) == store.spans_between(article_id, start, end)
    assert document.suggestions_between(start, end) == store.suggestions_between(
        article_id, start, end
    )
    for span in store.spans_between(article_id, start, end):
        assert document.span(span.id) == span
        found = sorted(document.relations_of(span.id), key=lambda r: r.id)
        assert found == sorted(store.relations_of([span.id]), key=lambda r: r.id)
    assert sorted(document.reviews(), key=lambda r: r.id) == sorted(
        store.reviews(article_id), key=lambda r: r.id
    )
    assert document.count_pending() == len(document.pending_suggestions())


class Hand:
    """Does what numbers say: any edit, on anything that is there, and looks here and there."""

    def __init__(self, session: Session, draw: Any) -> None:
        self.session = session
        self.number = lambda most: draw(st.integers(0, most))

    def fragments(self) -> list[tuple[int, int]]:
        places = []
        for _ in range(1 + self.number(1)):
            start = self.number(len(TEXT) - 1)
            places.append((start, min(start + 1 + self.number(30), len(TEXT))))
        return places

    def label(self) -> tuple[str, str]:
        label = self.session.codebook.labels[self.number(len(self.session.codebook.labels) - 1)]
        return label.layer, label.name

    def change(self) -> Change | None:
        """Return an edit that the rules allow, or None."""
        article_id = self.session.desk.article.id
        annotations = self.session.store.annotations(article_id)
        pending = self.session.store.pending_suggestions(article_id)
        try:
            match self.number(9):
                case 0 | 1 | 2:
                    return edits.add_span(self.session.desk, *self.label(), self.fragments())
                case 3 | 4 if annotations.spans:
                    return self._of_span(annotations.spans)
                case 5 if pending:
                    which = pending[self.number(len(pending) - 1)]
                    if self.number(1):
                        return edits.reject(self.session.desk, [which])
                    return edits.accept(self.session.desk, which)
                case 6:
                    return edits.accept_all(self.session.desk, pending)
                case 7 if len(annotations.spans) > 1:
                    return self._link(annotations.spans)
                case 8 if annotations.relations:
                    return self._of_relation(annotations.relations)
                case 9:
                    state = "complete" if self.number(1) else "open"
                    return edits.set_review(self.session.desk, "entity", state)  # type: ignore[arg-type]
        except RefusedEdit:
            return None
        return None

    def _of_span(self, spans: tuple[Span, ...]) -> Change:
        desk, span = self.session.desk, spans[self.number(len(spans) - 1)]
        match self.number(5):
            case 0:
                return edits.relabel(desk, span, *self.label())
            case 1:
                return edits.move_boundary(desk, span, self.fragments())
            case 2:
                return edits.add_fragment(desk, span, self.fragments()[0])
            case 3:
                return edits.set_attribute(desk, span, "kind", "plan")
            case 4:
                return edits.set_note(desk, span, "?")
        return edits.delete(desk, spans[: 1 + self.number(2)])

    def _link(self, spans: tuple[Span, ...]) -> Change:
        members = {spans[self.number(len(spans) - 1)].id for _ in range(3)}
        members = {i for i in members if self.session.desk.document.span(i)}
        arguments = [Argument("member", i) for i in sorted(members)]
        return edits.link(self.session.desk, "COREFERENCE", arguments)

    def _of_relation(self, relations: tuple[Relation, ...]) -> Change:
        relation = relations[self.number(len(relations) - 1)]
        if self.number(1):
            return edits.unlink(self.session.desk, relation)
        return edits.set_note(self.session.desk, relation, "?")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_document_follows_any_edits(data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents, "BLOCK", 16)
        store = MemoryStore()
        article = make_article(TEXT)
        suggestions = tuple(
            make_suggestion(article, "ORG", start, start + 4) for start in (0, 49, 98)
        )
        store.add_entries([Entry(article, Annotations(suggestions=suggestions))], "anna")
        start_state = store.annotations(article.id)
        session = Session(store, "anna")
        document = session.open(article.id)
        hand = Hand(session, data.draw)
        states = [start_state]
        for _ in range(data.draw(st.integers(1, 12))):
            change = hand.change()
            if change is not None:
                session.do(change)
                states.append(store.annotations(article.id))
            at = hand.number(len(TEXT))
            assert_agrees(document, store, at, at + hand.number(40))
        for state in reversed(states[:-1]):
            assert session.undo() is not None
            assert store.annotations(article.id) == state
            assert_agrees(document, store, 0, len(TEXT))
        assert session.undo() is None and store.annotations(article.id) == start_state
        for state in states[1:]:
            assert session.redo() is not None
            assert store.annotations(article.id) == state
            assert_agrees(document, store, 0, len(TEXT))
        assert document.article.text == TEXT == store.article(article.id).text
        for span in store.annotations(article.id).spans:
            assert span.quotation == tuple(TEXT[s:e] for s, e in span.fragments)


class CountingStore(MemoryStore):
    """Notes which stretches are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[int, int]] = []

    def spans_between(self, article_id: str, start: int, end: int) -> list[Span]:
        self.asked.append((start, end))
        return super().spans_between(article_id, start, end)


def opened(text: str, *places: tuple[int, int]) -> tuple[Document, CountingStore, list[Span]]:
    store = CountingStore()
    article = make_article(text)
    spans = [make_span(article, "entity", "ORG", place) for place in places]
    store.add_entries([Entry(article, Annotations(tuple(spans)))], "anna")
    return Document(store.article(article.id), store), store, spans


def test_a_paragraph_of_a_million_characters_is_loaded_where_it_is_looked_at() -> None:
    text = "😀x" * 500_000
    document, store, spans = opened(text, (0, 2), (500_000, 500_010), (999_990, 1_000_000))
    assert store.asked == []
    assert document.spans_between(500_000, 500_100) == [spans[1]]
    assert document.spans_between(500_005, 500_006) == [spans[1]]
    assert len(store.asked) == 1 and store.asked[0][1] - store.asked[0][0] <= 2 * documents.BLOCK
    assert document.span(spans[2].id) == spans[2]
    assert document.spans_between(999_000, 1_000_000) == [spans[2]]


def test_a_span_over_many_blocks_is_there_in_each_and_gone_from_each() -> None:
    document, _, (span,) = opened("word " * 10_000, (3, 40_000))
    for at in (3, 5_000, 20_000, 39_999):
        assert document.spans_between(at, at + 1) == [span]
    assert document.spans_between(0, 3) == document.spans_between(40_000, 50_000) == []
    document.apply(Change("i", "Delete", span.article_id, "anna", "t", (span,)))
    assert all(not document.spans_between(at, at + 1) for at in (3, 5_000, 20_000, 39_999))


def test_changes_to_other_articles_leave_it_alone() -> None:
    document, _, (span,) = opened("word " * 10, (0, 4))
    other = make_span(make_article("Other text."), "entity", "ORG", (0, 5))
    document.apply(Change("i", "Tag", other.article_id, "anna", "t", (), (other,)))
    assert document.spans_between(0, 50) == [span]
    assert document.span(other.id) is None


def test_the_next_suggestion_is_found_beyond_what_is_loaded() -> None:
    store = MemoryStore()
    article = make_article("Acme " * 10_000)
    first, last = (make_suggestion(article, "ORG", at, at + 4) for at in (5, 40_000))
    store.add_entries([Entry(article, Annotations(suggestions=(first, last)))], "anna")
    document = Document(article, store)
    assert document.next_suggestion(5) == last and document.next_suggestion(40_000) is None
    assert document.next_suggestion(40_000, backward=True) == first
    assert document.suggestion(last.id) == last
