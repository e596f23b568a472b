import pytest
from PySide6.QtCore import Qt

from annotation.session import Session
from storage import open_project
from tests.ui.canvas_stage import (
    TEXT,
    CanvasStage,
    article_of,
    place,
    relation_of,
    span_of,
    suggestion_of,
)
from ui.bridge import SessionBridge

HALVIK = place(TEXT, "Halvik")
MAYOR = place(TEXT, "The mayor of Halvik")


def pick(hand, record):
    hand.canvas.pick(record.id)


def test_a_label_tags_the_selection_and_picks_what_it_made(stage):
    hand = stage()
    hand.canvas.select(*MAYOR)
    hand.canvas.tag("discourse", "SOURCE")
    assert hand.stored() == [("SOURCE", ("The mayor of Halvik",))]
    assert hand.quotation() == ("The mayor of Halvik",) and hand.canvas.selection() is None
    assert hand.drawn(hand.canvas.picked.id) == {MAYOR}


def test_a_label_tags_the_token_under_the_caret(stage):
    hand = stage()
    hand.canvas.select(HALVIK[0] + 2, HALVIK[0] + 2)
    hand.canvas.tag("entity", "GPE")
    assert hand.stored() == [("GPE", ("Halvik",))]


def test_a_label_of_the_same_layer_relabels_what_is_picked(stage):
    article = article_of(TEXT)
    town = span_of(article, "GPE", HALVIK)
    hand = stage(article, [town])
    pick(hand, town)
    hand.canvas.tag("entity", "LOC")
    assert hand.stored() == [("LOC", ("Halvik",))] and hand.canvas.picked.id == town.id


def test_a_label_of_another_layer_stands_beside_it(stage):
    article = article_of(TEXT)
    source = span_of(article, "SOURCE", MAYOR)
    hand = stage(article, [source])
    hand.click(HALVIK[0] + 2)
    assert hand.canvas.picked == source
    hand.canvas.tag("entity", "GPE")
    assert hand.stored() == [("SOURCE", ("The mayor of Halvik",)), ("GPE", ("Halvik",))]


def test_a_label_of_the_same_layer_tags_a_word_of_a_span_whose_text_was_clicked(stage):
    article = article_of(TEXT)
    claim = span_of(article, "CLAIM", (0, TEXT.index("\n")))
    hand = stage(article, [claim])
    hand.click(place(TEXT, "said")[0] + 1)
    hand.canvas.tag("discourse", "CUE")
    assert ("CUE", ("said",)) in hand.stored() and len(hand.stored()) == 2


def test_once_the_caret_has_moved_a_label_means_the_word_under_it(stage):
    hand = stage()
    hand.canvas.select(*MAYOR)
    hand.canvas.tag("discourse", "SOURCE")
    while hand.canvas.caret < place(TEXT, "said")[0]:
        hand.key(Qt.Key.Key_Right)
    hand.canvas.tag("discourse", "CUE")
    assert hand.stored() == [("SOURCE", ("The mayor of Halvik",)), ("CUE", ("said",))]


def test_there_is_nothing_to_tag_among_blanks(stage):
    hand = stage("one    two")
    hand.canvas.select(5, 5)
    hand.canvas.tag("entity", "GPE")
    assert hand.refusals == ["Select some words first."] and not hand.stored()


@pytest.mark.parametrize(
    ("edge", "outward", "expected"),
    [
        ("end", True, "The mayor of Halvik said"),
        ("end", False, "The mayor of"),
        ("start", True, "far The mayor of Halvik"),
        ("start", False, "mayor of Halvik"),
    ],
)
def test_an_edge_moves_by_a_token_and_back(stage, edge, outward, expected):
    text = f"So far {TEXT}"
    article = article_of(text)
    source = span_of(article, "SOURCE", place(text, "The mayor of Halvik"))
    hand = stage(article, [source])
    pick(hand, source)
    hand.canvas.move_edge(edge, outward)
    assert hand.stored() == [("SOURCE", (expected,))] and hand.quotation() == (expected,)
    hand.canvas.move_edge(edge, not outward)
    assert hand.quotation() == ("The mayor of Halvik",)


def test_an_edge_stops_at_the_other_one_and_at_the_ends_of_the_text(stage):
    article = article_of("one two")
    word = span_of(article, "ORG", (0, 3))
    hand = stage(article, [word])
    pick(hand, word)
    hand.canvas.move_edge("end", False)
    hand.canvas.move_edge("start", True)
    assert hand.refusals == [
        "The span would be empty; Del deletes it.",
        "There are no more words on that side.",
    ]
    assert hand.stored() == [("ORG", ("one",))] and not hand.titles


