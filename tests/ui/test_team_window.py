"""A team's set-up in the window: offered at first, used, taken back, and saved for others."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from window_fixtures import make_project, many, open_window, the_window, worked_project

from annotation.codebook_file import default_codebook, read_codebook
from annotation.resources import resource_path
from annotation.team import read_team
from ui import key_map, settings
from ui.codebook.editor import CodebookEditor
from ui.main_window import MainWindow
from ui.new_project import NewProject
from ui.team import personal
from ui.team.dialog import TeamDialog
from ui.team.finding import VARIABLE
from ui.team.saving import SaveTeamDialog
from ui.welcome import Welcome

LEFT = Qt.MouseButton.LeftButton
KEYS = '{"format": "pressmark-keys/1", "keys": {"note": ["F9"], "tag/discourse/CLAIM": ["M"]}}'
SETTINGS = "cards = false\noutline = true\nblind = true\nbackups = false\n[reading]\nzoom = 1.5\n"


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set-up that the environment names."""
    folder = tmp_path / "team"
    folder.mkdir()
    (folder / "team.toml").write_text('name = "Desk & Co"\nwelcome = "<b>Hello</b>"', "utf-8")
    book = resource_path("codebook.toml").read_text("utf-8")
    named = book.replace("Claims, sources and events", "The desk's own")
    (folder / "codebook.toml").write_text(named, "utf-8")
    (folder / "keys.json").write_text(KEYS, "utf-8")
    (folder / "settings.toml").write_text(SETTINGS, "utf-8")
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


def dialog_of(qtbot: QtBot, window: MainWindow, name: str, kind: type) -> object:
    window.actions_here.by_name[name].trigger()
    dialog = window.findChildren(kind)[-1]
    wait_for(qtbot, dialog)
    return dialog


def wait_for(qtbot: QtBot, dialog: object) -> None:
    """Wait until the set-up is read."""
    if isinstance(dialog, NewProject):
        qtbot.waitUntil(lambda: dialog.team.ready)
    elif isinstance(dialog, TeamDialog):
        qtbot.waitUntil(lambda: dialog.ready)


def shown_keys(window: MainWindow, name: str) -> list[str]:
    return [key.toString() for key in window.actions_here.by_name[name].shortcuts()]


def make_it(qtbot: QtBot, dialog: NewProject, path: Path) -> None:
    dialog.path.setText(str(path))
    ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    qtbot.mouseClick(ok, LEFT)


def test_the_first_start_offers_it_and_a_project_gets_all_of_it(
    qtbot: QtBot, tmp_path: Path, team: Path
) -> None:
    window = the_window(qtbot, make_project(tmp_path / "sample.pressmark", *many(2)))
    window.start(None)
    qtbot.waitUntil(lambda: window.findChild(Welcome) is not None)
    welcome = window.findChild(Welcome)
    said = welcome.findChild(QLabel, "team")
    qtbot.waitUntil(said.isVisible)
    assert said.text().startswith("Desk & Co has prepared a set-up for you: a codebook, keys and")
    assert said.textFormat() == Qt.TextFormat.PlainText
    qtbot.mouseClick(welcome.findChild(QPushButton, "new"), LEFT)
    dialog = window.findChild(NewProject)
    ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    assert not ok.isEnabled()  # until it is known whether there is a team
    wait_for(qtbot, dialog)
    assert dialog.team.with_team.text() == "Start with the set-up of Desk && Co"
    assert "Size of the text: 100% → 150%" in dialog.team.details.text()
    assert not dialog.codebook.isEnabled()
    make_it(qtbot, dialog, tmp_path / "study")

    store = window.workspace.store
    assert store.path == tmp_path / "study.pressmark"
    assert store.codebook().name == "The desk's own"
    assert store.hides_suggestions("")
    assert not settings.backs_up(store.path)
    assert shown_keys(window, "note") == ["F9"]
    assert (window.canvas.reading.zoom, window.canvas.cards) == (1.5, False)
    qtbot.waitUntil(lambda: window.workspace.shows_outline)


