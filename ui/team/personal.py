"""The settings and keys of a person that a team's set-up may change: read, put in place, back."""

import json
from typing import TYPE_CHECKING, NamedTuple

from annotation.errors import ProjectError
from annotation.team_settings import SWITCHES, TeamSettings, settings_of, written
from ui import key_map, settings

if TYPE_CHECKING:
    from annotation.codebook import Codebook
    from annotation.team import Team
    from ui.main_window import MainWindow
    from ui.workspace import Workspace

USUAL = {"cards": True, "relations_in_view": False, "outline": False}
"""How switches stand where nobody has touched them."""

TITLES = {
    "theme": "Theme",
    "model": "Model that pre-highlights",
    "zoom": "Size of the text",
    "characters": "Characters a line",
    "spacing": "Distance of the lines",
    "font": "Font",
    "cards": "Card for each new claim",
    "relations_in_view": "Relations of all spans in view",
    "outline": "Outline of the article",
    "source": "Where to look for updates",
    "key": "Key of the updates",
}
"""What the settings are called in the window."""


class Change(NamedTuple):
    """One setting or action, as it is and as the team has it."""

    title: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.title}: {self.before} → {self.after}"


def current() -> TeamSettings:
    """Return the settings of this person that a team may set."""
    zoom, characters, spacing, font = settings.reading()
    return TeamSettings(
        theme=settings.theme(),
        reading={"zoom": zoom, "characters": characters, "spacing": spacing, "font": font},
        switches={name: settings.switched_on(name, USUAL[name]) for name in SWITCHES},
        model=settings.model() or "",
        updates=settings.updates(),
    )


def setting_changes(wanted: TeamSettings) -> list[Change]:
    """Return what these settings would change."""
    before, after = _values(current()), _values(wanted)
    return [
        Change(TITLES[name], _shown(name, before.get(name, "")), _shown(name, after[name]))
        for name in TITLES
        if name in after and after[name] != before.get(name, "")
    ]


def team_keys(team: "Team", codebook: "Codebook | None") -> key_map.Chosen | None:
    """Return the team's keys, None where it has none.

    Raises `ProjectError` where the file is wrong, or its keys cannot be used together.
    """
    from annotation.team import KEYS
    from ui.actions import rows_of

    text = team.keys()
    if not text:
        return None
    try:
        keys = key_map.parsed(text)
    except ProjectError as error:
        raise ProjectError(f"{team.folder / KEYS}: {error}") from None
    if wrong := key_map.problems(rows_of(codebook), keys):
        raise ProjectError(f"{team.folder / KEYS}: {' '.join(wrong)}")
    return keys


def key_changes(keys: key_map.Chosen, codebook: "Codebook | None") -> list[Change]:
    """Return which actions would have other keys."""
    from ui.actions import rows_of

    now = {row.name: row.keys for row in rows_of(codebook, key_map.chosen())}
    return [
        Change(f"“{row.text}”", _keys(now[row.name]), _keys(row.keys))
        for row in rows_of(codebook, keys)
        if [key_map.spelt(key) for key in row.keys] != [key_map.spelt(key) for key in now[row.name]]
    ]


def use(
    window: "MainWindow", wanted: TeamSettings | None = None, keys: key_map.Chosen | None = None
) -> None:
    """Put settings and keys in place, at once; what was before can be taken back."""
    if not settings.before_team():
        before = {"settings": written(current()), "keys": settings.keys()}
        settings.remember_before_team(json.dumps(before))
    _put(window, wanted or TeamSettings(), keys)


def take_back(window: "MainWindow") -> None:
    """Bring back what was before a team's settings and keys; nothing if none were used."""
    import tomllib

    text = settings.before_team()
    if not text:
        return
    settings.remember_before_team("")
    try:
        before = json.loads(text)
        keys = key_map.parsed(before["keys"]) if before["keys"] else {}
        wanted = settings_of(tomllib.loads(before["settings"]))
    except (ValueError, LookupError, TypeError) as error:
        raise ProjectError(f"What was before the team's settings is lost ({error}).") from error
    _put(window, wanted, keys)


def _put(window: "MainWindow", wanted: TeamSettings, keys: key_map.Chosen | None) -> None:
    from PySide6.QtWidgets import QApplication

    from ui.look import change_theme

    app = QApplication.instance()
    if wanted.theme is not None and isinstance(app, QApplication):
        change_theme(app, wanted.theme)
    if wanted.model is not None:
        settings.remember_model(wanted.model)
    if wanted.updates:
        settings.remember_updates(wanted.updates)
    for name, on in wanted.switches.items():
        settings.remember_switch(name, on)
    reading = {**current().reading, **wanted.reading}
    zoom, characters, spacing = (float(reading[n]) for n in ("zoom", "characters", "spacing"))
    settings.remember_reading((zoom, int(characters), spacing, str(reading["font"])))
    if keys is not None:
        key_map.remember(keys)
        window.use_keys()
    if window.workspace is not None:
        _show(window.workspace)


def _show(workspace: "Workspace") -> None:
    """Let an open project look as the settings say."""
    from ui.canvas.measures import Reading

    canvas = workspace.canvas
    canvas.read_as(Reading(*settings.reading()))
    canvas.cards = settings.switched_on("cards", USUAL["cards"])
    canvas.relations_in_view = settings.switched_on("relations_in_view", False)
    canvas.viewport().update()
    shown = settings.switched_on("outline", False)
    if workspace.shows_outline != shown:
        workspace.finding.outline.setVisible(shown)


def _values(chosen: TeamSettings) -> dict[str, object]:
    """Return all that is set, by name."""
    single = {"theme": chosen.theme, "model": chosen.model}
    set_ = {name: value for name, value in single.items() if value is not None}
    return {**set_, **chosen.reading, **chosen.switches, **chosen.updates}


def _shown(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if name == "zoom":
        return f"{float(str(value)):.0%}"
    if isinstance(value, float | int):
        return f"{value:g}"
    usual = {"theme": "as the system", "model": "the usual one", "font": "the usual one"}
    return str(value) or usual.get(name, "none")


def _keys(keys: "tuple[str, ...]") -> str:
    return ", ".join(map(key_map.shown, keys)) or "no key"
