"""The first steps: shown once, over the sample, and never in the way."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from window_fixtures import make_project, many, open_window, the_window

from ui import key_map, settings
from ui.main_window import MainWindow
from ui.welcome import Welcome


def card(window: MainWindow) -> Welcome | None:
    return next((c for c in window.findChildren(Welcome) if c.isVisible()), None)


def test_the_first_start_shows_it_over_the_sample_and_the_second_does_not(
    qtbot: QtBot, tmp_path: Path
) -> None:
    sample = make_project(tmp_path / "sample.pressmark", *many(2))
    window = the_window(qtbot, sample)
    window.start(None)
    qtbot.waitUntil(lambda: card(window) is not None)
    assert window.canvas.hasFocus()
    assert settings.welcomed()
    window.close()
    window = the_window(qtbot, sample)
    window.start(None)
    qtbot.waitUntil(lambda: window.workspace.articles.isVisible())
    assert card(window) is None


def test_who_opens_a_project_of_his_own_is_not_greeted(qtbot: QtBot, tmp_path: Path) -> None:
    window = the_window(qtbot)
    window.start(make_project(tmp_path / "a.pressmark", *many(1)))
    assert not settings.welcomed()
    assert card(window) is None


def test_the_menu_shows_it_again_and_esc_puts_it_away(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(1)))
    window.actions_here.by_name["welcome"].trigger()
    shown = card(window)
    close = shown.findChild(QPushButton, "close")
    close.setFocus()
    qtbot.keyClick(close, Qt.Key.Key_Escape)
    assert card(window) is None
    assert window.canvas.hasFocus()


def test_trying_the_sample_opens_an_article_with_something_to_do(
    qtbot: QtBot, tmp_path: Path
) -> None:
    sample = make_project(tmp_path / "sample.pressmark", *many(2))
    window = the_window(qtbot, sample)
    window.start(None)
    window.show_welcome()
    button = card(window).findChild(QPushButton, "sample")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert card(window) is None
    assert window.canvas.hasFocus()
    assert window.bridge.document.article.title == "Article number 1."


def test_it_tells_the_keys_that_the_person_has(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(1)))
    key_map.remember({"tag/discourse/CLAIM": ("J",)})
    window.use_keys()
    window.show_welcome()
    words = " ".join(label.text() for label in card(window).findChildren(QLabel))
    assert "<b>J</b> for a claim" in words
    assert "{" not in words


def test_it_stays_inside_a_small_window(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(1)))
    window.show_welcome()
    window.resize(900, 560)
    qtbot.waitUntil(lambda: window.rect().contains(card(window).geometry()))
