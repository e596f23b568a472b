"""Where a team's set-up is looked for on this computer."""

import os
import sys
from pathlib import Path

from annotation.errors import ProjectError
from annotation.team import ABOUT, Team, read_team

VARIABLE = "PRESSMARK_TEAM"
"""The environment variable that names a team's folder; then no other is looked at."""


def found_team() -> Team | None:
    """Return the set-up of the first folder that has one, or None.

    Raises `ProjectError` where that set-up is wrong, or the folder that somebody has named
    is none.
    """
    named = os.environ.get(VARIABLE)
    for folder in team_folders():
        if named:
            return _named_by_variable(folder)
        if (folder / ABOUT).is_file():
            return read_team(folder)
    return None


def _named_by_variable(folder: Path) -> Team:
    try:
        return read_team(folder)
    except ProjectError as error:
        raise ProjectError(f"{error} The environment variable {VARIABLE} names it.") from None


def may_have_team() -> bool:
    """Tell whether there may be a set-up; looks at folders of this computer only."""
    return VARIABLE in os.environ or any((f / ABOUT).is_file() for f in team_folders())


def team_folders() -> list[Path]:
    """Return where a set-up is looked for, the first that counts first.

    The folder of the environment variable, or else `team` beside the installed program and
    the folder for all who use this computer.
    """
    if named := os.environ.get(VARIABLE):
        return [Path(named).expanduser()]
    return [*_beside_program(), _of_this_computer()]


def _beside_program() -> list[Path]:
    if not getattr(sys, "frozen", False):
        return []
    folder = Path(sys.executable).resolve().parent
    if sys.platform != "darwin":
        return [folder / "team"]
    contents = folder.parent  # Pressmark.app/Contents/MacOS/pressmark
    return [contents.parent.parent / "team", contents / "Resources" / "team"]


def _of_this_computer() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA") or r"C:\ProgramData", "Pressmark", "team")
    if sys.platform == "darwin":
        return Path("/Library/Application Support/Pressmark/team")
    return Path("/etc/pressmark/team")
