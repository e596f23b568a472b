"""Registries: entries, who mentions them, merging and splitting, and what rules forbid."""

from dataclasses import replace

import pytest
from memory_store import BOOK, MemoryStore, make_article, make_span

from annotation import edits, registry_edits
from annotation.checking import check
from annotation.errors import RefusedEdit
from annotation.model import Annotations, Change, RegistryEntry, Span
from annotation.registry import entry_problems, folded, registry_of
from annotation.registry_alike import CROWD, alike
from annotation.registry_matching import SLICE, Names
from annotation.session import Session
from annotation.store import Entry

TEXT = "The mayor spoke. Ilse Varga said no. Varga left. Ötzi Müller stayed."


@pytest.fixture
def session() -> Session:
    store = MemoryStore()
    article = make_article(TEXT)
    places = ((0, 9), (17, 27), (37, 42))
    spans = tuple(make_span(article, "discourse", "SOURCE", place) for place in places)
    claim = make_span(article, "discourse", "CLAIM", (28, 35))
    store.add_entries([Entry(article, Annotations((*spans, claim)))], "anna")
    session = Session(store, "anna")
    session.open(article.id)
    return session


def spans(session: Session, label: str = "SOURCE") -> list[Span]:
    found = session.desk.document.spans_between(0, 99)
    return [span for span in found if span.label == label]


def do(session: Session, change: Change) -> None:
    """Carry it out; undo has to give back what was there, and redo what was done."""
    before = session.store.annotations(session.desk.article.id), list(listed(session))
    session.do(change)
    after = session.store.annotations(session.desk.article.id), list(listed(session))
    session.undo()
    assert (session.store.annotations(session.desk.article.id), list(listed(session))) == before
    session.redo()
    assert (session.store.annotations(session.desk.article.id), list(listed(session))) == after
    assert check(session.store).problems == []


def listed(session: Session) -> list[tuple[str, int]]:
    page = session.store.registries.page("source")
    return [(entry.name, mentions) for entry, mentions in page]


def add(session: Session, name: str, *aliases: str, **facts: str) -> RegistryEntry:
    entry = registry_edits.new_entry("source", name, "anna", aliases, facts)
    do(session, registry_edits.add("anna", entry))
    return entry


def say(session: Session, entry: RegistryEntry, *places: int) -> None:
    chosen = [spans(session)[place] for place in places]
    do(session, registry_edits.mention(session.desk, chosen, entry))


def test_a_span_mentions_an_entry_that_comes_with_it(session: Session) -> None:
    varga = registry_edits.new_entry("source", " Ilse Varga ", "anna")
    do(session, registry_edits.mention(session.desk, spans(session)[1:], varga, new=True))
    assert listed(session) == [("Ilse Varga", 2)]
    assert [span.entry_id for span in spans(session)] == ["", varga.id, varga.id]
    assert session.store.undo_title() == "“Ilse Varga” mentions the source “Ilse Varga”"
    do(session, registry_edits.forget_mention(session.desk, spans(session)[1]))
    assert listed(session) == [("Ilse Varga", 1)]
    with pytest.raises(RefusedEdit, match="mentions no entry"):
        registry_edits.forget_mention(session.desk, spans(session)[1])


def test_what_has_no_registry_mentions_nobody(session: Session) -> None:
    varga, flood = add(session, "Ilse Varga"), registry_edits.new_entry("event", "Flood", "anna")
    with pytest.raises(RefusedEdit, match=r"Claim .* has no registry"):
        registry_edits.mention(session.desk, spans(session, "CLAIM"), varga)
    with pytest.raises(RefusedEdit, match="is in the registry of events"):
        registry_edits.mention(session.desk, spans(session), flood, new=True)
    say(session, varga, 0)
    do(session, edits.relabel(session.desk, spans(session)[0], "discourse", "CUE"))
    assert listed(session) == [("Ilse Varga", 0)]


def test_a_codebook_says_which_labels_have_a_registry() -> None:
    assert registry_of(BOOK, "discourse", "SOURCE") == "source"
    org = replace(BOOK.labels[0], registry="source")
    book = replace(BOOK, labels=(org, *BOOK.labels[1:]))
    assert registry_of(book, "entity", "ORG") == "source"
    assert registry_of(book, "discourse", "SOURCE") is None


def test_two_entries_become_one(session: Session) -> None:
    mayor = add(session, "The mayor", "Madam Mayor", role="mayor", kind="group")
    varga = add(session, "Ilse Varga", kind="person")
    say(session, mayor, 0)
    say(session, varga, 1, 2)
    do(session, registry_edits.merge("anna", session.store.registries, varga, [mayor]))
    ((merged, mentions),) = session.store.registries.page("source")
    assert (merged.name, merged.aliases, mentions) == (
        *("Ilse Varga", ("The mayor", "Madam Mayor"), 3),
    )
    assert merged.facts == {"role": "mayor", "kind": "person"}


