"""Where a team's set-up is looked for, and which counts where there are several."""

import sys
from pathlib import Path

import pytest

from annotation.errors import ProjectError
from ui.team import finding
from ui.team.finding import VARIABLE, found_team, team_folders


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed program on a computer with a folder for all."""
    monkeypatch.delenv(VARIABLE, raising=False)
    folder = tmp_path / "opt" / "pressmark"
    folder.mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "pressmark-bin"))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(finding, "_of_this_computer", lambda: tmp_path / "etc")
    return folder


def team_in(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "team.toml").write_text(f'name = "{name}"', "utf-8")
    return folder


def test_the_folder_that_is_named_counts_alone(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found_team() is None
    team_in(tmp_path / "etc", "all")
    assert found_team().name == "all"
    team_in(program / "team", "beside")
    assert found_team().name == "beside"
    monkeypatch.setenv(VARIABLE, str(team_in(tmp_path / "mine", "named")))
    assert found_team().name == "named"
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(ProjectError, match="nowhere is no team set-up"):
        found_team()


def test_on_a_mac_it_is_beside_the_app_or_in_it(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    inside = program / "Pressmark.app" / "Contents"
    monkeypatch.setattr(sys, "executable", str(inside / "MacOS" / "pressmark"))
    assert team_folders()[:2] == [program / "team", inside / "Resources" / "team"]


def test_from_source_nothing_beside_the_interpreter_counts(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", False)
    assert len(team_folders()) == 1
