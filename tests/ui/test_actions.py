"""The table of actions: every key does what it says, and only where it counts."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from window_fixtures import CONTROL, SHIFT, make_project, many, open_window, worked_project

from annotation.codebook_file import default_codebook
from annotation.model import Span
from storage import open_project
from ui.actions import MENUS, TABLE, rows_of
from ui.key_overview import KeyOverview
from ui.main_window import MainWindow

Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    path, entry = worked_project(tmp_path / "study.pressmark")
    window = open_window(qtbot, path)
    window.entry = entry
    return window


def span(window: MainWindow, words: str) -> Span:
    document = window.bridge.document
    found = document.spans_between(0, len(document.article.text))
    return next(s for s in found if s.quotation == (words,))


def test_no_key_means_two_things() -> None:
    rows = list(rows_of(default_codebook()))
    keys = Counter(QKeySequence(key).toString() for row in rows for key in row.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    assert all(QKeySequence(key).toString() for key in keys)


def test_names_are_unique_and_menus_known() -> None:
    rows = list(rows_of(default_codebook()))
    assert len({row.name for row in rows}) == len(rows)
    assert {row.menu for row in rows} == set(MENUS)


def test_a_letter_without_a_modifier_counts_in_the_text_only() -> None:
    letters = [row for row in TABLE for key in row.keys if len(key) == 1 and key.isalnum()]
    assert letters
    assert {row.scope for row in letters} == {"canvas"}


def test_the_codebooks_keys_win() -> None:
    codebook = default_codebook()
    claim = codebook.label("discourse", "CLAIM")
    labels = tuple(replace(x, key="n") if x is claim else x for x in codebook.labels)
    rows = {row.name: row for row in rows_of(replace(codebook, labels=labels))}
    assert rows["tag/discourse/CLAIM"].keys == ("N",)
    assert rows["note"].keys == ()


@pytest.mark.parametrize(
    ("key", "modifier", "label"),
    [
        (label.key.upper(), Qt.KeyboardModifier.NoModifier, label)
        for label in default_codebook().labels
        if label.key
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_each_labels_key_tags_the_selection(
    qtbot: QtBot, window: MainWindow, key: str, modifier: Qt.KeyboardModifier, label
) -> None:
    text = window.bridge.document.article.text
    start = text.index("denied")
    window.canvas.select(start, start + len("denied"))
    qtbot.keyClick(window.canvas, key.lower(), modifier)
    tagged = span(window, "denied")
    assert (tagged.layer, tagged.label) == (label.layer, label.name)


# The layout of the keyboard decides how a brace is typed; Qt looks at the character.
@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("]", "Tomas Oren denied"),
        ("[", "Tomas"),
        ("{", "Oren"),
        ("}", ". Tomas Oren"),
    ],
)
def test_brackets_move_the_edges(qtbot: QtBot, window: MainWindow, key: str, words: str) -> None:
    source = span(window, "Tomas Oren")
    window.canvas.pick(source.id)
    qtbot.keyClick(window.canvas, key)
    assert window.bridge.document.span(source.id).quotation == (words,)


def test_suggestions_by_keys_alone(qtbot: QtBot, window: MainWindow) -> None:
    document = window.bridge.document
    for key in (Key.Key_Tab, Key.Key_Return):
        qtbot.keyClick(window.canvas, key)
    assert document.count_pending() == 1
    bar = window.workspace.review_bar
    qtbot.waitUntil(lambda: bar.left.text() == "1 suggestion left")
    qtbot.keyClick(window.canvas, Key.Key_Backtab, SHIFT)
    qtbot.keyClick(window.canvas, Key.Key_X)
    assert document.count_pending() == 0
    assert not bar.isVisible()


def test_shift_enter_accepts_all_and_undo_names_it(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.canvas, Key.Key_Return, SHIFT)
    assert window.bridge.document.count_pending() == 0
    edit = next(a.menu() for a in window.menuBar().actions() if a.text() == "&Edit")
    edit.aboutToShow.emit()
    assert window.actions_here.by_name["undo"].text() == "Undo Accept 2 suggestions"
    edit.aboutToHide.emit()
    qtbot.keyClick(window, Key.Key_Z, CONTROL)
    assert window.bridge.document.count_pending() == 2
    edit.aboutToShow.emit()
    assert window.actions_here.by_name["redo"].text() == "Redo Accept 2 suggestions"
    edit.aboutToHide.emit()
    qtbot.keyClick(window, Key.Key_Y, CONTROL)
    assert window.bridge.document.count_pending() == 0


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_delete_takes_the_span(qtbot: QtBot, window: MainWindow, key: Key) -> None:
    claim = span(window, "the bridge would stay shut")
    window.canvas.pick(claim.id)
    qtbot.keyClick(window.canvas, key)
    assert window.bridge.document.span(claim.id) is None
    assert "Deleted Claim (CLM)" in window.status.message.text()


def test_letters_in_a_box_never_tag(qtbot: QtBot, window: MainWindow) -> None:
    before = window.bridge.document.spans_between(0, 999)
    window.canvas.select(0, 4)
    qtbot.keyClick(window, Key.Key_L, CONTROL)
    qtbot.waitUntil(window.articles.search.hasFocus)
    qtbot.keyClicks(window.articles.search, "cesxna?1[")
    assert window.articles.search.text() == "cesxna?1["
    assert window.bridge.document.spans_between(0, 999) == before
    assert not window.findChildren(KeyOverview)


def test_letters_in_the_list_never_tag(qtbot: QtBot, window: MainWindow) -> None:
    before = window.bridge.document.spans_between(0, 999)
    window.canvas.select(0, 4)
    for widget in (window.articles.view, window.articles.status):
        widget.setFocus()
        qtbot.keyClicks(widget, "cesx[")
        qtbot.keyClick(widget, Key.Key_Delete)
    assert window.bridge.document.spans_between(0, 999) == before
    assert window.bridge.document.count_pending() == 2


def test_ctrl_z_in_a_box_takes_back_what_was_typed_there(qtbot: QtBot, window: MainWindow) -> None:
    window.canvas.select(0, 4)
    qtbot.keyClick(window.canvas, "s")
    before = window.bridge.document.spans_between(0, 999)
    search = window.articles.search
    search.setFocus()
    qtbot.keyClicks(search, "bridge")
    qtbot.keyClick(search, Key.Key_Z, CONTROL)
    assert search.text() != "bridge"
    assert window.bridge.document.spans_between(0, 999) == before


def test_the_articles_by_keys(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(2)))
    qtbot.keyClick(window, Key.Key_PageDown, CONTROL)
    assert window.status.place.text() == "Article 2 of 2"
    qtbot.keyClick(window, Key.Key_PageDown, CONTROL)
    assert window.status.message.text() == "This is the last article."
    qtbot.keyClick(window, Key.Key_PageUp, CONTROL)
    assert window.status.place.text() == "Article 1 of 2"


def test_a_question_mark_shows_every_key(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.canvas, "?")
    (overview,) = window.findChildren(KeyOverview)
    shown = {label.text() for label in overview.findChildren(QLabel)}
    rows = window.actions_here.rows
    assert {row.text for row in rows if row.keys} <= shown
    assert {"C", "[", "Ctrl+Z"} <= shown
    qtbot.keyClick(overview, "?")
    qtbot.waitUntil(lambda: not window.findChildren(KeyOverview))


def test_a_second_window_can_look_but_not_touch(qtbot: QtBot, tmp_path: Path) -> None:
    path, _ = worked_project(tmp_path / "study.pressmark")
    first = open_project(path)
    try:
        window = open_window(qtbot, path)
        actions = window.actions_here
        written = {row.name for row in actions.rows if actions.by_name[row.name].isEnabled()}
        assert not written & {row.name for row in actions.rows if row.writes}
        assert {"export", "next_article", "find", "keys"} <= written
        before = window.bridge.document.spans_between(0, 999)
        window.canvas.select(0, 4)
        for key in "cx[":
            qtbot.keyClick(window.canvas, key)
        qtbot.keyClick(window.canvas, Key.Key_Delete)
        assert window.bridge.document.spans_between(0, 999) == before
    finally:
        first.close()
