"""A window that may only read, beside another process that has the project."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.window_fixtures import open_window, worked_project
from ui import watching

ROOT = Path(__file__).resolve().parents[2]

OTHER = """
import sys
from pathlib import Path
from annotation.edits import Desk
from annotation.session import Session
from storage import open_project
store = open_project(Path(sys.argv[1]))
print("open", flush=True)
for line in sys.stdin:
    session = Session(store, "bert")
    session.open(next(store.article_ids()))
    session.store.undo("bert", "") if line == "undo\\n" else None
    from annotation.model import Change, Span
    from annotation.ids import new_id, now
    at, article = now(), session.document.article
    session.do(Change(new_id(), "Tag", article.id, "bert", at, added=(Span(
        new_id(), article.id, "discourse", "CUE", ((56, 62),), (article.text[56:62],), "bert",
        "manual", 1, at, at),)))
    print("done", flush=True)
store.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return worked_project(tmp_path / "a.pressmark")[0]


@pytest.fixture
def other(path: Path) -> Iterator[Popen[str]]:
    """Another process that has the project."""
    command = [sys.executable, "-c", OTHER, str(path)]
    with Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "BEAT", 20)


def test_what_the_other_writes_is_shown_and_its_end_lets_edit(
    qtbot: QtBot, path: Path, other: Popen[str]
) -> None:
    window = open_window(qtbot, path)
    assert "open in another window" in window.workspace.banner.text()
    window.canvas.select(30, 30)
    window.workspace.settle_in()
    other.stdin.write("tag\n")
    other.stdin.flush()
    qtbot.waitUntil(lambda: bool(window.bridge.document.spans_between(56, 62)))
    assert window.canvas.caret == 30
    assert window.workspace.store.read_only, "the other still has it"
    other.stdin.close()
    qtbot.waitUntil(lambda: not window.workspace.store.read_only)
    assert window.canvas.caret == 30
    assert window.workspace.banner.text() == watching.FREE
    assert window.actions_here.by_name["undo"].isEnabled()
    other.wait()
    window.bridge.undo()
    assert not window.bridge.document.spans_between(56, 62)
    window.close()
    assert list(path.parent.glob("a.pressmark*")) == [path]


def test_a_killed_window_holds_nothing(qtbot: QtBot, path: Path, other: Popen[str]) -> None:
    window = open_window(qtbot, path)
    window.workspace.settle_in()
    other.kill()
    other.wait()
    qtbot.waitUntil(lambda: not window.workspace.store.read_only)
    window.close()
    assert list(path.parent.glob("a.pressmark*")) == [path]


def test_only_a_silent_window_can_be_taken_over_from(
    qtbot: QtBot, path: Path, other: Popen[str]
) -> None:
    window = open_window(qtbot, path)
    window.workspace.settle_in()
    with qtbot.waitSignal(window.bridge.refused) as refused:
        window.actions_here.by_name["take_over"].trigger()
    assert "cannot be taken over: open in another window" in refused.args[0]
    with closing(sqlite3.connect(path)) as client, client:
        client.execute("UPDATE writer SET beat = '2020-01-01T00:00:00.000Z'")
    qtbot.waitUntil(lambda: window.workspace.banner.text().endswith(watching.SILENT))
    assert window.workspace.store.read_only, "nobody is taken from unasked"
    window.actions_here.by_name["take_over"].trigger()
    assert not window.workspace.store.read_only
