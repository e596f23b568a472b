import pytest

from tests.ui.canvas_stage import TEXT, Key, Mod, place

SHIFT, ALT, CTRL = Mod.ShiftModifier, Mod.AltModifier, Mod.ControlModifier


def words(count: int, start: int = 0) -> int:
    """Return the end of the count-th word of the text from a place."""
    for _ in range(count):
        start = TEXT.index(" ", start + 1)
    return start


@pytest.mark.parametrize(
    ("key", "modifiers", "start", "end"),
    [
        (Key.Key_Right, Mod.NoModifier, 0, words(1)),
        (Key.Key_Left, Mod.NoModifier, words(2), place(TEXT, "mayor")[0]),
        (Key.Key_Right, ALT, 0, 1),
        (Key.Key_Left, ALT, 7, 6),
        (Key.Key_Right, CTRL, 4, TEXT.index(".\n")),
        (Key.Key_Right, CTRL, TEXT.index(".\n"), place(TEXT, "Ilse Varga replied")[1]),
        (Key.Key_Left, CTRL, place(TEXT, "Nobody")[1], place(TEXT, "Nobody")[0]),
        (Key.Key_Left, CTRL, place(TEXT, "Nobody")[0], place(TEXT, "“It is")[0]),
        (Key.Key_Right, CTRL, place(TEXT, "Nobody")[0], place(TEXT, "twice")[1]),
        (Key.Key_Home, Mod.NoModifier, 8, 0),
        (Key.Key_End, Mod.NoModifier, place(TEXT, "A last")[0], len(TEXT)),
        (Key.Key_Home, CTRL, 100, 0),
        (Key.Key_End, CTRL, 0, len(TEXT)),
        (Key.Key_Left, Mod.NoModifier, 0, 0),
        (Key.Key_Right, Mod.NoModifier, len(TEXT), len(TEXT)),
        (Key.Key_Up, Mod.NoModifier, 3, 0),
        (Key.Key_PageDown, Mod.NoModifier, 3, len(TEXT)),
        (Key.Key_Down, CTRL, 4, TEXT.index("\n")),
        (Key.Key_Down, CTRL, TEXT.index("\n"), TEXT.index("\nA last")),
        (Key.Key_Up, CTRL, place(TEXT, "Nobody")[0], place(TEXT, "“It is")[0]),
        (Key.Key_Up, CTRL, place(TEXT, "“It is")[0], 0),
    ],
)
def test_a_key_moves_the_caret(stage, key, modifiers, start, end):
    hand = stage()
    hand.canvas.select(start, start)
    hand.key(key, modifiers)
    assert (hand.canvas.caret, hand.canvas.selection()) == (end, None)


def test_shift_extends_from_where_the_caret_was(stage):
    hand = stage()
    hand.canvas.select(4, 4)
    hand.key(Key.Key_Right, SHIFT)
    hand.key(Key.Key_Right, SHIFT)
    assert hand.selected() == "mayor of"
    hand.key(Key.Key_Left, SHIFT)
    hand.key(Key.Key_Right, SHIFT | ALT)
    hand.key(Key.Key_Left, SHIFT)
    hand.key(Key.Key_Left, SHIFT)
    hand.key(Key.Key_Left, SHIFT)
    assert hand.selected() == "The "
    hand.key(Key.Key_End, SHIFT | CTRL)
    assert hand.selected() == TEXT[4:]
    hand.key(Key.Key_Left)
    assert hand.selected() == ""


def test_up_and_down_keep_their_column_over_a_short_line(stage):
    text = "a word here and then some more of it\nshort\nanother line that is long enough"
    hand = stage(text)
    start = text.index("some")
    hand.canvas.select(start, start)
    x = hand.canvas.caret_rect(start).x()
    hand.key(Key.Key_Down)
    assert hand.canvas.caret == text.index("short") + len("short")
    hand.key(Key.Key_Down)
    assert hand.canvas.caret_rect(hand.canvas.caret).x() == pytest.approx(x, abs=8)
    hand.key(Key.Key_Up)
    hand.key(Key.Key_Up)
    assert hand.canvas.caret == start
    hand.key(Key.Key_Right)
    hand.key(Key.Key_Down)
    hand.key(Key.Key_Down)
    assert hand.canvas.caret_rect(hand.canvas.caret).x() > x + 8


