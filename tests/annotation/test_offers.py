"""What the codebook offers between two spans."""

import pytest
from memory_store import MemoryStore, make_article, make_relation, make_span

from annotation.codebook_file import default_codebook
from annotation.errors import RefusedEdit
from annotation.model import Annotations, Argument, Relation, Span
from annotation.offers import offers, with_role
from annotation.session import Session
from annotation.store import Entry

TEXT = "Acme said it will sail. The port said so too, it fears delays."


class Table:
    """A session with spans by name, and what is offered between two of them."""

    def __init__(self, *linked: tuple[str, dict[str, str]]) -> None:
        article = make_article(TEXT)
        self.spans: dict[str, Span] = {
            "org": make_span(article, "entity", "ORG", (0, 4)),
            "source": make_span(article, "discourse", "SOURCE", (0, 4)),
            "port": make_span(article, "discourse", "SOURCE", (24, 32)),
            "cue": make_span(article, "discourse", "CUE", (5, 9)),
            "fear": make_span(article, "discourse", "CUE", (49, 54)),
            "claim": make_span(article, "discourse", "CLAIM", (10, 22)),
            "other": make_span(article, "discourse", "CLAIM", (46, 61)),
            "event": make_span(article, "event", "EVENT", (18, 22)),
        }
        relations = [
            make_relation(article, label, *((r, self.spans[n]) for n, r in roles.items()))
            for label, roles in linked
        ]
        store = MemoryStore(default_codebook())
        found = Annotations(tuple(self.spans.values()), tuple(relations))
        store.add_entries([Entry(article, found)], "anna")
        self.session = Session(store, "anna")
        self.session.open(article.id)

    def titles(self, one: str, other: str) -> list[str]:
        found = offers(self.session.desk, self.spans[one], self.spans[other])
        return [offer.title for offer in found]

    def take(self, one: str, other: str, number: int = 0) -> Relation:
        found = offers(self.session.desk, self.spans[one], self.spans[other])
        change = found[number].change(self.session.desk)
        self.session.do(change)
        (relation,) = change.added
        assert isinstance(relation, Relation)
        return relation

    def named(self, relation: Relation) -> dict[str, str]:
        names = {span.id: name for name, span in self.spans.items()}
        return {names[a.span_id]: a.role for a in relation.arguments}


def test_what_fits_is_offered_in_the_order_of_the_drag() -> None:
    table = Table()
    assert table.titles("source", "claim") == ["Attribution: source → claim"]
    assert table.titles("claim", "other") == [
        "Supports: supporting → supported",
        "Supports: supported → supporting",
        "Restates: restating → restated",
        "Restates: restated → restating",
        "Contradicts",
    ]
    assert table.titles("event", "org") == [
        f"Arguments of an event: event → {role}"
        for role in ("actor", "recipient", "instrument", "place", "time", "quantity", "affected")
    ]
    assert table.titles("org", "port") == ["Same person or thing"]
    assert table.named(table.take("claim", "other", 1)) == {
        "claim": "supported",
        "other": "supporting",
    }


def test_a_relation_there_is_can_be_joined_or_a_new_one_made() -> None:
    table = Table(("ATTRIBUTION", {"claim": "claim", "source": "source"}))
    assert table.titles("cue", "claim") == [
        "Attribution: add as cue",
        "Attribution: cue → claim",
    ]
    joined = table.take("cue", "claim")
    assert table.named(joined) == {"claim": "claim", "source": "source", "cue": "cue"}
    assert table.titles("fear", "claim") == ["Attribution: cue → claim"], "there is room for one"


def test_a_group_grows_and_is_not_made_twice() -> None:
    table = Table(("COREFERENCE", {"org": "member", "source": "member"}))
    assert table.titles("port", "org") == ["Same person or thing: add as member"]
    assert table.titles("org", "port") == ["Same person or thing: add as member"]
    assert len(table.take("port", "org").arguments) == 3


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        ("cue", "fear", "no relation between a Cue and a Cue"),
        ("event", "cue", "no relation between an Event and a Cue"),
        ("claim", "claim", "itself"),
        ("source", "claim", "linked by Attribution already"),
    ],
)
def test_where_nothing_fits_the_reason_is_told(one: str, other: str, says: str) -> None:
    table = Table(("ATTRIBUTION", {"claim": "claim", "source": "source"}))
    with pytest.raises(RefusedEdit, match=says):
        table.titles(one, other)


def test_another_role_turns_a_relation_of_two_round() -> None:
    book = default_codebook()
    supports, arguments = book.relation("SUPPORTS"), book.relation("ARGUMENTS")
    assert supports is not None and arguments is not None
    two = [Argument("supporting", "a"), Argument("supported", "b")]
    turned = [Argument("supporting", "b"), Argument("supported", "a")]
    assert with_role(supports, two, "a", "supported") == turned
    many = [Argument("event", "e"), Argument("actor", "a"), Argument("place", "b")]
    moved = [Argument("event", "e"), Argument("place", "a"), Argument("place", "b")]
    assert with_role(arguments, many, "a", "place") == moved
