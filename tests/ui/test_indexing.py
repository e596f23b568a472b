"""The search index behind the window: how far it is, making it anew, and what goes wrong."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_fixtures import make_project, many, open_window

from annotation.errors import ProjectError
from ui import indexing as module
from ui.indexing import Indexing
from ui.main_window import MainWindow
from ui.workspace import Workspace


@pytest.fixture(autouse=True)
def work_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing begin by itself: when that is, is a matter of milliseconds."""
    monkeypatch.setattr(Workspace, "start_work", lambda self: None)


def indexing_of(window: MainWindow) -> Indexing:
    return window.workspace._furnished().indexing


def test_many_articles_are_indexed_behind_the_window_and_it_says_how_far(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SHOWN_EVERY", 0)
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(120)))
    indexing, found = indexing_of(window), window.articles.found
    window.articles.search.setText("text:number")
    qtbot.waitUntil(lambda: found.text().startswith("0 articles found"))
    assert found.text().endswith("so far; the texts of 120 are not indexed yet")
    said = []
    indexing.work_changed.connect(lambda *work: said.append(work))
    indexing.begin()
    qtbot.waitUntil(lambda: "Indexing 40 of 120" in window.status.work.text())
    assert window.status.stop.isVisible()
    qtbot.waitUntil(lambda: not indexing.under_way)
    assert said[0] == ("Indexing", 5, 120) and said[-1] == ("", 0, 0)
    assert not window.status.stop.isVisible()
    qtbot.waitUntil(lambda: found.text() == "120 articles found")


def test_a_few_articles_are_indexed_without_a_word(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(8)))
    indexing = indexing_of(window)
    said = []
    indexing.work_changed.connect(lambda *work: said.append(work[0]))
    indexing.begin()
    qtbot.waitUntil(lambda: not indexing.under_way)
    assert said == [""]


def test_the_menu_makes_the_index_anew_and_stop_leaves_it_sound(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(60)))
    indexing, store = indexing_of(window), window.workspace.store
    while store.index(20):
        pass
    window._run("reindex")
    assert window.status.work.text() == "Indexing"
    qtbot.waitUntil(lambda: "Indexing 5 of 60" in window.status.work.text())
    window.status.stop.click()
    assert not indexing.under_way
    left = store.index(0)
    assert 0 < left <= 60
    assert store.damage() == []
    indexing.begin()
    qtbot.waitUntil(lambda: not indexing.under_way)
    assert store.index(0) == 0
    assert store.damage() == []


def test_who_closes_the_window_while_it_indexes_leaves_one_file(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(60)))
    indexing = indexing_of(window)
    indexing.begin()
    qtbot.waitUntil(lambda: indexing._piece is not None)
    window.close()
    assert [path.name for path in tmp_path.glob("a.pressmark*")] == ["a.pressmark"]


def test_what_stops_the_index_is_said_once_it_does_not_go_away(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TRY_AGAIN", 1)
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(8)))
    indexing, store = indexing_of(window), window.workspace.store
    index, asked = store.index, []

    def refuse(most: int, anew: bool = False) -> int:
        if not most:
            return index(0)
        asked.append(anew)
        raise ProjectError("The disk is full.")

    monkeypatch.setattr(store, "index", refuse)
    indexing.begin_anew()
    qtbot.waitUntil(lambda: not indexing.under_way)
    assert asked == [True, True, True]
    assert window.status.message.text() == "Not all articles could be indexed. The disk is full."