def test_end_stands_on_its_line_and_down_reaches_the_end(stage):
    text = "word " * 60
    hand = stage(text)
    block, first, _ = hand.canvas.place_of(0)
    assert len(block.lines) > 2
    hand.key(Key.Key_End)
    assert hand.canvas.place_of(hand.canvas.caret)[1] is first
    assert hand.canvas.caret == first.end - 1
    for _ in block.lines:
        hand.key(Key.Key_Down)
    assert hand.canvas.caret == len(text)
    hand.key(Key.Key_Home)
    assert hand.canvas.caret == block.lines[-1].start


def test_pages_lead_through_a_long_article_and_back(stage):
    text = "\n".join(f"Paragraph {number} about something else entirely." for number in range(200))
    hand = stage(text)
    seen = [0]
    while hand.canvas.caret < len(text) and len(seen) < 60:
        hand.key(Key.Key_PageDown)
        assert hand.canvas.caret > seen[-1]
        assert 0 <= hand.canvas.caret_rect(hand.canvas.caret).y() < 700
        seen.append(hand.canvas.caret)
    assert 5 < len(seen) < 40
    for _ in seen:
        hand.key(Key.Key_PageUp)
    assert hand.canvas.caret == 0
    assert hand.canvas.verticalScrollBar().value() == 0


def test_the_caret_stays_in_view(stage):
    hand = stage("\n".join(f"Paragraph {number} about something." for number in range(300)))
    hand.key(Key.Key_End, CTRL)
    rect = hand.canvas.caret_rect(hand.canvas.caret)
    assert rect.top() >= 0 and rect.bottom() <= hand.canvas.viewport().height()
    for _ in range(80):
        hand.key(Key.Key_Up)
        rect = hand.canvas.caret_rect(hand.canvas.caret)
        assert rect.top() >= 0 and rect.bottom() <= hand.canvas.viewport().height()


def test_the_caret_tells_where_it_is(stage, qtbot):
    hand = stage()
    with qtbot.waitSignal(hand.canvas.caret_moved) as told:
        hand.key(Key.Key_Right)
    assert told.args == [3]


def test_an_arrow_goes_the_way_it_points_in_text_from_right_to_left(stage):
    hand = stage("שלום עולם, אמר השר.")
    hand.key(Key.Key_Left)
    assert hand.canvas.caret == 4
    hand.key(Key.Key_Right)
    assert hand.canvas.caret == 0


@pytest.mark.parametrize("modifiers", [Mod.NoModifier, ALT])
@pytest.mark.parametrize("backwards", [False, True])
def test_an_arrow_leads_to_that_end_of_the_selection(stage, modifiers, backwards):
    hand = stage()
    start, end = place(TEXT, "mayor of Halvik")
    for key, wanted in ((Key.Key_Right, end), (Key.Key_Left, start)):
        hand.canvas.select(*((end, start) if backwards else (start, end)))
        hand.key(key, modifiers)
        assert (hand.canvas.caret, hand.canvas.selection()) == (wanted, None)


def test_in_text_from_right_to_left_the_arrows_lead_to_the_other_end(stage):
    hand = stage("\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd \u05d8\u05d5\u05d1")
    hand.canvas.select(5, 9)
    hand.key(Key.Key_Left)
    assert (hand.canvas.caret, hand.canvas.selection()) == (9, None)


def test_with_control_an_arrow_goes_on_from_the_caret(stage):
    hand = stage()
    hand.canvas.select(*place(TEXT, "mayor"))
    hand.key(Key.Key_Right, CTRL)
    assert (hand.canvas.caret, hand.canvas.selection()) == (TEXT.index(".\n"), None)
