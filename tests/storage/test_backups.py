"""Backups of real projects: made while others write, and put back."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotation.backups import Backup
from annotation.errors import DamagedError, ProjectError
from annotation.model import Article
from storage import ProjectFile, create_project, open_project
from storage.backups import BackupFolder
from tests.storage.making import BOOK, add_article, edit, make_span, make_suggestion

NOW = datetime.now(UTC)


def go_on(done: int, total: int) -> None:
    assert 0 <= done <= total


@pytest.fixture
def backups(tmp_path: Path) -> BackupFolder:
    return BackupFolder(tmp_path / "home" / "backups")


def spans(path: Path) -> int:
    store = open_project(path, read_only=True)
    try:
        assert store.damage() == []
        return store.counts()["spans"]
    finally:
        store.close()


def tag(store: ProjectFile, article: Article) -> None:
    store.apply(edit(article, (), (make_span(article, (0, 4)),)))


def test_a_backup_is_a_project_of_its_own(
    store: ProjectFile, path: Path, article: Article, backups: BackupFolder
) -> None:
    tag(store, article)
    made = backups.make(path, "asked for", go_on)
    tag(store, article)
    assert (made.why, made.of, made.counts["articles"], made.counts["spans"]) == (
        "asked for", str(path), 1, 1,
    )  # fmt: skip
    assert backups.all_of(path) == [made]
    assert list(made.path.parent.iterdir()) == [made.path]
    assert spans(made.path) == 1
    assert made.path.stat().st_mode & 0o277 == 0, "a backup is not written to, and private"
    assert made.path.parent.stat().st_mode & 0o077 == 0, "nobody else may read it"


def test_edits_go_on_while_a_backup_is_made(
    store: ProjectFile, path: Path, article: Article, backups: BackupFolder
) -> None:
    for _ in range(40):
        add_article(store, "long text " * 20_000 + os.urandom(8).hex())
    pieces = []

    def write(done: int, total: int) -> None:
        pieces.append((done, total))
        assert len(pieces) < 500, "it begins from anew"
        tag(store, article)

    made = backups.make(path, "asked for", write)
    assert len(pieces) > 10
    assert [done for done, _ in pieces] == sorted({done for done, _ in pieces}), "never from anew"
    assert made.counts["spans"] == spans(made.path) == 0, "one moment"
    assert store.counts()["spans"] == len(pieces)


def test_a_backup_comes_when_something_changed_and_time_has_passed(
    store: ProjectFile, path: Path, article: Article, backups: BackupFolder
) -> None:
    assert backups.make_if_due(path, NOW, go_on) is not None
    tag(store, article)
    assert backups.make_if_due(path, NOW + timedelta(minutes=50), go_on) is None
    assert backups.make_if_due(path, datetime.now(UTC), go_on, opening=True) is not None
    assert backups.make_if_due(path, datetime.now(UTC), go_on, opening=True) is None
    tag(store, article)
    later = datetime.now(UTC) + timedelta(minutes=61)
    assert backups.make_if_due(path, later, go_on) is not None
    assert backups.make_if_due(path, later + timedelta(days=9), go_on) is None, "nothing changed"
    found = edit(article, (), (make_suggestion(article, 0, 4),), undoable=False)
    for change in (
        lambda: store.undo("anna", "now"),
        lambda: store.redo("anna", "now"),
        lambda: add_article(store),
        lambda: store.hide_suggestions(True, "anna", "now"),
        lambda: store.store_run(article.id, "model 1.0", found),
    ):
        change()
        assert backups.make_if_due(path, later, go_on) is not None


def test_an_empty_project_needs_no_backup(path: Path, backups: BackupFolder) -> None:
    create_project(path, BOOK).close()
    assert backups.make_if_due(path, NOW, go_on) is None


def test_a_disk_without_room_is_not_filled(
    store: ProjectFile, path: Path, article: Article, backups: BackupFolder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    usage = shutil.disk_usage(path.parent)._replace(free=400_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(ProjectError, match="only 400 MB are free"):
        backups.make_if_due(path, NOW, go_on)
    assert backups.all_of(path) == []
    assert backups.make(path, "asked for", go_on), "who asks gets one while there is room"


def test_a_stopped_backup_leaves_nothing(
    store: ProjectFile, path: Path, article: Article, backups: BackupFolder
) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backups.make(path, "asked for", stop)
    assert [each for each in backups.folder.rglob("*") if each.is_file()] == []
    left = backups.folder / os.listdir(backups.folder)[0] / "20200101.part"
    left.touch()
    os.utime(left, (0, 0))
    backups.make(path, "asked for", go_on)
    assert not left.exists()


def damage(path: Path) -> None:
    """Break the pages after the first ones, and leave the header."""
    data = bytearray(path.read_bytes())
    data[8192:] = os.urandom(len(data) - 8192)
    path.write_bytes(data)


def test_of_a_damaged_project_no_backup_is_made(
    store: ProjectFile, path: Path, article: Article, backups: BackupFolder
) -> None:
    store.close()
    made = backups.make(path, "asked for", go_on)
    damage(path)
    with pytest.raises(DamagedError, match="damaged"):
        backups.make(path, "asked for", go_on)
    assert backups.all_of(path) == [made]


def test_a_renamed_project_finds_its_backups(
    store: ProjectFile, path: Path, article: Article, backups: BackupFolder
) -> None:
    store.close()
    made = backups.make(path, "asked for", go_on)
    moved = path.rename(path.with_name("other.pressmark"))
    assert backups.all_of(moved) == [made]
    assert backups.all_of(path) == [made], "and so does who looks where it was"


# -- restoring


@pytest.fixture
def two_states(
    store: ProjectFile, path: Path, article: Article, backups: BackupFolder
) -> tuple[Path, Backup]:
    """A project with two spans and a backup of it with one."""
    tag(store, article)
    made = backups.make(path, "asked for", go_on)
    tag(store, article)
    add_article(store, "A second article")
    store.close()
    return path, made


def test_a_restore_is_previewed(
    two_states: tuple[Path, Backup], backups: BackupFolder, article: Article
) -> None:
    path, made = two_states
    found = backups.compare(made, path)
    assert (found.counts["spans"], found.counts["articles"]) == ((1, 2), (1, 2))
    assert found.labels == {("entity", "ORG"): (1, 2)}
    assert (found.gone, found.back) == (("A second article",), ())
    assert found.changed == (article.title,)
    assert not found.same
    made = backups.make(path, "asked for", go_on)
    assert backups.compare(made, path).same


def test_a_restore_can_itself_be_taken_back(
    two_states: tuple[Path, Backup], backups: BackupFolder
) -> None:
    path, made = two_states
    kept = backups.restore(made, path, go_on)
    assert spans(path) == 1
    assert sorted(path.parent.iterdir()) == [path.parent / "home", path]
    newest = backups.all_of(path)[0]
    assert (newest.path, newest.why, newest.counts["spans"]) == (kept, "before a restore", 2)
    again = backups.restore(newest, path, go_on)
    assert spans(path) == 2
    assert spans(again) == 1
    assert backups.restore(backups.all_of(path)[1], path, go_on) != again
    assert spans(path) == 2
    store = open_project(path)
    assert (store.read_only, store.undo_title()) == ("", "Edit")
    store.close()


def test_what_the_log_of_sqlite_holds_is_kept_too(
    two_states: tuple[Path, Backup], backups: BackupFolder, article: Article
) -> None:
    path, made = two_states
    copy = path.with_name("copy.pressmark")
    store = open_project(path)
    tag(store, article)
    for ending in ("", "-wal"):
        shutil.copy(f"{path}{ending}", f"{copy}{ending}")  # as a power cut leaves it
    store.close()
    with closing(sqlite3.connect(copy)) as client, client:
        client.execute("DELETE FROM writer")
    for ending in ("", "-wal"):
        if Path(f"{copy}{ending}").exists():
            shutil.move(f"{copy}{ending}", f"{path}{ending}")
    backups.restore(made, path, go_on)
    assert (spans(path), backups.all_of(path)[0].counts["spans"]) == (1, 3)
    assert not Path(f"{path}-wal").exists()


def test_a_project_that_is_open_is_not_replaced(
    two_states: tuple[Path, Backup], backups: BackupFolder
) -> None:
    path, made = two_states
    writer = open_project(path)
    with pytest.raises(ProjectError, match="open in another window since"):
        backups.restore(made, path, go_on)
    reader = open_project(path)
    writer.close()
    with pytest.raises(ProjectError, match="open elsewhere for reading"):
        backups.restore(made, path, go_on)
    reader.close()
    assert spans(path) == 2
    store = open_project(path)
    assert store.read_only == "", "a restore that failed holds nothing"
    store.close()


def test_a_damaged_project_is_set_aside(
    two_states: tuple[Path, Backup], backups: BackupFolder
) -> None:
    path, made = two_states
    damage(path)
    broken = path.read_bytes()
    Path(f"{path}-wal").write_bytes(b"left over")
    aside = backups.restore(made, path, go_on)
    assert aside.read_bytes() == broken
    assert Path(f"{aside}-wal").read_bytes() == b"left over"
    assert spans(path) == 1
    assert not Path(f"{path}-wal").exists()


@pytest.mark.parametrize("how", ["no header", "half", "gone"])
def test_what_cannot_be_read_at_all_finds_its_backups(
    two_states: tuple[Path, Backup], backups: BackupFolder, how: str
) -> None:
    path, made = two_states
    if how == "gone":
        path.unlink()
    else:
        data = path.read_bytes()
        path.write_bytes(b"\0" * 4096 + data[4096:] if how == "no header" else data[: 3 * 4096])
    found = backups.compare(made, path)
    assert found.unreadable
    assert found.counts["spans"] == (1, None)
    assert backups.all_of(path) == [made]
    kept = backups.restore(made, path, go_on)
    assert (kept is None) == (how == "gone")
    assert spans(path) == 1


def test_a_restore_that_ends_early_changes_nothing(
    two_states: tuple[Path, Backup], backups: BackupFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, made = two_states

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("storage.restoring.copy_out", "pathlib.Path.replace"):
        with monkeypatch.context() as patched:
            patched.setattr(name, fail)
            with pytest.raises((ProjectError, OSError), match="No space left"):
                backups.restore(made, path, go_on)
        assert spans(path) == 2
        assert sorted(path.parent.iterdir()) == [path.parent / "home", path]
    store = open_project(path)
    assert store.read_only == ""
    store.close()


def test_a_backup_that_is_damaged_is_not_restored(
    two_states: tuple[Path, Backup], backups: BackupFolder
) -> None:
    path, made = two_states
    made.path.chmod(0o600)
    damage(made.path)
    with pytest.raises(ProjectError, match="damaged"):
        backups.restore(made, path, go_on)
    assert spans(path) == 2
