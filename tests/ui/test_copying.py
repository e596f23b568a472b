"""File ▸ Save a copy…: where, and then a whole project there; or a refusal in words."""

from multiprocessing import active_children
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from window_fixtures import an_article, make_project, open_window

from annotation.store import Entry
from storage import open_project
from ui.copying import Copying

WORKING = 60_000


@pytest.mark.parametrize("place", ["copy.pressmark", "nowhere/copy.pressmark"])
def test_a_copy_is_saved_while_the_project_is_open(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    out = tmp_path / place
    window = open_window(
        qtbot, make_project(tmp_path / "a.pressmark", Entry(an_article("Ilse Varga spoke.")))
    )
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    window.actions_here.by_name["copy"].trigger()
    copying = window.findChild(Copying)
    assert copying is not None
    if out.parent.exists():
        with qtbot.waitSignal(copying.ended, timeout=WORKING) as said:
            pass
        copy = open_project(out)
        assert (copy.read_only, copy.counts()["articles"]) == ("", 1)
        copy.close()
        assert said.args == [f"A copy is saved as {out}"]
    else:
        qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=WORKING)
        (box,) = window.findChildren(QMessageBox)
        assert "choose another folder" in box.informativeText()
        box.close()
    assert active_children() == []
