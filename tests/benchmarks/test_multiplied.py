"""The large project that is made by SQL is as sound as one that was imported."""

from pathlib import Path

import pytest

from annotation.checking import check
from annotation.errors import ProjectError
from annotation.store import ArticleFilter
from storage import open_project
from tests.benchmarks import multiplied


def test_copies_are_sound_articles_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(multiplied, "SEEDS", 4)
    store = open_project(multiplied.build(tmp_path / "a.pressmark", 10, 200, 20))
    report = check(store)
    assert (report.articles, report.spans, report.problems) == (10, 200, [])
    assert len(store.article_rows(ArticleFilter("report"))) == 10
    assert [row.number for row in store.article_rows(ArticleFilter('"report 10"'))] == [10]
    assert store.counts()["spans"] == 200
    store.close()


def test_a_disk_without_room_is_told_before_anything_is_built(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"GB free.*leave --full out"):
        multiplied.build(tmp_path / "a.pressmark", 10**12, 500, 50)
    assert not list(tmp_path.iterdir())
