"""What can be read of a damaged encrypted project is saved, encrypted, with the same password."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotation.checking import check
from annotation.errors import DamagedError, LockedError, ProjectError
from annotation.model import Article
from storage import create_project, keys, open_project
from storage.backups import BackupFolder
from storage.protecting import ProjectLocks
from storage.salvage import salvage
from tests.storage.making import BOOK, add_article, edit, make_span

PASSWORD = "meadow trombone lantern"
PAGE = 4096
ARTICLES = 24
TEXT = "Deep Throat met me in the garage, number {}. "


@pytest.fixture(autouse=True)
def _no_keys() -> Iterator[None]:
    yield
    lock_up()


def lock_up() -> None:
    keys._by_salt.clear()
    keys._by_file.clear()


def go_on(done: int, total: int) -> None:
    assert 0 <= done <= total


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "work" / "garage.pressmark"


@pytest.fixture
def locks(tmp_path: Path) -> ProjectLocks:
    return ProjectLocks(BackupFolder(tmp_path / "backups"))


@pytest.fixture
def articles(path: Path) -> list[Article]:
    """A closed project of many pages, with a span in each article."""
    path.parent.mkdir()
    made = []
    with closing(create_project(path, BOOK, password=PASSWORD)) as store:
        for number in range(ARTICLES):
            made.append(add_article(store, TEXT.format(number) * 90, title=f"Garage {number}"))
            store.apply(edit(made[-1], (), (make_span(made[-1], (0, 11)),)))
    return made


def garble(path: Path, *pages: int) -> None:
    data = bytearray(path.read_bytes())
    for page in pages:
        data[(page - 1) * PAGE + 700] ^= 4
    path.write_bytes(data)


def repaired(path: Path, locks: ProjectLocks) -> tuple[list[str], set[str], int]:
    """Repair with the password; return what was damaged, the texts, and how many spans."""
    lock_up()
    locks.unlock(path, PASSWORD)
    out = path.with_name("saved.pressmark")
    report = salvage(path, out, go_on)
    lock_up()
    with pytest.raises(LockedError):
        open_project(out)
    locks.unlock(out, PASSWORD)
    with closing(open_project(out)) as store:
        assert check(store).problems == []
        texts = {store.article(each).text for each in store.article_ids()}
        return report.damage, texts, store.counts()["spans"]


def test_a_sound_project_is_saved_whole(
    path: Path, locks: ProjectLocks, articles: list[Article]
) -> None:
    before = path.read_bytes()
    assert repaired(path, locks) == ([], {each.text for each in articles}, ARTICLES)
    assert path.read_bytes() == before


def test_a_wrong_page_costs_itself(
    path: Path, locks: ProjectLocks, articles: list[Article]
) -> None:
    pages = path.stat().st_size // PAGE
    garble(path, *range(20, pages, 40))
    damage, texts, spans = repaired(path, locks)
    assert any("HMAC does not fit" in line for line in damage)
    assert texts <= {each.text for each in articles}
    assert ARTICLES - 8 <= len(texts) <= ARTICLES and spans >= len(texts) - 8


def test_without_its_first_page(path: Path, locks: ProjectLocks, articles: list[Article]) -> None:
    garble(path, 1)
    lock_up()
    with pytest.raises(LockedError):
        open_project(path)
    locks.unlock(path, PASSWORD)
    with pytest.raises(DamagedError):
        open_project(path)
    _, texts, spans = repaired(path, locks)
    assert (texts, spans) == ({each.text for each in articles}, ARTICLES)


def test_cut_off_in_the_middle_of_a_page(
    path: Path, locks: ProjectLocks, articles: list[Article]
) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 3 // 4 + 1000])
    lock_up()
    assert locks.is_locked(path)
    _, texts, _ = repaired(path, locks)
    assert len(texts) > ARTICLES // 3


@pytest.mark.parametrize("salt", [b"\0" * 16, b"\xde\xad\xbe\xef" * 4])
def test_without_its_salt_a_backup_has_it(
    path: Path, locks: ProjectLocks, articles: list[Article], tmp_path: Path, salt: bytes
) -> None:
    BackupFolder(tmp_path / "backups").make(path, "asked for", go_on)
    path.write_bytes(salt + path.read_bytes()[16:])
    _, texts, _ = repaired(path, locks)
    assert texts == {each.text for each in articles}


def test_what_only_the_log_of_sqlite_has(path: Path, locks: ProjectLocks, tmp_path: Path) -> None:
    path.parent.mkdir()
    taken = tmp_path / "taken" / path.name
    taken.parent.mkdir()
    with closing(create_project(path, BOOK, password=PASSWORD)) as store:
        article = add_article(store, TEXT.format(1))
        for file in path.parent.iterdir():
            (taken.parent / file.name).write_bytes(file.read_bytes())
    assert taken.with_name(f"{path.name}-wal").stat().st_size > PAGE
    assert repaired(taken, locks)[1] == {article.text}


def test_it_asks_for_the_password(path: Path, locks: ProjectLocks, articles: list[Article]) -> None:
    lock_up()
    out = path.with_name("saved.pressmark")
    path.write_bytes(bytes(16) + path.read_bytes()[16:])
    with pytest.raises(LockedError, match="--password-file"):
        salvage(path, out, go_on)
    with pytest.raises(ProjectError, match="not the password"):
        locks.unlock(path, PASSWORD + "!")
    assert os.listdir(path.parent) == [path.name]


def test_nothing_is_in_clear_meanwhile(
    path: Path, locks: ProjectLocks, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(path.parent))
    monkeypatch.setenv("SQLITE_TMPDIR", str(path.parent))
    garble(path, 9)
    seen = set()

    def look(done: int, total: int) -> None:
        for file in path.parent.rglob("*"):
            if file.is_file():
                seen.add(file.name)
                content = file.read_bytes()
                words = (b"garage", b"Garage", b"CREATE TABLE", keys.MAGIC)
                assert not any(word in content for word in words), file

    salvage(path, path.with_name("saved.pressmark"), look)
    look(0, 0)
    assert {"carrier", "found", "saved.pressmark"} <= seen


def test_a_plain_file_is_not_taken_for_an_encrypted_one(tmp_path: Path) -> None:
    plain = tmp_path / "plain.pressmark"
    with closing(create_project(plain, BOOK)) as store:
        add_article(store, "".join(chr(0x400 + n % 0x500) for n in range(60_000)))
    assert not keys.is_noise(plain)
