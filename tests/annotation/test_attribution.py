"""The card of a claim as a form: what it takes, proposes and stores, and which label has one."""

from dataclasses import replace

import pytest
from memory_store import MemoryStore, make_article, make_relation, make_span

from annotation import edits
from annotation.attribution import Card, card_relation, open_card, opens_by_itself
from annotation.codebook import Codebook
from annotation.codebook_file import default_codebook
from annotation.errors import RefusedEdit
from annotation.model import Annotations, Relation, Span, Value
from annotation.proposing import propose
from annotation.session import Session
from annotation.store import Entry

TEXT = (
    "The port said it will close. A clerk feared delays, and it was announced that ships wait.\n"
    "Acme denied that it knew."
)
BOOK = default_codebook()


class Table:
    """A session with spans by name, and the card of one of them."""

    def __init__(self, *linked: dict[str, str], book: Codebook = BOOK) -> None:
        article = make_article(TEXT)

        def span(label: str, words: str) -> Span:
            start = TEXT.index(words)
            layer = "event" if label == "EVENT" else "discourse"
            return make_span(article, layer, label, (start, start + len(words)))

        self.spans = {
            "port": span("SOURCE", "The port"),
            "said": span("CUE", "said"),
            "close": span("CLAIM", "it will close"),
            "clerk": span("SOURCE", "A clerk"),
            "feared": span("CUE", "feared"),
            "delays": span("CLAIM", "delays"),
            "announced": span("CUE", "was announced"),
            "wait": span("CLAIM", "that ships wait"),
            "acme": span("SOURCE", "Acme"),
            "knew": span("CLAIM", "it knew"),
            "inner": span("CLAIM", "will close"),
            "event": span("EVENT", "close"),
        }
        relations = [
            make_relation(article, "ATTRIBUTION", *((r, self.spans[n]) for r, n in roles.items()))
            for roles in linked
        ]
        self.store = MemoryStore(book)
        found = Annotations(tuple(self.spans.values()), tuple(relations))
        self.store.add_entries([Entry(article, found)], "anna")
        self.session = Session(self.store, "anna")
        self.session.open(article.id)
        self.relations = relations

    def card(self, name: str, after: Relation | None = None) -> Card:
        card = open_card(self.session.desk, self.spans[name], after)
        assert card is not None
        return card

    def proposed(self, name: str) -> dict[str, str]:
        card = self.card(name)
        propose(self.session.desk, card)
        return {role: self.name(i) for role, i in card.proposed.items()}

    def tag(self, label: str, words: str) -> Span:
        start = TEXT.index(words)
        place = (start, start + len(words))
        change = edits.add_span(self.session.desk, "discourse", label, [place])
        self.session.do(change)
        (span,) = change.added
        assert isinstance(span, Span)
        return span

    def set(self, card: Card, name: str, value: Value | None) -> None:
        card.set(next(field for field in card.fields() if field.name == name), value)

    def keep(self, card: Card) -> None:
        """Store the card; one undo has to take all of it back, one redo has to bring it."""
        change = card.change(self.session.desk)
        assert change is not None
        before = self.stored()
        self.session.do(change)
        after = self.stored()
        assert self.session.undo() is not None and self.stored() == before
        assert self.session.redo() is not None and self.stored() == after

    def stored(self) -> Annotations:
        return self.store.annotations(self.session.desk.article.id)

    def linked(self) -> list[dict[str, str]]:
        return [
            {a.role: self.name(a.span_id) for a in relation.arguments}
            for relation in self.stored().relations
        ]

    def said(self, name: str) -> dict[str, Value]:
        return dict(next(s for s in self.stored().spans if s.id == self.spans[name].id).attributes)

    def name(self, span_id: str) -> str:
        return next(name for name, span in self.spans.items() if span.id == span_id)


def test_which_labels_have_a_card_follows_the_codebook() -> None:
    names = {
        label.name: relation.name
        for label in BOOK.labels
        if (relation := card_relation(BOOK, label.layer, label.name))
    }
    assert names == {"CLAIM": "ATTRIBUTION", "EVENT": "ARGUMENTS"}
    assert opens_by_itself(BOOK, "discourse", "CLAIM")
    assert not opens_by_itself(BOOK, "event", "EVENT"), "an entity can play seven parts"
    assert not opens_by_itself(BOOK, "discourse", "SOURCE")
    without = replace(BOOK, relations=tuple(r for r in BOOK.relations if r.name != "ATTRIBUTION"))
    about = card_relation(without, "discourse", "CLAIM")
    assert about is not None and about.name == "ABOUT"
    assert open_card(Table().session.desk, Table().spans["port"]) is None


def test_the_whole_card_is_one_change() -> None:
    table = Table()
    card = table.card("close")
    for name in ("said", "port"):
        card.take(table.spans[name])
    table.set(card, "quote_type", "indirect")
    table.set(card, "duplicate", True)
    card.unnamed("source")
    assert table.linked() == [], "nothing is stored before"
    table.keep(card)
    assert table.linked() == [{"claim": "close", "source": "port", "cue": "said"}]
    assert table.said("close") == {"quote_type": "indirect"}
    assert table.said("port") == {"naming": "unnamed"}
    (relation,) = table.stored().relations
    assert relation.attributes == {"duplicate": True}
    assert table.session.store.done[-1].title == "Fill in Attribution of “it will close”"
    assert table.card("close", after=None).change(table.session.desk) is None, "nothing new"


def test_a_claim_alone_is_no_attribution() -> None:
    table = Table()
    card = table.card("close")
    assert card.change(table.session.desk) is None
    table.set(card, "duplicate", True)
    assert card.change(table.session.desk) is None
    table.set(card, "voice", "author")
    table.keep(card)
    assert table.linked() == [] and table.said("close") == {"voice": "author"}