def test_a_project_can_be_made_without_it(qtbot: QtBot, tmp_path: Path, team: Path) -> None:
    window = open_window(qtbot, worked_project(tmp_path / "a.pressmark")[0])
    dialog = dialog_of(qtbot, window, "new", NewProject)
    dialog.team.with_team.setChecked(False)
    assert dialog.codebook.isEnabled()
    make_it(qtbot, dialog, tmp_path / "mine")
    assert window.workspace.store.codebook().name == default_codebook().name
    assert shown_keys(window, "note") == ["N"]
    assert not window.workspace.store.hides_suggestions("")


def test_it_is_used_later_and_taken_back(qtbot: QtBot, tmp_path: Path, team: Path) -> None:
    window = open_window(qtbot, worked_project(tmp_path / "a.pressmark")[0])
    key_map.remember({"note": ("F8",)})
    window.use_keys()
    before = personal.current()
    dialog = dialog_of(qtbot, window, "team", TeamDialog)
    assert "“Write a note”: F8 → F9" in dialog.parts["keys"].details.text()
    assert "Card for each new claim: on → off" in dialog.parts["settings"].details.text()
    assert dialog.back.isHidden()
    qtbot.mouseClick(dialog.accept_button, LEFT)
    assert personal.current() != before
    assert shown_keys(window, "note") == ["F9"]
    assert window.bridge.session.codebook.name == default_codebook().name

    dialog = dialog_of(qtbot, window, "team", TeamDialog)
    assert dialog.parts["keys"].details.text() == "As they are already."
    assert not dialog.accept_button.isEnabled()
    qtbot.mouseClick(dialog.back, LEFT)
    wait_for(qtbot, dialog)
    assert personal.current() == before
    assert shown_keys(window, "note") == ["F8"]
    assert (window.canvas.reading.zoom, window.workspace.shows_outline) == (1.0, False)
    assert dialog.back.isHidden()
    assert dialog.parts["keys"].ticked


def test_the_codebook_comes_through_the_editor(qtbot: QtBot, tmp_path: Path, team: Path) -> None:
    window = open_window(qtbot, worked_project(tmp_path / "a.pressmark")[0])
    dialog = dialog_of(qtbot, window, "team", TeamDialog)
    for name, part in dialog.parts.items():
        part.box.setChecked(name == "codebook")
    qtbot.mouseClick(dialog.accept_button, LEFT)
    editor = window.findChild(CodebookEditor)
    assert editor.draft.codebook().name == "The desk's own"
    assert window.workspace.store.codebook().name == default_codebook().name
    editor.show_draft(type(editor.draft)(window.workspace.store.codebook()))
    editor.reject()


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("settings.toml", "zoom = 3", "settings.toml: settings: nothing is known by the name"),
        ("keys.json", "{}", "keys.json: keys: format is missing"),
        ("keys.json", KEYS.replace("F9", "Esc"), "keys.json: Esc for “Write a note”"),
        ("team.toml", "", "team.toml: team.name"),
        ("codebook.toml", "[[layer]]", "codebook.toml"),
    ],
)
def test_a_mistake_is_said_and_changes_nothing(
    qtbot: QtBot, tmp_path: Path, team: Path, file: str, text: str, said: str
) -> None:
    (team / file).write_text(text, "utf-8")
    window = open_window(qtbot, worked_project(tmp_path / "a.pressmark")[0])
    dialog = dialog_of(qtbot, window, "team", TeamDialog)
    assert said in dialog.message.text()
    assert not dialog.accept_button.isEnabled()
    dialog.reject()
    dialog = dialog_of(qtbot, window, "new", NewProject)
    assert said in dialog.team.details.text()
    assert dialog.team.team is None
    dialog.reject()
    if file == "team.toml":
        window.show_welcome()
        shown = window.findChild(Welcome).findChild(QLabel, "team")
        qtbot.waitUntil(lambda: said in shown.text())


def test_without_a_team_nothing_is_offered(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, worked_project(tmp_path / "a.pressmark")[0])
    dialog = dialog_of(qtbot, window, "new", NewProject)
    assert dialog.team.isHidden()
    dialog.reject()
    dialog = dialog_of(qtbot, window, "team", TeamDialog)
    assert "no team's set-up" in dialog.message.text()
    dialog.look(lambda: read_team(tmp_path))
    wait_for(qtbot, dialog)
    assert "is no team set-up" in dialog.message.text()


