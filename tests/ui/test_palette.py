"""The panel of labels: clicks tag, tooltips define, check boxes complete a layer."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from window_fixtures import CONTROL, open_window, worked_project

from annotation.codebook_draft import Draft
from annotation.codebook_file import default_codebook
from storage import open_project
from ui.main_window import MainWindow
from ui.palette import LabelPalette

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return open_window(qtbot, worked_project(tmp_path / "study.pressmark")[0])


@pytest.fixture
def labels(window: MainWindow) -> LabelPalette:
    return window.workspace.palette_panel


def tick(qtbot: QtBot, labels: LabelPalette, layer: str) -> None:
    box = labels.complete[layer]
    qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))


def test_every_label_and_relation_has_a_chip_that_explains_it(labels: LabelPalette) -> None:
    codebook = default_codebook()
    for label in codebook.labels:
        tip = labels.chips[f"{label.layer}/{label.name}"].toolTip()
        assert label.definition.split(".")[0].replace("&", "&amp;") in tip
        assert label.title in tip
    assert {r.name for r in codebook.relations} <= set(labels.chips)
    assert all(chip.accessibleName() for chip in labels.chips.values())


def test_chips_stay_inside_the_panel(qtbot: QtBot, window: MainWindow, labels) -> None:
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: window.width() == 1100)
    room = labels.viewport().width()
    body = labels.widget()
    for chip in labels.chips.values():
        assert chip.mapTo(body, chip.rect().topRight()).x() <= room
    boxes = [chip.geometry() for chip in labels.chips.values()]
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])


def test_a_click_tags_the_selection_and_leaves_the_cursor_in_the_text(
    qtbot: QtBot, window: MainWindow, labels: LabelPalette
) -> None:
    start = window.bridge.document.article.text.index("denied")
    window.canvas.select(start, start + 6)
    qtbot.mouseClick(labels.chips["discourse/CUE"], LEFT)
    assert ("denied",) in [s.quotation for s in window.bridge.document.spans_between(0, 999)]
    assert window.canvas.hasFocus()


def test_a_click_on_a_relation_begins_to_link(
    qtbot: QtBot, window: MainWindow, labels: LabelPalette
) -> None:
    claim = next(s for s in window.bridge.document.spans_between(0, 999) if s.label == "CLAIM")
    window.canvas.pick(claim.id)
    modes: list[str] = []
    window.canvas.mode_changed.connect(modes.append)
    qtbot.mouseClick(labels.chips["SUPPORTS"], LEFT)
    assert modes and modes[-1]


def test_a_layer_is_completed_undone_and_reopened(
    qtbot: QtBot, window: MainWindow, labels: LabelPalette
) -> None:
    document, box = window.bridge.document, labels.complete["discourse"]
    assert not box.isChecked()
    tick(qtbot, labels, "discourse")
    assert document.is_complete("discourse", "ada")
    assert box.isChecked()
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert not document.is_complete("discourse", "ada")
    assert not box.isChecked()
    tick(qtbot, labels, "discourse")
    tick(qtbot, labels, "discourse")
    assert not document.is_complete("discourse", "ada")
    assert not box.isChecked()


def test_completeness_is_the_annotators_own(
    qtbot: QtBot, window: MainWindow, labels: LabelPalette
) -> None:
    tick(qtbot, labels, "event")
    window.set_annotator("ben")
    assert not labels.complete["event"].isChecked()
    window.set_annotator("ada")
    assert labels.complete["event"].isChecked()


def test_nothing_can_be_ticked_where_nothing_can_be_written(qtbot: QtBot, tmp_path: Path) -> None:
    path, _ = worked_project(tmp_path / "held.pressmark")
    first = open_project(path)
    try:
        window = open_window(qtbot, path)
        boxes = window.workspace.palette_panel.complete.values()
        assert not any(box.isEnabled() for box in boxes)
    finally:
        first.close()


def test_the_panel_grows_with_the_codebook(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1280, 1000)
    qtbot.waitUntil(lambda: window.height() == 1000)

    def cut() -> int:
        return window.workspace.palette_panel.verticalScrollBar().maximum()

    qtbot.waitUntil(lambda: cut() == 0)
    draft = Draft(window.bridge.session.codebook)
    for number in range(6):
        label = draft.add(draft.root.of("layer")[1], "label")
        label.part = replace(label.part, name=f"LABEL_{number}", title=f"A long title {number}")
    assert window.bridge.revise(draft.revision()) == ""
    panel = window.workspace.palette_panel
    qtbot.waitUntil(lambda: panel.isVisible() and panel.height() > 0)
    assert "discourse/LABEL_5" in panel.chips
    qtbot.waitUntil(lambda: cut() == 0)


def test_no_label_is_cut_in_a_narrower_column_unless_a_hand_has_done_it(
    qtbot: QtBot, window: MainWindow, labels: LabelPalette
) -> None:
    window.resize(1280, 1000)
    cut = labels.verticalScrollBar().maximum
    qtbot.waitUntil(lambda: window.height() == 1000 and cut() == 0)
    side = labels.parentWidget()
    columns = side.parentWidget()
    columns.setSizes([250, 790, 240])
    qtbot.waitUntil(lambda: side.width() < 260)
    qtbot.waitUntil(lambda: cut() == 0)
    side.moveSplitter(200, 1)
    qtbot.waitUntil(lambda: cut() > 0)
    window.resize(1280, 980)
    qtbot.waitUntil(lambda: window.height() == 980)
    assert cut() > 0
