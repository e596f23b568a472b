"""Encrypted projects: no plain text anywhere, one password, and everything works as without."""

import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from annotation.background import BackgroundJob
from annotation.errors import DamagedError, LockedError, ProjectError
from annotation.finding import Query
from annotation.ids import new_id, now
from annotation.model import Change, Span
from annotation.passwords import strength
from annotation.searching import Search
from annotation.store import ArticleFilter
from storage import ProjectFile, create_project, keys, open_project
from storage.backups import BackupFolder
from storage.cipher import dbapi2
from storage.protecting import ProjectLocks
from tests.storage.making import BOOK, add_article, make_span

PASSWORD = "Grüße an die Quelle"
SECRET = "Deep Throat met me in the garage."


@pytest.fixture(autouse=True)
def _no_keys() -> Iterator[None]:
    yield
    keys._by_salt.clear()
    keys._by_file.clear()


@pytest.fixture
def backups(tmp_path: Path) -> BackupFolder:
    return BackupFolder(tmp_path / "backups")


@pytest.fixture
def locks(backups: BackupFolder) -> ProjectLocks:
    return ProjectLocks(backups)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path / "garage.pressmark"


def lock_up() -> None:
    keys._by_salt.clear()
    keys._by_file.clear()


def go_on(done: int, total: int) -> None:
    pass


def filled(path: Path, password: str | None = PASSWORD) -> ProjectFile:
    store = create_project(path, BOOK, password=password)
    article = add_article(store, SECRET, title="The garage")
    tagged(store, article.id, make_span(article, (0, 11)))
    return store


def tagged(store: ProjectFile, article_id: str, span: Span) -> None:
    store.apply(Change(new_id(), "Tag ORG", article_id, "anna", now(), added=(span,)))


def said(path: Path) -> tuple[object, ...]:
    with closing(open_project(path, read_only=True)) as store:
        (article_id,) = store.article_ids()
        return store.article(article_id), store.annotations(article_id), store.codebook()


def files_with_plain_text(folder: Path) -> list[str]:
    words = (b"garage", b"Throat", b"CREATE TABLE", b"CLAIM", keys.MAGIC)
    return [
        str(file)
        for file in folder.rglob("*")
        if file.is_file() and any(word in file.read_bytes() for word in words)
    ]


def test_nothing_on_disk_can_be_read(
    project: Path, backups: BackupFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = project.parent / "temporary"
    temporary.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(temporary))
    with closing(filled(project)):
        backups.make(project, "asked for", go_on)
        assert project.with_name(f"{project.name}-wal").stat().st_size > 0
        assert files_with_plain_text(project.parent) == []
    assert files_with_plain_text(project.parent) == []
    assert not project.with_name(f"{project.name}-wal").exists()


def test_the_password_opens_and_no_other(project: Path, locks: ProjectLocks) -> None:
    filled(project).close()
    lock_up()
    assert locks.is_locked(project)
    for attempt in (open_project, partial(open_project, read_only=True)):
        with pytest.raises(LockedError, match="password"):
            attempt(project)
    with pytest.raises(ProjectError, match="not the password"):
        locks.unlock(project, PASSWORD + " ")
    assert locks.is_locked(project)
    locks.unlock(project, PASSWORD.replace("ü", "u\N{COMBINING DIAERESIS}"))
    assert said(project)[0].text == SECRET


def test_any_sqlcipher_opens_it_with_the_password(project: Path) -> None:
    filled(project).close()
    with closing(dbapi2.connect(str(project))) as connection:
        connection.execute(f"PRAGMA key = '{PASSWORD}'")
        assert connection.execute("SELECT text FROM article_text").fetchone() == (SECRET,)


def test_a_file_that_is_gone_is_told(project: Path, locks: ProjectLocks) -> None:
    assert not locks.is_locked(project)
    with pytest.raises(ProjectError, match="cannot be read"):
        locks.unlock(project, PASSWORD)


def test_other_files_are_told_as_before(project: Path, locks: ProjectLocks) -> None:
    project.write_bytes(b"A text of plain letters. " * 16384)
    with pytest.raises(ProjectError, match="not a Pressmark project"):
        open_project(project)
    project.write_bytes(bytes(4096))
    with pytest.raises(ProjectError, match="not a Pressmark project"):
        open_project(project)
    project.write_bytes(os.urandom(8192))
    with pytest.raises(LockedError, match="or is no Pressmark project"):
        open_project(project)
    with pytest.raises(ProjectError, match="or that is no project"):
        locks.unlock(project, PASSWORD)


