"""Counted words, and titles of changes as sentences about what was done."""

from annotation.counting import counted
from annotation.exporting import summary
from annotation.titles import done


def test_one_thing_is_told_in_the_singular():
    assert counted(1, "layer") == "1 layer" and counted(0, "layer") == "0 layers"
    assert counted(2304, "entity") == "2,304 entities"
    assert counted(1, "file was", "files were") == "1 file was"
    assert counted(2, "file was", "files were") == "2 files were"


def test_losses_are_counted_in_words():
    assert summary({"layer": 1, "relation": 1, "discontinuous": 2}) == [
        "1 layer left out",
        "1 relation left out",
        "2 discontinuous spans, stored as several",
    ]


def test_a_title_becomes_a_sentence_about_what_was_done():
    assert done("Tag Claim “it will close”") == "Tagged Claim “it will close”."
    assert done("Set voice of “no” to author") == "Set voice of “no” to author."
    assert done("“Hale” mentions nobody") == "“Hale” mentions nobody."
    assert done("Note on Claim") == "Wrote a note on Claim."
