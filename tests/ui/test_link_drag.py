"""Relations by mouse: a drag from one span's mark to another span."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.canvas_stage import TEXT, Key, article_of, place, span_of


@pytest.fixture
def some(stage):
    """Two claims, a source, a cue and a town."""
    article = article_of(TEXT)
    spans = {
        "source": span_of(article, "SOURCE", place(TEXT, "The mayor of Halvik")),
        "town": span_of(article, "GPE", place(TEXT, "Halvik")),
        "cue": span_of(article, "CUE", place(TEXT, "said")),
        "claim": span_of(article, "CLAIM", place(TEXT, "the bridge")),
        "other": span_of(article, "CLAIM", place(TEXT, "It is safe")),
    }
    hand = stage(article, spans.values())
    hand.spans = spans
    return hand


def mark(hand, name) -> QPoint:
    """Return the middle of a span's tag."""
    for one in hand.canvas.shown():
        for piece in one.block.pieces:
            if piece.mark.id == hand.spans[name].id:
                return piece.tag.translated(hand.canvas.left, one.top).center().toPoint()
    raise AssertionError("it is not in view")


def linked(hand):
    names = {span.id: name for name, span in hand.spans.items()}
    return [
        (relation.label, {names[a.span_id]: a.role for a in relation.arguments})
        for relation in hand.store.annotations(hand.article.id).relations
    ]


def menu_of(hand) -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_the_one_relation_that_fits_is_made_at_once(some):
    some.drag([mark(some, "source"), mark(some, "claim") - QPoint(20, 0), mark(some, "claim")])
    assert linked(some) == [("ATTRIBUTION", {"source": "source", "claim": "claim"})]
    assert some.titles == ["Link Attribution"] and some.canvas.selection() is None
    some.bridge.undo()
    assert linked(some) == []


def test_a_line_is_drawn_while_dragging_and_escape_lets_go(some):
    some.click(mark(some, "source"))
    before = some.paint()
    way = [mark(some, "source"), mark(some, "claim")]
    some.hold(way)
    assert some.paint() != before
    some.key(Key.Key_Escape)
    assert some.paint() == before
    some.let_go(way[-1])
    assert not linked(some) and not some.refusals


def test_of_several_a_menu_asks(some):
    some.drag([mark(some, "claim"), mark(some, "other")])
    menu = menu_of(some)
    titles = [action.text() for action in menu.actions()]
    assert titles[0] == "Supports: supporting → supported" and titles[-1] == "Contradicts"
    assert len(titles) == 5 and not linked(some)
    menu.actions()[1].trigger()
    menu.close()
    assert linked(some) == [("SUPPORTS", {"other": "supporting", "claim": "supported"})]


def test_the_menu_left_leaves_nothing(some):
    some.drag([mark(some, "claim"), mark(some, "other")])
    menu_of(some).close()
    assert not linked(some)


def test_where_none_fits_the_reason_is_told(some):
    some.drag([mark(some, "cue"), mark(some, "town")])
    assert some.refusals == ["The codebook has no relation between a CUE and a GPE."]
    some.drag([mark(some, "cue"), some.point(len(TEXT))])
    assert len(some.refusals) == 1, "let go over nothing, nothing was meant"


def test_the_span_that_fits_is_taken_where_several_lie(some):
    inside = some.point(some.spans["town"].start + 2)  # a town within the source
    some.drag([mark(some, "claim"), inside])
    assert linked(some) == [("ATTRIBUTION", {"source": "source", "claim": "claim"})]


def test_what_is_dragged_joins_the_relation_there_is(some):
    some.drag([mark(some, "source"), mark(some, "claim")])
    some.drag([mark(some, "cue"), mark(some, "claim")])
    menu = menu_of(some)
    assert [a.text() for a in menu.actions() if not a.isSeparator()] == [
        "Attribution: add as cue",
        "Attribution: cue → claim",
    ]
    menu.actions()[0].trigger()
    menu.close()
    assert linked(some) == [("ATTRIBUTION", {"source": "source", "claim": "claim", "cue": "cue"})]


def test_a_click_on_a_mark_still_picks(some):
    some.click(mark(some, "cue"))
    assert some.canvas.picked == some.spans["cue"]
    assert not some.refusals
