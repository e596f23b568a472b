"""F1 explains the label at hand; Esc puts the explanation away."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.window_fixtures import open_window, worked_project
from ui.codebook.card import DefinitionCard
from ui.codebook.snippet import Snippet
from ui.main_window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    path, _ = worked_project(tmp_path / "a.pressmark")
    return open_window(qtbot, path)


def card_of(qtbot: QtBot, window: MainWindow) -> DefinitionCard:
    window.activateWindow()
    window.canvas.setFocus()
    qtbot.waitUntil(window.canvas.hasFocus)
    qtbot.keyClick(window.canvas, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: window.findChild(DefinitionCard) is not None)
    return window.findChild(DefinitionCard)


def words(card: DefinitionCard) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel))


def test_the_span_under_the_caret_is_explained_then_the_picked_one(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.canvas.select(17, 17)
    window.canvas.pick("")
    window.canvas.select(13, 13)
    card = card_of(qtbot, window)
    assert card.accessibleName() == "Cue: definition"
    assert "belief" in words(card), "values are explained, too"
    assert "[" not in card.findChild(Snippet).accessibleName()
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(DefinitionCard) is None)
    claim = next(s for s in window.bridge.document.spans_between(0, 99) if s.label == "CLAIM")
    window.canvas.pick(claim.id)
    card = card_of(qtbot, window)
    label = window.bridge.session.codebook.label("discourse", "CLAIM")
    assert label.definition in words(card)
    assert all(attribute.title in words(card) for attribute in label.attributes)
    qtbot.keyClick(card, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: window.findChild(DefinitionCard) is None)


def test_without_a_span_the_chip_under_the_mouse_is_explained(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.canvas.select(75, 75)
    window.canvas.pick("")
    for chip in window.workspace.palette_panel.chips.values():  # where a test before left it
        chip.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    qtbot.keyClick(window.canvas, Qt.Key.Key_F1)
    assert "No label at hand" in window.status.message.text()
    for name, title in (("event/EVENT", "Event"), ("ATTRIBUTION", "Attribution")):
        chip = window.workspace.palette_panel.chips[name]
        middle = QPointF(chip.rect().center())
        QApplication.sendEvent(chip, QEnterEvent(middle, middle, middle))
        chip.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
        card = card_of(qtbot, window)
        assert card.accessibleName() == f"{title}: definition"
        card.close()
        chip.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        qtbot.waitUntil(lambda: window.findChild(DefinitionCard) is None)
