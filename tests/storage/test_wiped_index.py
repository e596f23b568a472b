"""A search index that is damaged harms nothing else, whichever SQLite the file is opened with."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotation.errors import ProjectError
from annotation.store import ArticleFilter
from storage import create_project, keys, open_project
from storage.backups import BackupFolder
from storage.opening import connect
from storage.protecting import ProjectLocks
from tests.storage.making import BOOK, add_article

PASSWORD = "meadow trombone lantern"
TEXT = "Deep Throat met me in the garage."


@pytest.fixture(autouse=True)
def _no_keys() -> Iterator[None]:
    yield
    keys._by_salt.clear()
    keys._by_file.clear()


def go_on(done: int, total: int) -> None:
    pass


def texts(path: Path) -> list[str]:
    with closing(open_project(path, read_only=True)) as store:
        return [store.article(each).text for each in store.article_ids()]


@pytest.mark.parametrize("password", [None, PASSWORD], ids=["plain", "encrypted"])
@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM article_words_config",
        "UPDATE article_words_config SET v = 99",
        "DELETE FROM article_words_data",
    ],
)
def test_all_but_searching_goes_on(path: Path, password: str | None, harm: str) -> None:
    backups = BackupFolder(path.parent / "backups")
    with closing(create_project(path, BOOK, password=password)) as store:
        add_article(store, TEXT)
        store.index(10)
    with closing(connect(path, "mode=rw")) as client:
        if sys.version_info >= (3, 12) and isinstance(client, sqlite3.Connection):
            client.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, False)
        client.execute(harm)
    backup = backups.make(path, "asked for", go_on)
    with closing(open_project(path)) as store:
        assert store.read_only == ""
        with pytest.raises(ProjectError, match=r"index .* --anew"):
            store.article_rows(ArticleFilter("garage"))
        assert [line[:27] for line in store.damage()] == ["The search index is damaged"]
        store.save_copy(path.with_name("copy.pressmark"), go_on)
    backups.restore(backup, path, go_on)
    locks = ProjectLocks(backups)
    with pytest.raises(ProjectError, match=r"index .* --anew"):
        locks.protect(path, None if password else PASSWORD, go_on)
    assert texts(path) == texts(path.with_name("copy.pressmark")) == [TEXT]
    with closing(open_project(path)) as store:
        assert store.index(10, anew=True) == 0
        assert len(store.article_rows(ArticleFilter("garage"))) == 1
        assert store.damage() == []
    kept = {each.path for each in backups.all_of(path)}
    left = locks.protect(path, None if password else PASSWORD, go_on)
    assert set(left) == kept, "backups with such an index are named"
