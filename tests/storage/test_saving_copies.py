from pathlib import Path

import pytest

from annotation.errors import ProjectError
from annotation.model import Article
from storage import ProjectFile, open_project
from tests.storage.making import edit, make_span


def nothing(done: int, total: int) -> None:
    pass


def test_a_copy_is_a_project_of_its_own(
    store: ProjectFile, path: Path, article: Article, tmp_path: Path
) -> None:
    span = make_span(article, (0, 4))
    store.apply(edit(article, (), (span,)))
    out = tmp_path / "copy.pressmark"
    seen: list[tuple[int, int]] = []
    reader = open_project(path, read_only=True)
    reader.save_copy(out, lambda done, total: seen.append((done, total)))
    reader.close()
    assert seen[-1][0] == seen[-1][1] > 0
    store.apply(edit(article, (span,), ()))
    assert not list(tmp_path.glob(".*"))
    copy = open_project(out)
    assert copy.read_only == "", "nobody holds the copy"
    assert copy.annotations(article.id).spans == (span,)
    assert copy.damage() == []
    copy.close()
    store.save_copy(out, nothing)
    assert open_and_count(out) == 0, "the second copy took the place of the first"


def open_and_count(path: Path) -> int:
    project = open_project(path, read_only=True)
    spans = project.counts()["spans"]
    project.close()
    return spans


def test_a_copy_takes_no_place_that_is_in_use(
    store: ProjectFile, path: Path, tmp_path: Path
) -> None:
    with pytest.raises(ProjectError, match="is the project itself"):
        store.save_copy(path, nothing)
    other = tmp_path / "other.pressmark"
    store.save_copy(other, nothing)
    opened = open_project(other)
    with pytest.raises(ProjectError, match="is a project that is open"):
        store.save_copy(other, nothing)
    opened.close()
    with pytest.raises(ProjectError, match="choose another folder"):
        store.save_copy(tmp_path / "nowhere" / "c.pressmark", nothing)


def test_a_copy_that_is_stopped_leaves_nothing(store: ProjectFile, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    before = sorted(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        store.save_copy(tmp_path / "copy.pressmark", stop)
    assert sorted(tmp_path.iterdir()) == before
