"""A team's set-up: a folder with a codebook, settings, keys and a dictionary for all its members.

`team.toml` says whose it is; every other file may be missing. The folder may come from
anybody: files are read up to a size, nothing in it is run, no link leads out of it, and each
mistake is a sentence that names its file.
"""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from annotation.codebook import Codebook
from annotation.errors import ProjectError
from annotation.fields import Fields
from annotation.team_settings import TeamSettings, settings_of

Result = TypeVar("Result")

ABOUT, CODEBOOK, SETTINGS, KEYS, DICTIONARY = (
    *("team.toml", "codebook.toml", "settings.toml", "keys.json", "dictionary.tsv"),
)
"""The files of a team's folder."""

FILES = (ABOUT, CODEBOOK, SETTINGS, KEYS, DICTIONARY)

MAX_BYTES = 1_000_000
"""How large `team.toml`, `settings.toml` and `keys.json` may be."""

LONGEST = 2_000
"""Of name, contact and welcome, in code points: they stand in the window."""


class Team(NamedTuple):
    """What `team.toml` says, and the folder it lies in."""

    folder: Path
    name: str
    contact: str = ""
    welcome: str = ""

    def has(self, file: str) -> bool:
        """Tell whether the set-up has one of its files."""
        return (self.folder / file).is_file()

    def path(self, file: str) -> Path:
        """Return where one of the set-up's files is.

        Raises `ProjectError` where it is a link out of the folder.
        """
        path = self.folder / file
        try:
            inside = path.resolve(strict=True).is_relative_to(self.folder.resolve(strict=True))
        except (OSError, RuntimeError) as error:
            raise ProjectError(f"{path} cannot be read: {error}.") from error
        if not inside or not path.is_file():
            raise ProjectError(
                f"{path} is no file of its own but leads elsewhere. Ask your team for a folder "
                "with the files themselves."
            )
        return path

    def codebook(self) -> Codebook:
        """Return the team's codebook; `ProjectError` lists what is wrong with it."""
        from annotation.codebook_file import read_codebook

        path = self.path(CODEBOOK)
        return _named(path, lambda: read_codebook(path))

    def settings(self) -> TeamSettings:
        """Return the team's settings, none where it has no such file.

        Raises `ProjectError` that names the first wrong or unknown entry.
        """
        if not self.has(SETTINGS):
            return TeamSettings()
        path = self.path(SETTINGS)
        return _named(path, lambda: settings_of(_toml(path)))

    def keys(self) -> str:
        """Return the text of the team's key file, empty where it has none."""
        return _text(self.path(KEYS)) if self.has(KEYS) else ""


def read_team(folder: Path) -> Team:
    """Return the set-up of a folder.

    Raises `ProjectError` where there is no `team.toml`, or something wrong in it. The other
    files are read when they are needed.
    """
    if not folder.exists():
        raise ProjectError(f"{folder} is no team set-up: there is no such folder.")
    if not (folder / ABOUT).is_file():
        raise ProjectError(f"{folder} is no team set-up: it has no file {ABOUT}.")
    path = Team(folder, "").path(ABOUT)
    return _named(path, lambda: _team(folder, Fields(_toml(path), "team")))


def write_about(team: Team) -> None:
    """Write `team.toml` into the team's folder; `ProjectError` where that cannot be done."""
    import tomli_w

    said = {"name": team.name, "contact": team.contact, "welcome": team.welcome}
    write(team.folder / ABOUT, tomli_w.dumps({k: v for k, v in said.items() if v}))


def write(path: Path, text: str) -> None:
    """Write one file of a set-up, or take it away where there is no text for it.

    A link in its place is replaced, not followed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink() or not text:
            path.unlink(missing_ok=True)
        if text:
            path.write_bytes(text.encode())
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be written: {error.strerror}. Choose another folder."
        ) from error


def _team(folder: Path, fields: Fields) -> Team:
    fields.only(("name", "contact", "welcome"))
    said = {name: fields.text(name, "").strip() for name in ("name", "contact", "welcome")}
    for name, text in said.items():
        if len(text) > LONGEST:
            raise ProjectError(f"team.{name}: longer than {LONGEST:,} characters.")
    if not said["name"]:
        raise ProjectError("team.name: the name of the team is missing.")
    return Team(folder, **said)


def _named(path: Path, read: Callable[[], Result]) -> Result:
    """Read, and put the file's name before what is wrong."""
    try:
        return read()
    except ProjectError as error:
        text = str(error)
        raise ProjectError(text if str(path) in text else f"{path}: {text}") from None


def _toml(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(f"this is not TOML: {error}.") from None
    except RecursionError:
        raise ProjectError("the values are nested too deeply.") from None


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ProjectError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > MAX_BYTES:
        raise ProjectError(f"{path} is larger than {MAX_BYTES:,} bytes.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ProjectError(f"{path} is not UTF-8. Save it with the encoding UTF-8.") from None
