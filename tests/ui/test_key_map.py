"""Keys of one's own: given, taken, refused, kept, passed on."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from window_fixtures import CONTROL, SHIFT, open_window, worked_project

from annotation.codebook_file import default_codebook
from annotation.codebook_problems import RESERVED_KEYS
from annotation.errors import ProjectError
from ui import key_map, settings
from ui.actions import TABLE, rows_of
from ui.key_editor import KeyEditor
from ui.key_overview import KeyOverview
from ui.main_window import MainWindow

Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return open_window(qtbot, worked_project(tmp_path / "study.pressmark")[0])


def keys_of(name: str, chosen: key_map.Chosen) -> tuple[str, ...]:
    return next(row.keys for row in rows_of(default_codebook(), chosen) if row.name == name)


def editor_on(qtbot: QtBot, window: MainWindow, name: str) -> KeyEditor:
    window.change_keys()
    editor = window.findChild(KeyEditor)
    editor.tree.setCurrentItem(editor._items[name])
    return editor


def record(qtbot: QtBot, editor: KeyEditor, *key: object) -> None:
    qtbot.mouseClick(editor.change, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(editor.recorder.hasFocus)
    qtbot.keyClick(editor.recorder, *key)


def test_a_chosen_key_is_taken_from_everything_else() -> None:
    chosen = {"note": ("C",)}
    assert keys_of("note", chosen) == ("C",)
    assert keys_of("tag/discourse/CLAIM", chosen) == ()
    assert keys_of("tag/discourse/CLAIM", {}) == ("C",)
    assert keys_of("redo", {"note": ("Ctrl+Y",)}) == ("Ctrl+Shift+Z",)


def test_what_is_chosen_twice_stands_for_the_first() -> None:
    chosen = {"undo": ("F8",), "redo": ("F8",)}
    assert (keys_of("undo", chosen), keys_of("redo", chosen)) == (("F8",), ())
    (said,) = key_map.problems(rows_of(default_codebook()), chosen)
    assert said == "F8 is for “Undo” and for “Redo”, too."


@pytest.mark.parametrize(
    ("name", "key", "word"),
    [
        ("export", "E", "in boxes too"),
        ("export", "Shift+E", "in boxes too"),
        ("note", "Left", "moves the caret"),
        ("note", "Ctrl+Home", "moves the caret"),
        ("note", "Esc", "back to the text"),
        ("note", "E", ""),
        ("export", "F9", ""),
        ("export", "Ctrl+PgUp", ""),
        ("keys", "?", ""),
    ],
)
def test_what_cannot_be_a_key(name: str, key: str, word: str) -> None:
    row = next(row for row in TABLE if row.name == name)
    said = key_map.unfit(key, row)
    assert word in said
    assert bool(said) == bool(word)


def test_a_recorded_key_counts_at_once_and_everywhere(qtbot: QtBot, window: MainWindow) -> None:
    editor = editor_on(qtbot, window, "tag/discourse/CLAIM")
    record(qtbot, editor, Key.Key_V)
    assert "V is now for “Claim (CLM)”" in editor.message.text()
    editor.close()
    window.activateWindow()
    window.canvas.setFocus()
    qtbot.waitUntil(window.canvas.hasFocus)
    window.canvas.select(44, 54)
    qtbot.keyClick(window.canvas, "v")
    assert window.canvas.picked.label == "CLAIM"
    assert window.workspace.palette_panel.chips["discourse/CLAIM"].accessibleDescription() == (
        "Key V"
    )
    qtbot.keyClick(window.canvas, "?")
    shown = {label.text() for label in window.findChild(KeyOverview).findChildren(QLabel)}
    assert "V" in shown
    assert "C" not in shown


def test_chosen_keys_are_there_at_the_next_start(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    editor = editor_on(qtbot, window, "export")
    record(qtbot, editor, Key.Key_F9)
    window.close()
    again = open_window(qtbot, tmp_path / "study.pressmark")
    assert [k.toString() for k in again.actions_here.by_name["export"].shortcuts()] == ["F9"]


def test_a_key_that_is_in_use_is_taken_only_when_asked(qtbot: QtBot, window: MainWindow) -> None:
    editor = editor_on(qtbot, window, "note")
    record(qtbot, editor, Key.Key_E)
    assert editor.message.text() == "E is the key of “Event (EVT)”."
    assert key_map.chosen() == {}
    qtbot.mouseClick(editor.take, Qt.MouseButton.LeftButton)
    assert keys_of("note", key_map.chosen()) == ("E",)
    assert keys_of("tag/event/EVENT", key_map.chosen()) == ()
    assert editor._items["tag/event/EVENT"].text(2) == "E is for “Write a note”"
    assert editor._items["note"].text(2) == "chosen by you"


def test_a_letter_for_what_works_everywhere_is_refused(qtbot: QtBot, window: MainWindow) -> None:
    editor = editor_on(qtbot, window, "export")
    record(qtbot, editor, Key.Key_Y)
    assert "needs Ctrl, Alt or an F key" in editor.message.text()
    assert key_map.chosen() == {}


def test_tab_shift_and_signs_are_recorded_and_esc_is_not(qtbot: QtBot, window: MainWindow) -> None:
    editor = editor_on(qtbot, window, "note")
    record(qtbot, editor, Key.Key_Backtab, SHIFT)
    assert editor.message.text() == "Shift+Tab is the key of “Previous suggestion”."
    record(qtbot, editor, Key.Key_Exclam, SHIFT)
    assert keys_of("note", key_map.chosen()) == ("!",)
    record(qtbot, editor, Key.Key_Escape)
    assert editor.isVisible()
    assert keys_of("note", key_map.chosen()) == ("!",)


def test_a_second_key_none_and_the_usual(qtbot: QtBot, window: MainWindow) -> None:
    editor = editor_on(qtbot, window, "note")
    qtbot.mouseClick(editor.add, Qt.MouseButton.LeftButton)
    qtbot.keyClick(editor.recorder, Key.Key_F7, CONTROL)
    assert keys_of("note", key_map.chosen()) == ("N", "Ctrl+F7")
    qtbot.mouseClick(editor.none, Qt.MouseButton.LeftButton)
    assert keys_of("note", key_map.chosen()) == ()
    qtbot.mouseClick(editor.usual, Qt.MouseButton.LeftButton)
    assert key_map.chosen() == {}
    assert editor._items["note"].text(1) == "N"


def test_all_as_usual(qtbot: QtBot, window: MainWindow) -> None:
    key_map.remember({"note": ("F7",), "undo": ()})
    editor = editor_on(qtbot, window, "note")
    assert editor._items["undo"].text(1) == ""
    qtbot.mouseClick(editor.reset, Qt.MouseButton.LeftButton)
    assert settings.keys() == ""
    assert editor._items["undo"].text(1) == "Ctrl+Z"


def test_a_file_takes_the_keys_to_a_colleague(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "keys.json"
    key_map.write_file(file, {"note": ("Ctrl+M", "F7"), "tag/own/THING": ("J",)})
    editor = editor_on(qtbot, window, "note")
    editor.bring(file)
    assert key_map.chosen() == {"note": ("Ctrl+M", "F7"), "tag/own/THING": ("J",)}
    assert editor.message.text() == "The keys of keys.json count now."
    file.write_text(json.dumps({"format": key_map.FORMAT, "keys": {"undo": ["Left"]}}))
    editor.bring(file)
    assert key_map.chosen()["note"] == ("Ctrl+M", "F7")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{", "no key file"),
        ("[]", "expected an object"),
        ("{}", "format is missing"),
        ('{"format": "pressmark-keys/1"}', "expected an object"),
        ('{"format": "pressmark-keys/1", "keys": {"undo": "Ctrl+Z"}}', "expected a list"),
        ('{"format": "pressmark-keys/1", "keys": {"undo": ["Strg+Z"]}}', "keys as in"),
        ('{"format": "pressmark-keys/9", "keys": {}}', "one of"),
    ],
)
def test_a_file_that_holds_no_keys_is_refused(text: str, word: str) -> None:
    with pytest.raises(ProjectError, match=word):
        key_map.parsed(text)


def test_settings_that_somebody_broke_do_not_stop_the_program(window: MainWindow) -> None:
    settings.remember_keys("no json")
    assert key_map.chosen() == {}


def test_the_list_can_be_searched(qtbot: QtBot, window: MainWindow) -> None:
    editor = editor_on(qtbot, window, "note")
    qtbot.keyClicks(editor.search, "org 2")
    shown = [item.text(0) for item in editor._items.values() if not item.isHidden()]
    assert shown == ["Organisation (ORG)"]


def test_no_label_may_have_a_plain_key_of_the_application() -> None:
    """Of two that have one key, Qt would carry out neither."""
    plain = {key for row in TABLE for key in row.keys if len(key) == 1}
    assert plain == set(RESERVED_KEYS)


def test_a_row_that_the_search_hides_is_never_changed(qtbot: QtBot, window: MainWindow) -> None:
    editor = editor_on(qtbot, window, "new")
    editor.search.setText("reject")
    assert editor.tree.currentItem() is editor._items["reject"]
    editor.search.setText("nothing is called so")
    assert editor.tree.currentItem() is None
    editor.change.click()
    assert editor.recorder.isHidden()
