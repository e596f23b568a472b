"""The panel of the history, by keyboard and mouse on a real project."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from annotation import registry_edits
from tests.ui.window_fixtures import a_span, open_window, worked_project
from ui.history_list import said
from ui.main_window import MainWindow


def tagged(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """Return a window with the history open, after three words were tagged."""
    path, entry = worked_project(tmp_path / "a.pressmark")
    window = open_window(qtbot, path)
    for words in ("bridge", "denied", "Friday"):
        span = a_span(entry.article, "CUE", words)
        window.bridge.perform(lambda desk, s=span, w=words: desk.change(f"Tag {w}", (), [s]))
    window.workspace.settle_in()
    window.actions_here.by_name["history"].trigger()
    assert window.workspace.finding.history.view.hasFocus()
    return window


def shown(window: MainWindow) -> list[str]:
    model = window.workspace.finding.history.model
    return [said(entry) for entry in model._rows]


def choose(window: MainWindow, row: int) -> None:
    panel = window.workspace.finding.history
    panel.view.setCurrentIndex(panel.model.index(row))


def words(window: MainWindow) -> set[str]:
    spans = window.bridge.document.spans_between(0, 99)
    return {span.quotation[0] for span in spans if span.label == "CUE"}


def test_a_change_in_the_middle_is_taken_back(qtbot: QtBot, tmp_path: Path) -> None:
    window = tagged(qtbot, tmp_path)
    assert shown(window) == ["Tag Friday", "Tag denied", "Tag bridge"]
    choose(window, 1)
    qtbot.keyClick(window.workspace.finding.history.view, Qt.Key.Key_Delete)
    assert words(window) == {"said", "bridge", "Friday"}
    qtbot.waitUntil(lambda: shown(window)[0] == "Take back: Tag denied")
    window.bridge.undo()
    assert words(window) == {"said", "bridge", "denied", "Friday"}


def test_what_stands_in_the_way_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    window = tagged(qtbot, tmp_path)
    for _ in range(2):
        choose(window, 2)
        window.workspace.finding.history.back.click()
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
    box = window.findChild(QMessageBox)
    assert "see “Take back: Tag bridge” by ada" in f"{box.text()} {box.informativeText()}"
    box.close()


def test_back_to_a_time_and_forth(qtbot: QtBot, tmp_path: Path) -> None:
    window = tagged(qtbot, tmp_path)
    choose(window, 2)
    window.workspace.finding.history.all_back.click()
    box = window.findChild(QMessageBox)
    next(b for b in box.buttons() if b.text() == "Go back").click()
    assert words(window) == {"said", "bridge"}
    window.bridge.undo()
    assert words(window) == {"said", "bridge", "denied", "Friday"}


def test_the_list_asks_closer_and_leads_to_the_place(qtbot: QtBot, tmp_path: Path) -> None:
    window = tagged(qtbot, tmp_path)
    panel = window.workspace.finding.history
    qtbot.keyClicks(panel.words, "friday")
    qtbot.waitUntil(lambda: shown(window) == ["Tag Friday"])
    panel.view.activated.emit(panel.model.index(0))
    assert window.canvas.picked.quotation == ("Friday",)
    panel.words.clear()
    panel.scope.setCurrentIndex(0)
    assert shown(window) == ["Tag Friday"], "the history of the picked span"
    panel.annotator.setText("nobody")
    panel.model.restart()
    assert shown(window) == []
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert not panel.isVisible() and window.canvas.hasFocus()


def test_edits_of_a_registry_lead_there_and_are_taken_back(qtbot: QtBot, tmp_path: Path) -> None:
    window = tagged(qtbot, tmp_path)
    varga = registry_edits.new_entry("source", "Ilse Varga", "ada")
    window.bridge.carry_out(lambda: registry_edits.add("ada", varga))
    (source,) = [s for s in window.bridge.document.spans_between(0, 3) if s.label == "SOURCE"]
    mention = replace(source, entry_id=varga.id)
    window.bridge.perform(lambda desk: desk.change("Mention", [source], [mention]))
    panel = window.workspace.finding.history
    panel.scope.setCurrentIndex(2)
    assert shown(window)[:2] == ["Mention", "Add the source “Ilse Varga”"]
    choose(window, 1)
    panel.back.click()
    (box,) = [each for each in window.findChildren(QMessageBox) if each.isVisible()]
    assert "“Ilse Varga”" in box.informativeText() and "mentions what would go" in (
        box.informativeText()
    )
    box.close()
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    registry = window.workspace.finding.registries
    assert registry.isVisible() and registry.registry == "source"
    for row in (0, 2):  # the list begins with what took the mention back
        choose(window, row)
        panel.back.click()
        qtbot.waitUntil(lambda: shown(window)[0].startswith("Take back"))
    assert window.workspace.store.registries.count("source") == 0


def test_a_list_without_entries_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    window = tagged(qtbot, tmp_path)
    panel = window.workspace.finding.history
    assert panel.empty.isHidden()
    panel.words.setText("no such words")
    panel.words.textEdited.emit("no such words")
    qtbot.waitUntil(lambda: "fits" in panel.empty.text() and panel.empty.isVisible())
    panel.words.clear()
    window.canvas.pick("")
    panel.scope.setCurrentIndex(0)
    assert "Pick a span" in panel.empty.text()
    spans = {span.quotation[0]: span for span in window.bridge.document.spans_between(0, 99)}
    window.canvas.pick(spans["said"].id)
    qtbot.waitUntil(lambda: "Nothing has been done" in panel.empty.text())
    window.canvas.pick(spans["bridge"].id)
    qtbot.waitUntil(panel.empty.isHidden)
