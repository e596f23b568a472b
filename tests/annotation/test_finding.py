"""Finding in a text: what counts as a hit, and that its place is the text's own."""

import re
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation import finding
from annotation.errors import ProjectError
from annotation.finding import Hits, Matcher, Query


def found(text: str, words: str, **how: bool) -> list[str]:
    return [text[start:end] for start, end in Matcher(Query(words, **how)).all(text)]


@pytest.mark.parametrize(
    ("words", "text", "hits"),
    [
        ("strasse", "Straße, STRASSE, Strasse", ["Straße", "STRASSE", "Strasse"]),
        ("straße", "Strasse STRAẞE", ["Strasse", "STRAẞE"]),
        ("flussstrecke", "Flußstrecke", ["Flußstrecke"]),
        ("istanbul", "İstanbul ISTANBUL", ["İstanbul", "ISTANBUL"]),
        ("İSTANBUL", "i\u0307stanbul", ["i\u0307stanbul"]),
        ("office", "oﬃce OFFICE", ["oﬃce", "OFFICE"]),
        ("ΣΊΣΥΦΟΣ", "Σίσυφος", ["Σίσυφος"]),
        ("cafe\u0301", "CAFÉ cafe\u0301 cafe", ["CAFÉ", "cafe\u0301"]),
        ("cafe", "cafe\u0301 café cafe", ["cafe"]),
        ("don't", "don’t don't", ["don’t", "don't"]),
        ('"it', "“It was", ["“It"]),
        ("a b", "a\nb a\u00a0b a  b", ["a\nb", "a\u00a0b"]),
        ("a.b", "a.b axb", ["a.b"]),
        ("ana", "banana", ["ana"]),
        ("👩", "👩‍👧 👩", ["👩", "👩"]),
    ],
)
def test_words_find_what_a_reader_takes_for_the_same(
    words: str, text: str, hits: list[str]
) -> None:
    assert found(text, words) == hits


def test_case_and_whole_words_can_be_asked_for() -> None:
    assert found("The theme, the end", "the", whole_word=True) == ["The", "the"]
    assert found("The theme, the end", "the", match_case=True) == ["the", "the"]
    assert found("CAFÉ café cafe\u0301", "café", match_case=True) == ["café", "cafe\u0301"]
    assert found("a (x) b", "(x)", whole_word=True) == ["(x)"]
    assert found("x1 x12", r"x\d", whole_word=True, regex=True) == ["x1"]


def test_a_regular_expression_sees_paragraphs_and_leaves_out_what_is_empty() -> None:
    assert found("one two\nthree", r"^\w+", regex=True) == ["one", "three"]
    assert found("baaa", "a*", regex=True) == ["aaa"]
    assert found("Ab ab", "AB", regex=True, match_case=True) == []


@pytest.mark.parametrize("words", ["a(", "[a", "*", "(?P<x", "(" * 900])
def test_a_wrong_pattern_is_told(words: str) -> None:
    with pytest.raises(ProjectError, match=r"regular expression|nested"):
        Matcher(Query(words, regex=True))


def test_more_words_than_anybody_writes_are_refused() -> None:
    with pytest.raises(ProjectError, match="Make it shorter"):
        Matcher(Query("x" * 1001))


LETTERS = st.text(alphabet="aAsSßẞiIİıéE\u0301 \n’'ﬁfK😀", max_size=30)


@given(LETTERS, LETTERS.filter(bool))
def test_a_hit_is_the_same_as_the_words_once_case_is_folded(text: str, words: str) -> None:
    def folded(part: str) -> str:
        plain = re.sub(r"\s", " ", part.replace("’", "'")).replace("ı", "i").replace("İ", "i")
        return normalize("NFD", normalize("NFC", plain).casefold())

    end = 0
    for start, last in Matcher(Query(words)).all(text):
        assert end <= start < last <= len(text)
        assert folded(text[start:last]).replace("i\u0307", "i") == folded(
            normalize("NFC", words)
        ).replace("i\u0307", "i")
        end = last


@given(LETTERS, st.sampled_from(["a", "ss", "é", "a a", "i"]))
def test_pieces_of_a_text_hold_the_same_hits_as_all_of_it(text: str, words: str) -> None:
    matcher = Matcher(Query(words, whole_word=True))
    whole = list(matcher.all(text))
    before, finding.PIECE = finding.PIECE, 3
    try:
        assert list(matcher.all(text)) == whole
    finally:
        finding.PIECE = before


def test_the_end_of_a_piece_is_not_the_end_of_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "PIECE", 4)
    for before in range(20):
        assert found("." * before + "ab", "a", whole_word=True) == []
        assert found("." * before + "ab ab", "ab", whole_word=True) == ["ab", "ab"]


@given(st.lists(st.integers(0, 3), max_size=30), st.integers(0, 40), st.integers(1, 20))
def test_hits_are_found_by_their_place(steps: list[int], start: int, length: int) -> None:
    places, at = [], 0
    for step in steps:
        places.append((at + step, at + step + 1 + step % 2))
        at = places[-1][1]
    hits = Hits()
    hits.add(places)
    end = start + length
    meeting = [i for i, (s, e) in enumerate(places) if s < end and e > start]
    assert list(hits.meeting(start, end)) == meeting
    assert hits.from_position(start) == sum(s < start for s, _ in places)
    for number, place in enumerate(places):
        assert hits[number] == place
        assert hits.number_of(place) == number
    assert hits.number_of((start, start)) is None
