"""The export as a process of its own runs it: step by step, and stopped at any time."""

from pathlib import Path

import pytest
from test_export_folder import JSONL, project

from annotation.errors import ProjectError
from annotation.exporting import export
from annotation.exporting.apart import export_apart, losses_apart
from annotation.exporting.folder import tidy_up


def test_the_steps_lead_to_the_report_and_the_same_files(tmp_path: Path) -> None:
    store = project("entity", "discourse", articles=3)
    running = export_apart(lambda: store, tmp_path / "apart", JSONL)
    steps = []
    while True:
        try:
            steps.append(next(running))
        except StopIteration as stop:
            report = stop.value
            break
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert report.articles == 3
    export(store, tmp_path / "here", JSONL)
    assert (tmp_path / "apart/corpus.jsonl").read_bytes() == (
        tmp_path / "here/corpus.jsonl"
    ).read_bytes()


def test_a_refusal_comes_through(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="nothing to export"):
        list(export_apart(lambda: project(), tmp_path / "out", JSONL))


def test_losses_are_told_one_by_one() -> None:
    found = list(losses_apart(lambda: project("entity"), JSONL))
    assert [loss.what for loss in found] == ["layer", "relation"]


def test_what_a_killed_export_left_goes_and_what_it_put_aside_comes_back(tmp_path: Path) -> None:
    for name in (".out.1.unfinished", ".out.2.former", ".outer.3.unfinished", "out.4.unfinished"):
        (tmp_path / name).mkdir()
    (tmp_path / ".out.2.former" / "manifest.json").touch()
    tidy_up(tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".outer.3.unfinished",
        "out",
        "out.4.unfinished",
    ]
    assert (tmp_path / "out" / "manifest.json").exists()
