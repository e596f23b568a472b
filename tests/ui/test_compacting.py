"""Making the history smaller from the window: what would go is shown, the rest stays undoable."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from annotation.ids import new_id
from annotation.model import Change
from storage import open_project
from tests.ui.window_fixtures import backups, open_window, worked_project
from ui.compacting import CompactDialog
from ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose claim got a note on each of nine days of January."""
    path, entry = worked_project(tmp_path / "work.pressmark")
    span = entry.annotations.spans[2]
    store = open_project(path)
    for day in range(1, 10):
        noted = replace(span, note=f"Day {day}. " * 200)
        at = f"2026-01-0{day}T12:00:00.000Z"
        store.apply(Change(new_id(), f"Note {day}", span.article_id, "ada", at, (span,), (noted,)))
        span = noted
    store.close()
    return path


def asked(qtbot: QtBot, window: MainWindow) -> CompactDialog:
    window.actions_here.by_name["compact"].trigger()
    dialog = window.findChild(CompactDialog)
    assert isinstance(dialog, CompactDialog)
    reckoned(qtbot, dialog)
    return dialog


def reckoned(qtbot: QtBot, dialog: CompactDialog) -> None:
    qtbot.waitUntil(lambda: "Reckoning" not in dialog.preview.text() != "")


def test_what_would_go_is_shown_and_goes_after_a_backup(qtbot: QtBot, project: Path) -> None:
    window = open_window(qtbot, project)
    dialog = asked(qtbot, window)
    assert "Nothing would go" in dialog.preview.text(), "the last 1,000 edits are kept"
    assert not dialog.compact.isEnabled()
    assert dialog.before.maximumDate() == QDate.currentDate()
    dialog.keep.setValue(2)
    reckoned(qtbot, dialog)
    assert dialog.preview.text().startswith("7 edits, the last of 2026-01-07")
    dialog.before.setDate(QDate(2026, 1, 5))
    reckoned(qtbot, dialog)
    assert dialog.preview.text().startswith("4 edits, the last of 2026-01-04")
    qtbot.mouseClick(dialog.compact, LEFT)
    assert "before" in window.status.message.text()
    assert len(backups().all_of(project)) == 1
    store = window.workspace.store
    assert store.read_only == "" and store.undo_title() == "Note 9"
    assert store.reckon_compaction(0, "2026-01-05").entries == 0
    for _ in range(5):
        assert window.bridge.undo() is not None
    assert window.bridge.undo() is None, "what went cannot be undone"


def test_one_that_cannot_be_backed_up_stays_as_it_is(
    qtbot: QtBot, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(qtbot, project)
    dialog = asked(qtbot, window)
    dialog.keep.setValue(0)
    reckoned(qtbot, dialog)
    monkeypatch.setattr(
        "storage.backups.copy_out", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "full"))
    )
    qtbot.mouseClick(dialog.compact, LEFT)
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert "No backup" in box.informativeText()
    assert window.workspace.store.reckon_compaction(0, "2026-02").entries == 9
