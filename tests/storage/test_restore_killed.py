"""A restore that is killed at any moment leaves the one state or the other, whole."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from annotation.model import Article
from storage import ProjectFile, open_project
from storage.backups import BackupFolder
from tests.storage.making import add_article, edit, make_span

ROOT = Path(__file__).resolve().parents[2]

RESTORE_ON_AND_ON = """
import sys
from pathlib import Path
from storage.backups import BackupFolder
path, folder = map(Path, sys.argv[1:])
backups = BackupFolder(folder)
print("ready", flush=True)
while True:
    for spans in (1, 2):
        states = {each.counts["spans"]: each for each in backups.all_of(path)}
        backups.restore(states[spans], path, lambda done, total: None)
        print(spans, flush=True)
"""


def state(path: Path) -> int:
    """Return how many spans a project has, which must be sound and free."""
    store = open_project(path)
    try:
        assert (store.read_only, store.damage()) == ("", [])
        return store.counts()["spans"]
    finally:
        store.close()


def test_a_killed_restore_leaves_one_of_both_states(
    store: ProjectFile, path: Path, article: Article, tmp_path: Path
) -> None:
    backups = BackupFolder(tmp_path / "backups")
    for _ in range(30):
        add_article(store, "word " * 20_000 + str(random.random()))
    for _ in range(2):
        store.apply(edit(article, (), (make_span(article, (0, 4)),)))
        backups.make(path, "asked for", lambda done, total: None)
    store.close()
    chance = random.Random(4)
    for _ in range(6):
        restorer = subprocess.Popen(
            [sys.executable, "-c", RESTORE_ON_AND_ON, path, backups.folder],
            cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert restorer.stdout is not None
        assert restorer.stdout.readline() == "ready\n"
        with pytest.raises(subprocess.TimeoutExpired):
            restorer.wait(chance.uniform(0, 0.4))
        restorer.kill()
        restorer.communicate()
        assert state(path) in (1, 2)
        assert {each.counts["spans"] for each in backups.all_of(path)} == {1, 2}
    backups.restore(backups.all_of(path)[0], path, lambda done, total: None)
    assert sorted(path.parent.iterdir()) == [backups.folder, path]
    assert state(path) in (1, 2)
