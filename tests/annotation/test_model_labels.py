"""Labels of other languages' models become ours where the codebook does not have theirs."""

from dataclasses import replace

from annotation.codebook_file import default_codebook
from annotation.model_labels import SAME, label_for


def test_what_means_the_same_gets_our_label() -> None:
    book = default_codebook()
    assert {label_for(book, "entity", label) for label in SAME} == set(SAME.values())
    assert label_for(book, "entity", "ORG") == "ORG"
    assert label_for(book, "entity", "MISC") == "MISC"


def test_a_codebook_with_the_models_own_label_keeps_it() -> None:
    book = default_codebook()
    person = book.label("entity", "PERSON")
    assert person is not None
    own = replace(book, labels=(*book.labels, replace(person, name="PER")))
    assert label_for(own, "entity", "PER") == "PER"
    without = replace(book, labels=tuple(x for x in book.labels if x.name != "PERSON"))
    assert label_for(without, "entity", "PER") == "PER"
