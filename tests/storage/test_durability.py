"""What was acknowledged is there: after a kill, and on a disk without room."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from annotation.errors import ProjectError
from annotation.model import Annotations, Article
from annotation.store import Entry
from storage import ProjectFile, create_project, open_project
from tests.storage.making import BOOK, edit, make_article, make_span, make_suggestion

resource = pytest.importorskip("resource", reason="needs signals and limits of POSIX")

ROOT = Path(__file__).resolve().parents[2]

EDIT_ON_AND_ON = """
import sys
from pathlib import Path
from storage import open_project
from tests.storage.making import edit, make_span
from annotation.ids import now
project = open_project(Path(sys.argv[1]))
assert not project.read_only
article = project.article(sys.argv[2])
for n in range(1_000_000):
    span = make_span(article, (n % 40, n % 40 + 3))
    project.apply(edit(article, (), (span,)))
    print("added", span.id, flush=True)
    if n % 5 == 4:
        project.undo("anna", now())
        print("undone", span.id, flush=True)
"""


def test_acknowledged_edits_outlive_a_kill(
    store: ProjectFile, path: Path, article: Article
) -> None:
    store.close()
    expected: set[str] = set()
    for acknowledged in (1, 13, 60):
        editor = subprocess.Popen(
            [sys.executable, "-c", EDIT_ON_AND_ON, path, article.id],
            cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert editor.stdout is not None
        lines = [editor.stdout.readline() for _ in range(acknowledged)]
        editor.send_signal(signal.SIGKILL)
        lines += editor.stdout.readlines()
        editor.stdout.close()
        editor.wait()
        undone = {line.split()[1] for line in lines if line.startswith("undone")}
        expected |= {line.split()[1] for line in lines if line.startswith("added")} - undone
        project = open_project(path)
        assert project.read_only == "", "a dead window holds nothing"
        found = {span.id for span in project.annotations(article.id).spans}
        assert len(found ^ expected) <= 1, "at most the edit that was under way differs"
        expected = found
        assert project.damage() == []
        project.close()
        assert list(path.parent.iterdir()) == [path]


def big_entry() -> Entry:
    return Entry(make_article("long text " * 20_000 + os.urandom(8).hex()))


def test_a_full_disk_takes_nothing_away(store: ProjectFile, article: Article) -> None:
    span = make_span(article, (0, 4))
    store.apply(edit(article, (), (span,), "before"))
    before = store.counts()
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ProjectError, match=r"disk is full\. What .* held before this is safe"):
        store.add_entries([big_entry()], "anna")
    suggestions = tuple(make_suggestion(article, 0, 4) for _ in range(200))
    with pytest.raises(ProjectError, match="disk is full"):
        store.apply(edit(article, (span,), suggestions))
    assert store.counts() == before
    assert (store.annotations(article.id), store.damage()) == (Annotations((span,)), [])
    store._connection.execute("PRAGMA max_page_count = 1000000")
    store.add_entries([big_entry()], "anna")
    assert store.undo_title() == "before"


def in_little_room(program: str, path: Path, size: int) -> subprocess.CompletedProcess[str]:
    """Run a program that can make no file larger than `size` bytes."""
    return subprocess.run(
        [sys.executable, "-c", program, path], cwd=ROOT, capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )  # fmt: skip


FILL_THE_DISK = """
import sys
from pathlib import Path
from annotation.errors import ProjectError
from storage import open_project
from tests.storage.test_durability import big_entry
project = open_project(Path(sys.argv[1]))
done = 0
try:
    while True:
        project.add_entries([big_entry()], "anna")
        done += 1
except ProjectError as error:
    print(error)
assert project.counts()["articles"] == done
try:
    project.close()
except ProjectError as error:
    print(error)
print(done)
"""

MAKE_A_PROJECT = """
import sys
from pathlib import Path
from annotation.errors import ProjectError
from storage import create_project
from tests.storage.making import BOOK
try:
    create_project(Path(sys.argv[1]), BOOK)
except ProjectError as error:
    print(error)
"""


def test_a_disk_that_refuses_leaves_the_project_intact(path: Path) -> None:
    create_project(path, BOOK).close()
    done = in_little_room(FILL_THE_DISK, path, 2_000_000)
    assert done.stdout.startswith(f"The disk refused while {path}"), done.stdout + done.stderr
    project = open_project(path)
    assert project.read_only == ""
    assert project.counts()["articles"] == int(done.stdout.split()[-1]) > 0
    assert project.damage() == []
    project.close()
    assert list(path.parent.iterdir()) == [path]


def test_a_project_that_does_not_fit_is_not_half_made(path: Path) -> None:
    done = in_little_room(MAKE_A_PROJECT, path, 20_000)
    assert "disk" in done.stdout, done.stdout + done.stderr
    assert list(path.parent.iterdir()) == []


def test_no_file_holds_every_value(store: ProjectFile, article: Article) -> None:
    for note in ("\ud800", "x"):
        span = make_span(article, (0, 4), note=note)
        if note == "x":
            store.apply(edit(article, (), (span,)))
        else:
            with pytest.raises(ProjectError, match="surrogates not allowed"):
                store.apply(edit(article, (), (span,)))
    assert store.damage() == []


def test_another_program_that_writes_is_waited_for_and_named(
    store: ProjectFile, path: Path, article: Article
) -> None:
    store._connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ProjectError, match="is busy"):
        store.apply(edit(article, (), (make_span(article, (0, 4)),)))
    other.close()
    store.apply(edit(article, (), (make_span(article, (0, 4)),)))
