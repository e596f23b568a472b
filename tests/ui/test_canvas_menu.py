"""The menu of the text: short, the commonest first, the rest in menus of its own."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from window_fixtures import open_window, worked_project

from ui.canvas_menu import canvas_menu
from ui.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return open_window(qtbot, worked_project(tmp_path / "study.pressmark")[0])


def titles(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_what_is_done_most_with_a_span_stands_first(window: MainWindow) -> None:
    document = window.bridge.document
    window.canvas.pick(document.spans_between(0, 400)[0].id)
    menu = canvas_menu(window.workspace)
    assert titles(menu)[:3] == ["Card of the claim", "Write a note", "Delete the span"]
    assert len(titles(menu)) <= 12
    assert {"Link", "Boundary", "Suggestions", "Named entities"} <= set(titles(menu))


def test_every_action_of_the_text_is_in_it_once(window: MainWindow) -> None:
    document = window.bridge.document
    window.canvas.pick(next(iter(document.pending_suggestions())).id)
    menu = canvas_menu(window.workspace)
    assert titles(menu)[:2] == ["Accept", "Reject"]
    inner = [action.menu().actions() for action in menu.actions() if action.menu()]
    plain = [action for action in menu.actions() if not action.menu()]
    names = [a.objectName() for group in (plain, *inner) for a in group if not a.isSeparator()]
    assert len(names) == len(set(names))
    wanted = {"tag/discourse/CLAIM", "link/ATTRIBUTION", "end_in", "accept_all", "sticky"}
    assert wanted <= set(names)