def test_taken_out_again_the_relation_goes() -> None:
    table = Table({"claim": "close", "source": "port"})
    card = table.card("close")
    card.take(table.spans["port"])
    assert card.arguments == []
    table.keep(card)
    assert table.linked() == []


def test_a_role_with_one_place_takes_the_new_one() -> None:
    table = Table({"claim": "close", "source": "port", "cue": "said"})
    card = table.card("close")
    card.take(table.spans["feared"])
    card.take(table.spans["clerk"])
    table.keep(card)
    assert [span.id for span in card.spans_of("source")] == [
        table.spans["port"].id,
        table.spans["clerk"].id,
    ]
    assert [table.name(s.id) for s in card.spans_of("cue")] == ["feared"]


def test_what_holds_the_claim_is_no_source_of_it() -> None:
    table = Table({"claim": "knew", "source": "acme"})
    whole = table.tag("SOURCE", "said it will close")
    card = table.card("close")
    propose(table.session.desk, card)
    assert whole.id not in card.proposed.values()
    assert not card.accepts(whole) and not card.letters(whole)
    event = table.card("event")
    assert event.letters(whole), "an event’s actor can be described by the event"


def test_words_of_the_claim_get_a_letter_only_where_they_can_be_taken_out_of_it() -> None:
    table = Table({"claim": "knew", "source": "acme"})
    whole = table.tag("CLAIM", "The port said it will close")
    inside = open_card(table.session.desk, whole)
    assert inside.letters(table.spans["port"]) and inside.accepts(table.spans["said"])
    other = open_card(table.session.desk, table.tag("CLAIM", "Acme denied that it knew"))
    assert not other.letters(table.spans["acme"]), "another claim has it"
    assert other.accepts(table.spans["acme"]), "a click still takes it"
    labels = [replace(label, discontinuous=False) for label in BOOK.labels]
    strict = Table(book=replace(BOOK, labels=tuple(labels)))
    card = open_card(strict.session.desk, strict.tag("CLAIM", "The port said it will close"))
    assert not card.letters(strict.spans["port"])
    card.take(strict.spans["port"])
    assert card.letters(strict.spans["port"]), "so that the letter can let go of it"


def test_what_no_role_takes_is_refused() -> None:
    table = Table()
    with pytest.raises(RefusedEdit, match="no role for a Claim"):
        table.card("close").take(table.spans["delays"])
    with pytest.raises(RefusedEdit, match="Choose the source first"):
        table.card("close").unnamed("source")
    card = table.card("event")
    with pytest.raises(RefusedEdit, match="only where Class is"):
        table.set(card, "mode", "strike")


def test_implicit_says_so_and_a_source_takes_it_back() -> None:
    table = Table({"claim": "wait", "source": "clerk"})
    card = table.card("wait")
    card.take(table.spans["announced"])
    assert card.implicit("source") and not card.implicit("cue")
    table.keep(card)
    assert table.linked() == [{"claim": "wait", "cue": "announced"}]
    assert table.said("wait") == {"voice": "implicit_source"}
    again = table.card("wait")
    again.take(table.spans["clerk"])
    table.keep(again)
    assert table.said("wait") == {}
    assert table.linked() == [{"claim": "wait", "cue": "announced", "source": "clerk"}]


def test_the_nearest_free_spans_are_proposed() -> None:
    assert Table().proposed("close") == {"source": "port", "cue": "said"}
    assert Table().proposed("delays") == {"source": "clerk", "cue": "feared"}
    assert Table().proposed("knew") == {"source": "acme"}, "not across paragraphs"
    taken = Table({"claim": "close", "source": "port", "cue": "said"})
    assert taken.proposed("close") == {}, "it has its attribution"
    assert Table().proposed("inner") == {"source": "port", "cue": "said"}
    assert taken.proposed("inner") == {"source": "clerk", "cue": "feared"}, "those are taken"
    assert taken.proposed("delays") == {"source": "clerk", "cue": "feared"}
    assert Table().proposed("event") == {}


def test_proposals_count_once_they_are_taken_and_go_where_a_value_speaks_against_them() -> None:
    table = Table()
    card = table.card("close")
    propose(table.session.desk, card)
    assert card.change(table.session.desk) is None
    card.clear(card.fields()[0])
    assert list(card.proposed) == ["cue"]
    card.accept_proposals()
    table.keep(card)
    assert table.linked() == [{"claim": "close", "cue": "said"}]
    for value, left in (("author", []), ("implicit_source", ["cue"]), ("attributed", None)):
        card = table.card("delays")
        propose(table.session.desk, card)
        table.set(card, "voice", value)
        assert list(card.proposed) == (["source", "cue"] if left is None else left)


def test_one_attribution_after_another_and_then_a_new_one() -> None:
    table = Table(
        {"claim": "close", "source": "port"}, {"claim": "close", "source": "clerk", "cue": "said"}
    )
    first = table.card("close")
    second = table.card("close", after=first.relation)
    assert [c.relation for c in (first, second)] == table.relations
    third = table.card("close", after=second.relation)
    assert third.relation is None and third.arguments == []


def test_what_undo_takes_away_is_forgotten() -> None:
    table = Table()
    card = table.card("close")
    card.take(table.spans["port"])
    card.take(table.spans["said"])
    card.unnamed("source")
    desk = table.session.desk
    table.session.do(edits.delete(desk, [table.spans["port"]]))
    assert card.follow() and [a.role for a in card.arguments] == ["cue"]
    table.keep(card)
    table.session.do(edits.delete(desk, [table.spans["close"]]))
    assert not card.follow()
