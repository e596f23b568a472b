from hypothesis import given
from hypothesis import strategies as st

from ui.utf16 import Units

TEXTS = st.text(
    st.sampled_from([*"ab ", "é", "\u0301", "漢", "😀", "\u200d", "👩", "🇺", "\ufe0f", "\u0e33"])
)


def encoded(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS)
def test_each_code_point_has_the_unit_at_which_its_encoding_begins(text: str) -> None:
    units = Units(text)
    for point in range(len(text) + 1):
        unit = encoded(text[:point])
        assert units.unit(point) == unit
        assert units.point(unit) == point
        if point < len(text) and encoded(text[point]) == 2:
            assert units.point(unit + 1) == point


@given(TEXTS)
def test_clusters_cover_the_text_without_a_gap(text: str) -> None:
    units = Units(text)
    forward, place = [0], 0
    while place < len(text):
        place = units.next_cluster(place)
        forward.append(place)
    backward, place = [len(text)], len(text)
    while place > 0:
        place = units.previous_cluster(place)
        backward.append(place)
    assert forward == backward[::-1] == sorted(set(forward))
    for point in range(len(text) + 1):
        start, end = units.cluster_start(point), units.cluster_end(point)
        assert start <= point <= end and {start, end} <= set(forward)
        assert (start == end) == (point in forward)


def test_a_family_and_a_letter_with_marks_are_one_cluster_each() -> None:
    units = Units("a👨‍👩‍👧be\u0301\u0327c")
    assert [units.next_cluster(0), units.next_cluster(1), units.next_cluster(7)] == [1, 6, 10]
    assert (units.cluster_start(3), units.cluster_end(3)) == (1, 6)
    assert (units.cluster_start(6), units.cluster_end(6)) == (6, 6)


def test_plain_text_needs_no_counting() -> None:
    units = Units("plain")
    assert units.plain and not Units("é").plain
    assert (units.next_cluster(5), units.previous_cluster(0)) == (5, 0)
    assert (units.unit(3), units.point(3), units.cluster_start(3)) == (3, 3, 3)
