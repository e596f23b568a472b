import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from tests.ui.canvas_stage import (
    TEXT,
    Key,
    Mod,
    article_of,
    place,
    relation_of,
    span_of,
    suggestion_of,
)
from ui.canvas.grips import grips
from ui.canvas.words import snap_drag


@pytest.fixture
def nested(stage):
    """A claim over the first line, the bridge in it, and a person far below."""
    article = article_of(TEXT)
    claim = span_of(article, "CLAIM", (0, TEXT.index("\n")))
    source = span_of(article, "SOURCE", place(TEXT, "The mayor of Halvik"))
    town = span_of(article, "GPE", place(TEXT, "Halvik"))
    person = suggestion_of(article, "PERSON", place(TEXT, "Ilse Varga"))
    hand = stage(article, [claim, source, town], suggestions=[person])
    hand.claim, hand.source, hand.town, hand.person = claim, source, town, person
    return hand


def piece_of(hand, record_id):
    """Return the first piece of a record and where its block is in the view."""
    for one in hand.canvas.shown():
        for piece in one.block.pieces:
            if piece.mark.id == record_id:
                return piece, hand.canvas.left, one.top
    raise AssertionError("it is not in view")


def tag_of(hand, record_id) -> QPoint:
    piece, left, top = piece_of(hand, record_id)
    return piece.tag.translated(left, top).center().toPoint()


# -- placing and selecting


def test_a_click_puts_the_caret_between_the_nearest_characters(stage):
    hand = stage()
    for position in (0, 5, 17, 40, TEXT.index("“"), len(TEXT)):
        hand.click(position)
        assert (hand.canvas.caret, hand.canvas.selection()) == (position, None)


def test_a_click_beside_or_below_the_text_goes_to_the_nearest_line(stage):
    hand = stage()
    hand.click(QPoint(2, hand.point(0).y()))
    assert hand.canvas.caret == 0
    hand.click(QPoint(890, hand.point(len(TEXT)).y()))
    assert hand.canvas.caret == len(TEXT)
    hand.click(QPoint(int(hand.canvas.left), 690))
    assert hand.canvas.caret == TEXT.index("A last")


def test_a_double_click_selects_a_token_and_a_third_its_sentence(stage):
    hand = stage()
    QApplication.setDoubleClickInterval(5000)
    hand.double_click(TEXT.index("Halvik") + 2)
    assert hand.selected() == "Halvik"
    hand.click(hand.point(TEXT.index("Halvik") + 2, inside=True))
    assert hand.selected() == TEXT[: TEXT.index(".\n")]
    hand.click(TEXT.index("Halvik") + 2)
    assert hand.selected() == ""
    hand.double_click(TEXT.index("’s workers"))
    assert hand.selected() == "’s"


def test_a_drag_selects_whole_tokens(stage):
    hand = stage()
    start, end = TEXT.index("ayor"), TEXT.index("lvik") + 1
    hand.drag([hand.point(start), hand.point(start + 4), hand.point(end)])
    assert hand.selected() == "mayor of Halvik"
    assert hand.canvas.caret == place(TEXT, "Halvik")[1]


COMMA, STOP = TEXT.index(", which"), TEXT.index(".\n")


