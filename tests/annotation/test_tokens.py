"""Tokens, sentences and snapping: what the caret and a selection stop at."""

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from annotation.tokens import (
    before_full_stop,
    hyphenated,
    next_boundary,
    next_paragraph,
    next_sentence,
    paragraph_at,
    sentence_at,
    snap,
    token_at,
    tokens_between,
)

FAMILY = "👩\u200d👩\u200d👧"


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in tokens_between(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Moscow’s “answer”", ["Moscow", "’s", "“", "answer", "”"]),
        ("don’t ask O'Brien", ["don’t", "ask", "O'Brien"]),
        ("U.S. troops, 1,000.5 km", ["U.S.", "troops", ",", "1,000.5", "km"]),
        ("long-range", ["long", "-", "range"]),
        ("Cafe\u0301 au lait", ["Cafe\u0301", "au", "lait"]),
        (f"a {FAMILY}! 👍🏽 🇫🇷🇩🇪", ["a", FAMILY, "!", "👍🏽", "🇫🇷", "🇩🇪"]),
        ("שלום עולם", ["שלום", "עולם"]),
        ("你好", ["你", "好"]),
        ("東京都の橋", ["東", "京", "都", "の", "橋"]),
        ("สะพานปิดแล้ว ๑๒๓", ["สะ", "พา", "น", "ปิ", "ด", "แล้", "ว", "๑๒๓"]),
        ("น้ำ NATOไทย", ["น้ำ", "NATO", "ไท", "ย"]),
        ("ສະບາຍດີ", ["ສະ", "ບາ", "ຍ", "ດີ"]),
        ("ខ្មែរ", ["ខ្មែ", "រ"]),
        ("မြန်မာ", ["မြန်", "မာ"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("deviceswhich", ["deviceswhich"]),
        (" \n ", []),
    ],
)
def test_what_a_token_is(text: str, tokens: list[str]) -> None:
    assert words(text) == tokens


def test_between_two_tokens_the_word_wins() -> None:
    assert token_at("Putin.", 5) == (0, 5)
    assert token_at("(Putin", 1) == (1, 6)
    assert token_at("a   b", 2) is None
    assert token_at("", 0) is None


def test_snapping_takes_whole_tokens_and_no_blanks() -> None:
    text = "The  White House spoke."
    assert text[slice(*snap(text, 4, 12))] == "White House"
    assert snap(text, 3, 5) == (3, 5), "nothing but blanks stays as it is"


def test_sentences_end_at_their_stops_and_not_at_initials() -> None:
    text = "Mr. Ames of the U.S. Navy spoke. “It is over,” he said. Why?\nNew one"
    cuts = [0]
    while cuts[-1] < len(text):
        cuts.append(next_sentence(text, cuts[-1]))
    found = [text[a:b].strip() for a, b in pairwise(cuts)]
    assert found == [
        "Mr. Ames of the U.S. Navy spoke.",
        "“It is over,” he said.",
        "Why?",
        "New one",
    ]
    assert text[slice(*sentence_at(text, 40))] == "“It is over,” he said."
    assert next_sentence(text, len(text), backward=True) == text.index("New")
    assert paragraph_at(text, len(text) - 1) == (text.index("New"), len(text))


@pytest.mark.parametrize(
    ("text", "count"),
    [("قال نعم؟ ثم ذهب.", 2), ("वह गया। फिर आया।", 2), ("他说了。她走了！", 2), ("ខ្មែរ។ខ្មែរ។", 2)],
)
def test_sentences_of_other_scripts_end_at_their_own_stops(text: str, count: int) -> None:
    place, found = 0, 0
    while place < len(text):
        place = next_sentence(text, place)
        found += 1
    assert found == count


@given(st.text(alphabet=st.sampled_from("ab .,’s\n1-é\u0301👩\u200d好שא“”เก้ะ្ខ"), max_size=80))
def test_the_caret_crosses_any_text_both_ways(text: str) -> None:
    spans = list(tokens_between(text, 0, len(text)))
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert {i for span in spans for i in range(*span)} == {
        i for i, character in enumerate(text) if not character.isspace()
    }
    for step, limit in (
        (next_boundary, len(text)),
        (next_sentence, len(text)),
        (next_paragraph, len(text)),
    ):
        place = 0
        while place < limit:
            after = step(text, place)
            assert after > place
            place = after
        while place > 0:
            before = step(text, place, backward=True)
            assert before < place
            place = before


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("US long-range missiles", "range", "long-range"),
        ("US long-range missiles", "-", "long-range"),
        ("a state-of-the-art port", "of", "state-of-the-art"),
        ("the 16-year-old said", "year", "16-year-old"),
        ("since COVID-19 came", "COVID", "COVID-19"),
        ("well - not so", "-", "-"),
        ("in 2022–2023 it", "2023", "2022–2023"),
        ("the port–city road", "port–city", "port–city"),
    ],
)
def test_a_hyphenated_word_is_one_word_and_aligns_with_spacy(
    text: str, part: str, whole: str
) -> None:
    start = text.index(part)
    found = hyphenated(text, start, start + len(part))
    assert text[slice(*found)] == whole
    assert spacy.blank("en")(text).char_span(*found) is not None


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("He left.", "He left"),
        ("Did he?", "Did he?"),
        ("So it goes…", "So it goes…"),
        ("And then...", "And then..."),
        ("“He left.”", "“He left.”"),
        ("He spoke of “peace”.", "He spoke of “peace”"),
        ("They left the U.S.", "They left the U.S."),
        ("It was Acme Inc.", "It was Acme Inc."),
        ("他说了。", "他说了"),
        (".", "."),
        ("", ""),
    ],
)
def test_the_full_stop_is_no_part_of_what_a_sentence_says(sentence: str, words: str) -> None:
    assert sentence[: before_full_stop(sentence, len(sentence))] == words


def test_a_megabyte_without_blanks_is_cut_where_it_is_looked_at() -> None:
    text = "x" * 1_000_000
    assert token_at(text, 500_005) == token_at(text, 500_100) == (499_712, 500_224)
    assert next_boundary(text, 500_224, backward=True) == 499_712
    assert sentence_at(text, 500_000) == (500_000 - 4096, 500_000 + 4096)
