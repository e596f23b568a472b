"""Code points to UTF-16 units and back, and the clusters that nothing may split."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.utf16 import Units

FAMILY = "👨\u200d👩\u200d👧"
ACUTE = "e\u0301"
FLAGS = "🇫🇷🇩🇪"

texts = st.text(st.sampled_from(["a", " ", "é", "ש", "部", "😀", "\u0301", "\u200d", "🇫", "𝔸"]))


def units_of(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def stops_of(text: str, backward: bool = False) -> list[int]:
    """Step through the text, at most once for each code point."""
    units = Units(text)
    step = units.previous_cluster if backward else units.next_cluster
    found = [len(text) if backward else 0]
    for _ in text:
        if found[-1] != (0 if backward else len(text)):
            found.append(step(found[-1]))
    return found


@given(texts)
def test_a_unit_is_where_the_encoder_puts_it(text: str) -> None:
    units = Units(text)
    for point in range(len(text) + 1):
        assert units.unit(point) == units_of(text[:point])
        assert units.point(units.unit(point)) == point


@given(texts)
def test_the_second_half_of_a_pair_belongs_to_its_code_point(text: str) -> None:
    units = Units(text)
    for point, character in enumerate(text):
        if character > "\uffff":
            assert units.point(units.unit(point) + 1) == point


@given(texts)
def test_steps_forward_and_back_stop_at_the_same_places(text: str) -> None:
    forward = stops_of(text)
    assert forward == stops_of(text, backward=True)[::-1]
    assert forward == sorted(set(forward))
    assert forward[-1] == len(text)


@given(texts)
def test_a_position_lies_between_the_ends_of_its_cluster(text: str) -> None:
    units = Units(text)
    stops = stops_of(text)
    for point in range(len(text) + 1):
        assert units.cluster_start(point) == max(stop for stop in stops if stop <= point)
        assert units.cluster_end(point) == min(stop for stop in stops if stop >= point)


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("abc", [1, 2, 3]),
        (f"a{FAMILY}b", [1, 6, 7]),
        (f"{ACUTE}{ACUTE}.", [2, 4, 5]),
        (FLAGS, [2, 4]),
        ("😀😀", [1, 2]),
        ("שָׁ", [3]),
    ],
)
def test_what_counts_as_one_character(text: str, stops: list[int]) -> None:
    assert stops_of(text)[1:] == stops


def test_steps_end_at_the_ends() -> None:
    for text in ("", "ab", FAMILY):
        units = Units(text)
        assert units.next_cluster(len(text)) == len(text)
        assert units.previous_cluster(0) == 0
