"""`pressmark new --team`: a project by a team's set-up."""

from pathlib import Path

from command import ROOT, run

from storage import open_project


def a_team(folder: Path, settings: str = "blind = true") -> Path:
    folder.mkdir()
    book = (ROOT / "resources" / "codebook.toml").read_text("utf-8")
    named = book.replace("Claims, sources and events", "The desk's own")
    (folder / "codebook.toml").write_text(named, "utf-8")
    (folder / "team.toml").write_text('name = "Desk"', "utf-8")
    (folder / "dictionary.tsv").write_text("term\tlabel\nOrlund Council\tORG\n", "utf-8")
    (folder / "settings.toml").write_text(settings, "utf-8")
    return folder


def test_a_project_gets_the_teams_codebook_and_is_blind(tmp_path: Path) -> None:
    team = a_team(tmp_path / "team")
    ran = run(tmp_path, "new", "a.pressmark", "--team", team)
    assert (ran.code, "“The desk's own”" in ran.out) == (0, True), ran.err
    ran = run(tmp_path, "new", "b.pressmark", "--team", PRESSMARK_TEAM=str(team))
    assert ran.code == 0, ran.err
    for name in ("a", "b"):
        store = open_project(tmp_path / f"{name}.pressmark")
        assert store.hides_suggestions("")
        assert [term.term for term in store.dictionary.read().terms] == ["Orlund Council"]
        store.close()


def test_a_mistake_in_the_set_up_makes_no_project(tmp_path: Path) -> None:
    ran = run(tmp_path, "new", "a.pressmark", "--team", a_team(tmp_path / "team", "zoom = 2"))
    assert ran.code == 1
    assert "settings.toml: settings: nothing is known by the name 'zoom'" in ran.err
    (tmp_path / "team" / "settings.toml").write_text("", "utf-8")
    (tmp_path / "team" / "dictionary.tsv").write_text("term\tlabel\nOrlund\tFIRM\n", "utf-8")
    ran = run(tmp_path, "new", "a.pressmark", "--team", tmp_path / "team")
    assert (ran.code, "Line 2: the codebook has no label FIRM" in ran.err) == (1, True)
    ran = run(tmp_path, "new", "a.pressmark", "--team", PRESSMARK_TEAM=str(tmp_path))
    assert (ran.code, "is no team set-up" in ran.err) == (1, True)
    assert not (tmp_path / "a.pressmark").exists()
