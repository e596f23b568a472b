"""The dialog that tags everywhere, opened with its key on a real project."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot
from window_fixtures import (
    CONTROL,
    SHIFT,
    a_span,
    a_suggestion,
    an_article,
    make_project,
    open_window,
)

from annotation.model import Annotations
from annotation.store import Entry
from ui.everywhere import PROJECT, EverywhereDialog
from ui.main_window import MainWindow
from ui.occurrence_list import INDENT, OCCURRENCE

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
TEXT = "Halvik sleeps. The port of Halvik sails, and halvik too; Halvik Port is new."


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    first = an_article(TEXT)
    said = Annotations(
        (a_span(first, "GPE", "Halvik", "entity"), a_span(first, "GPE", "Halvik Port", "entity"))
    )
    second = an_article("In Halvik again, and Halvik.", title="The second")
    more = Annotations(suggestions=(a_suggestion(second, "GPE", "Halvik"),))
    entries = [Entry(first, said), Entry(second, more), Entry(an_article("Elsewhere."))]
    return open_window(qtbot, make_project(tmp_path / "study.pressmark", *entries))


@pytest.fixture
def ask(qtbot: QtBot, window: MainWindow) -> Callable[[], EverywhereDialog]:
    def press() -> EverywhereDialog:
        qtbot.keyClick(window.canvas, "d")
        (dialog,) = window.findChildren(EverywhereDialog)
        qtbot.waitUntil(lambda: not dialog.is_searching)
        return dialog

    return press


def pick_first(window: MainWindow) -> None:
    window.canvas.pick(window.bridge.document.spans_between(0, 6)[0].id)


def undo(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.canvas, Key.Key_Z, CONTROL)


def tagged(window: MainWindow) -> dict[str, list[int]]:
    """Return the starts of all places tagged GPE, by the article's title."""
    store = window.workspace.store
    return {
        store.article(i).title: [s.start for s in store.annotations(i).spans]
        for i in store.article_ids()
    }


def test_every_other_occurrence_in_the_article_is_tagged_as_one_edit(
    qtbot: QtBot, window: MainWindow, ask: Callable[[], EverywhereDialog]
) -> None:
    pick_first(window)
    before = tagged(window)
    dialog = ask()
    assert dialog.label.currentData() == ("entity", "GPE")
    assert dialog.state.text() == (
        "1 occurrence · 1 tagged already · 1 refused by a rule of the codebook"
    )
    assert dialog.tag.text() == "Tag 1"
    qtbot.keyClick(dialog.view, Key.Key_Return)
    qtbot.waitUntil(lambda: not window.findChildren(EverywhereDialog))
    assert tagged(window)[TEXT[:30]] == [0, 27, 57]
    assert window.status.message.text() == "Tagged State or town (GPE) “Halvik” once."
    undo(qtbot, window)
    assert tagged(window) == before


def test_options_look_again_and_what_is_unticked_is_left(
    qtbot: QtBot, window: MainWindow, ask: Callable[[], EverywhereDialog]
) -> None:
    pick_first(window)
    dialog = ask()
    dialog.match_case.click()
    qtbot.waitUntil(lambda: not dialog.is_searching)
    assert dialog.tag.text() == "Tag 2"
    article, *rows = [dialog.found.index(n) for n in range(4)]
    assert [row.data(OCCURRENCE).start for row in rows] == [27, 45, 57]
    assert not rows[2].flags() & Qt.ItemFlag.ItemIsUserCheckable, "a rule refuses it"
    assert "inside another State or town" in rows[2].data(Qt.ItemDataRole.ToolTipRole)
    dialog.view.setCurrentIndex(rows[0])
    qtbot.keyClick(dialog.view, Key.Key_Space)
    assert dialog.tag.text() == "Tag 1"
    assert article.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.PartiallyChecked
    box = dialog.view.visualRect(article)
    for text in ("Tag 2", "Tag 0", "Tag 2"):
        qtbot.mouseClick(dialog.view.viewport(), LEFT, pos=QPoint(8, box.center().y()))
        assert dialog.tag.text() == text
    box = dialog.view.visualRect(rows[0])
    qtbot.mouseClick(dialog.view.viewport(), LEFT, pos=QPoint(INDENT + 8, box.center().y()))
    assert dialog.tag.text() == "Tag 1"
    qtbot.mouseClick(dialog.tag, LEFT)
    assert tagged(window)[TEXT[:30]] == [0, 45, 57]