@pytest.mark.parametrize(
    ("start", "end", "selected"),
    [
        (COMMA - 3, COMMA + 1, "bridge"),
        (COMMA + 1, COMMA - 3, "bridge"),
        (COMMA - 3, COMMA + 2, "bridge,"),
        (COMMA - 3, COMMA + 4, "bridge, which"),
        (STOP - 2, STOP + 1, "close"),
        (TEXT.index("safe") + 1, TEXT.index("” Ilse") + 1, "safe,”"),
    ],
)
def test_a_drag_takes_a_comma_or_stop_only_where_it_goes_on(stage, start, end, selected):
    hand = stage()
    hand.drag([hand.point(start), hand.point((start + end) // 2), hand.point(end)])
    assert hand.selected() == selected
    assert snap_drag(TEXT, COMMA, COMMA + 1) == (COMMA, COMMA + 1), "a comma alone can be meant"


def test_a_grip_stays_behind_a_comma_that_it_was_behind(nested):
    nested.canvas.select(COMMA - 6, COMMA + 1)
    nested.canvas.tag("discourse", "CUE")
    nested.drag([grip(nested, "end"), nested.point(COMMA + 4), nested.point(COMMA + 1)])
    assert nested.quotation() == ("bridge,",)
    nested.drag([grip(nested, "end"), nested.point(COMMA - 1)])
    assert nested.quotation() == ("bridge",)
    nested.drag([grip(nested, "end"), nested.point(COMMA + 1)])
    assert nested.quotation() == ("bridge",)


def test_a_drag_backwards_leaves_the_caret_at_its_start(stage):
    hand = stage()
    start, end = TEXT.index("ayor"), TEXT.index("lvik") + 1
    hand.drag([hand.point(end), hand.point(start + 4), hand.point(start)])
    assert hand.selected() == "mayor of Halvik"
    assert hand.canvas.caret == TEXT.index("mayor")


def test_alt_drags_to_the_exact_character(stage):
    hand = stage()
    start, end = TEXT.index("ayor"), TEXT.index("lvik") + 1
    hand.drag([hand.point(start), hand.point(start + 4), hand.point(end)], Mod.AltModifier)
    assert hand.selected() == "ayor of Hal"


def test_a_drag_over_lines_selects_over_paragraphs(stage):
    hand = stage()
    start, end = TEXT.index("close"), TEXT.index("safe") + 2
    hand.drag([hand.point(start), hand.point(end)])
    assert hand.selected() == "close.\n“It is safe"


def test_a_hand_that_trembles_selects_nothing(stage):
    hand = stage()
    point = hand.point(10)
    hand.drag([point, point + QPoint(1, 0)])
    assert hand.canvas.selection() is None


def test_shift_click_extends_to_there(stage):
    hand = stage()
    hand.click(TEXT.index("mayor"))
    hand.click(place(TEXT, "said")[1], Mod.ShiftModifier)
    assert hand.selected() == "mayor of Halvik said"
    hand.click(place(TEXT, "Halvik")[1], Mod.ShiftModifier)
    assert hand.selected() == "mayor of Halvik"
    hand.click(0, Mod.ShiftModifier)
    assert hand.selected().startswith("The ")


# -- picking


def test_a_bar_a_tag_and_a_tint_pick_their_span(nested):
    piece, left, top = piece_of(nested, nested.claim.id)
    nested.click((piece.band.center() + QPoint(int(left), int(top)).toPointF()).toPoint())
    assert nested.canvas.picked == nested.claim
    for record in (nested.source, nested.town, nested.claim, nested.person):
        nested.click(tag_of(nested, record.id))
        assert nested.canvas.picked == record
    nested.click(nested.point(TEXT.index("Halvik"), inside=True))
    assert nested.canvas.picked == nested.town
    nested.click(TEXT.index("Nobody") + 2)
    assert nested.canvas.picked is None
    nested.click(nested.point(TEXT.index(" said"), inside=True))
    assert nested.canvas.picked == nested.claim, "a blank after the town is not the town"


def test_text_picks_the_innermost_and_the_same_place_again_goes_outwards(nested):
    place_ = TEXT.index("mayor") + 2
    picked = []
    for _ in range(4):
        nested.click(place_)
        picked.append(nested.canvas.picked)
    assert picked == [nested.source, nested.claim, nested.source, nested.claim]
    nested.click(TEXT.index("divers") + 2)
    assert nested.canvas.picked == nested.claim
    picked = []
    for _ in range(4):
        nested.click(TEXT.index("Halvik") + 3)
        picked.append(nested.canvas.picked)
    assert picked == [nested.town, nested.source, nested.claim, nested.town]


def test_the_spans_under_the_caret_take_turns_and_then_nothing(nested):
    nested.canvas.select(TEXT.index("Halvik") + 2, TEXT.index("Halvik") + 2)
    picked = []
    for _ in range(5):
        nested.canvas.cycle_pick()
        picked.append(nested.canvas.picked)
    assert picked == [nested.town, nested.source, nested.claim, None, nested.town]


def test_escape_leaves_the_selection_and_then_the_pick(nested):
    nested.click(TEXT.index("Halvik") + 2)
    nested.canvas.select(0, 3)
    nested.key(Key.Key_Escape)
    assert nested.canvas.selection() is None and nested.canvas.picked == nested.town
    nested.key(Key.Key_Escape)
    assert nested.canvas.picked is None


def test_selecting_words_does_not_lose_what_was_picked(nested):
    nested.click(tag_of(nested, nested.claim.id))
    start, end = place(TEXT, "safe")
    nested.drag([nested.point(start), nested.point(end)])
    assert nested.selected() == "safe" and nested.canvas.picked == nested.claim


# -- grips


def grip(hand, edge):
    found = {each.edge: each for each in grips(hand.canvas, hand.canvas.picked)}
    return found[edge].line.center().toPoint()


def test_dragging_a_grip_shows_the_boundary_and_stores_it_when_let_go(nested):
    nested.click(tag_of(nested, nested.source.id))
    start, end = nested.source.fragments[0]
    there = TEXT.index("Friday") + 3
    nested.hold([grip(nested, "end"), nested.point(there - 3), nested.point(there)])
    assert nested.drawn(nested.source.id) == {(0, place(TEXT, "Friday")[1])}
    assert ("SOURCE", ("The mayor of Halvik",)) in nested.stored()
    nested.let_go(nested.point(there))
    assert ("SOURCE", ("The mayor of Halvik said on Friday",)) in nested.stored()
    assert nested.quotation() == ("The mayor of Halvik said on Friday",)
    nested.bridge.undo()
    assert nested.drawn(nested.source.id) == {(start, end)}
    assert ("SOURCE", ("The mayor of Halvik",)) in nested.stored()


def test_a_grip_goes_to_the_exact_character_with_alt(nested):
    nested.click(tag_of(nested, nested.source.id))
    there = TEXT.index("mayor") + 2
    nested.drag([grip(nested, "start"), nested.point(there)], Mod.AltModifier)
    assert nested.quotation() == ("yor of Halvik",)


def test_a_grip_never_passes_the_other_end_or_takes_blanks(nested):
    nested.click(tag_of(nested, nested.source.id))
    nested.drag([grip(nested, "end"), nested.point(TEXT.index("mayor"))])
    assert nested.quotation() == ("The",)
    nested.drag([grip(nested, "start"), nested.point(TEXT.index("divers"))])
    assert nested.quotation() == ("The",)


def test_escape_lets_go_of_a_grip(nested):
    nested.click(tag_of(nested, nested.source.id))
    there = nested.point(TEXT.index("Friday"))
    nested.hold([grip(nested, "end"), there])
    nested.key(Key.Key_Escape)
    assert nested.drawn(nested.source.id) == {nested.source.fragments[0]}
    nested.let_go(there)
    assert not nested.titles and nested.canvas.picked == nested.source


def test_dragging_a_grip_of_a_suggestion_accepts_it(nested):
    nested.click(tag_of(nested, nested.person.id))
    nested.drag([grip(nested, "end"), nested.point(place(TEXT, "replied")[1])])
    assert ("PERSON", ("Ilse Varga replied",)) in nested.stored()
    assert nested.canvas.picked.origin == "edited"


# -- chips


def test_a_chip_leads_to_the_other_end_of_a_relation(stage):
    text = TEXT + "\n" + "\n".join(f"Filling number {number}." for number in range(150)) + "\nShe."
    article = article_of(text)
    near = span_of(article, "SOURCE", place(text, "Ilse Varga"))
    far = span_of(article, "SOURCE", (len(text) - 4, len(text) - 1))
    tie = relation_of(article, "COREFERENCE", ("member", near), ("member", far))
    hand = stage(article, [near, far], [tie])
    hand.click(tag_of(hand, near.id))
    hand.paint()
    (chip,) = hand.canvas.chips
    assert chip.words == "↓ member"
    hand.click(chip.rect.center().toPoint())
    hand.paint()
    assert hand.canvas.picked == far
    assert hand.drawn(far.id)
    (chip,) = hand.canvas.chips
    assert chip.words == "↑ member"
    hand.click(chip.rect.center().toPoint())
    hand.paint()
    assert hand.canvas.picked == near and hand.drawn(near.id)


def test_a_selection_leaves_the_tint_of_an_entity_to_be_seen(nested):
    start, end = place(TEXT, "Halvik")
    nested.canvas.select(start - 8, end + 8)
    selected = nested.paint()
    nested.canvas.pick(nested.town.id)
    nested.canvas.delete_picked()
    nested.canvas.select(start - 8, end + 8)
    assert nested.paint() != selected
    block = nested.canvas.shown()[0]
    line = block.block.lines[0]
    left = nested.canvas.left + block.block.x_of(start, line)
    y = round(block.top + (line.text_top + line.text_bottom) / 2)
    edge = [selected.pixelColor(round(left) + x, y) for x in range(-3, 3)]
    assert any(color not in (nested.canvas.theme.selection, edge[0]) for color in edge)
