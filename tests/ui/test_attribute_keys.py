"""Attributes by keys alone: one key for each value, shown where the cursor is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_fixtures import CONTROL, open_window, worked_project

from annotation.codebook_file import default_codebook
from ui.attribute_form import AttributeForm, allowed
from ui.main_window import MainWindow
from ui.value_keys import value_keys

Key = Qt.Key
CLAIM = "the bridge would stay shut"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    window = open_window(qtbot, worked_project(tmp_path / "study.pressmark")[0])
    document = window.bridge.document
    claim = next(s for s in document.spans_between(0, 999) if s.quotation == (CLAIM,))
    window.canvas.pick(claim.id)
    return window


def said(window: MainWindow) -> dict[str, object]:
    return dict(window.bridge.document.span(window.canvas.picked.id).attributes)


def form(window: MainWindow) -> AttributeForm:
    return window.inspector.span.attributes.current()


def press(qtbot: QtBot, keys: str) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def test_f2_and_a_letter_for_each_value_lead_from_field_to_field(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window.canvas, Key.Key_F2)
    assert form(window).fields["voice"].hasFocus()
    press(qtbot, "ai")
    assert said(window) == {"voice": "attributed", "quote_type": "indirect"}
    assert form(window).fields["kind"].hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert window.canvas.hasFocus(), "Enter leads back to the text"
    qtbot.keyClick(window.canvas, Key.Key_Z, CONTROL)
    assert said(window) == {"voice": "attributed"}


def test_the_keys_of_the_field_with_the_cursor_are_shown(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.canvas, Key.Key_F2)
    keys = form(window).keys
    assert keys.isVisible() and ">A</b>&nbsp;attributed" in keys.text()
    assert ">I</b>&nbsp;implicit&nbsp;source" in keys.text()
    below = form(window).fields["voice"].geometry().bottom()
    qtbot.waitUntil(lambda: keys.geometry().top() > below)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert ">D</b>&nbsp;direct" in keys.text() and "attributed" not in keys.text()
    window.canvas.setFocus()
    assert not keys.isVisible()


def test_backspace_unsets_and_a_letter_of_no_value_does_nothing(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window.canvas, Key.Key_F2)
    press(qtbot, "z")
    assert said(window) == {} and form(window).fields["voice"].hasFocus()
    press(qtbot, "i")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Backtab)
    assert "<u>implicit&nbsp;source</u>" in form(window).keys.text()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Backspace)
    assert said(window) == {}


def test_yes_and_no_have_keys_and_the_last_field_leads_back_to_the_text(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window.canvas, Key.Key_F2)
    fields = form(window).fields
    fields["conditional"].setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, "y")
    assert said(window) == {"conditional": True}
    fields["normalized"].setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, "It will stay shut.")
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert said(window)["normalized"] == "It will stay shut."
    assert window.canvas.hasFocus()


def test_a_field_that_offers_nothing_is_passed_over(qtbot: QtBot, window: MainWindow) -> None:
    window.canvas.select(0, 4)
    qtbot.keyClick(window.canvas, "e")
    qtbot.keyClick(window.canvas, Key.Key_F2)
    press(qtbot, "a")
    assert said(window) == {"class": "agree"}
    assert form(window).fields["realis"].hasFocus(), "no mode belongs to this class"
    assert "Keys: A actual" in form(window).fields["realis"].accessibleDescription()


def test_every_value_of_the_default_codebook_has_a_key_of_its_own() -> None:
    codebook = default_codebook()
    for owner in (*codebook.labels, *codebook.relations):
        for attribute in owner.attributes:
            conditions = [choice.only_with for choice in attribute.values] or [{}]
            for condition in conditions:
                said = {name: values[0] for name, values in condition.items()}
                names = [choice.name for choice in attribute.values if allowed(choice, said)]
                keys = value_keys(names)
                assert list(keys) == names and len(set(keys.values())) == len(names)


@given(st.lists(st.text(alphabet="abcxy_ é日", min_size=1, max_size=8), unique=True, max_size=60))
def test_no_two_values_share_a_key(names: list[str]) -> None:
    keys = value_keys(names)
    assert len(set(keys.values())) == len(keys) == min(len(names), 35)


def test_f2_and_a_letter_never_relabel(qtbot: QtBot, window: MainWindow) -> None:
    window.canvas.select(0, 4)
    qtbot.keyClick(window.canvas, "1")
    qtbot.keyClick(window.canvas, Key.Key_F2)
    assert window.canvas.hasFocus()
    assert "A Person (PER) has no attributes." in window.status.message.text()
    box = window.inspector.span.label
    box.setFocus()
    qtbot.keyClick(box, Key.Key_N)
    assert box.view().isVisible() and box.view().currentIndex().data().startswith("Nationality")
    assert window.canvas.picked.label == "PERSON"
    qtbot.keyClick(box.view(), Key.Key_Escape)
    assert window.canvas.picked.label == "PERSON"
    qtbot.keyClick(box, Key.Key_Down)
    qtbot.keyClick(box.view(), Key.Key_Down)
    qtbot.keyClick(box.view(), Key.Key_Return)
    assert window.canvas.picked.label == "ORG"


def test_a_letter_of_no_value_is_told(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.canvas, Key.Key_F2)
    press(qtbot, "n")
    assert "No value of “Voice” has the key N" in window.status.message.text()
    assert said(window) == {}
