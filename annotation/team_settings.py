"""The settings that make sense for a whole team, as `settings.toml` of its set-up has them.

Who tags, where windows stand and which projects were open are nobody's but the person's.
"""

from collections.abc import Mapping
from typing import NamedTuple

from annotation.errors import ProjectError
from annotation.fields import Fields

THEMES = ("", "light", "dark", "high contrast light", "high contrast dark")
"""The window's themes by name; the empty one is the system's."""

SWITCHES = ("cards", "relations_in_view", "outline")
"""What can be switched on and off for the person, in every project."""

LIMITS = {"zoom": (0.5, 4.0), "characters": (30, 200), "spacing": (1.0, 3.0)}
"""The least and the most of what reading is measured by: a factor, characters a line, lines."""

LONGEST = 2_000
"""Of a text among the settings, in code points."""


class TeamSettings(NamedTuple):
    """What a team has set; None or nothing where it leaves that to the person.

    `blind` and `backups` are for the projects that are made with the set-up, all others for
    the person. `reading` has some of zoom, characters, spacing (in lines) and font.
    """

    theme: str | None = None
    reading: Mapping[str, float | str] = {}
    switches: Mapping[str, bool] = {}
    model: str | None = None
    updates: Mapping[str, str] = {}
    blind: bool | None = None
    backups: bool | None = None


def settings_of(data: object) -> TeamSettings:
    """Return the settings of parsed TOML; `ProjectError` names the first that is wrong."""
    fields = Fields(data, "settings")
    fields.only(("theme", "model", "blind", "backups", "reading", "updates", *SWITCHES))
    return TeamSettings(
        fields.one_of("theme", THEMES) if "theme" in fields else None,
        _reading(Fields(fields.data.get("reading", {}), "settings.reading")),
        {name: fields.flag(name) for name in SWITCHES if name in fields},
        _text(fields, "model"),
        _updates(Fields(fields.data.get("updates", {}), "settings.updates")),
        fields.flag("blind") if "blind" in fields else None,
        fields.flag("backups") if "backups" in fields else None,
    )


def written(settings: TeamSettings) -> str:
    """Return settings as TOML; what is not set is left out."""
    import tomli_w

    tables = {"reading": dict(settings.reading), "updates": dict(settings.updates)}
    single = {
        **{"theme": settings.theme, "model": settings.model},
        **{"blind": settings.blind, "backups": settings.backups},
        **settings.switches,
    }
    said = {name: value for name, value in single.items() if value is not None}
    return tomli_w.dumps({**said, **{name: table for name, table in tables.items() if table}})


def _reading(fields: Fields) -> dict[str, float | str]:
    fields.only((*LIMITS, "font"))
    found: dict[str, float | str] = {}
    for name, (least, most) in LIMITS.items():
        if name in fields:
            value = fields.data[name]
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            if not is_number or not least <= value <= most:  # type: ignore[operator]
                raise fields.refuse(name, f"a number from {least} to {most}")
            found[name] = value  # type: ignore[assignment]
    font = _text(fields, "font")
    return found if font is None else {**found, "font": font}


def _updates(fields: Fields) -> dict[str, str]:
    fields.only(("source", "key"))
    texts = {name: _text(fields, name) for name in ("source", "key")}
    return {name: text for name, text in texts.items() if text is not None}


def _text(fields: Fields, name: str) -> str | None:
    if name not in fields:
        return None
    text = fields.text(name)
    if len(text) > LONGEST or not text.isprintable():
        raise ProjectError(
            f"{fields.where}.{name}: expected one line of at most {LONGEST:,} characters."
        )
    return text
