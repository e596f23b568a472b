"""Ids sort by time, are marked as what they are, and are never given twice."""

import time
import uuid
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotation import ids


def test_new_ids_are_version_7_and_in_order() -> None:
    made = [ids.new_id() for _ in range(20_000)]
    assert all(one < next_one for one, next_one in pairwise(made))
    for text in made[::1000]:
        parsed = uuid.UUID(text)
        assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
        assert ids.is_id(text)


def test_new_ids_tell_the_time() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(ids.new_id()).int >> 80
    # The counter of the test before may have borrowed milliseconds from the future.
    assert before <= made <= time.time_ns() // 1_000_000 + 60


@given(st.lists(st.text(), min_size=1), st.lists(st.text(), min_size=1))
def test_derived_ids_depend_on_the_words_only(one: list[str], other: list[str]) -> None:
    assert (ids.derived_id(*one) == ids.derived_id(*other)) == ("\0".join(one) == "\0".join(other))
    parsed = uuid.UUID(ids.derived_id(*one))
    assert (parsed.version, parsed.variant) == (8, uuid.RFC_4122)
    assert ids.is_id(ids.derived_id(*one))


def test_foreign_ids_are_told_apart() -> None:
    for text in ("", "C1", ids.new_id().upper(), ids.new_id()[:-1], ids.new_id().replace("-", "")):
        assert not ids.is_id(text)


def test_now_is_utc_to_the_millisecond() -> None:
    text = ids.now()
    assert text.endswith("Z") and len(text) == len("2026-03-14T09:26:53.589Z")
    assert abs((datetime.fromisoformat(text) - datetime.now(UTC)).total_seconds()) < 5
