import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path, PureWindowsPath

import pytest

from annotation.errors import ProjectError
from annotation.model import Article
from storage import ProjectFile, create_project, open_project
from storage.opening import uri
from tests.storage.making import BOOK, edit, make_span

ROOT = Path(__file__).resolve().parents[2]


def altered(sql: str) -> Callable[[Path], None]:
    def alter(path: Path) -> None:
        with closing(sqlite3.connect(path)) as client, client:
            client.execute(sql)

    return alter


def rewritten(content: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda path: (path.write_bytes(content(path.read_bytes())), None)[1]


REFUSED = {
    "not SQLite": (rewritten(lambda _: b"just words, " * 500), "not a Pressmark project"),
    "empty": (rewritten(lambda _: b""), "is empty"),
    "short": (rewritten(lambda old: old[:50]), "another program"),
    "truncated": (rewritten(lambda old: old[: len(old) // 2]), "damaged"),
    "header only": (rewritten(lambda old: old[:100]), "damaged|not a Pressmark"),
    "garbled": (
        rewritten(lambda old: old[:100] + b"\xff" * (len(old) - 100)),
        "damaged|not a Pressmark",
    ),
    "another program's": (altered("PRAGMA application_id = 42"), "another program"),
    "newer": (altered("PRAGMA user_version = 99"), "newer Pressmark: its format is 99"),
    "no version": (altered("PRAGMA user_version = 0"), "damaged or was altered"),
    "a trigger": (
        altered("CREATE TRIGGER evil AFTER INSERT ON span BEGIN DELETE FROM article; END"),
        "trigger evil",
    ),
    "a view": (altered("CREATE VIEW evil AS SELECT 1"), "view evil"),
    "a table": (altered("CREATE TABLE evil (a)"), "table evil"),
    "a missing table": (altered("DROP TABLE run"), "table run"),
    "another table": (altered("ALTER TABLE run ADD COLUMN evil TEXT"), "table run"),
}


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("read_only", [False, True])
def test_what_is_no_sound_project_is_refused_and_left_alone(
    path: Path, what: str, read_only: bool
) -> None:
    make, words = REFUSED[what]
    create_project(path, BOOK).close()
    make(path)
    before = path.read_bytes()
    with pytest.raises(ProjectError, match=words) as caught:
        open_project(path, read_only=read_only)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="is a folder"):
        open_project(tmp_path)
    with pytest.raises(ProjectError, match="There is no file"):
        open_project(tmp_path / "missing.pressmark")
    assert list(tmp_path.iterdir()) == []


def test_a_new_project_takes_no_name_that_is_taken(tmp_path: Path) -> None:
    taken = tmp_path / "thesis.txt"
    taken.write_text("years of work")
    with pytest.raises(ProjectError, match="exists already"):
        create_project(taken, BOOK)
    assert taken.read_text() == "years of work"
    with pytest.raises(ProjectError, match="exists already"):
        create_project(tmp_path, BOOK)
    with pytest.raises(ProjectError, match="cannot be made: No such file"):
        create_project(tmp_path / "nowhere" / "a.pressmark", BOOK)
    assert list(tmp_path.iterdir()) == [taken]


def test_statistics_of_another_client_do_no_harm(path: Path) -> None:
    create_project(path, BOOK).close()
    altered("ANALYZE")(path)
    open_project(path).close()


def test_one_single_file_is_left(store: ProjectFile, path: Path, article: Article) -> None:
    span = make_span(article, (0, 4))
    store.apply(edit(article, (), (span,)))
    assert path.with_name(path.name + "-wal").exists(), "the write-ahead log is in use"
    store.close()
    store.close()
    assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes()[68:72] == b"PRMK"
    assert path.read_bytes()[18:20] == b"\1\1", "anybody can read it, on any medium"
    copy = open_project(Path(shutil.copy(path, path.with_name("copy.pressmark"))))
    assert copy.annotations(article.id).spans == (span,)
    assert copy.damage() == []
    copy.close()
    with pytest.raises(ProjectError, match="closed"):
        store.apply(edit(article, (span,)))


def test_a_connection_is_careful(store: ProjectFile) -> None:
    def pragma(name: str) -> object:
        return store._connection.execute(f"PRAGMA {name}").fetchone()[0]

    names = ("foreign_keys", "trusted_schema", "cell_size_check", "synchronous", "journal_mode")
    assert [pragma(name) for name in names] == [1, 0, 1, 3, "wal"]


def test_opening_reads_no_heavy_module(path: Path) -> None:
    create_project(path, BOOK).close()
    program = (
        "import sys; from pathlib import Path; from storage import open_project\n"
        "project = open_project(Path(sys.argv[1])); assert not project.read_only; project.close()\n"
        "print(sorted({'sqlite_utils', 'numpy', 'spacy', 'sqlcipher3'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, path], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_reading_only_writes_not_a_byte(path: Path, store: ProjectFile, article: Article) -> None:
    store.close()
    before = path.read_bytes()
    reader = open_project(path, read_only=True)
    assert reader.read_only == "opened for reading only"
    assert reader.article(article.id) == article
    with pytest.raises(ProjectError, match="cannot be changed: opened for reading only"):
        reader.apply(edit(article, (), (make_span(article, (0, 4)),)))
    with pytest.raises(sqlite3.OperationalError):
        reader._connection.execute("DELETE FROM article_text")
    reader.keep_alive()
    reader.close()
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


READ_AS_NOBODY = """
import os, sys
from pathlib import Path
from storage import open_project
Path.cwd().as_uri()  # loads what nobody may not be allowed to read, from Python 3.13 on
if os.geteuid() == 0:
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
project = open_project(Path(sys.argv[1]))
print(project.read_only, "|", len(list(project.article_ids())))
project.close()
"""


@pytest.fixture
def medium() -> Iterator[Path]:
    """A folder that another user can reach, unlike those that pytest makes for root."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
        Path(name).chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="permissions work otherwise there")
@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
@pytest.mark.parametrize("folder_too", [False, True])
def test_what_cannot_be_written_is_opened_for_reading(
    medium: Path, journal: str, folder_too: bool
) -> None:
    path = medium / "a.pressmark"
    create_project(path, BOOK).close()
    altered(f"PRAGMA journal_mode = {journal}")(path)
    before = path.read_bytes()
    path.chmod(0o444)
    medium.chmod(0o555 if folder_too else 0o777)
    done = subprocess.run(
        [sys.executable, "-c", READ_AS_NOBODY, path], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout == "the file or its folder cannot be written | 0\n", done.stderr
    assert path.read_bytes() == before
    if folder_too:
        assert list(medium.iterdir()) == [path]


def test_foreign_keys_are_enforced(store: ProjectFile) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        store._connection.execute("INSERT INTO run VALUES ('nowhere', 'model', 'now', 0)")


def with_a_circle(path: Path) -> None:
    """Let the last pages of a file be copies of an inner one, which refers to them."""
    with closing(sqlite3.connect(path)) as client, client:
        client.execute("CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                       "SELECT i + 1 FROM n LIMIT 3000) SELECT i FROM n")  # fmt: skip
        client.execute("INSERT INTO meta SELECT 'n' || i, hex(randomblob(200)) FROM n")
        root = client.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'meta'").fetchone()
    content = path.read_bytes()
    inner = content[(root[0] - 1) * 4096 : root[0] * 4096]
    path.write_bytes(content[: -20 * 4096] + inner * 20)


def test_pages_in_a_circle_are_not_read_for_ever(path: Path) -> None:
    create_project(path, BOOK).close()
    with_a_circle(path)
    for read_only in (True, False):
        with pytest.raises(ProjectError, match="damaged: its pages are not in order"):
            open_project(path, read_only=read_only)


def test_a_large_file_is_looked_over_later(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create_project(path, BOOK).close()
    with_a_circle(path)
    monkeypatch.setattr("storage.guarding.SMALL", 1000)
    project = open_project(path)
    assert not project.read_only
    with pytest.raises(ProjectError, match="damaged: its pages are not in order"):
        project.look_over(5.0)
    project.distrust("it is damaged")
    with pytest.raises(ProjectError, match="cannot be changed: it is damaged"):
        project.hide_suggestions(True, "anna", "now")
    project.close()


def test_paths_on_a_server_of_windows_are_addresses_that_sqlite_takes(path: Path) -> None:
    on_server = uri(PureWindowsPath(r"\\files\team\Prüf stück.pressmark"), "mode=ro")
    assert on_server == "file:////files/team/Pr%C3%BCf%20st%C3%BCck.pressmark?mode=ro"
    assert uri(PureWindowsPath(r"C:\a.pressmark"), "mode=ro") == "file:///C:/a.pressmark?mode=ro"
    create_project(path, BOOK).close()
    with closing(sqlite3.connect(f"file:///{path.absolute()}?mode=ro", uri=True)) as same:
        assert same.execute("PRAGMA application_id").fetchone()[0] != 0, "two slashes do no harm"


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python cannot switch it on before")
def test_no_statement_alters_the_schema_itself(store: ProjectFile) -> None:
    store._connection.execute("PRAGMA writable_schema = ON")
    with pytest.raises(sqlite3.OperationalError, match="may not be modified"):
        store._connection.execute("UPDATE sqlite_schema SET sql = ''")
