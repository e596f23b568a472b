"""Projects of every schema that went out to people are brought up to date, whole, or not at all."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from annotation.checking import check
from annotation.errors import ProjectError
from annotation.model import Annotations
from storage import open_project, schema
from storage.backups import BackupFolder
from tests.storage.released import make

ROOT = Path(__file__).resolve().parents[2]
RELEASED = sorted(Path(make.__file__).parent.glob("v*.sql"), key=lambda p: int(p.stem[1:]))

LOSE_TIME = """
import sys, time
from pathlib import Path
from storage import open_project, schema
last = schema.STEPS[-1]
def slow(connection):
    connection.execute("PRAGMA cache_size = 1")  # so that pages go to the file before the end
    last(connection)
    connection.execute("UPDATE span SET note = note || hex(zeroblob(4000))")
    print("half way", flush=True)
    sys.stdin.readline()
    raise SystemExit("nobody may come here")
slow.__name__ = last.__name__
slow.__doc__ = last.__doc__
schema.STEPS = (*schema.STEPS[:-1], slow)
open_project(Path(sys.argv[1]))
"""


def released(path: Path, sql: Path) -> Path:
    """Make the file that the program of that schema left."""
    with closing(sqlite3.connect(path)) as client:
        client.executescript(sql.read_text("utf-8"))
    return path


def test_there_is_a_file_of_each_schema() -> None:
    assert [file.stem for file in RELEASED] == [f"v{n + 1}" for n in range(len(schema.STEPS))]


@pytest.mark.parametrize("sql", RELEASED, ids=lambda sql: sql.stem)
def test_a_released_project_is_brought_up_to_date(sql: Path, path: Path) -> None:
    released(path, sql)
    has_entries = int(sql.stem[1:]) >= 5
    source, entries = (make.MENTION, (make.ENTRY,)) if has_entries else (make.SOURCE, ())
    store = open_project(path)
    try:
        assert (store.read_only, check(store).problems) == ("", [])
        assert [store.article(each) for each in store.article_ids()] == [
            make.ONE, make.TWO, make.THREE,
        ]  # fmt: skip
        assert store.annotations(make.ONE.id) == Annotations(
            (source, make.CUE, make.CLAIM, make.DENIER), (make.ATTRIBUTION,), make.PENDING,
            mentioned=entries,
        )  # fmt: skip
        assert store.annotations(make.TWO.id) == Annotations((make.SPLIT,), (), (), make.REVIEWS)
        rows = [store.article_row(article.id) for article in (make.ONE, make.TWO, make.THREE)]
        assert [row.status for row in rows] == ["started", "complete", "new"]
        assert store.articles_without_run(make.MODEL) == [make.TWO.id, make.THREE.id]
        assert (store.undo_title(), store.redo_title()) == ("Tag SOURCE", "Note")
        assert store.redo("anna", make.LATER) is not None
        for title in ("Note", "Tag SOURCE", "Link", "Tag"):
            assert store.undo_title() == title
            assert store.undo("anna", make.LATER) is not None
        assert store.annotations(make.ONE.id).spans == ()
        assert store.damage() == []
    finally:
        store.close()
    backups = BackupFolder(path.with_name(f"{path.name}.backups")).all_of(path)
    kept = [backup.why for backup in backups]
    assert kept == ([] if sql.stem == f"v{len(schema.STEPS)}" else ["before an update"])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals of POSIX")
@pytest.mark.parametrize("sql", RELEASED[:3], ids=lambda sql: sql.stem)
def test_a_kill_in_the_middle_takes_nothing(
    sql: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.opening.BUSY_MS", 50)
    released(path, sql)
    with half_way(path) as migrating:
        assert Path(f"{path}-journal").stat().st_size > 0, "pages are half written"
        with pytest.raises(ProjectError, match=r"busy|brought up to date first"):
            open_project(path)
        migrating.send_signal(signal.SIGKILL)
        migrating.wait()
    beside = path.parent.with_name(f"{path.parent.name}-copy")
    copy = shutil.copytree(path.parent, beside) / path.name
    with closing(sqlite3.connect(copy)) as client:
        assert client.execute("PRAGMA user_version").fetchone() == (int(sql.stem[1:]),)
        assert client.execute("SELECT max(length(note)) FROM span").fetchone() == (7,)
    store = open_project(path)
    assert (store.read_only, check(store).problems) == ("", [])
    assert store.annotations(make.ONE.id).spans[2] == make.CLAIM
    store.close()
    left = sorted(each.name for each in path.parent.iterdir())
    assert left == [path.name, f"{path.name}.backups"]


@contextmanager
def half_way(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Yield a process that migrates a project and stays in the middle of it."""
    process = subprocess.Popen(
        [sys.executable, "-c", LOSE_TIME, path], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "half way\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_newer_project_says_what_it_needs(path: Path) -> None:
    released(path, RELEASED[-1])
    with closing(sqlite3.connect(path)) as client, client:
        client.execute("PRAGMA user_version = 99")
        client.execute("REPLACE INTO meta VALUES ('needs', '7.4')")
    before = path.read_bytes()
    with pytest.raises(ProjectError, match=r"Install Pressmark 7\.4 or later to open it"):
        open_project(path)
    with closing(sqlite3.connect(path)) as client, client:
        client.execute("REPLACE INTO meta VALUES ('needs', 'http://example.com')")
    with pytest.raises(ProjectError, match="Install the newer Pressmark to open it"):
        open_project(path)
    assert len(before) == path.stat().st_size
