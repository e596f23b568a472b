"""What the program remembers about this person and this computer, between two starts."""

from collections.abc import Iterable, Mapping
from math import isfinite
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

RECENT = 8
"""How many projects are remembered."""


def _settings() -> QSettings:
    return QSettings("Pressmark", "Pressmark")


def annotator(default: str) -> str:
    """Return the name under which this person tags."""
    return str(_settings().value("annotator", "")) or default


def remember_annotator(name: str) -> None:
    """Tag under this name from now on."""
    _settings().setValue("annotator", name)


def recent_projects() -> list[Path]:
    """Return the projects opened last, the newest first, leaving out those that are gone."""
    paths = _settings().value("projects", [])
    texts = [paths] if isinstance(paths, str) else list(paths or [])
    return [path for path in map(Path, texts) if path.is_file()]


def remember_project(path: Path) -> None:
    """Put a project at the head of those opened last."""
    path = path.absolute()
    others = [other for other in recent_projects() if other != path]
    _settings().setValue("projects", [str(p) for p in [path, *others][:RECENT]])


def last_article(project: Path) -> str:
    """Return the id of the article that was on screen last, or an empty text."""
    return str(_settings().value(f"articles/{_name(project)}", ""))


def remember_article(project: Path, article_id: str) -> None:
    """Remember which article of a project is on screen."""
    _settings().setValue(f"articles/{_name(project)}", article_id)


def layout(name: str) -> QByteArray:
    """Return a window's or a splitter's remembered state; empty when there is none."""
    value = _settings().value(f"layout/{name}")
    return value if isinstance(value, QByteArray) else QByteArray()


def remember_layout(name: str, state: QByteArray) -> None:
    """Remember a window's or a splitter's state."""
    _settings().setValue(f"layout/{name}", state)


def reading() -> tuple[float, int, float, str]:
    """Return how this person likes to read: zoom, characters a line, line spacing, font.

    What is missing or damaged counts as never chosen.
    """
    found = _settings()
    return (
        _number(found.value("reading/zoom"), 1.0),
        int(_number(found.value("reading/characters"), 70)),
        _number(found.value("reading/spacing"), 1.0),
        str(found.value("reading/family", "")),
    )


def remember_reading(chosen: tuple[float, int, float, str]) -> None:
    """Remember zoom, characters a line, line spacing and font."""
    settings = _settings()
    for name, value in zip(("zoom", "characters", "spacing", "family"), chosen, strict=True):
        settings.setValue(f"reading/{name}", value)


def theme() -> str:
    """Return the name of the theme that was chosen; empty where the system decides."""
    return str(_settings().value("theme", ""))


def remember_theme(name: str) -> None:
    """Show this theme from now on, or with an empty text the system's."""
    _settings().setValue("theme", name)


def hidden_layers(project: Path) -> list[str]:
    """Return which layers of a project are not shown."""
    found = _settings().value(f"hidden/{_name(project)}", [])
    return [found] if isinstance(found, str) else list(found or [])


def remember_hidden_layers(project: Path, layers: Iterable[str]) -> None:
    """Remember which layers of a project are not shown."""
    _settings().setValue(f"hidden/{_name(project)}", sorted(layers))


def keys() -> str:
    """Return the keys that this person has chosen, as the text of a key file; empty if none."""
    return str(_settings().value("keys", ""))


def remember_keys(text: str) -> None:
    """Keep the keys that this person has chosen."""
    _settings().setValue("keys", text)


def welcomed() -> bool:
    """Tell whether this person has seen the welcome."""
    return str(_settings().value("welcomed", "")) == "yes"


def remember_welcome() -> None:
    """Do not show the welcome by itself again."""
    _settings().setValue("welcomed", "yes")


def warned(project: Path) -> bool:
    """Tell whether this person has read that a project is in no safe folder."""
    return str(_settings().value(f"warned/{_name(project)}", "")) == "yes"


def remember_warning(project: Path) -> None:
    """Do not say again that a project is in no safe folder."""
    _settings().setValue(f"warned/{_name(project)}", "yes")


def switched_on(name: str, default: bool) -> bool:
    """Return whether something that can be switched is on."""
    return str(_settings().value(f"switches/{name}", default)).lower() == "true"


def remember_switch(name: str, on: bool) -> None:
    """Remember whether something is switched on."""
    _settings().setValue(f"switches/{name}", on)


def backs_up(project: Path) -> bool:
    """Tell whether backups of a project are made by themselves."""
    return switched_on(f"backups/{_name(project)}", default=True)


def remember_backs_up(project: Path, on: bool) -> None:
    """Remember whether backups of a project are made by themselves."""
    remember_switch(f"backups/{_name(project)}", on)


def model() -> str | None:
    """Return the model that pre-highlights, by name and version; None for the bundled one."""
    return str(_settings().value("model", "")) or None


def remember_model(name: str) -> None:
    """Pre-highlight with this model from now on; with an empty text by the bundled one."""
    _settings().setValue("model", name)


def updates() -> dict[str, str]:
    """Return where updates are looked for (`source`) and the key they are signed with (`key`)."""
    return {name: str(_settings().value(f"updates/{name}", "")) for name in ("source", "key")}


def remember_updates(chosen: Mapping[str, str]) -> None:
    """Look for updates there, or keep the key that they are signed with."""
    for name, value in chosen.items():
        _settings().setValue(f"updates/{name}", value)


def before_team() -> str:
    """Return what settings and keys were before a team's were used; empty if none are in use."""
    return str(_settings().value("team/before", ""))


def remember_before_team(text: str) -> None:
    """Keep what settings and keys were before a team's."""
    _settings().setValue("team/before", text)


def newest_release(key: str) -> str:
    """Return the date of the newest manifest that was seen with a key's signature, or nothing."""
    return str(_settings().value(f"updates/seen/{key}", ""))


def remember_newest_release(key: str, date: str) -> None:
    """Remember the date of a manifest: an older one is refused from now on."""
    _settings().setValue(f"updates/seen/{key}", date)


def last_look() -> float:
    """Return when an update was last looked for by itself, in seconds since 1970; 0 if never."""
    return _number(_settings().value("updates/looked"), 0.0)


def remember_look(when: float) -> None:
    """Remember when an update was looked for by itself."""
    _settings().setValue("updates/looked", when)


def folder(purpose: str) -> str:
    """Return the folder last used for a purpose, the home folder at first."""
    return str(_settings().value(f"folders/{purpose}", "")) or str(Path.home())


def remember_folder(purpose: str, path: Path) -> None:
    """Remember the folder used for a purpose."""
    _settings().setValue(f"folders/{purpose}", str(path))


def _number(value: object, default: float) -> float:
    try:
        number = float(str(value))
    except ValueError:
        return default
    return number if isfinite(number) and number > 0 else default


def _name(project: Path) -> str:
    return str(project.absolute()).replace("/", "|").replace("\\", "|")
