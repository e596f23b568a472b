import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotation.errors import ProjectError
from annotation.model import Article
from storage import ProjectFile, holding, open_project
from tests.storage.making import edit, make_relation, make_span

ROOT = Path(__file__).resolve().parents[2]


def seconds_ago(seconds: float) -> str:
    return (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def write_holder(path: Path, host: str, pid: int, age: float) -> None:
    with closing(sqlite3.connect(path)) as client, client:
        client.execute(
            "REPLACE INTO writer VALUES (1, 'token', ?, 'bert', ?, ?, ?)",
            (host, pid, seconds_ago(7 * 86400), seconds_ago(age)),
        )


@contextmanager
def opened(path: Path) -> Iterator[ProjectFile]:
    with closing(open_project(path)) as project:
        yield project


@pytest.fixture
def dead_pid() -> int:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_the_second_window_reads_only(
    store: ProjectFile, path: Path, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    monkeypatch.setenv("USER", "anna")
    first = open_project(path)
    with opened(path) as second:
        clock = datetime.now().strftime("%H:%M")[:2]
        assert second.read_only.startswith(f"open in another window since {clock}")
        assert second.read_only.endswith(" on this computer")
        monkeypatch.setenv("USER", "bert")
        with opened(path) as third:
            assert third.read_only.endswith(f"by anna on {holding._host()}")
        change = edit(article, (), (make_span(article, (0, 4)),))
        with pytest.raises(ProjectError, match="cannot be changed: open in another window"):
            second.apply(change)
        first.apply(change)
        assert second.annotations(article.id).spans == change.added, "it sees what the first does"
    first.close()
    assert list(path.parent.iterdir()) == [path]
    with opened(path) as third:
        assert third.read_only == ""
        assert third.undo_title() == change.title


def test_a_window_that_reads_does_not_keep_the_first_from_closing(
    store: ProjectFile, path: Path, article: Article
) -> None:
    reader = open_project(path, read_only=True)
    ids = reader.article_ids()
    assert next(ids) == article.id
    store.close()
    assert reader.article(article.id) == article
    reader.close()
    with opened(path) as again:
        assert again.read_only == ""
    assert list(path.parent.iterdir()) == [path]


def test_a_reader_sees_one_moment_while_the_other_writes(
    store: ProjectFile, path: Path, article: Article
) -> None:
    spans = (make_span(article, (0, 4)), make_span(article, (5, 6)))
    store.apply(edit(article, (), (*spans, make_relation(article, *spans))))
    before = store.annotations(article.id)
    reader = open_project(path, read_only=True)
    late = [edit(article, (), (make_relation(article, *spans, label="LATE"),))]

    def write_in_between(sql: str) -> None:
        if "FROM argument" in sql and late:
            store.apply(late.pop())

    reader._connection.set_trace_callback(write_in_between)
    assert reader.annotations(article.id) == before
    assert not late, "the other window did write in between"
    assert len(reader.annotations(article.id).relations) == 2
    reader.close()


@pytest.mark.parametrize(
    ("here", "alive", "age", "held"),
    [
        (True, True, 5, True),
        (True, False, 5, False),
        (True, True, 90, False),
        (False, False, 5, True),
        (False, False, 90, False),
        (False, False, -30, True),
        (False, False, -3600, False),
    ],
)
def test_a_holder_counts_while_it_gives_signs_of_life(
    store: ProjectFile, path: Path, dead_pid: int, here: bool, alive: bool, age: float, held: bool
) -> None:
    store.close()
    host = holding._host() if here else "elsewhere"
    write_holder(path, host, os.getpid() if alive else dead_pid, age)
    with opened(path) as project:
        assert bool(project.read_only) is held
        if held:
            day = (datetime.now() - timedelta(days=7)).strftime("%Y-%m-%d")
            assert f"since {day}" in project.read_only
            assert project.read_only.endswith(f"by bert on {host}")


def test_nonsense_in_the_writer_table_is_no_holder(store: ProjectFile, path: Path) -> None:
    store.close()
    for pid in (0, -1, 2**62):
        write_holder(path, holding._host(), pid, 0)
        with opened(path) as project:
            assert project.read_only == ""
    with closing(sqlite3.connect(path)) as client, client:
        client.execute("REPLACE INTO writer VALUES (1, 't', 'elsewhere', 'x', 1, 'never', 'soon')")
    with opened(path) as project:
        assert project.read_only == ""


def test_a_sign_of_life_is_given_when_due(
    store: ProjectFile, path: Path, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    def beat() -> str:
        with closing(sqlite3.connect(path)) as client:
            return str(client.execute("SELECT beat FROM writer").fetchone()[0])

    with closing(sqlite3.connect(path)) as client, client:
        client.execute("UPDATE writer SET beat = 'old'")
    store.keep_alive()
    store.apply(edit(article, (), (make_span(article, (0, 4)),)))
    assert beat() == "old"
    monkeypatch.setattr(holding, "BEAT", -1)
    store.keep_alive()
    assert beat() != "old"
    with closing(sqlite3.connect(path)) as client, client:
        client.execute("UPDATE writer SET beat = 'old'")
    store.apply(edit(article, (), (make_span(article, (5, 6)),)))
    assert beat() != "old", "an edit is a sign of life too"


def test_a_window_that_slept_too_long_does_not_write_over_the_next(
    store: ProjectFile, path: Path, article: Article
) -> None:
    with closing(sqlite3.connect(path)) as client, client:
        client.execute("UPDATE writer SET beat = ?", (seconds_ago(90),))
    with opened(path) as second:
        assert second.read_only == ""
        with pytest.raises(ProjectError, match="was taken over by"):
            store.apply(edit(article, (), (make_span(article, (0, 4)),)))
        assert "taken over" in store.read_only
        store.close()
        second.apply(edit(article, (), (make_span(article, (5, 6)),)))
    assert list(path.parent.iterdir()) == [path]


def test_asking_for_a_process_ends_none_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "name", "nt")
    monkeypatch.setattr(os, "kill", lambda *_: pytest.fail("os.kill ends processes there"))
    assert holding._is_running(4242)
