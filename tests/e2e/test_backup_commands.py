"""Backups, restoring and repair by command line."""

from pathlib import Path

import pytest
from command import ROOT, run

SAMPLE = ROOT / "resources" / "sample"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two articles, backed up, and then a third one."""
    path = tmp_path / "study.pressmark"
    assert run(tmp_path, "new", path).code == 0
    assert (
        run(
            tmp_path, "import", path, SAMPLE / "harbour-bridge.jsonl", SAMPLE / "night-train.md"
        ).code
        == 0
    )
    ran = run(tmp_path, "backup", path, "--json")
    assert (ran.code, ran.json["why"], ran.json["counts"]["articles"]) == (0, "asked for", 2)
    assert run(tmp_path, "import", path, SAMPLE / "river-levy.txt").code == 0
    return path


def articles(project: Path) -> int:
    return int(run(project.parent, "check", project, "--json").json["articles"])


def test_a_backup_is_listed_compared_and_restored(project: Path) -> None:
    here = project.parent
    listed = run(here, "restore", project, "--list")
    assert "asked for): 2 articles" in listed.out
    compared = run(here, "restore", project, "--list", "--backup", 1)
    assert "articles: 2 in the backup, 3 now" in compared.out
    assert "Articles only in the project now: 1" in compared.out
    assert articles(project) == 3
    restored = run(here, "restore", project, "--backup", 1)
    assert (restored.code, articles(project)) == (0, 2)
    again = run(here, "restore", project, "--json").json
    assert [each["why"] for each in again["backups"]] == ["before a restore", "asked for"]
    assert run(here, "restore", project, "--backup", 1).code == 0
    assert articles(project) == 3
    none = run(here, "restore", project, "--backup", 99)
    assert (none.code, "no backup 99" in none.err) == (1, True)


def test_a_damaged_project_is_repaired_or_restored(project: Path) -> None:
    here, out = project.parent, project.with_name("saved.pressmark")
    data = project.read_bytes()
    project.write_bytes(b"\0" * 100 + data[100:])
    refused = run(here, "stats", project)
    assert (refused.code, "not a Pressmark project" in refused.err) == (1, True)
    repaired = run(here, "check", project, "--repair", out)
    assert (repaired.code, "articles: 3\n" in repaired.out) == (1, True), "not sound, so 1"
    assert "The head of the file is damaged." in repaired.out
    assert (run(here, "check", out).code, articles(out)) == (0, 3)
    there = run(here, "check", project, "--repair", out, "--json")
    assert (there.code, "exists already" in there.json["error"]) == (1, True)
    restored = run(here, "restore", project, "--backup", 1)
    assert (restored.code, ".set-aside-" in restored.out, articles(project)) == (0, True, 2)
