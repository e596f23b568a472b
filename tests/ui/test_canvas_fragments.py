"""Spans of several fragments: keys and grips reach every edge of them."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.canvas_stage import TEXT, article_of, place, span_of
from ui.canvas.grips import grips

Key = Qt.Key
BRIDGE, CLOSE = place(TEXT, "the bridge"), place(TEXT, "would close")


@pytest.fixture
def claim(stage):
    """A claim of two fragments with "which divers had seen" between them, picked."""
    article = article_of(TEXT)
    span = span_of(article, "CLAIM", BRIDGE, CLOSE)
    hand = stage(article, [span])
    hand.canvas.pick(span.id)
    return hand


@pytest.mark.parametrize(
    ("caret", "edge", "outward", "words"),
    [
        (BRIDGE[0] + 3, "end", True, ("the bridge,", "would close")),
        (BRIDGE[1], "end", False, ("the", "would close")),
        (BRIDGE[0], "start", False, ("bridge", "would close")),
        (CLOSE[0] + 2, "start", True, ("the bridge", ", would close")),
        (CLOSE[0] + 2, "start", False, ("the bridge", "close")),
        (0, "end", True, ("the bridge,", "would close")),
        (len(TEXT), "start", False, ("the bridge", "close")),
    ],
)
def test_keys_move_the_edges_of_the_fragment_at_the_caret(claim, caret, edge, outward, words):
    claim.canvas.select(caret, caret)
    claim.canvas.move_edge(edge, outward)
    assert claim.quotation() == words


def test_a_fragment_shrinks_away_and_the_rest_stays(claim):
    claim.canvas.select(BRIDGE[0], BRIDGE[0])
    claim.canvas.move_edge("end", False)
    claim.canvas.move_edge("end", False)
    assert claim.quotation() == ("would close",)
    claim.bridge.undo()
    assert claim.quotation() == ("the", "would close")


def test_words_are_cut_out_of_a_span(claim):
    claim.canvas.select(*place(TEXT, "divers"))
    claim.canvas.cut_fragment()
    assert claim.refusals == ["The selection is no part of the picked span."]
    claim.canvas.select(BRIDGE[0], CLOSE[1])
    claim.canvas.cut_fragment()
    assert "Nothing of the span would be left" in claim.refusals[-1]
    claim.canvas.select(TEXT.index("bridge"), CLOSE[0] + 5)
    claim.canvas.cut_fragment()
    assert claim.quotation() == ("the", "close")
    assert claim.titles == ["Took words out of Claim (CLM) “the bridge … would close”."]


def test_every_fragment_has_grips_and_an_inner_one_stops_at_its_neighbour(claim):
    found = {
        (grip.fragment, grip.edge): grip.line.center().toPoint()
        for grip in grips(claim.canvas, claim.canvas.picked)
    }
    assert set(found) == {(0, "start"), (0, "end"), (1, "start"), (1, "end")}
    claim.drag([found[1, "start"], claim.point(TEXT.index("seen"))])
    assert claim.quotation() == ("the bridge", "seen, would close")
    found = {
        (grip.fragment, grip.edge): grip.line.center().toPoint()
        for grip in grips(claim.canvas, claim.canvas.picked)
    }
    claim.drag([found[0, "end"], claim.point(CLOSE[1])])
    assert claim.quotation() == (TEXT[BRIDGE[0] : CLOSE[1]],), "what touches becomes one"
