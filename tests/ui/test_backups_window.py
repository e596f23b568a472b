"""Backups in the window: made while somebody works, compared, restored."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from window_fixtures import backups, make_project, many, open_window, the_window, worked_project

from ui.backups import backing_up
from ui.backups.dialog import BackupsDialog
from ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return worked_project(tmp_path / "work.pressmark")[0]


def ask(window: MainWindow, name: str) -> None:
    window.actions_here.by_name[name].trigger()


def shown_dialog(qtbot: QtBot, window: MainWindow) -> BackupsDialog:
    ask(window, "backups")
    dialog = window.findChild(BackupsDialog)
    assert isinstance(dialog, BackupsDialog)
    qtbot.waitUntil(lambda: "Comparing" not in dialog.differences.toPlainText())
    return dialog


def click(qtbot: QtBot, parent: object, text: str) -> None:
    (button,) = [b for b in parent.findChildren(QPushButton) if b.text() == text]
    qtbot.mouseClick(button, LEFT)


def back_up(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.workspace.backing_up.ended) as said:
        ask(window, "back_up")
    assert said.args[1] == ""


def test_a_backup_is_made_soon_after_opening(
    qtbot: QtBot, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "AFTER", 1)
    window = open_window(qtbot, project)
    qtbot.waitUntil(lambda: len(backups().all_of(project)) == 1)
    assert backups().all_of(project)[0].why == "by itself"
    qtbot.waitUntil(lambda: not window.workspace.backing_up.is_running)
    window.workspace.backing_up.begin()
    qtbot.waitUntil(lambda: not window.workspace.backing_up.is_running)
    assert len(backups().all_of(project)) == 1, "nothing has changed"
    window.canvas.select(0, 4)
    qtbot.keyClick(window.canvas, Qt.Key.Key_1)
    window.workspace.backing_up.begin()
    qtbot.waitUntil(lambda: not window.workspace.backing_up.is_running)
    assert len(backups().all_of(project)) == 1, "no hour has passed"
    window.close()
    again = open_window(qtbot, project)
    qtbot.waitUntil(lambda: len(backups().all_of(project)) == 2)
    qtbot.waitUntil(lambda: not again.workspace.backing_up.is_running)


def test_who_wants_no_backups_gets_none(qtbot: QtBot, project: Path) -> None:
    window = open_window(qtbot, project)
    dialog = shown_dialog(qtbot, window)
    dialog.by_itself.setChecked(False)
    dialog.close()
    window.workspace.backing_up.begin()
    assert not window.workspace.backing_up.is_running
    back_up(qtbot, window)
    assert len(backups().all_of(project)) == 1, "who asks gets one"


def test_a_backup_is_compared_and_restored_and_that_is_taken_back(
    qtbot: QtBot, project: Path
) -> None:
    window = open_window(qtbot, project)
    back_up(qtbot, window)
    assert "Backed up" in window.status.message.text()
    ask(window, "accept_all")
    assert window.workspace.store.counts()["spans"] == 6
    dialog = shown_dialog(qtbot, window)
    words = dialog.differences.toPlainText()
    assert "spans: 4 in the backup, 6 now" in words
    assert "entity PERSON: 0 in the backup, 1 now" in words
    assert "with other annotations: 1" in words
    click(qtbot, dialog, "Restore")
    assert window.workspace.store.counts()["spans"] == 4
    assert window.workspace.store.read_only == ""
    assert "Restored: " in window.status.message.text()
    dialog = shown_dialog(qtbot, window)
    assert dialog.chosen.why == "before a restore"
    click(qtbot, dialog, "Restore")
    assert window.workspace.store.counts()["spans"] == 6


def test_a_restore_that_fails_leaves_the_project_open(
    qtbot: QtBot, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(qtbot, project)
    back_up(qtbot, window)
    dialog = shown_dialog(qtbot, window)
    monkeypatch.setattr(
        "storage.restoring.copy_out", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "full"))
    )
    click(qtbot, dialog, "Restore")
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert "could not be replaced by the backup: full" in box.informativeText()
    assert window.workspace.store.counts()["spans"] == 4


def test_a_backup_is_deleted_after_a_question(qtbot: QtBot, project: Path) -> None:
    window = open_window(qtbot, project)
    back_up(qtbot, window)
    dialog = shown_dialog(qtbot, window)
    click(qtbot, dialog, "Delete")
    (box,) = dialog.findChildren(QMessageBox)
    assert len(backups().all_of(project)) == 1
    click(qtbot, box, "Delete")
    assert backups().all_of(project) == []
    assert "no backup" in dialog.differences.toPlainText()
    assert not dialog.restore.isEnabled()


def test_a_damaged_project_offers_its_backups(qtbot: QtBot, project: Path) -> None:
    window = open_window(qtbot, project)
    back_up(qtbot, window)
    window.leave_project()
    project.write_bytes(b"\0" * 5_000)
    assert not window.projects.reopen(project)
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert "is not a Pressmark project" in box.informativeText()
    click(qtbot, box, "Restore a backup…")
    dialog = window.findChild(BackupsDialog)
    click(qtbot, dialog, "Restore")
    assert window.workspace.store.counts()["spans"] == 4


def test_a_project_can_be_left_while_a_backup_is_made(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_project(tmp_path / "large.pressmark", *many(4000))
    window = open_window(qtbot, path)
    monkeypatch.setattr(backing_up, "PAUSE", 5)
    ask(window, "back_up")
    making = window.workspace.backing_up
    qtbot.waitUntil(lambda: bool(list(backups().folder.rglob("*.part"))))
    window.leave_project()
    assert not making.is_running
    assert [each for each in backups().folder.rglob("*") if each.is_file()] == []


def test_without_a_project_there_is_nothing_to_back_up(qtbot: QtBot, tmp_path: Path) -> None:
    window = the_window(qtbot, make_project(tmp_path / "sample.pressmark", *many(1)))
    window.start(None)
    window.leave_project()
    assert not window.actions_here.by_name["backups"].isEnabled()
    assert not window.actions_here.by_name["back_up"].isEnabled()
