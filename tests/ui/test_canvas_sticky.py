"""The sticky label: every selection is tagged at once, by mouse or by keys, until Esc."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from window_fixtures import SHIFT, open_window, worked_project

from tests.ui.canvas_stage import TEXT, place

Key = Qt.Key


@pytest.fixture
def sticky(stage):
    hand = stage()
    hand.canvas.sticky.toggle()
    hand.canvas.tag("discourse", "CLAIM")
    return hand


def test_each_drag_is_tagged_when_the_mouse_lets_go(sticky):
    for words in ("The mayor", "the bridge"):
        start, end = place(TEXT, words)
        sticky.hold([sticky.point(start), sticky.point(start + 3), sticky.point(end)])
        assert words not in [" ".join(found) for _, found in sticky.stored()]
        sticky.let_go(sticky.point(end))
        assert sticky.quotation() == (words,) and sticky.canvas.selection() is None
    assert [label for label, _ in sticky.stored()] == ["CLAIM", "CLAIM"]


def test_a_double_click_tags_the_token_and_a_third_click_its_sentence(sticky):
    QApplication.setDoubleClickInterval(5000)
    inside = TEXT.index("Halvik") + 2
    sticky.double_click(inside)
    assert sticky.stored() == [("CLAIM", ("Halvik",))]
    sticky.click(sticky.point(inside, inside=True))
    assert sticky.stored() == [("CLAIM", (TEXT[: TEXT.index(".\n")],))]


def test_no_card_comes_between_one_selection_and_the_next(sticky):
    sticky.canvas.cards = True
    for words in ("The mayor", "the bridge"):
        sticky.drag([sticky.point(at) for at in place(TEXT, words)])
    assert sticky.canvas.card_mode.card is None
    assert [label for label, _ in sticky.stored()] == ["CLAIM", "CLAIM"]
    sticky.canvas.sticky.leave()
    sticky.canvas.select(*place(TEXT, "Friday"))
    sticky.canvas.tag("discourse", "CLAIM")
    assert sticky.canvas.card_mode.card is not None


def test_a_click_only_picks(sticky):
    sticky.click(TEXT.index("Halvik") + 2)
    assert sticky.stored() == [] and sticky.titles == []


def test_the_status_line_tells_the_mode_until_it_is_left(sticky):
    assert sticky.modes[0].startswith("Which label is to be sticky?")
    assert sticky.modes[1].startswith("Sticky: Claim (CLM).")
    sticky.canvas.select(*place(TEXT, "bridge"))
    sticky.key(Key.Key_Escape)
    assert sticky.canvas.sticky.label, "the first Esc leaves the selection"
    sticky.key(Key.Key_Escape)
    assert (sticky.canvas.sticky.label, sticky.modes[-1]) == (None, "")
    sticky.drag([sticky.point(n) for n in (*place(TEXT, "bridge"),)])
    assert sticky.selected() == "bridge" and sticky.stored() == []


def test_a_relation_in_the_making_leaves_the_mode_as_it_was(sticky):
    sticky.canvas.start_linking("ATTRIBUTION")
    sticky.key(Key.Key_Escape)
    assert sticky.modes[-1].startswith("Sticky: Claim (CLM).")


def test_by_keys_alone(qtbot, tmp_path):
    window = open_window(qtbot, worked_project(tmp_path / "study.pressmark")[0])
    text = window.bridge.document.article.text
    for key in "l1":
        qtbot.keyClick(window.canvas, key)
    assert window.status.message.text().startswith("Sticky: Person (PER).")
    window.canvas.select(text.index("Tomas"), text.index("Tomas"))
    for _ in range(2):
        qtbot.keyClick(window.canvas, Key.Key_Right, SHIFT)
    qtbot.keyClick(window.canvas, Key.Key_Return)
    assert window.canvas.picked.label == "PERSON"
    assert window.canvas.picked.quotation == ("Tomas Oren",)
    assert window.bridge.document.count_pending() == 2, "Enter accepted nothing"
    qtbot.keyClick(window.canvas, "l")
    assert window.canvas.sticky.label is None


def test_the_status_line_tells_of_it_as_long_as_it_is_on(qtbot, tmp_path):
    window = open_window(qtbot, worked_project(tmp_path / "study.pressmark")[0])
    text, status = window.bridge.document.article.text, window.status
    assert not status.mode.isVisible()
    for key in "l1":
        qtbot.keyClick(window.canvas, key)
    window.canvas.select(text.index("Tomas"), text.index("Tomas") + 5)
    qtbot.keyClick(window.canvas, Key.Key_Return)
    assert status.message.text().startswith("Tagged Person")
    assert status.mode.isVisible() and status.mode.text().startswith("Sticky: Person (PER)")
    qtbot.keyClick(window.canvas, Key.Key_Escape)
    assert not status.mode.isVisible() and window.canvas.sticky.label is None


def test_chips_show_it_change_it_and_begin_it_with_shift(qtbot, tmp_path):
    window = open_window(qtbot, worked_project(tmp_path / "study.pressmark")[0])
    chips = window.workspace.palette_panel.chips
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(chips["discourse/CUE"], left, SHIFT)
    assert window.canvas.sticky.label == ("discourse", "CUE")
    assert chips["discourse/CUE"].accessibleDescription() == "Key Q, sticky"
    qtbot.mouseClick(chips["discourse/SOURCE"], left)
    assert window.canvas.sticky.label == ("discourse", "SOURCE")
    assert chips["discourse/CUE"].accessibleDescription() == "Key Q"
    qtbot.mouseClick(chips["discourse/SOURCE"], left, SHIFT)
    assert window.canvas.sticky.label is None
