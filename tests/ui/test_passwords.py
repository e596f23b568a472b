"""A project's password in the window: chosen, asked for, changed and removed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from annotation.codebook_file import default_codebook
from annotation.store import Entry
from storage import create_project, keys
from tests.ui.window_fixtures import an_article, backups, locks, the_window
from ui.main_window import MainWindow
from ui.new_project import NewProject
from ui.passwords import AskPassword, ProtectDialog

PASSWORD = "meadow trombone lantern"
TEXT = "A secret meeting in the garage."
Key = Qt.Key


@pytest.fixture(autouse=True)
def _no_keys() -> Iterator[None]:
    yield
    lock_up()


def lock_up() -> None:
    keys._by_salt.clear()
    keys._by_file.clear()


def a_project(path: Path, password: str | None) -> Path:
    store = create_project(path, default_codebook(), password=password)
    store.add_entries([Entry(an_article(TEXT, "Garage"))], "ada")
    store.close()
    lock_up()
    return path


def test_the_password_is_asked_for_until_it_fits(qtbot: QtBot, tmp_path: Path) -> None:
    project = a_project(tmp_path / "garage.pressmark", PASSWORD)
    window = the_window(qtbot)
    window.start(project)
    dialog = window.findChild(AskPassword)
    assert dialog.isVisible() and window.workspace is None
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled() and dialog.password.echoMode() == QLineEdit.EchoMode.Password
    qtbot.keyClicks(dialog.password, "not this one")
    qtbot.keyClick(dialog.password, Key.Key_Return)
    assert "not the password" in dialog.trouble.text() and window.workspace is None
    dialog.show_it.click()
    assert dialog.password.echoMode() == QLineEdit.EchoMode.Normal
    qtbot.keyClicks(dialog.password, PASSWORD)
    assert dialog.trouble.text() == ""
    qtbot.keyClick(dialog.password, Key.Key_Return)
    assert window.bridge.document.article.text == TEXT
    kept = Path(QSettings("Pressmark", "Pressmark").fileName()).read_bytes()
    assert b"garage.pressmark" in kept and b"meeting" not in kept and b"trombone" not in kept


def test_whoever_does_not_know_it_can_go_on_elsewhere(qtbot: QtBot, tmp_path: Path) -> None:
    project = a_project(tmp_path / "garage.pressmark", PASSWORD)
    other = a_project(tmp_path / "other.pressmark", None)
    window = the_window(qtbot)
    window.start(project)
    qtbot.keyClick(window.findChild(AskPassword), Key.Key_Escape)
    assert window.workspace is None
    assert window.projects.open(other)
    assert window.workspace.store.path == other


def test_another_project_locks_the_one_before(qtbot: QtBot, tmp_path: Path) -> None:
    project = a_project(tmp_path / "garage.pressmark", PASSWORD)
    other = a_project(tmp_path / "other.pressmark", None)
    window = the_window(qtbot)
    window.projects.open(project)
    dialog = window.findChild(AskPassword)
    qtbot.keyClicks(dialog.password, PASSWORD)
    qtbot.keyClick(dialog.password, Key.Key_Return)
    assert window.workspace.store.path == project
    window.projects.open(other)
    assert locks().is_locked(project)


def test_a_new_project_with_a_password(qtbot: QtBot, tmp_path: Path) -> None:
    window = the_window(qtbot)
    window.projects.ask_new()
    dialog = window.findChild(NewProject)
    dialog.path.setText(str(tmp_path / "garage.pressmark"))
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert ok.isEnabled() and not dialog.password.isVisible()
    dialog.protect.click()
    assert dialog.password.isVisible() and not ok.isEnabled()
    qtbot.keyClicks(dialog.password.password, "short")
    assert "Too short" in dialog.password.hint.text()
    qtbot.keyClicks(dialog.password.password, "but longer now")
    qtbot.keyClicks(dialog.password.again, "shortbut")
    assert not ok.isEnabled() and "not the same" in dialog.password.hint.text()
    qtbot.keyClicks(dialog.password.again, " longer now")
    assert ok.isEnabled() and "Strong" in dialog.password.hint.text()
    qtbot.keyClick(dialog.password.again, Key.Key_Return)
    assert window.workspace.store.path == tmp_path / "garage.pressmark"
    assert locks().is_encrypted(tmp_path / "garage.pressmark")


def test_a_password_for_the_open_project_and_away_again(qtbot: QtBot, tmp_path: Path) -> None:
    project = a_project(tmp_path / "garage.pressmark", None)
    window = the_window(qtbot)
    window.projects.open(project)
    window.actions_here.by_name["password"].trigger()
    dialog = window.findChild(ProtectDialog)
    assert not dialog.remove.isVisible()
    qtbot.keyClicks(dialog.new.password, PASSWORD)
    qtbot.keyClicks(dialog.new.again, PASSWORD)
    qtbot.keyClick(dialog.new.again, Key.Key_Return)
    assert window.bridge.document.article.text == TEXT and not window.workspace.store.read_only
    assert not project.read_bytes().startswith(keys.MAGIC)
    locks().unlock(project, PASSWORD)
    window.actions_here.by_name["password"].trigger()
    dialog = window.findChild(ProtectDialog)
    dialog.remove.click()
    assert window.bridge.document.article.text == TEXT
    window.leave_project()
    assert project.read_bytes().startswith(keys.MAGIC)


def test_the_project_is_searched_in_a_process_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    project = a_project(tmp_path / "garage.pressmark", PASSWORD)
    locks().unlock(project, PASSWORD)
    window = the_window(qtbot)
    assert window.projects.open(project)
    window.workspace.finding.open_search()
    panel = window.workspace.finding.panel
    qtbot.keyClicks(panel.words, "meeting")
    qtbot.keyClick(panel.words, Key.Key_Return)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1, timeout=20_000)


@pytest.mark.parametrize("beginning", [b"\0" * 16, None], ids=["no salt", "a wrong first page"])
def test_a_damaged_one_is_repaired_with_its_password(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beginning: bytes | None
) -> None:
    project = a_project(tmp_path / "garage.pressmark", PASSWORD)
    out = tmp_path / "repaired.pressmark"
    locks().unlock(project, PASSWORD)
    backups().make(project, "asked for", lambda done, total: None)
    lock_up()
    data = bytearray(project.read_bytes())
    data[900] ^= 1
    project.write_bytes((beginning or data[:16]) + data[16:])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    window = the_window(qtbot)
    window.start(project)
    if beginning is None:  # it still looks like one that has a password
        give_password(qtbot, window, "Open the project")
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    (button,) = [b for b in box.findChildren(QPushButton) if b.text() == "Repair into a new file…"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    if beginning is not None:
        give_password(qtbot, window, "Repair the project")
    assert window.bridge.document.article.text == TEXT
    assert window.workspace.store.path == out and b"garage" not in out.read_bytes()


def give_password(qtbot: QtBot, window: MainWindow, button: str) -> None:
    (dialog,) = [d for d in window.findChildren(AskPassword) if d.isVisible()]
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert ok.text() == button
    qtbot.keyClicks(dialog.password, PASSWORD)
    qtbot.keyClick(dialog.password, Key.Key_Return)
