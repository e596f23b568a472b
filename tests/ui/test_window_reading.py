"""A window that may only read: somebody else holds the project, or its disk refuses."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot
from window_fixtures import make_project, many, open_window, worked_project

from storage import open_project
from ui.main_window import MainWindow


def test_a_read_only_project_can_be_read_and_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    path, _ = worked_project(tmp_path / "held.pressmark")
    first = open_project(path)
    try:
        window = open_window(qtbot, path)
        banner = window.workspace.banner
        assert banner.isVisible()
        assert banner.text().startswith("Read-only: ")
        assert not banner.isWindow()
        assert window.bridge.document is not None
    finally:
        first.close()


def allowed(window: MainWindow) -> set[str]:
    """Return the names of the actions that change a project and can be used."""
    actions = window.actions_here
    writing = [row.name for row in actions.rows if row.writes]
    return {name for name in writing if actions.by_name[name].isEnabled()}


@pytest.mark.parametrize("notices", ["an edit", "a sign of life"])
def test_a_project_that_is_taken_over_can_only_be_read(
    qtbot: QtBot, tmp_path: Path, notices: str
) -> None:
    path, _ = worked_project(tmp_path / "a.pressmark")
    window = open_window(qtbot, path)
    workspace = window.workspace
    document = window.bridge.document
    claim = next(s for s in document.spans_between(0, 99) if s.label == "CLAIM")
    window.canvas.pick(claim.id)
    window.inspector.refresh()
    assert {"undo", "delete", "tag/discourse/CLAIM", "import"} <= allowed(window)
    before = document.spans_between(0, 99)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE writer SET token = 'of another window'")
    if notices == "an edit":
        start = document.article.text.index("denied")
        window.canvas.select(start, start + len("denied"))
        qtbot.keyClick(window.canvas, "e")
        assert window.status.message.text().startswith("The project was taken over by ")
    else:
        workspace.store._hold.beaten = -1e9
        workspace._sign_of_life.timeout.emit()
    assert document.spans_between(0, 99) == before
    assert allowed(window) == set()
    assert workspace.banner.isVisible()
    assert workspace.banner.text().startswith("Read-only: it was taken over by another window.")
    assert not any(chip.isEnabled() for chip in workspace.palette_panel.chips.values())
    assert not any(box.isEnabled() for box in workspace.palette_panel.complete.values())
    qtbot.waitUntil(lambda: not window.inspector.span.note.isEnabled())
    buttons = window.inspector.span.relations.findChildren(QToolButton)
    assert not [b for b in buttons if b.text() in ("Remove all", "×") and b.isEnabled()]
    workspace._sign_of_life.timeout.emit()
    assert workspace.banner.isVisible()


def test_a_read_only_project_can_be_opened_again_for_writing(qtbot: QtBot, tmp_path: Path) -> None:
    path, _ = worked_project(tmp_path / "a.pressmark")
    first = open_project(path)
    window = open_window(qtbot, path)
    assert allowed(window) == set()
    first.close()
    assert window.projects.open(path)
    assert {"undo", "delete"} <= allowed(window)
    assert not window.workspace.banner.isVisible()


def test_the_banner_goes_with_its_cause(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(1)))
    workspace = window.workspace
    workspace.store._hold.beaten = -1e9
    workspace.store._connection.execute("PRAGMA query_only = 1")
    for _ in range(2):  # and it stays for as long as no sign of life comes through
        workspace._sign_of_life.timeout.emit()
        assert workspace.banner.isVisible()
    assert str(workspace.store.path) in workspace.banner.text()
    assert "undo" in allowed(window)
    workspace.store._connection.execute("PRAGMA query_only = 0")
    workspace._sign_of_life.timeout.emit()
    assert not workspace.banner.isVisible()