def test_a_database_of_others_with_that_password_is_refused(
    project: Path, locks: ProjectLocks
) -> None:
    with closing(dbapi2.connect(str(project))) as connection:
        connection.execute(f"PRAGMA key = '{PASSWORD}'")
        connection.execute("CREATE TABLE notes (text)")
    locks.unlock(project, PASSWORD)
    with pytest.raises(ProjectError, match="not a Pressmark project"):
        open_project(project)


def test_a_changed_byte_is_noticed(project: Path) -> None:
    filled(project).close()
    content = bytearray(project.read_bytes())
    content[4096 * 3 + 100] ^= 1
    project.write_bytes(content)
    with pytest.raises(ProjectError), closing(open_project(project)) as store:
        assert store.damage() == []
        list(store.article_ids())
        raise DamagedError("not noticed") if not store.damage() else ProjectError("noticed")


def test_errors_are_those_of_any_project(project: Path) -> None:
    with closing(filled(project)) as store:
        (article_id,) = store.article_ids()
        with pytest.raises(ProjectError, match="text already"):
            add_article(store, SECRET)
        span = store.annotations(article_id).spans[0]
        with pytest.raises(ProjectError, match="Nothing was changed"):
            tagged(store, article_id, span)
    assert issubclass(dbapi2.OperationalError, sqlite3.OperationalError)


def _texts(open_store: "partial[ProjectFile]") -> Iterator[str]:
    with closing(open_store()) as store:
        for article_id in store.article_ids():
            yield store.article(article_id).text


def reader(path: Path, key: keys.Key) -> ProjectFile:
    keys.add(key)
    return open_project(path, read_only=True)


def test_a_process_of_its_own_gets_the_key_by_its_pipe(project: Path) -> None:
    with closing(filled(project)):
        key = keys.of(project)
        assert key is not None
        assert key.secret.hex() not in f"{key} {key!r}" and pickle.loads(pickle.dumps(key)) == key
        job: BackgroundJob[str, None] = BackgroundJob(_texts, partial(reader, project, key))
        found: list[str] = []
        while not job.finished:
            job.wait(10)
            found += job.poll()
        assert job.error is None and found == [SECRET]


@pytest.mark.parametrize("before", [None, "the password before"])
@pytest.mark.parametrize("after", [None, PASSWORD])
def test_a_password_is_given_changed_and_taken_away(
    project: Path, backups: BackupFolder, locks: ProjectLocks, before: str | None, after: str | None
) -> None:
    filled(project, before).close()
    kept = [backups.make(project, "asked for", go_on).path]
    there = said(project)
    assert locks.protect(project, after, go_on) == []
    lock_up()
    if after is not None:
        assert files_with_plain_text(project.parent) == []
        locks.unlock(project, after)
    assert said(project) == there
    assert sorted(backup.path for backup in backups.all_of(project)) == sorted(kept)
    assert all(said(path) == there for path in kept)
    with closing(open_project(project)) as store:
        assert store.damage() == [] and store.undo("anna", now()) is not None
    assert sorted(p.name for p in project.parent.iterdir()) == ["backups", project.name]


def test_a_project_that_is_open_is_left_alone(project: Path, locks: ProjectLocks) -> None:
    with closing(filled(project, None)) as store:
        with pytest.raises(ProjectError, match="open in another window"):
            locks.protect(project, PASSWORD, go_on)
        assert store.read_only == ""
    assert project.read_bytes().startswith(keys.MAGIC)


def test_a_short_password_is_refused(project: Path, locks: ProjectLocks) -> None:
    with pytest.raises(ProjectError, match="at least 8"):
        create_project(project, BOOK, password="short")
    assert not project.exists()
    filled(project, None).close()
    with pytest.raises(ProjectError, match="at least 8"):
        locks.protect(project, "", go_on)


