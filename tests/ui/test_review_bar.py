"""The bar below the text: it counts along, decides on many, and tells of a blind article."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QSplitter
from pytestqt.qtbot import QtBot
from window_fixtures import (
    CONTROL,
    a_suggestion,
    an_article,
    make_project,
    many,
    open_window,
)

from annotation.model import Annotations
from annotation.store import Entry
from ui.main_window import MainWindow
from ui.review_bar import ReviewBar

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
TEXT = "Ilse Varga met Tomas Oren in Halvik on Friday."
SAID = (
    ("PERSON", "Ilse Varga"),
    ("PERSON", "Tomas Oren"),
    ("GPE", "Halvik"),
    ("DATE", "Friday"),
)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    article = an_article(TEXT)
    said = Annotations(suggestions=tuple(a_suggestion(article, *one) for one in SAID))
    return open_window(
        qtbot, make_project(tmp_path / "a.pressmark", Entry(article, said), *many(1))
    )


@pytest.fixture
def bar(qtbot: QtBot, window: MainWindow) -> ReviewBar:
    bar = window.workspace.review_bar
    qtbot.waitUntil(bar.isVisible)
    return bar


def counted(bar: ReviewBar) -> tuple[str, str]:
    return bar.left.text(), bar.done.text()


def entry(menu: QMenu, *path: str) -> None:
    """Trigger an entry of the menu by its titles."""
    menu.aboutToShow.emit()
    for title in path:
        action = next(a for a in menu.actions() if a.text() == title)
        menu = action.menu()
    action.trigger()


def test_it_counts_along_with_every_decision_and_its_undo(
    qtbot: QtBot, window: MainWindow, bar: ReviewBar
) -> None:
    assert bar.isVisible() and counted(bar) == ("4 suggestions left", "0 done")
    for key in (Key.Key_Tab, Key.Key_Return, Key.Key_X):
        qtbot.keyClick(window.canvas, key)
    assert counted(bar) == ("2 suggestions left", "2 done")
    assert bar.progress.value() * 2 == bar.progress.maximum()
    qtbot.keyClick(window.canvas, Key.Key_Z, CONTROL)
    assert counted(bar) == ("3 suggestions left", "1 done")
    qtbot.keyClick(window.canvas, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert not bar.isVisible(), "nothing is left"


def test_its_buttons_walk_and_decide_and_leave_the_cursor_in_the_text(
    qtbot: QtBot, window: MainWindow, bar: ReviewBar
) -> None:
    assert not bar.accept.isEnabled()
    qtbot.mouseClick(bar.next, LEFT)
    assert window.canvas.picked.quotation == ("Ilse Varga",) and bar.accept.isEnabled()
    qtbot.mouseClick(bar.accept, LEFT)
    assert window.canvas.picked.quotation == ("Tomas Oren",), "on to the next"
    qtbot.mouseClick(bar.reject, LEFT)
    qtbot.mouseClick(bar.previous, LEFT)
    assert window.canvas.picked.quotation == ("Friday",)
    assert counted(bar) == ("2 suggestions left", "2 done") and window.canvas.hasFocus()


def test_all_of_a_label_are_one_entry_of_its_menu(window: MainWindow, bar: ReviewBar) -> None:
    entry(bar.many.menu(), "Reject all of a label", "Person (PER) – 2")
    assert counted(bar) == ("2 suggestions left", "2 done")
    assert window.workspace.store.undo_title() == "Reject 2 Person (PER) suggestions"
    entry(bar.many.menu(), "Accept all of a label", "State or town (GPE) – 1")
    assert counted(bar) == ("1 suggestion left", "3 done")
    entry(bar.many.menu(), "Accept all in view – 1")
    assert not bar.isVisible()


def test_hidden_suggestions_are_not_counted_and_can_be_shown(
    qtbot: QtBot, window: MainWindow, bar: ReviewBar
) -> None:
    entry(bar.many.menu(), "Hide in this article")
    assert bar.left.text() == "Suggestions are hidden: you tag blind."
    assert bar.isVisible() and not bar.done.isVisible() and not bar.accept.isVisible()
    qtbot.mouseClick(bar.show_again, LEFT)
    assert counted(bar) == ("4 suggestions left", "0 done")
    window.actions_here.by_name["blind_project"].trigger()
    qtbot.mouseClick(bar.show_again, LEFT)
    assert not window.bridge.document.blind


def test_each_article_has_its_own_count(qtbot: QtBot, window: MainWindow, bar: ReviewBar) -> None:
    qtbot.keyClick(window, Key.Key_PageDown, CONTROL)
    qtbot.waitUntil(lambda: not bar.isVisible())
    qtbot.keyClick(window, Key.Key_PageUp, CONTROL)
    qtbot.waitUntil(lambda: counted(bar) == ("4 suggestions left", "0 done"))
    assert bar.isVisible()


def test_the_inspectors_buttons_go_on_to_the_next(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.canvas, Key.Key_Tab)
    window.inspector.refresh()
    qtbot.mouseClick(window.inspector.suggestion.accept, LEFT)
    assert window.canvas.picked.quotation == ("Tomas Oren",)
    window.inspector.refresh()
    qtbot.mouseClick(window.inspector.suggestion.reject, LEFT)
    assert window.canvas.picked.quotation == ("Halvik",)


def test_where_nothing_can_be_written_it_only_counts(qtbot: QtBot, window: MainWindow) -> None:
    other = open_window(qtbot, window.workspace.store.path)
    assert other.workspace.store.read_only
    bar = other.workspace.review_bar
    qtbot.waitUntil(bar.isVisible)
    qtbot.mouseClick(bar.next, LEFT)
    assert counted(bar) == ("4 suggestions left", "0 done")
    assert not any(button.isEnabled() for button in (bar.accept, bar.reject, bar.many))


def test_it_comes_and_goes_without_moving_the_columns(
    qtbot: QtBot, window: MainWindow, bar: ReviewBar
) -> None:
    columns = window.workspace.findChild(QSplitter)
    qtbot.keyClick(window, Key.Key_PageDown, CONTROL)
    qtbot.waitUntil(bar.isHidden)
    window.resize(900, 600)
    columns.setSizes([400, 100, 400])
    QApplication.processEvents()
    without = columns.sizes()
    assert without[1] < 200, "there is room for the bar in any case"
    qtbot.keyClick(window, Key.Key_PageUp, CONTROL)
    qtbot.waitUntil(bar.isVisible)
    QApplication.processEvents()  # the columns are laid out with the events that wait
    assert columns.sizes() == without
