"""A team's folder is read with care, and each mistake in it names its file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.errors import ProjectError
from annotation.team import ABOUT, CODEBOOK, KEYS, MAX_BYTES, SETTINGS, Team, read_team, write_about
from annotation.team_settings import LIMITS, SWITCHES, THEMES, TeamSettings, settings_of, written


def folder_with(folder: Path, **files: str) -> Path:
    for name, text in {"team": 'name = "Desk"', **files}.items():
        suffix = "json" if name == "keys" else "toml"
        (folder / f"{name}.{suffix}").write_text(text, "utf-8")
    return folder


def test_a_folder_says_whose_it_is_and_what_it_has(tmp_path: Path) -> None:
    said = 'name = "Desk"\ncontact = "ada@example.org"\nwelcome = "Grüße"'
    team = read_team(folder_with(tmp_path, team=said, settings='theme = "dark"'))
    assert team == Team(tmp_path, "Desk", "ada@example.org", "Grüße")
    assert (team.has(SETTINGS), team.has(CODEBOOK), team.keys()) == (True, False, "")
    assert team.settings().theme == "dark"


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    team = Team(tmp_path / "new", "Desk “A”", "", "One\nTwo")
    write_about(team)
    assert read_team(tmp_path / "new") == team


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"team": "name = "}, "team.toml: this is not TOML"),
        ({"team": 'contact = "x"'}, "team.toml: team.name: the name of the team is missing"),
        ({"team": 'name = "x"\nboss = "y"'}, "team.toml: team: nothing is known by the name"),
        ({"team": f'name = "{"x" * 3000}"'}, "team.toml: team.name: longer than 2,000"),
        ({"team": "name = 3"}, "team.toml: team.name: expected text, not 3"),
        ({"team": "#" * (MAX_BYTES + 1)}, "team.toml is larger than 1,000,000 bytes"),
        ({"team": "x = " + "[" * 9000}, "team.toml: "),
        ({"settings": "annotator = 'x'"}, "settings.toml: settings: nothing is known by the name"),
        ({"settings": "theme = 'pink'"}, "settings.toml: settings.theme: expected one of"),
        ({"settings": "cards = 1"}, "settings.toml: settings.cards: expected true or false"),
        ({"settings": "reading.zoom = nan"}, "settings.reading.zoom: expected a number from 0.5"),
        ({"settings": "reading.spacing = true"}, "settings.reading.spacing: expected a number"),
        ({"settings": "reading = 3"}, "settings.reading: expected an object"),
        ({"settings": "updates.url = 'x'"}, "settings.updates: nothing is known by the name 'url'"),
        ({"settings": 'model = "a\\nb"'}, "settings.model: expected one line"),
        ({"codebook": "layers = 3"}, "codebook.toml"),
    ],
)  # fmt: skip
def test_each_mistake_names_the_file(tmp_path: Path, files: dict[str, str], said: str) -> None:
    folder_with(tmp_path, **files)
    with pytest.raises(ProjectError) as caught:
        team = read_team(tmp_path)
        team.settings()
        team.codebook()
    assert said in str(caught.value)


def test_another_folder_is_none(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"is no team set-up: it has no file team\.toml"):
        read_team(tmp_path)


@pytest.mark.parametrize("name", [ABOUT, KEYS])
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, name: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text('name = "hunter2"', "utf-8")
    folder = tmp_path / "team"
    folder.mkdir()
    folder_with(folder)
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(secret)
    with pytest.raises(ProjectError, match="leads elsewhere") as caught:
        read_team(folder).keys()
    assert "hunter2" not in str(caught.value)


def test_writing_replaces_a_link_and_leaves_what_it_led_to(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("precious", "utf-8")
    (tmp_path / ABOUT).symlink_to(other)
    write_about(Team(tmp_path, "Desk"))
    assert other.read_text("utf-8") == "precious"
    assert read_team(tmp_path).name == "Desk"


readings = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.floats(least, most) for name, (least, most) in LIMITS.items()},
        "font": st.sampled_from(["", "Georgia", "源ノ明朝"]),
    },
)
lines = st.none() | st.sampled_from(["", "en_core_web_sm", "https://example.org/ü?"])
settings = st.builds(
    TeamSettings,
    st.none() | st.sampled_from(THEMES),
    readings,
    st.dictionaries(st.sampled_from(SWITCHES), st.booleans()),
    lines,
    st.dictionaries(st.sampled_from(["source", "key"]), st.sampled_from(["", "x y"])),
    st.none() | st.booleans(),
    st.none() | st.booleans(),
)


@given(settings)
def test_settings_come_back_as_they_were_written(chosen: TeamSettings) -> None:
    import tomllib

    assert settings_of(tomllib.loads(written(chosen))) == chosen