def test_a_fragment_is_added_and_tied(stage):
    article = article_of(TEXT)
    claim = span_of(article, "CLAIM", place(TEXT, "the bridge"))
    hand = stage(article, [claim])
    pick(hand, claim)
    hand.canvas.select(*place(TEXT, "would close"))
    hand.canvas.add_fragment()
    assert hand.stored() == [("CLAIM", ("the bridge", "would close"))]
    ties = [piece.ties for one in hand.canvas.shown() for piece in one.block.pieces]
    assert any(ties)


def test_a_label_that_may_not_be_discontinuous_refuses_a_fragment(stage):
    article = article_of(TEXT)
    town = span_of(article, "GPE", HALVIK)
    hand = stage(article, [town])
    pick(hand, town)
    hand.canvas.select(*place(TEXT, "ferry"))
    hand.canvas.add_fragment()
    assert "cannot be discontinuous" in hand.refusals[0]
    assert hand.stored() == [("GPE", ("Halvik",))]
    hand.canvas.pick("")
    hand.canvas.add_fragment()
    assert hand.refusals[1] == "Pick a span and select the words to add to it."


def test_deleting_takes_the_relations_along_and_undo_brings_all_back(stage):
    article = article_of(TEXT)
    claim = span_of(article, "CLAIM", place(TEXT, "the bridge"))
    source = span_of(article, "SOURCE", MAYOR)
    tie = relation_of(article, "ATTRIBUTION", ("claim", claim), ("source", source))
    hand = stage(article, [claim, source], [tie])
    pick(hand, source)
    hand.canvas.delete_picked()
    left = hand.store.annotations(article.id)
    assert left.spans == (claim,) and not left.relations
    assert hand.canvas.picked is None and not hand.drawn(source.id)
    hand.bridge.undo()
    back = hand.store.annotations(article.id)
    assert back.spans == (source, claim) and back.relations == (tie,)
    assert hand.drawn(source.id) == {MAYOR}
    hand.bridge.redo()
    assert not hand.drawn(source.id)
    hand.canvas.delete_picked()
    assert hand.refusals == ["Pick a span first."]


def test_undo_and_redo_show_at_once(stage):
    hand = stage()
    before = hand.paint()
    hand.canvas.select(*HALVIK)
    hand.canvas.tag("entity", "GPE")
    hand.canvas.pick("")
    hand.canvas.select(0, 0)
    tagged = hand.paint()
    assert tagged != before
    hand.bridge.undo()
    assert hand.paint() == before
    hand.bridge.redo()
    assert hand.paint() == tagged


def test_what_was_picked_is_forgotten_when_undo_takes_it(stage):
    hand = stage()
    hand.canvas.select(*HALVIK)
    hand.canvas.tag("entity", "GPE")
    told = []
    hand.canvas.picked_changed.connect(told.append)
    hand.bridge.undo()
    assert hand.canvas.picked is None and told == [None]


def test_a_project_that_is_read_only_refuses_every_edit_in_words(stage, qtbot, tmp_path):
    article = article_of(TEXT)
    town = span_of(article, "GPE", HALVIK)
    person = suggestion_of(article, "PERSON", place(TEXT, "Ilse Varga"))
    writing = stage(article, [town], suggestions=[person])
    before = writing.paint()
    hand = stage(article, store=open_project(writing.store.path, read_only=True))
    pick(hand, town)
    for edit in (
        lambda: hand.canvas.tag("entity", "LOC"),
        lambda: hand.canvas.move_edge("end", True),
        lambda: hand.canvas.delete_picked(),
        lambda: hand.canvas.set_fragments(town, ((0, 3),)),
    ):
        edit()
        assert hand.canvas.picked == town
    hand.canvas.next_suggestion()
    hand.canvas.accept_picked()
    hand.canvas.reject_picked()
    assert hand.canvas.picked == person
    hand.canvas.pick("")
    hand.canvas.select(0, 3)
    hand.canvas.tag("entity", "ORG")
    assert len(hand.refusals) == 7 and all(hand.refusals)
    assert not hand.titles and hand.stored() == [("GPE", ("Halvik",))]
    hand.canvas.select(0, 0)
    assert hand.paint() == before


def test_a_canvas_without_an_article_takes_keys_and_does_nothing(stage, qtbot):
    hand = stage()
    bridge = SessionBridge(Session(hand.store, "ada"))
    empty = CanvasStage.__new__(CanvasStage)
    empty.canvas = type(hand.canvas)(bridge)
    qtbot.addWidget(empty.canvas)
    empty.canvas.show()
    empty.canvas.tag("entity", "ORG")
    empty.canvas.next_suggestion()
    empty.canvas.cycle_pick()
    empty.canvas.start_linking("ATTRIBUTION")
    empty.canvas.zoom_in()
    empty.canvas.grab()
    assert empty.canvas.document is None and empty.canvas.picked is None
