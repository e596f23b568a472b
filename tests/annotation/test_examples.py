from hypothesis import given
from hypothesis import strategies as st

from annotation.codebook_file import default_codebook
from annotation.examples import marked_words


def test_brackets_mark_words_and_are_not_shown() -> None:
    assert marked_words("[Ada] met [Bo 😀].") == ("Ada met Bo 😀.", ((0, 3), (8, 12)))
    assert marked_words("[He [said] so]") == ("He said so", ((3, 7), (0, 10)))
    assert marked_words("none") == ("none", ())
    assert marked_words("a ] b [ c [] d") == ("a ] b [ c [] d", ())


@given(st.text(st.sampled_from("[]ab 😀")))
def test_nothing_but_brackets_goes_and_every_stretch_holds_something(example: str) -> None:
    text, found = marked_words(example)
    assert text.replace("[", "").replace("]", "") == example.replace("[", "").replace("]", "")
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert example.count("[") - text.count("[") == len(found)


def test_each_label_of_the_default_codebook_has_words_in_brackets() -> None:
    assert all(marked_words(label.example)[1] for label in default_codebook().labels)
