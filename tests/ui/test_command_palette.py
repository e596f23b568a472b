"""The command palette: everything by a few letters, and the focus back where it was."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_fixtures import (
    CONTROL,
    make_project,
    many,
    open_window,
    settings_project,
    worked_project,
)

from storage import open_project
from ui.command_palette import Command, CommandPalette, spoken
from ui.command_words import WORDS
from ui.fuzzy import score
from ui.look import change_theme
from ui.main_window import MainWindow
from ui.reading import THEME_TITLES
from ui.theme import DARK, system_theme

Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return open_window(qtbot, worked_project(tmp_path / "study.pressmark")[0])


def ask(qtbot: QtBot, window: MainWindow, words: str = "") -> CommandPalette:
    qtbot.keyClick(window, Key.Key_K, CONTROL)
    palette = next(p for p in window.findChildren(CommandPalette) if p.isVisible())
    qtbot.waitUntil(palette.words.hasFocus)
    qtbot.keyClicks(palette.words, words)
    return palette


def lines(palette: CommandPalette) -> list[Command]:
    items = [palette.list.item(row) for row in range(palette.list.count())]
    return [item.data(Qt.ItemDataRole.UserRole) for item in items]


def test_all_actions_are_listed_with_their_keys(qtbot: QtBot, window: MainWindow) -> None:
    listed = {command.text: command for command in lines(ask(qtbot, window))}
    rows = [row for row in window.actions_here.rows if row.name != "commands"]
    themes = [text for text in listed if text.startswith("Theme: ")]
    assert (len(listed), len(themes)) == (len(rows) + 5, 5)
    assert listed["Undo"].keys == "Ctrl+Z"
    assert listed["Tag as Claim (CLM)"].keys == "C"
    assert listed["Link by Attribution"].keys == "A"
    assert all(row.text in listed for row in rows if "/" not in row.name)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("expo", "Export…"),
        ("tgcl", "Tag as Claim (CLM)"),
        ("gpe", "Tag as State or town (GPE)"),
        ("next sug", "Next suggestion"),
        ("ATTRIBUTION", "Link by Attribution"),
    ],
)
def test_a_few_letters_find_it(qtbot: QtBot, window: MainWindow, words: str, first: str) -> None:
    assert lines(ask(qtbot, window, words))[0].text == first


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("dark", {"Theme: dark", "Theme: high contrast, dark", "Reading…"}),
        ("night", {"Theme: dark", "Reading…"}),
        ("theme", {"Theme: light", "Reading…"}),
        ("zoom", {"Larger text", "Smaller text", "Usual text size", "Reading…"}),
        ("full screen", {"Text only"}),
        ("shortcuts", {"Keys", "Change the keys…"}),
        ("spacy", {"Pre-highlight the articles", "Export…"}),
    ],
)
def test_other_words_find_it_too(
    qtbot: QtBot, window: MainWindow, words: str, expected: set[str]
) -> None:
    assert expected <= {command.text for command in lines(ask(qtbot, window, words))}


def test_every_action_that_other_words_are_known_for_is_there(window: MainWindow) -> None:
    names = {row.name for row in window.actions_here.rows}
    themes = {f"theme/{name}" for name in THEME_TITLES}
    assert set(WORDS) - {"commands"} <= names | themes
    assert themes <= set(WORDS)


def test_a_theme_is_worn_at_once(qtbot: QtBot, window: MainWindow) -> None:
    palette = ask(qtbot, window, "theme dark")
    qtbot.keyClick(palette.words, Key.Key_Return)
    assert system_theme() is DARK
    change_theme(QApplication.instance(), "")


def test_where_nothing_is_found_it_says_so(qtbot: QtBot, window: MainWindow) -> None:
    palette = ask(qtbot, window, "xyzzyx")
    qtbot.waitUntil(lambda: palette.nothing.text() == "Nothing is called “xyzzyx”.")
    assert palette.nothing.isVisible() and not palette.list.isVisible()
    qtbot.keyClick(palette.words, Key.Key_Return)
    assert palette.isVisible(), "Enter has nothing to run"
    palette.words.clear()
    qtbot.keyClicks(palette.words, "expo")
    assert palette.list.isVisible() and not palette.nothing.isVisible()


def test_enter_tags_what_is_selected_and_leaves_the_focus_in_the_text(
    qtbot: QtBot, window: MainWindow
) -> None:
    text = window.bridge.document.article.text
    start = text.index("on Friday")
    window.canvas.select(start, start + 9)
    palette = ask(qtbot, window, "tag as event")
    qtbot.keyClick(palette.words, Key.Key_Return)
    spans = window.bridge.document.spans_between(start, start + 9)
    assert [(s.label, s.quotation) for s in spans] == [("EVENT", ("on Friday",))]
    assert window.canvas.hasFocus()
    assert palette.isHidden()


def test_arrows_choose_and_a_click_runs(qtbot: QtBot, window: MainWindow) -> None:
    palette = ask(qtbot, window, "find an article")
    item = palette.list.currentItem()
    qtbot.mouseClick(
        palette.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=palette.list.visualItemRect(item).center(),
    )
    assert window.articles.search.hasFocus()
    palette = ask(qtbot, window)
    qtbot.keyClick(palette.words, Key.Key_Down)
    assert palette.list.currentRow() == 1
    assert palette.words.hasFocus()


def test_escape_and_ctrl_k_put_it_away(qtbot: QtBot, window: MainWindow) -> None:
    window.articles.search.setFocus()
    palette = ask(qtbot, window)
    qtbot.keyClick(palette.words, Key.Key_Escape)
    assert palette.isHidden()
    assert window.articles.search.hasFocus()
    palette = ask(qtbot, window)
    qtbot.keyClick(palette.words, Key.Key_K, CONTROL)
    assert palette.isHidden()


def test_what_cannot_be_done_is_said_and_not_run(qtbot: QtBot, tmp_path: Path) -> None:
    path, _ = worked_project(tmp_path / "study.pressmark")
    first = open_project(path)
    window = open_window(qtbot, path)
    try:
        palette = ask(qtbot, window, "tag as claim")
        assert spoken(lines(palette)[0]).endswith("not possible now")
        qtbot.keyClick(palette.words, Key.Key_Return)
        assert palette.isVisible()
    finally:
        first.close()


def test_articles_and_projects_are_found_by_their_titles(qtbot: QtBot, tmp_path: Path) -> None:
    other = make_project(tmp_path / "Harbour.pressmark", *many(1))
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(30)))
    settings_project(other)
    palette = ask(qtbot, window, "number 17")
    qtbot.waitUntil(lambda: any(line.detail == "Article" for line in lines(palette)))
    assert [line.text for line in lines(palette)] == ["Article number 17."]
    qtbot.keyClick(palette.words, Key.Key_Return)
    assert window.bridge.document.article.title == "Article number 17."
    palette = ask(qtbot, window, "harbour")
    assert lines(palette)[0].text == "Open Harbour"
    qtbot.keyClick(palette.words, Key.Key_Return)
    assert window.workspace.store.path == other


def test_an_article_is_opened_by_an_enter_that_follows_at_once(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(30)))
    palette = ask(qtbot, window, "number 23")
    qtbot.keyClick(palette.words, Key.Key_Return)
    assert window.bridge.document.article.title == "Article number 23."
    assert QApplication.focusWidget() is window.canvas


@given(st.text(max_size=30), st.data())
def test_every_line_is_found_by_letters_of_its_own(text: str, data: st.DataObject) -> None:
    letters = "".join(c for c in text if data.draw(st.booleans()))
    assert score(letters, text) is not None


def test_letters_in_another_order_are_not_found() -> None:
    assert score("ba", "ab") is None
    assert score("x", "") is None
    assert score("nt", "New tag") > score("nt", "internet")