def test_one_entry_becomes_two(session: Session) -> None:
    varga = add(session, "Ilse Varga", "Varga", "The mayor")
    say(session, varga, 0, 1, 2)
    change = registry_edits.split("anna", varga, "Anton Berg", [spans(session)[0]], ["The mayor"])
    do(session, change)
    assert listed(session) == [("Anton Berg", 1), ("Ilse Varga", 2)]
    names = dict(session.store.registries.names("source"))
    assert set(names.values()) == {"The mayor", "Varga"}
    with pytest.raises(RefusedEdit, match="Choose mentions"):
        registry_edits.split("anna", varga, "Nobody", [spans(session)[0]])


def test_what_is_removed_leaves_its_spans_behind(session: Session) -> None:
    varga = add(session, "Ilse Varga")
    say(session, varga, 1)
    do(session, registry_edits.remove("anna", session.store.registries, varga))
    assert (listed(session), len(spans(session))) == ([], 3)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"wikidata": "42"}, "looks like Q42"),
        ({"kind": "planet"}, "person, organisation"),
        ({"date": "2024"}, "date is not known of a source"),
    ],
)
def test_facts_are_what_they_say_they_are(facts: dict[str, str], says: str) -> None:
    with pytest.raises(RefusedEdit, match=says):
        registry_edits.new_entry("source", "Ilse Varga", "anna", facts=facts)


def test_dates_may_be_rough() -> None:
    flood = registry_edits.new_entry(
        "event", "Flood", "anna", facts={"date": "2024-05", "until": "2024"}
    )
    assert entry_problems(flood) == []
    for wrong in ("2024-13", "May 2024", "2024-05-32"):
        assert entry_problems(replace(flood, facts={"date": wrong}))
    assert entry_problems(replace(flood, name=" ")) == ["An entry needs a name."]


def test_an_alias_is_kept_once(session: Session) -> None:
    varga = add(session, "Ilse Varga")
    after = replace(varga, aliases=("Varga", " varga ", "ILSE VARGA", "", "Mayor"))
    do(session, registry_edits.change("anna", varga, after))
    ((entry, _),) = session.store.registries.page("source")
    assert entry.aliases == ("Varga", "Mayor")


def test_names_are_found_without_accents_and_with_slips() -> None:
    names = Names([("1", "Ötzi Müller"), ("2", "Ilse Varga"), ("2", "the mayor"), ("3", "Kim Lee")])
    assert folded("  ÖTZI  Müller") == "otzi muller"
    assert names.proposals("otzi muller")[0] == ("1", "Ötzi Müller", 100.0)
    for words, entry_id in (("Vargas", "2"), ("Mayor", "2"), ("Kim", "3"), ("Muler", "1")):
        assert names.proposals(words)[0].entry_id == entry_id
    assert names.proposals("the minister of finance") == []
    assert names.proposals(" ") == []


def test_what_is_typed_is_found_by_its_beginnings() -> None:
    names = Names([("1", "Ötzi Müller"), ("2", "Ilse Varga"), ("3", "EU"), ("4", "The European")])
    assert [p.entry_id for p in names.proposals("va il", typing=True)] == ["2"]
    assert [p.entry_id for p in names.proposals("eu", typing=True)] == ["3", "4"]
    assert [p.entry_id for p in names.proposals("eu")] == ["3"]
    assert names.proposals("va") == []


def test_names_follow_what_becomes_of_an_entry() -> None:
    names = Names((str(n), f"Name {n}") for n in range(SLICE * 2 + 1))
    found = names.proposing("Name 7")
    assert next(found)[0].entry_id == "7"
    names.put("7", ["Ilse Varga", "The mayor"])
    names.put("8", [])
    assert len(names.items()) == SLICE * 2 + 1
    assert len(list(found)) == 2, "what is under way goes on"
    assert names.proposals("the mayor")[0].entry_id == "7"
    assert all(p.entry_id not in ("7", "8") for p in names.proposals("name 7", limit=5000))


def test_entries_that_may_be_the_same_are_paired_once() -> None:
    names = [("1", "Ilse Varga"), ("1", "Ilse Vargas"), ("2", "I. Varga"), ("2", "Ilse Varga")]
    names += [("3", "Tomas Oren"), ("4", "The Senn Union"), ("5", "EU"), ("6", "EU"), ("7", "UN")]
    found = {(pair.first_id, pair.second_id) for pair in alike(names) if pair}
    assert found == {("1", "2"), ("5", "6")}


def test_in_a_crowd_neighbours_are_compared() -> None:
    names = [(str(n), f"Minister {chr(97 + n % 26) * 9}{n}") for n in range(CROWD * 2)]
    names += [("a", "Minister Ilse Varga"), ("b", "Minister Ilse Vargo")]
    found = [pair for pair in alike(names) if pair and pair.first_id == "a"]
    assert [pair.second_id for pair in found] == ["b"]
