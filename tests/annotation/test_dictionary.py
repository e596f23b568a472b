"""Which places a dictionary finds, and what becomes of its suggestions beside a model's."""

from collections.abc import Iterator
from dataclasses import replace
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.dictionary import (
    LONGEST,
    Dictionary,
    DictionaryProposer,
    Term,
    Terms,
    checked,
    proposer_of,
)
from annotation.dictionary_matching import Matcher
from annotation.errors import ProjectError
from annotation.model import Review, Suggestion
from annotation.models import BUNDLED
from annotation.prehighlight import PreHighlight, suggest
from annotation.store import Entry
from annotation.tokens import tokens_between
from tests.annotation.memory_store import MemoryStore, make_article, make_span


def places(text: str, *terms: Term) -> list[tuple[str, str]]:
    return [(text[start:end], label) for start, end, label in Matcher(terms).find(text)]


def org(term: str, any_case: bool = False) -> Term:
    return Term(term, "entity", "ORG", any_case)


def test_the_longest_term_of_a_layer_is_taken_and_layers_overlap() -> None:
    terms = org("Port"), org("Port of Halvik"), Term("of Halvik said", "discourse", "CUE")
    text = "The Port of Halvik said: Port, Porto, Airport."
    assert places(text, *terms) == [
        ("Port of Halvik", "entity/ORG"),
        ("of Halvik said", "discourse/CUE"),
        ("Port", "entity/ORG"),
    ]


def test_a_longer_term_that_breaks_off_leaves_the_shorter_one() -> None:
    assert places("Port of Ulm", org("Port"), org("Port of Halvik")) == [("Port", "entity/ORG")]


def test_blanks_match_any_blanks_but_not_none() -> None:
    text = "New\u00a0\n  York, New-York, NewYork, New - York"
    assert places(text, org("New York")) == [("New\u00a0\n  York", "entity/ORG")]


def test_case_counts_unless_the_term_says_otherwise() -> None:
    text = "US us Us; who WHO"
    assert places(text, org("US"), org("who", any_case=True)) == [
        ("US", "entity/ORG"), ("who", "entity/ORG"), ("WHO", "entity/ORG"),
    ]  # fmt: skip


def test_as_written_goes_before_any_case() -> None:
    terms = org("may", any_case=True), Term("May", "entity", "PERSON")
    assert places("May may", *terms) == [("May", "entity/PERSON"), ("may", "entity/ORG")]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("other", ["NFC", "NFD"])
def test_offsets_are_those_of_the_text_however_letters_are_composed(form, other) -> None:
    text = normalize(other, "Über Ødegård: brückenamt")
    terms = [
        checked(org(normalize(form, word), word[0] == "B")) for word in ("Ødegård", "BRÜCKENAMT")
    ]
    assert [quoted for quoted, _ in places(text, *terms)] == [
        normalize(other, "Ødegård"), normalize(other, "brückenamt"),
    ]  # fmt: skip


WORDS = st.sampled_from(["a", "B", "b", "é", "e\u0301", "A", "-", "."])
BLANKS = st.sampled_from([" ", "\n", "", "\u00a0 "])
TEXTS = st.lists(st.tuples(WORDS, BLANKS), max_size=12).map(lambda x: "".join(map("".join, x)))


def naive(text: str, terms: list[Term]) -> Iterator[tuple[int, int]]:
    """Try every term at every token, from left to right."""

    def words(of: str, fold: bool) -> list[str]:
        found, before = [], 0
        for start, end in tokens_between(of, 0, len(of)):
            word = normalize("NFC", of[start:end])
            found.append(
                (" " if start > before and found else "") + (word.casefold() if fold else word)
            )
            before = end
        return found

    tokens = list(tokens_between(text, 0, len(text)))
    at = 0
    while at < len(tokens):
        rest = text[tokens[at][0] :]
        lengths = [
            len(wanted)
            for term in terms
            if (wanted := words(term.term, term.any_case))
            == words(rest, term.any_case)[: len(wanted)]
        ]
        longest = max(lengths, default=0)
        if longest:
            yield tokens[at][0], tokens[at + longest - 1][1]
        at += max(longest, 1)


@given(text=TEXTS, terms=st.lists(st.tuples(TEXTS, st.booleans()), max_size=5))
def test_it_finds_what_a_plain_search_finds(text, terms) -> None:
    known = [checked(org(term, any_case)) for term, any_case in terms if term.strip()]
    found = [(start, end) for start, end, _ in Matcher(known).find(text)]
    assert found == list(naive(text, known))


