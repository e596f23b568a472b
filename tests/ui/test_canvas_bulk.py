"""Many suggestions decided at once, each time as one step of undo."""

import pytest
from PySide6.QtCore import QPointF, Qt

from tests.ui.canvas_stage import TEXT, article_of, place, span_of, suggestion_of
from ui.canvas import bulk

PARAGRAPH = "A line about Halvik, and another one, and a third.\n"


def seen(hand, found):
    """Return the records whose first letter is in the viewport, by where the caret would be."""
    canvas = hand.canvas
    top, bottom = canvas.position_under(QPointF()), canvas.position_under(QPointF(0, 699))
    near = [s for s in found if top - 500 < s.start < bottom + 500]
    rects = [(s, canvas.caret_rect(s.start)) for s in near]
    height = canvas.viewport().height()
    return [s for s, rect in rects if rect.bottom() > 0 and rect.top() < height]


@pytest.fixture
def waiting(stage):
    article = article_of(TEXT)
    said = (("Halvik", "GPE"), ("Friday", "DATE"), ("Ilse Varga", "PERSON"), ("winter", "DATE"))
    found = [suggestion_of(article, label, place(TEXT, words)) for words, label in said]
    hand = stage(article, [span_of(article, "DATE", place(TEXT, "the winter"))], suggestions=found)
    hand.found = found
    return hand


def test_all_of_the_picked_ones_label_are_rejected_and_come_back_together(waiting):
    waiting.canvas.pick(waiting.found[1].id)
    bulk.reject_label(waiting.canvas)
    assert waiting.titles == ["Rejected 2 Date suggestions."]
    assert waiting.bridge.document.count_pending() == 2
    assert waiting.quotation() == ("Ilse Varga",), "and on to the next"
    waiting.bridge.undo()
    assert waiting.bridge.document.count_pending() == 4


def test_all_of_a_label_are_accepted_but_for_what_a_rule_refuses(waiting):
    bulk.accept_label(waiting.canvas)
    assert waiting.refusals == ["Pick a suggestion first: all with its label are meant."]
    waiting.canvas.pick(waiting.found[3].id)
    bulk.accept_label(waiting.canvas)
    assert ("DATE", ("Friday",)) in waiting.stored() and len(waiting.stored()) == 2
    assert waiting.refusals[-1].startswith("Accepted Date “Friday”. 1 stays")
    waiting.bridge.undo()
    assert waiting.bridge.document.count_pending() == 4


def test_only_what_can_be_seen_is_accepted(stage):
    article = article_of(PARAGRAPH * 200)
    places = [n * len(PARAGRAPH) + PARAGRAPH.index("Halvik") for n in range(200)]
    found = [suggestion_of(article, "GPE", (at, at + 6)) for at in places]
    hand = stage(article, suggestions=found)
    hand.canvas.scroll_by(3000)
    hand.paint()
    shown = bulk.in_view(hand.canvas)
    assert len(shown) > 5 and shown == seen(hand, found)
    bulk.accept_in_view(hand.canvas)
    assert hand.bridge.document.count_pending() == 200 - len(shown)
    hand.bridge.undo()
    assert hand.bridge.document.count_pending() == 200


def test_of_a_long_paragraph_only_the_lines_in_view_count(stage):
    article = article_of("A line about Halvik. " * 400)
    places = [n * 21 + 13 for n in range(400)]
    found = [suggestion_of(article, "GPE", (at, at + 6)) for at in places]
    hand = stage(article, suggestions=found)
    hand.canvas.scroll_by(1500)
    hand.paint()
    shown = bulk.in_view(hand.canvas)
    assert 5 < len(shown) < 100 and shown == seen(hand, found)


def test_blind_there_is_nothing_to_see_to_reach_or_to_count(waiting):
    waiting.canvas.pick(waiting.found[0].id)
    waiting.bridge.hide_suggestions(True, everywhere=False)
    assert waiting.canvas.picked is None
    assert all(not waiting.drawn(s.id) for s in waiting.found)
    waiting.canvas.next_suggestion()
    bulk.accept_all(waiting.canvas)
    assert waiting.refusals == ["No such suggestion is left in this article."]
    assert waiting.titles[-1] == "Suggestions are hidden here; B shows them again."
    assert bulk.in_view(waiting.canvas) == []
    waiting.canvas.select(*place(TEXT, "Halvik"))
    waiting.canvas.tag("entity", "GPE")
    assert waiting.canvas.picked.origin == "manual" and waiting.canvas.picked.blind
    waiting.bridge.hide_suggestions(False, everywhere=False)
    assert waiting.drawn(waiting.found[1].id) and waiting.bridge.document.count_pending() == 4
    click = waiting.point(TEXT.index("Friday") + 2)
    waiting.click(click, Qt.KeyboardModifier.NoModifier)
    assert waiting.canvas.picked == waiting.found[1]
