"""The import in the window: dropped files, the menu, a bad file, a stop."""

from multiprocessing import active_children
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPlainTextEdit
from pytestqt.qtbot import QtBot
from window_fixtures import TEXT, drop, make_project, many, open_window

from annotation.errors import ProjectError
from annotation.models import BUNDLED
from storage import open_project
from ui.main_window import MainWindow

READING = 20_000


def report(window: MainWindow) -> tuple[str, str] | None:
    """Return the heading and the text of the list on screen."""
    for text in window.findChildren(QPlainTextEdit):
        if text.isVisible() and text.accessibleName():
            return text.accessibleName(), text.toPlainText()
    return None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "bridge.txt").write_text(TEXT, "utf-8")
    (folder / "levy.md").write_text("# The levy\n\nA levy on rivers was announced.", "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def test_dropped_files_are_imported_and_the_bad_one_listed(
    qtbot: QtBot, tmp_path: Path, folder: Path
) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark"))
    assert window.workspace.empty.isVisible()
    drop(window, folder)
    assert window.status.work.text() == "Importing"
    qtbot.waitUntil(lambda: report(window) is not None, timeout=READING)
    heading, lines = report(window)
    assert heading == "2 articles imported. 1 file was not:"
    assert lines.startswith(str(folder / "empty.txt") + "\n")
    assert len(lines.splitlines()) == 2
    assert window.canvas.isVisible()
    assert window.focusWidget() is window.canvas  # keys work at once
    assert window.bridge.document.article.text == TEXT
    assert window.articles.found.text() == "2 articles"
    assert window.status.place.text() == "Article 1 of 2"
    # The new articles are pre-highlighted without being asked for.
    qtbot.waitUntil(lambda: window.bridge.document.count_pending() > 0, timeout=60_000)


@pytest.mark.parametrize("whole", [False, True])
def test_the_menu_asks_for_files_or_a_folder(
    qtbot: QtBot, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    (folder / "empty.txt").unlink()
    files = [str(folder / "bridge.txt"), str(folder / "levy.md")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (files, ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark"))
    name = "import_folder" if whole else "import"
    with qtbot.waitSignal(window.workspace.importing.ended, timeout=READING):
        window.actions_here.by_name[name].trigger()
    assert window.workspace.store.counts()["articles"] == 2
    assert window.status.message.text() == "2 articles imported."
    assert report(window) is None
    with qtbot.waitSignal(window.workspace.importing.ended, timeout=READING):
        window.actions_here.by_name[name].trigger()
    assert report(window)[0] == "0 articles imported. 2 files were not:"
    assert "The same text as" in report(window)[1]


def test_nothing_chosen_nothing_done(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark"))
    qtbot.mouseClick(_button(window, "import"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(_button(window, "import_folder"), Qt.MouseButton.LeftButton)
    assert not window.status.work.isVisible()


def _button(window: MainWindow, name: str):
    from PySide6.QtWidgets import QPushButton

    return window.workspace.empty.findChild(QPushButton, name)


def test_a_stop_keeps_what_is_imported(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(600):
        (folder / f"{n:04}.txt").write_text(f"Article {n}. {TEXT}", "utf-8")
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark"))
    drop(window, folder)
    qtbot.waitUntil(lambda: "articles" in window.status.work.text(), timeout=READING)
    drop(window, folder)
    assert window.status.message.text() == "An import is under way. Wait for it, or stop it first."
    qtbot.mouseClick(window.status.stop, Qt.MouseButton.LeftButton)
    count = window.workspace.store.counts()["articles"]
    assert 0 < count < 600
    assert window.status.message.text() == f"Import stopped: {count} articles imported."
    assert window.articles.found.text() == f"{count} articles"


def test_a_full_disk_ends_the_import_with_a_sentence(
    qtbot: QtBot, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark"))

    def full(*_: object) -> None:
        raise ProjectError("The disk is full.")

    monkeypatch.setattr(window.workspace.store, "add_entries", full)
    drop(window, folder)
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=READING)
    [box] = window.findChildren(QMessageBox)
    assert box.text() == "The import has stopped."
    assert "The disk is full." in box.informativeText()
    box.close()
    assert active_children() == []
    assert not window.status.work.isVisible()


def test_into_a_read_only_project_nothing_is_imported(
    qtbot: QtBot, tmp_path: Path, folder: Path
) -> None:
    project = make_project(tmp_path / "a.pressmark", *many(1))
    first = open_project(project)
    window = open_window(qtbot, project)
    assert not window.actions_here.by_name["import"].isEnabled()
    drop(window, folder)
    assert window.status.message.text().startswith("Nothing can be imported: open in another")
    assert first.counts()["articles"] == 1
    first.close()


def test_a_dropped_project_is_opened(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(1)))
    other = make_project(tmp_path / "b.pressmark", *many(2))
    drop(window, other)
    assert window.workspace.store.path == other
    assert window.windowTitle() == "b – Pressmark"
    open_project(tmp_path / "a.pressmark").close()


def test_imported_articles_count_as_unseen_by_the_model(
    qtbot: QtBot, tmp_path: Path, folder: Path
) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark"))
    with qtbot.waitSignal(window.workspace.importing.ended, timeout=READING):
        drop(window, folder)
    assert len(window.workspace.store.articles_without_run(BUNDLED.author)) == 2
    assert window.workspace.prehighlighting.is_running
    assert any(label.text() == "2 articles" for label in window.findChildren(QLabel))