def test_a_dictionary_knows_its_version_by_its_terms() -> None:
    one, two = org("Acme"), org("acme", any_case=True)
    made = Dictionary(name="firms").with_terms([one, two])
    assert made.author == Dictionary(name="firms").with_terms([two, one]).author
    assert made.author.startswith("dictionary firms ")
    assert made.without([one]).author != made.author
    assert made.without([one]).with_terms([one]) == made


def test_of_the_same_words_the_new_label_counts() -> None:
    made = Dictionary().with_terms([org("Ulm"), Term(" Ulm ", "entity", "GPE")])
    assert made.terms == (Term("Ulm", "entity", "GPE"),)


@pytest.mark.parametrize("words", ["", " \n", "a\x07b", "x" * (LONGEST + 1)])
def test_what_is_no_term_is_refused(words) -> None:
    with pytest.raises(ProjectError, match="the term"):
        Dictionary().with_terms([org(words)])


# -- what becomes of it

TEXT = "Ada said Bo of Acme was in Ulm."
ADA, ACME, SAID = (0, 3, "entity/PERSON"), (15, 19, "entity/ORG"), (4, 8, "discourse/CUE")
PROPOSER = DictionaryProposer("dictionary 1f3a9c0e", Terms(""), frozenset(("entity", "discourse")))


@pytest.fixture
def store() -> MemoryStore:
    made = MemoryStore()
    made.add_entries([Entry(make_article(TEXT))], "mia")
    return made


def run(store: MemoryStore, *found, by=PROPOSER, closed=frozenset()) -> None:
    [article_id] = store.articles
    store.store_run(article_id, by.author, suggest(store, article_id, found, by, "mia", closed))


def seen(store: MemoryStore) -> set[tuple[str, str, str]]:
    [article_id] = store.articles
    return {(s.label, s.author.split()[0], s.state) for s in store.all_suggestions(article_id)}


def test_where_model_and_dictionary_propose_the_same_the_dictionarys_stays(store) -> None:
    run(store, (0, 3, "PERSON"), (15, 19, "ORG"), by=BUNDLED)
    run(store, ADA, SAID)
    known = {
        ("PERSON", "dictionary", "pending"),
        ("ORG", "en_core_web_sm", "pending"),
        ("CUE", "dictionary", "pending"),
    }
    assert seen(store) == known
    run(store, (0, 3, "PERSON"), (15, 19, "ORG"), by=BUNDLED)
    run(store, ADA, SAID)
    assert seen(store) == known


def test_what_was_decided_or_tagged_is_not_suggested_again(store) -> None:
    [article] = store.articles.values()
    run(store, ADA)
    [old] = store.all_suggestions(article.id)
    store.records[("Suggestion", old.id)] = replace(old, state="rejected")
    span = make_span(article, "entity", "GPE", (15, 19))
    store.records[("Span", span.id)] = span
    run(store, ADA, ACME)
    assert seen(store) == {("PERSON", "dictionary", "rejected")}


def test_what_another_version_does_not_propose_goes_unless_it_is_decided(store) -> None:
    run(store, ADA, ACME, SAID)
    run(
        store,
        ADA,
        by=PROPOSER._replace(author="dictionary renamed 2"),
        closed=frozenset(("discourse",)),
    )
    assert seen(store) == {("PERSON", "dictionary", "pending"), ("CUE", "dictionary", "pending")}


def test_a_project_is_gone_through_in_a_process_and_cleared_again(store) -> None:
    assert proposer_of(store) is None
    store.dictionary.put(Dictionary().with_terms([org("Acme"), Term("said", "discourse", "CUE")]))
    report = PreHighlight(store, store.codebook(), proposer_of(store), "mia").run()
    assert (report.articles, report.suggestions) == (1, 2)
    found = [s for s in store.records.values() if isinstance(s, Suggestion)]
    assert {(s.label, s.quotation, s.author) for s in found} == {
        (label, (words,), store.dictionary.author())
        for label, words in (("ORG", "Acme"), ("CUE", "said"))
    }
    assert PreHighlight(store, store.codebook(), proposer_of(store), "mia").total == 0
    store.dictionary.put(Dictionary())
    PreHighlight(store, store.codebook(), proposer_of(store), "mia").run()
    assert seen(store) == set()


def test_layers_that_are_complete_are_left_alone_and_the_article_comes_again(store) -> None:
    [article] = store.articles.values()
    review = Review(article.id, "mia", "discourse", "complete", "")
    store.records[("Review", review.id)] = review
    store.dictionary.put(Dictionary().with_terms([org("Acme"), Term("said", "discourse", "CUE")]))
    report = PreHighlight(store, store.codebook(), proposer_of(store), "mia").run()
    assert (report.suggestions, seen(store)) == (1, {("ORG", "dictionary", "pending")})
    assert PreHighlight(store, store.codebook(), proposer_of(store), "mia").total == 1
