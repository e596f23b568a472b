"""Relations by mouse: a drag from one span's mark to another span."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.canvas_stage import TEXT, Key


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


def test_the_one_relation_that_fits_is_made_at_once(claims):
    claims.drag(
        [mark(claims, "source"), mark(claims, "claim") - QPoint(20, 0), mark(claims, "claim")]
    )
    assert linked(claims) == [("ATTRIBUTION", {"source": "source", "claim": "claim"})]
    assert claims.titles == ["Linked Attribution."] and claims.canvas.selection() is None
    claims.bridge.undo()
    assert linked(claims) == []


def test_a_line_is_drawn_while_dragging_and_escape_lets_go(claims):
    claims.click(mark(claims, "source"))
    before = claims.paint()
    way = [mark(claims, "source"), mark(claims, "claim")]
    claims.hold(way)
    assert claims.paint() != before
    claims.key(Key.Key_Escape)
    assert claims.paint() == before
    claims.let_go(way[-1])
    assert not linked(claims) and not claims.refusals


def test_of_several_a_menu_asks(claims):
    claims.drag([mark(claims, "claim"), mark(claims, "other")])
    menu = menu_of(claims)
    titles = [action.text() for action in menu.actions()]
    assert titles[0] == "Supports: supporting → supported" and titles[-1] == "Contradicts"
    assert len(titles) == 5 and not linked(claims)
    menu.actions()[1].trigger()
    menu.close()
    assert linked(claims) == [("SUPPORTS", {"other": "supporting", "claim": "supported"})]


def test_the_menu_left_leaves_nothing(claims):
    claims.drag([mark(claims, "claim"), mark(claims, "other")])
    menu_of(claims).close()
    assert not linked(claims)


def test_where_none_fits_the_reason_is_told(claims):
    claims.drag([mark(claims, "cue"), mark(claims, "town")])
    assert claims.refusals == ["The codebook has no relation between a Cue and a State or town."]
    claims.drag([mark(claims, "cue"), claims.point(len(TEXT))])
    assert len(claims.refusals) == 1, "let go over nothing, nothing was meant"


def test_the_span_that_fits_is_taken_where_several_lie(claims):
    inside = claims.point(claims.spans["town"].start + 2)  # a town within the source
    claims.drag([mark(claims, "claim"), inside])
    assert linked(claims) == [("ATTRIBUTION", {"source": "source", "claim": "claim"})]


def test_what_is_dragged_joins_the_relation_there_is(claims):
    claims.drag([mark(claims, "source"), mark(claims, "claim")])
    claims.drag([mark(claims, "cue"), mark(claims, "claim")])
    menu = menu_of(claims)
    assert [a.text() for a in menu.actions() if not a.isSeparator()] == [
        "Attribution: add as cue",
        "Attribution: cue → claim",
    ]
    menu.actions()[0].trigger()
    menu.close()
    assert linked(claims) == [("ATTRIBUTION", {"source": "source", "claim": "claim", "cue": "cue"})]


def test_a_click_on_a_mark_still_picks(claims):
    claims.click(mark(claims, "cue"))
    assert claims.canvas.picked == claims.spans["cue"]
    assert not claims.refusals