def test_what_is_saved_for_others_is_what_they_get(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(qtbot, worked_project(tmp_path / "a.pressmark")[0])
    key_map.remember({"note": ("F9",)})
    settings.remember_switch("cards", False)
    dialog = dialog_of(qtbot, window, "save_team", SaveTeamDialog)
    save = dialog.buttons.button(dialog.buttons.StandardButton.Save)
    assert not save.isEnabled()
    dialog.name.setText("Desk")
    dialog.folder.setText(str(tmp_path / "out" / "team"))
    dialog.blind.setChecked(True)
    qtbot.mouseClick(save, LEFT)
    team = read_team(tmp_path / "out" / "team")
    assert (team.name, team.codebook()) == ("Desk", read_codebook(resource_path("codebook.toml")))
    assert team.settings().blind
    assert team.settings().switches["cards"] is False
    assert personal.team_keys(team, None) == {"note": ("F9",)}

    # Saved again without keys: what was there is replaced.
    dialog = dialog_of(qtbot, window, "save_team", SaveTeamDialog)
    dialog.name.setText("Desk 2")
    dialog.folder.setText(str(team.folder))
    dialog.parts["keys.json"].setChecked(False)
    dialog.save()
    assert read_team(team.folder).name == "Desk 2"
    assert not team.has("keys.json")


def test_a_folder_of_something_else_is_left_alone(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, worked_project(tmp_path / "a.pressmark")[0])
    dialog = dialog_of(qtbot, window, "save_team", SaveTeamDialog)
    dialog.name.setText("Desk")
    dialog.folder.setText(str(tmp_path))
    dialog.save()
    assert "holds other files" in dialog.message.text()
    assert not (tmp_path / "team.toml").exists()
    (tmp_path / "file").write_text("x", "utf-8")
    dialog.folder.setText(str(tmp_path / "file" / "inside"))
    dialog.save()
    assert "cannot be" in dialog.message.text()


def test_what_was_before_and_is_damaged_is_said(qtbot: QtBot, tmp_path: Path, team: Path) -> None:
    window = open_window(qtbot, worked_project(tmp_path / "a.pressmark")[0])
    settings.remember_before_team("{nonsense")
    dialog = dialog_of(qtbot, window, "team", TeamDialog)
    qtbot.mouseClick(dialog.back, LEFT)
    assert "is lost" in dialog.message.text()
    assert window.findChild(QMessageBox) is None


def test_the_dictionary_comes_with_a_new_project_and_goes_into_a_set_up(
    qtbot: QtBot, tmp_path: Path, team: Path
) -> None:
    (team / "dictionary.tsv").write_text("term\tlabel\nharbour board\tORG\n", "utf-8")
    window = open_window(qtbot, worked_project(tmp_path / "a.pressmark")[0])
    dialog = dialog_of(qtbot, window, "team", TeamDialog)
    assert "1 term in place of those" in dialog.parts["dictionary"].details.text()
    for name, part in dialog.parts.items():
        part.box.setChecked(name == "dictionary")
    qtbot.mouseClick(dialog.accept_button, LEFT)
    assert [t.term for t in window.workspace.store.dictionary.read().terms] == ["harbour board"]

    dialog = dialog_of(qtbot, window, "save_team", SaveTeamDialog)
    dialog.name.setText("Desk")
    dialog.folder.setText(str(tmp_path / "out"))
    dialog.save()
    assert "harbour board" in (tmp_path / "out" / "dictionary.tsv").read_text("utf-8")

    make_it(qtbot, dialog_of(qtbot, window, "new", NewProject), tmp_path / "b")
    assert window.workspace.store.path.stem == "b"
    assert [t.label for t in window.workspace.store.dictionary.read().terms] == ["ORG"]


def test_a_wrong_line_of_the_dictionary_is_said(qtbot: QtBot, tmp_path: Path, team: Path) -> None:
    (team / "dictionary.tsv").write_text("term\tlabel\nboard\tNOTHING\n", "utf-8")
    window = open_window(qtbot, worked_project(tmp_path / "a.pressmark")[0])
    dialog = dialog_of(qtbot, window, "team", TeamDialog)
    assert "dictionary.tsv: 1 wrong line" in dialog.parts["dictionary"].details.text()
    assert not dialog.parts["dictionary"].isEnabled()
    assert dialog.parts["keys"].ticked
    dialog.reject()
    make_it(qtbot, dialog_of(qtbot, window, "new", NewProject), tmp_path / "b")
    assert not (tmp_path / "b.pressmark").exists()