def test_the_whole_project_is_one_step_of_undo(
    qtbot: QtBot, window: MainWindow, ask: Callable[[], EverywhereDialog]
) -> None:
    pick_first(window)
    before = tagged(window)
    dialog = ask()
    dialog.scope.setCurrentText(PROJECT)
    dialog.scope.activated.emit(1)
    qtbot.waitUntil(lambda: not dialog.is_searching, timeout=20_000)
    assert dialog.state.text().startswith("3 occurrences in 2 articles")
    qtbot.mouseClick(dialog.tag, LEFT)
    assert tagged(window) == {**before, TEXT[:30]: [0, 27, 57], "The second": [3, 21]}
    assert (
        window.workspace.store.undo_title()
        == "Tag State or town (GPE) “Halvik” 3 times in 2 articles"
    )
    window.articles.step(1)
    undo(qtbot, window)
    assert tagged(window) == before
    assert window.bridge.document.article.title == "The second", "it was part of it"
    window.articles.step(1)
    window.bridge.redo()
    assert window.bridge.document.article.title == TEXT[:30], "where it was made"


def test_selected_words_take_the_label_that_is_chosen(
    qtbot: QtBot, window: MainWindow, ask: Callable[[], EverywhereDialog]
) -> None:
    start = TEXT.index("port of")
    window.canvas.select(start, start + 4)
    dialog = ask()
    assert dialog.tag.text() == "Tag 1", "the selection itself is one of them"
    dialog.label.show_label("entity", "FAC")
    dialog.label.activated.emit(0)
    qtbot.waitUntil(lambda: not dialog.is_searching)
    qtbot.mouseClick(dialog.none_button, LEFT)
    assert (dialog.tag.text(), dialog.tag.isEnabled()) == ("Tag 0", False)
    qtbot.mouseClick(dialog.all_button, LEFT)
    qtbot.mouseClick(dialog.tag, LEFT)
    assert start in tagged(window)[TEXT[:30]]


def test_a_search_in_the_project_can_be_stopped_and_leaves_no_process(
    qtbot: QtBot, window: MainWindow, ask: Callable[[], EverywhereDialog]
) -> None:
    pick_first(window)
    dialog = ask()
    dialog.scope.setCurrentText(PROJECT)
    dialog.search()
    job = dialog._job
    assert job is not None and dialog.is_searching
    qtbot.mouseClick(dialog.stop_button, LEFT)
    assert job.finished and not dialog.is_searching
    dialog.search()
    job = dialog._job
    qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel), LEFT)
    assert job is not None and job.finished
    qtbot.waitUntil(lambda: not window.findChildren(EverywhereDialog))


def test_without_words_it_says_what_is_missing(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.canvas, "d")
    assert window.status.message.text().startswith("Pick a span, or select the words")
    assert not window.findChildren(EverywhereDialog)


def test_a_large_change_is_written_aside_and_so_is_its_undo(qtbot: QtBot, tmp_path: Path) -> None:
    article = an_article("Halvik sails. " * 500)
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", Entry(article)))
    session = window.bridge.session
    aside, asked = session.aside, []
    session.aside = lambda work: asked.append(1) or aside(work)
    window.canvas.select(0, 6)
    qtbot.keyClick(window.canvas, "d")
    (dialog,) = window.findChildren(EverywhereDialog)
    qtbot.waitUntil(lambda: not dialog.is_searching)
    assert dialog.tag.text() == "Tag 500"
    qtbot.mouseClick(dialog.tag, LEFT)
    assert window.workspace.store.counts()["spans"] == 500 and len(asked) == 1
    for keys, left in ((CONTROL, 0), (CONTROL | SHIFT, 500)):
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.keyClick(window.canvas, Key.Key_Z, keys)
        assert window.workspace.store.counts()["spans"] == left
        assert len(window.bridge.document.spans_between(0, 99_999)) == left
    assert len(asked) == 3
