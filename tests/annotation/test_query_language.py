import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.errors import ProjectError
from annotation.query_language import (
    HELP,
    Either,
    Every,
    Is,
    Near,
    Part,
    Published,
    Term,
    Without,
    is_spaceless,
    looks_like_a_query,
    parse,
    terms,
)

PIECES = [
    *('"', "(", ")", "-", "OR", " ", "NEAR(", ",", "*", ":", "..", "title:", "label:", "date:"),
    *("status:", "new", "2024", "bridge", "café", "北京", "สะพาน", "\0", "\ud800", "AND", "^", "'"),
]
QUERIES = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("bridge", Term("bridge")),
        ("bridge levy", Every((Term("bridge"), Term("levy")))),
        ('"port authority"', Term("port authority")),
        ("minist*", Term("minist", prefix=True)),
        ('"port auth"*', Term("port auth", prefix=True)),
        ("a OR b c", Either((Term("a"), Every((Term("b"), Term("c")))))),
        ("(a OR b) c", Every((Either((Term("a"), Term("b"))), Term("c")))),
        ("-a", Without(Term("a"))),
        ("-(a b)", Without(Every((Term("a"), Term("b"))))),
        ("well-known", Term("well-known")),
        ("NEAR(a b, 5)", Near((Term("a"), Term("b")), 5)),
        ('NEAR("a b" c*)', Near((Term("a b"), Term("c", prefix=True)), 10)),
        ("title:NEAR(a b)", Near((Term("a"), Term("b")), 10, "title")),
        ("author:berg", Term("berg", "authors")),
        ('OUTLET:"The Post"', Term("The Post", "outlet")),
        ("text:OR", Term("OR", "text")),
        ("label:CLAIM", Is("label", "CLAIM")),
        ('annotator:"Ann B"', Is("annotator", "Ann B")),
        ("date:2024", Published("2024", "2024")),
        ("date:2024-05..", Published("2024-05", "")),
        ("date:..2023", Published("", "2023")),
        ("http://example.org", Term("http://example.org")),
        ("– … !", Every(())),
    ],
)
def test_queries_and_what_they_mean(query: str, part: Part) -> None:
    assert parse(query) == part


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ('"open', "quotation mark is not closed"),
        ("(open", "“\\(” is not closed"),
        ("shut)", "“\\)” closes"),
        ("a OR", "OR needs"),
        ("colour:red", "no field “colour:”"),
        ("date:yesterday", "“yesterday” is no date"),
        ("status:done", "not “done”"),
        ("label: CLAIM", "without a blank"),
        ("NEAR(a b, x)", "wants a number"),
        ("NEAR(a)", "two words"),
        ("NEAR(a 北京)", "no blanks between the words of “北京”"),
        ("NEAR(a b", "NEAR\\( is not closed"),
        ("(" * 11 + "a" + ")" * 11, "deep"),
        ("a " * 51, "more than 50"),
        ("a" * 1001, "longer than 1,000"),
    ],
)
def test_what_is_wrong_is_said(query: str, reason: str) -> None:
    with pytest.raises(ProjectError, match=reason):
        parse(query)


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("brid", Term("brid", prefix=True)),
        ("brid ", Term("brid")),
        ('"port au', Term("port au")),
        ("(a OR", Term("a")),
        ("title:", Every(())),
        ("status:comp", Every(())),
        ("date:20", Every(())),
    ],
)
def test_half_a_query_is_taken_as_far_as_it_goes(query: str, part: Part) -> None:
    assert parse(query, typing=True) == part


@given(QUERIES, st.booleans())
def test_anything_is_read_or_refused_in_words(query: str, typing: bool) -> None:
    try:
        part = parse(query, typing)
    except ProjectError as error:
        assert str(error).endswith(".")
    else:
        for term in terms(part):
            assert any(map(str.isalnum, term.words))


def test_every_example_of_the_help_is_a_query() -> None:
    for query, _ in HELP:
        assert parse(query) != Every(())


def test_scripts_without_blanks() -> None:
    assert all(map(is_spaceless, ["北京", "サッカー", "สะพาน", "ខ្មែរ", "in 東京"]))
    assert not any(map(is_spaceless, ["Straße", "мост", "جسر", "다리", "“–…”"]))


@pytest.mark.parametrize(
    ("words", "looks"),
    [
        ("outlet:Times", True),
        ("-label:CLAIM", True),
        ('the "port authority"', True),
        ("NEAR(mayor levy, 5)", True),
        ("minist*", True),
        ("bridge OR tunnel", True),
        ("bridge", False),
        ("https://text.example", False),
        ("at 10:30", False),
        ("the mayor: no comment", False),
        ("text: no", False),
        ('5" pipes', False),
        ("“port authority”", False),
        ("OR", False),
    ],
)
def test_what_looks_like_a_query(words: str, looks: bool) -> None:
    assert looks_like_a_query(words) is looks
