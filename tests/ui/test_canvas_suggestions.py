from itertools import pairwise

import pytest

from tests.ui.canvas_stage import TEXT, article_of, place, span_of, suggestion_of
from ui.canvas import review

WORDS = ("The", "Halvik", "Friday", "Ilse Varga", "winter")


@pytest.fixture
def waiting(stage):
    """Five suggestions, one at the very start, and one span."""
    article = article_of(TEXT)
    found = [suggestion_of(article, "ORG", place(TEXT, words)) for words in WORDS]
    hand = stage(article, [span_of(article, "SOURCE", place(TEXT, "divers"))], suggestions=found)
    hand.found = found
    return hand


def walk(hand, steps, backward=False):
    seen = []
    for _ in range(steps):
        hand.canvas.next_suggestion(backward)
        seen.append(" ".join(hand.quotation()))
        assert hand.drawn(hand.canvas.picked.id), "it has to be in view"
    return seen


def test_tab_walks_all_of_them_and_round_the_end(waiting):
    assert walk(waiting, 6) == [*WORDS, "The"]


def test_shift_tab_walks_back_and_round_the_start(waiting):
    assert walk(waiting, 5, backward=True) == ["winter", "Ilse Varga", "Friday", "Halvik", "The"]
    assert walk(waiting, 1, backward=True) == ["winter"]


def test_the_walk_begins_at_the_caret(waiting):
    start = TEXT.index("Friday")
    waiting.canvas.select(start, start)
    assert walk(waiting, 1) == ["Friday"]


def test_those_that_begin_at_one_place_are_all_reached(stage):
    article = article_of(TEXT)
    first, second = place(TEXT, "Ilse Varga"), place(TEXT, "Ilse")
    found = [
        suggestion_of(article, "PERSON", first),
        suggestion_of(article, "ORG", second),
        suggestion_of(article, "GPE", place(TEXT, "Halvik")),
    ]
    hand = stage(article, suggestions=found)
    assert walk(hand, 4) == ["Halvik", "Ilse Varga", "Ilse", "Halvik"]
    assert walk(hand, 3, backward=True) == ["Ilse", "Ilse Varga", "Halvik"]


def test_accepting_goes_on_to_the_next(waiting):
    waiting.canvas.accept_picked()
    for done, following in pairwise(WORDS):
        assert waiting.quotation() == (done,)
        waiting.canvas.accept_picked()
        assert waiting.quotation() == (following,)
    waiting.canvas.accept_picked()
    assert waiting.canvas.picked is None
    spans = [s for s in waiting.store.annotations(waiting.article.id).spans if s.label == "ORG"]
    assert {s.quotation[0] for s in spans} == set(WORDS)
    assert {(s.origin, s.author) for s in spans} == {("accepted", "model 1.0")}


def test_rejecting_goes_on_and_nothing_is_drawn_of_it(waiting):
    waiting.canvas.next_suggestion()
    waiting.canvas.reject_picked()
    assert waiting.quotation() == ("Halvik",)
    assert not waiting.drawn(waiting.found[0].id)
    waiting.bridge.undo()
    assert waiting.drawn(waiting.found[0].id)


def test_a_label_accepts_as_that_label_and_goes_on(waiting):
    waiting.canvas.next_suggestion()
    waiting.canvas.tag("entity", "PERSON")
    assert ("PERSON", ("The",)) in waiting.stored() and waiting.quotation() == ("Halvik",)
    made = next(s for s in waiting.store.annotations(waiting.article.id).spans if s.start == 0)
    assert made.origin == "edited"


def test_a_label_of_another_layer_leaves_the_suggestion_waiting(waiting):
    waiting.canvas.next_suggestion()
    waiting.canvas.tag("discourse", "SOURCE")
    assert ("SOURCE", ("The",)) in waiting.stored()
    assert waiting.store.count_pending(waiting.article.id) == 5


def test_moving_an_edge_accepts_with_the_new_boundary(waiting):
    waiting.canvas.next_suggestion()
    waiting.canvas.move_edge("end", True)
    assert ("ORG", ("The mayor",)) in waiting.stored()
    assert waiting.canvas.picked.origin == "edited"


def test_deleting_a_suggestion_rejects_it(waiting):
    waiting.canvas.next_suggestion()
    waiting.canvas.delete_picked()
    assert waiting.store.count_pending(waiting.article.id) == 4
    assert len(waiting.stored()) == 1


def test_a_refused_accept_keeps_the_suggestion_picked(stage):
    article = article_of(TEXT)
    known = span_of(article, "ORG", place(TEXT, "Ilse Varga"))
    inner = suggestion_of(article, "ORG", place(TEXT, "Varga"))
    hand = stage(article, [known], suggestions=[inner])
    hand.canvas.next_suggestion()
    hand.canvas.accept_picked()
    assert hand.canvas.picked == inner and "cannot be inside another" in hand.refusals[0]


def test_when_none_is_left_it_says_so(stage):
    hand = stage()
    hand.canvas.next_suggestion()
    hand.canvas.accept_picked()
    assert hand.titles == ["No suggestion is left in this article."] * 2


def test_a_suggestion_is_drawn_unlike_a_decision(stage):
    article = article_of(TEXT)
    where = place(TEXT, "Halvik")
    decided = stage(article, [span_of(article, "GPE", where)]).paint()
    proposed = stage(article_of(TEXT))
    other = suggestion_of(proposed.article, "GPE", where)
    hand = stage(proposed.article, suggestions=[other])
    middle = hand.point(where[0] + 3, inside=True)
    corner = middle.x(), middle.y() + 8
    page = hand.canvas.theme.page
    assert decided.pixelColor(*corner) != page
    assert hand.paint().pixelColor(*corner) == page


def test_x_on_a_decided_span_says_why_it_does_nothing(waiting):
    span = next(iter(waiting.canvas.document.spans_between(0, 999)))
    waiting.canvas.pick(span.id)
    waiting.canvas.reject_picked()
    assert waiting.canvas.picked == span and not waiting.titles
    assert waiting.refusals == [review.DECIDED] and "Del deletes it" in review.DECIDED
