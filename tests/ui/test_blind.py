"""Blind mode in the window: menu and key, article and project, and who says so."""

from PySide6.QtCore import Qt
from window_fixtures import many, open_window, worked_project

from storage import open_project
from ui.article_model import ARTICLE

Key = Qt.Key


def test_the_key_hides_suggestions_of_the_article_and_it_is_remembered(qtbot, tmp_path):
    path, _ = worked_project(tmp_path / "study.pressmark")
    window = open_window(qtbot, path)
    row = window.articles.model.index(0)
    assert row.data(ARTICLE).pending
    qtbot.keyClick(window.canvas, "b")
    assert not window.articles.model.index(0).data(ARTICLE).pending
    assert "hidden in this article" in window.status.message.text()
    assert window.bridge.document.count_pending() == 0
    window.canvas.select(0, 4)
    qtbot.keyClick(window.canvas, "c")
    window.inspector.refresh()
    assert "blind: suggestions were hidden" in window.inspector.span.origin.text()
    window.close()
    again = open_window(qtbot, path)
    assert again.bridge.document.blind
    qtbot.keyClick(again.canvas, "b")
    assert again.bridge.document.count_pending() == 2


def test_the_whole_project_is_hidden_and_shown(qtbot, tmp_path):
    path, entry = worked_project(tmp_path / "study.pressmark")
    store = open_project(path)
    store.add_entries(many(1), "ada")
    store.close()
    window = open_window(qtbot, path)
    action = window.actions_here.by_name["blind_project"]
    action.trigger()
    assert window.bridge.document.blind and window.workspace.store.hides_suggestions()
    qtbot.keyClick(window.canvas, Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert window.bridge.document.article.id != entry.article.id and window.bridge.document.blind
    qtbot.keyClick(window.canvas, "b")
    action.trigger()
    assert "stay hidden" in window.status.message.text()
    qtbot.keyClick(window.canvas, "b")
    assert not window.bridge.document.blind
    assert window.workspace.store.undo_title() == "", "hiding is no edit"


def test_menus_grey_what_has_nothing_to_act_on(qtbot, tmp_path):
    window = open_window(qtbot, worked_project(tmp_path / "study.pressmark")[0])
    actions = window.actions_here.by_name
    edit, suggestions = (
        next(a.menu() for a in window.menuBar().actions() if a.text() == title)
        for title in ("&Edit", "&Suggestions")
    )
    edit.aboutToShow.emit()
    assert not any(actions[name].isEnabled() for name in ("undo", "redo", "delete", "note"))
    edit.aboutToHide.emit()
    assert actions["delete"].isEnabled()
    qtbot.keyClick(window.canvas, Key.Key_Delete)
    assert window.status.message.text() == "Pick a span first."
    qtbot.keyClick(window.canvas, Key.Key_Tab)
    suggestions.aboutToShow.emit()
    assert all(actions[name].isEnabled() for name in ("accept", "accept_label", "accept_in_view"))
    suggestions.aboutToHide.emit()
    qtbot.keyClick(window.canvas, Key.Key_Return)
    edit.aboutToShow.emit()
    assert actions["undo"].isEnabled() and not actions["redo"].isEnabled()
    edit.aboutToHide.emit()