def test_a_full_disk_leaves_the_project_as_it_was(
    project: Path, locks: ProjectLocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(project, None).close()
    there = said(project)

    def fails(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(ProjectError, match="as it was"):
        locks.protect(project, PASSWORD, go_on)
    monkeypatch.undo()
    assert said(project) == there
    with closing(open_project(project)) as store:
        assert store.read_only == ""
    assert [p.name for p in project.parent.iterdir()] == [project.name]


KILLED = """
import os, sys
from pathlib import Path
from storage import protecting
from storage.backups import BackupFolder
steps = iter(range(int(sys.argv[2])))
def watch(frame, event, argument):
    if event == "call" and frame.f_globals.get("__name__", "").startswith("storage."):
        if next(steps, None) is None:
            os.kill(os.getpid(), 9)
sys.setprofile(watch)
project = Path(sys.argv[1])
locks = protecting.ProjectLocks(BackupFolder(project.parent / "backups"))
locks.protect(project, sys.argv[3], lambda done, total: None)
sys.setprofile(None)
print("done")
"""


def test_an_end_in_the_middle_leaves_one_or_the_other(
    tmp_path: Path, project: Path, backups: BackupFolder, locks: ProjectLocks
) -> None:
    filled(project, None).close()
    backups.make(project, "asked for", go_on)
    there = said(project)
    seen = set()
    for calls in range(5, 4000, 61):
        folder = tmp_path / f"run {calls}"
        folder.mkdir()
        copy = folder / project.name
        shutil.copy2(project, copy)
        shutil.copytree(tmp_path / "backups", folder / "backups")
        command = [sys.executable, "-c", KILLED, str(copy), str(calls), PASSWORD]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        mine = ProjectLocks(BackupFolder(folder / "backups"))
        encrypted = mine.is_locked(copy)
        if encrypted:
            mine.unlock(copy, PASSWORD)
            assert mine.protect_backups(copy, go_on) == []
            assert files_with_plain_text(folder) == []
        assert said(copy) == there
        with closing(open_project(copy)) as store:
            assert store.read_only == "" and store.damage() == []
        seen.add(encrypted)
        shutil.rmtree(folder)
        if done.stdout:
            break
    else:
        pytest.fail("it never came to an end")
    assert seen == {True, False}


def test_backups_by_themselves_and_restored(
    project: Path, backups: BackupFolder, locks: ProjectLocks
) -> None:
    filled(project).close()
    backup = backups.make_if_due(project, datetime.now(UTC), go_on)
    assert backup is not None
    there = said(project)
    with closing(open_project(project)) as store:
        store.undo("anna", now())
        assert backups.compare(backup, project).changed == ("The garage",)
    assert backups.restore(backup, project, go_on) is not None
    assert said(project) == there
    assert files_with_plain_text(project.parent) == []


def test_a_plain_backup_does_not_take_the_password_away(
    project: Path, backups: BackupFolder, locks: ProjectLocks
) -> None:
    filled(project, None).close()
    backup = backups.make(project, "asked for", go_on)
    plain = backup.path.read_bytes()
    locks.protect(project, PASSWORD, go_on)
    backup.path.chmod(0o600)
    backup.path.write_bytes(plain)
    lock_up()
    locks.unlock(project, PASSWORD)
    assert "cannot be compared" in backups.compare(backup, project).unreadable
    with pytest.raises(ProjectError, match="is not encrypted"):
        backups.restore(backup, project, go_on)


def test_keys_of_others_are_forgotten(tmp_path: Path, locks: ProjectLocks) -> None:
    one, other = tmp_path / "one.pressmark", tmp_path / "other.pressmark"
    filled(one).close()
    filled(other).close()
    locks.keep_only(other)
    assert locks.is_locked(one) and not locks.is_locked(other)


def test_words_for_strength() -> None:
    assert strength("") == ""
    assert strength("1234567").startswith("Too short")
    assert strength("aaaaaaaaaaaaaaaaaaaa").startswith("Weak")
    assert strength("abcdefgh12345678").startswith("Weak")
    assert strength("tag the garage").startswith(("Fair", "Strong"))
    assert strength("meadow trombone vinegar lantern").startswith("Strong")


def test_finding_also_in_what_is_not_indexed_yet(
    project: Path, backups: BackupFolder, locks: ProjectLocks
) -> None:
    def hits(store: ProjectFile) -> int:
        looked = store.search(Search(Query("garage"), by_query=True))
        return sum(len(one.found) for one in looked)

    with closing(filled(project, None)) as store:
        store.index(1)
        before = store.article_rows(ArticleFilter("garage"))
    assert len(before) == 1
    locks.protect(project, PASSWORD, go_on)
    with closing(open_project(project)) as store:
        assert store.article_rows(ArticleFilter("garage")) == before
        assert store.damage() == []
        add_article(store, "Another garage.")
        assert hits(store) == 4
        assert store.index(5) == 0
        assert hits(store) == 4
    assert files_with_plain_text(project.parent) == []
