"""Every control of every dialog and bar has a name for screen readers."""

from pathlib import Path

import pytest
from controls import nameless
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from window_fixtures import open_window, worked_project

from ui.crash import CrashHook

SHOWN = (
    *("new", "export", "codebook", "find", "search", "everywhere", "reading", "outline"),
    *("sources", "events", "models", "team", "save_team"),
    *("commands", "keys", "change_keys", "welcome", "updates", "about"),
)


@pytest.mark.parametrize("name", SHOWN)
def test_each_control_has_a_name(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    path, entry = worked_project(tmp_path / "study.pressmark")
    window = open_window(qtbot, path)
    window.canvas.pick(next(s.id for s in entry.annotations.spans if s.label == "CLAIM"))
    before = {w for w in window.findChildren(QWidget) if w.isVisible()}
    window.actions_here.by_name[name].trigger()
    qtbot.waitUntil(lambda: any(w.isVisible() for w in set(window.findChildren(QWidget)) - before))
    widgets = [w for w in window.findChildren(QWidget) if w not in before]
    assert nameless(widgets) == []
    for dialog in (w for w in widgets if w.isWindow() and w.isVisible()):
        assert dialog.windowTitle()
        dialog.close()


def test_the_dialog_of_a_failure_has_names(qtbot: QtBot, tmp_path: Path) -> None:
    hook = CrashHook()
    error = ValueError("no such luck")
    hook.receive(ValueError, error, None)
    box = hook._dialog
    assert nameless(box.findChildren(QWidget)) == []
    assert "no such luck" in box.detailedText()
    box.close()
