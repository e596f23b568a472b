"""A project of an older Pressmark is opened: the window lives on and says how far it is."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox, QProgressBar, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from storage import migrating, schema
from tests.ui.window_fixtures import the_window, worked_project
from ui.main_window import MainWindow

DIALOG = "“a” was made by an older Pressmark and is brought up to date …"


@pytest.fixture
def go_on() -> Iterator[Event]:
    """What the step waits for."""
    event = Event()
    yield event
    event.set()


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, go_on: Event) -> Path:
    """A project that needs two steps, of which the second has no end before `go_on` is set."""
    path, _ = worked_project(tmp_path / "a.pressmark")

    def one(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE one (a TEXT) STRICT")

    def two(connection: sqlite3.Connection) -> None:
        if connection.execute("PRAGMA database_list").fetchone()[2]:
            connection.create_function("rest", 0, lambda: go_on.wait(0.001))
            connection.execute(
                "WITH RECURSIVE n (i) AS (SELECT rest() UNION ALL SELECT rest() FROM n WHERE i = 0)"
                " SELECT count(*) FROM n"
            )

    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, one, two))
    monkeypatch.setattr(migrating, "INSTRUCTIONS", 10)
    return path


class Looking(QTimer):
    """Looks at the dialog while the project is being opened."""

    def __init__(self, window: MainWindow, found: Callable[[QProgressDialog], None]) -> None:
        super().__init__(window, interval=20)
        self.seen: list[str] = []
        self._window, self._found = window, found
        self.timeout.connect(self._look)
        self.start()

    def _look(self) -> None:
        dialog = self._window.findChild(QProgressDialog)
        text = dialog.labelText() if dialog is not None and dialog.isVisible() else ""
        if not self.seen or text != self.seen[-1]:
            self.seen.append(text)
        if "Step 2 of 2" in text:
            self._found(dialog)


def test_the_window_says_how_far_it_is_and_then_shows_the_project(
    qtbot: QtBot, old: Path, go_on: Event
) -> None:
    window = the_window(qtbot)
    bars: list[str] = []

    def found(dialog: QProgressDialog) -> None:
        bars.append(dialog.findChild(QProgressBar).accessibleName())
        go_on.set()

    looking = Looking(window, found)
    assert window.projects.open(old)
    assert looking.seen[0] == "", "nothing is said of what takes no time"
    assert f"{DIALOG}\nStep 2 of 2 …" in looking.seen
    assert bars[0] == DIALOG.removesuffix(" …")
    assert window.workspace.store.read_only == ""
    assert not [d for d in window.findChildren(QProgressDialog) if d.isVisible()]


def test_stopped_it_is_not_opened(qtbot: QtBot, old: Path) -> None:
    window = the_window(qtbot)
    looking = Looking(window, lambda dialog: dialog.findChild(QPushButton).click())
    assert not window.projects.open(old)
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    assert f"Stopped. {old} is as it was" in box.informativeText()
    assert window.workspace is None
    looking.stop()
