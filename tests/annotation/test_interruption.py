"""What is left of a claim without the source that interrupts it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.interruption import without


def words(text: str, *cuts: str) -> list[str]:
    places = [(text.index(cut), text.index(cut) + len(cut)) for cut in cuts]
    return [text[s:e] for s, e in without(text, [(0, len(text))], places)]


@pytest.mark.parametrize(
    ("text", "cuts", "left"),
    [
        ("The pier, said Varga, is safe", ["said", "Varga"], ["The pier", "is safe"]),
        ("The pier – so Varga – is safe", ["so", "Varga"], ["The pier", "is safe"]),
        ("“Safe,” said she, “and dry”", ["said", "she"], ["“Safe,”", "“and dry”"]),
        ("He said: all is well", ["He", "said"], ["all is well"]),
        ("All is well, they say", ["they", "say"], ["All is well"]),
        ("A, said B yesterday evening, C", ["said", "B"], ["A", "yesterday evening, C"]),
        ("All", ["All"], []),
    ],
)
def test_source_and_cue_go_with_the_marks_around_them(
    text: str, cuts: list[str], left: list[str]
) -> None:
    assert words(text, *cuts) == left


def test_what_lies_outside_takes_nothing() -> None:
    assert without("Varga said, the pier is safe", [(12, 28)], [(0, 5), (6, 10)]) == [(12, 28)]


@given(
    st.text("ab ,–", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=4),
)
def test_nothing_of_a_cut_is_left_and_order_is_kept(text: str, cuts: list[tuple[int, int]]) -> None:
    places = [(s, min(s + n, len(text))) for s, n in cuts if s < len(text)]
    left = without(text, [(0, len(text))] if text else [], places)
    assert left == sorted(left)
    assert all(not (s < end and start < e) for s, e in left for start, end in places)
    assert all(a[1] < b[0] for a, b in pairwise(left))
