"""Reading comfort: zoom, the reading dialog, themes, hidden layers, the text alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton
from pytestqt.qtbot import QtBot
from window_fixtures import CONTROL, SHIFT, open_window, worked_project

from ui import settings
from ui.canvas.measures import READING_POINTS, Reading
from ui.main_window import MainWindow
from ui.reading import ReadingDialog, bare, shown_families
from ui.theme import DARK, HIGH_CONTRAST_LIGHT, LIGHT, system_theme

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return worked_project(tmp_path / "study.pressmark")[0]


@pytest.fixture
def window(qtbot: QtBot, project: Path) -> MainWindow:
    return open_window(qtbot, project)


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow) -> ReadingDialog:
    qtbot.keyClick(window, Key.Key_Comma, CONTROL)
    (found,) = window.findChildren(ReadingDialog)
    return found


def pinch(window: MainWindow, kind: Qt.NativeGestureType, value: float) -> None:
    view = window.canvas.viewport()
    at = QPointF(50, 50)
    event = QNativeGestureEvent(
        kind, QPointingDevice.primaryPointingDevice(), 2, at, at, at, value, QPointF()
    )
    QApplication.sendEvent(view, event)


def wheel(window: MainWindow, turns: float) -> None:
    at, none = QPointF(50, 50), Qt.MouseButton.NoButton
    turned = QPoint(0, round(120 * turns))
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, at, QPoint(), turned, none, CONTROL, phase, False)
    QApplication.sendEvent(window.canvas.viewport(), event)


# -- zoom


def test_zoom_by_keys_wheel_and_two_fingers(qtbot: QtBot, window: MainWindow) -> None:
    sizes = [window.canvas.caret_rect(0).height()]
    for enlarge in (
        lambda: qtbot.keyClick(window, Key.Key_Plus, CONTROL),
        lambda: wheel(window, 1),
        lambda: pinch(window, Qt.NativeGestureType.ZoomNativeGesture, 0.2),
    ):
        enlarge()
        sizes.append(window.canvas.caret_rect(0).height())
    assert sizes == sorted(set(sizes))
    wheel(window, -1)
    assert window.canvas.reading.zoom == pytest.approx(1.1 * 1.2)
    pinch(window, Qt.NativeGestureType.SmartZoomNativeGesture, 0)
    assert window.canvas.reading.zoom == 1


def test_a_fine_wheel_zooms_in_fine_steps(window: MainWindow) -> None:
    for _ in range(8):
        wheel(window, 1 / 8)
    assert window.canvas.reading.zoom == pytest.approx(1.1)


def test_zoom_is_remembered(qtbot: QtBot, window: MainWindow, project: Path) -> None:
    qtbot.keyClick(window, Key.Key_Plus, CONTROL)
    window.close()
    assert open_window(qtbot, project).canvas.reading.zoom == pytest.approx(1.1)


@pytest.mark.parametrize("damaged", ["", "large", "nan", "-1", "inf"])
def test_damaged_settings_count_as_never_made(
    qtbot: QtBot, window: MainWindow, project: Path, damaged: str
) -> None:
    window.close()
    for name in ("zoom", "characters", "spacing"):
        settings._settings().setValue(f"reading/{name}", damaged)
    assert open_window(qtbot, project).canvas.reading == Reading()


# -- the dialog


def test_the_dialog_changes_the_text_at_once(window: MainWindow, dialog: ReadingDialog) -> None:
    canvas = window.canvas
    window.resize(1366, 768)  # a screen of the offscreen platform has no room for the column
    before = canvas.caret_rect(0).height()
    dialog.size.setValue(20)
    assert canvas.caret_rect(0).height() > before * 1.4
    dialog.width_.setValue(40)
    assert canvas.page.width == pytest.approx(40 * canvas.page.measures.character, abs=1)
    line = canvas.page.measures.line
    room = dialog.spacing.minimum()
    own = QFontMetricsF(canvas.page.measures.text).height()
    assert room == pytest.approx(line / own, abs=0.1), "in lines of the font itself"
    dialog.spacing.setValue(room + 0.5)
    assert canvas.page.measures.line > line
    row = dialog.family.count() - 1
    dialog.family.setCurrentIndex(row)
    dialog.family.activated.emit(row)
    assert canvas.reading.family == dialog.family.itemData(row)
    assert bare(canvas.font_in_use().family()) == bare(dialog.family.itemText(row))
    chosen = Reading(*settings.reading())
    assert chosen == canvas.reading
    assert chosen[:2] == (1.6, 40) and chosen.spacing == pytest.approx(1.5, abs=0.06)


def test_the_dialog_follows_the_zoom_keys(
    qtbot: QtBot, window: MainWindow, dialog: ReadingDialog
) -> None:
    window.canvas.zoom_in()
    assert dialog.size.value() == pytest.approx(READING_POINTS * 1.1, abs=0.1)


def test_defaults_come_back(qtbot: QtBot, window: MainWindow, dialog: ReadingDialog) -> None:
    dialog.size.setValue(20)
    dialog.theme.setCurrentIndex(2)
    dialog.theme.activated.emit(2)
    box = dialog.findChild(QDialogButtonBox)
    qtbot.mouseClick(box.button(QDialogButtonBox.StandardButton.RestoreDefaults), LEFT)
    assert window.canvas.reading == Reading() and settings.theme() == ""
    assert system_theme() is LIGHT


def test_enter_in_a_box_resets_nothing(qtbot: QtBot, window: MainWindow, dialog) -> None:
    dialog.size.setValue(20)
    qtbot.keyClick(dialog.size, Key.Key_Return)
    assert window.canvas.reading.zoom == pytest.approx(1.6)
    assert not any(button.isDefault() for button in dialog.findChildren(QPushButton))


@pytest.mark.parametrize("theme", [DARK, HIGH_CONTRAST_LIGHT], ids=lambda theme: theme.name)
def test_a_chosen_theme_is_worn_at_once_and_at_the_next_start(
    qtbot: QtBot, window: MainWindow, dialog: ReadingDialog, theme
) -> None:
    number = dialog.theme.findData(theme.name)
    qtbot.keyClick(dialog.theme, Key.Key_Home)
    for _ in range(number):
        qtbot.keyClick(dialog.theme, Key.Key_Down)
    assert window.canvas.theme is theme is system_theme()
    image = window.canvas.viewport().grab().toImage()
    assert image.pixelColor(3, 3) == theme.page
    assert settings.theme() == theme.name
    dialog.reset()


# -- layers


def labels_drawn(window: MainWindow) -> set[str]:
    shown = window.canvas.shown()
    return {piece.mark.record.layer for one in shown for piece in one.block.pieces}


def test_a_layer_is_hidden_by_key_and_by_eye(qtbot: QtBot, window: MainWindow) -> None:
    panel = window.workspace.palette_panel
    assert labels_drawn(window) == {"entity", "discourse"}
    qtbot.keyClick(window, Key.Key_3, CONTROL)  # the third of the panel
    assert labels_drawn(window) == {"discourse"}
    assert not panel.eyes["entity"].isChecked()
    qtbot.mouseClick(panel.eyes["discourse"], LEFT)
    assert labels_drawn(window) == set()
    qtbot.keyClick(panel.eyes["entity"], Key.Key_Space)
    assert labels_drawn(window) == {"entity"}


def test_what_is_picked_is_let_go_when_its_layer_goes(window: MainWindow) -> None:
    span = next(s for s in window.bridge.document.spans_between(0, 99) if s.layer == "discourse")
    window.canvas.pick(span.id)
    window.canvas.show_layer("entity", False)
    assert window.canvas.picked == span
    window.canvas.show_layer("discourse", False)
    assert window.canvas.picked is None


def test_what_is_hidden_is_not_hit(qtbot: QtBot, window: MainWindow) -> None:
    canvas, text = window.canvas, window.bridge.document.article.text
    start = text.index("bridge")
    canvas.show_layer("discourse", False)
    qtbot.mouseClick(canvas.viewport(), LEFT, pos=canvas.caret_rect(start + 2).center().toPoint())
    assert canvas.caret == start + 2 and canvas.picked is None
    canvas.cycle_pick()
    assert canvas.picked is None


@pytest.mark.parametrize("modifier", [SHIFT, Qt.KeyboardModifier.AltModifier])
def test_what_is_hidden_is_not_accepted_with_the_others(
    qtbot: QtBot, window: MainWindow, modifier: Qt.KeyboardModifier
) -> None:
    window.canvas.show_layer("entity", False)
    qtbot.keyClick(window.canvas, Key.Key_Return, modifier)
    assert window.bridge.document.count_pending() == 2
    window.canvas.show_layer("entity", True)
    qtbot.keyClick(window.canvas, Key.Key_Return, modifier)
    assert window.bridge.document.count_pending() == 0


def test_the_dialog_is_there_once(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(2):
        qtbot.keyClick(window, Key.Key_Comma, CONTROL)
    assert len(window.findChildren(ReadingDialog)) == 1


def test_what_is_picked_or_made_brings_its_layer_back(qtbot: QtBot, window: MainWindow) -> None:
    window.canvas.hide_layers({"entity", "discourse"})
    qtbot.keyClick(window.canvas, Key.Key_Tab)
    assert window.canvas.hidden == {"discourse"}
    window.canvas.select(0, 4)
    qtbot.keyClick(window.canvas, "q")
    assert window.canvas.hidden == frozenset()


def test_hidden_layers_are_remembered_for_the_project(
    qtbot: QtBot, window: MainWindow, project: Path, tmp_path: Path
) -> None:
    qtbot.keyClick(window, Key.Key_1, CONTROL)
    window.close()
    other = open_window(qtbot, worked_project(tmp_path / "other.pressmark")[0])
    assert other.canvas.hidden == frozenset()
    other.close()
    assert open_window(qtbot, project).canvas.hidden == {"discourse"}


def test_the_view_menu_ticks_what_is_shown(window: MainWindow) -> None:
    menu = next(a.menu() for a in window.menuBar().actions() if a.text() == "&View")
    window.canvas.show_layer("entity", False)
    menu.aboutToShow.emit()
    shown = {a.objectName(): a.isChecked() for a in menu.actions() if "/" in a.objectName()}
    assert shown == {"show/entity": False, "show/discourse": True, "show/event": True}


# -- the text alone


@pytest.mark.parametrize("way_back", [Key.Key_F11, Key.Key_Escape])
def test_the_text_alone_and_back(qtbot: QtBot, window: MainWindow, way_back: Qt.Key) -> None:
    around = (window.articles, window.inspector, window.workspace.palette_panel, window.menuBar())
    qtbot.keyClick(window, Key.Key_F11)
    assert not any(widget.isVisible() for widget in around)
    assert window.isFullScreen() and window.canvas.hasFocus()
    qtbot.keyClick(window, Key.Key_Plus, CONTROL)  # keys go on working without the menu
    assert window.canvas.reading.zoom > 1
    qtbot.keyClick(window.canvas, way_back)
    assert all(widget.isVisible() for widget in around)
    assert not window.isFullScreen()


@pytest.mark.parametrize("way_back", [Key.Key_F11, Key.Key_Escape])
def test_what_was_open_around_the_text_goes_too_and_comes_back(
    qtbot: QtBot, window: MainWindow, way_back: Qt.Key
) -> None:
    finding = window.workspace.finding
    finding.panel.open("ferry")
    finding.outline.open()
    finding.bar.open()
    opened = [finding.panel, finding.outline, finding.bar]
    qtbot.keyClick(window, Key.Key_F11)
    assert not any(part.isVisible() for part in opened)
    qtbot.keyClick(window.canvas, way_back)
    qtbot.waitUntil(lambda: all(part.isVisible() for part in opened))
    finding.panel.hide()
    for _ in range(2):
        qtbot.keyClick(window, Key.Key_F11)
    qtbot.waitUntil(finding.bar.isVisible)
    assert finding.outline.isVisible() and not finding.panel.isVisible()


def test_escape_lets_go_of_the_pick_before_it_brings_the_panels_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window, Key.Key_F11)
    qtbot.keyClick(window.canvas, Key.Key_Tab)
    qtbot.keyClick(window.canvas, Key.Key_Escape)
    assert window.canvas.picked is None and window.menuBar().isHidden()
    qtbot.keyClick(window.canvas, Key.Key_Escape)
    assert not window.menuBar().isHidden()


def test_a_window_closed_with_the_text_alone_comes_back_whole(
    qtbot: QtBot, window: MainWindow, project: Path
) -> None:
    qtbot.keyClick(window, Key.Key_F11)
    window.close()
    again = open_window(qtbot, project)
    assert again.articles.isVisible() and not again.isFullScreen()


def test_fonts_are_shown_once_and_without_the_foundry() -> None:
    families = ["P052 [UKWN]", "P052 [URW ]", "Inter", ".hidden"]
    assert shown_families(families) == [("P052 [UKWN]", "P052"), ("Inter", "Inter")]
