"""Making a project by a team's set-up."""

from pathlib import Path
from typing import TYPE_CHECKING

from annotation.ids import now
from annotation.team import CODEBOOK, DICTIONARY, Team
from ui.places import default_annotator

if TYPE_CHECKING:
    from annotation.dictionary import Dictionary
    from annotation.store import Store
    from ui.doors import Doors
    from ui.main_window import MainWindow


def make(doors: "Doors", team: Team, path: Path, password: str | None) -> "Store":
    """Make a project with the team's codebook, dictionary and what it has set for projects.

    Everything is read before anything is made: `ProjectError` names the file that is wrong.
    """
    settings = team.settings()
    codebook = team.path(CODEBOOK) if team.has(CODEBOOK) else None
    dictionary = _dictionary(team) if team.has(DICTIONARY) else None
    store = doors.create(path, codebook, password)
    if dictionary is not None:
        store.dictionary.put(dictionary)
    if settings.blind:
        store.hide_suggestions(True, default_annotator(), now())
    if settings.backups is not None:
        from ui.settings import remember_backs_up

        remember_backs_up(store.path, settings.backups)
    return store


def _dictionary(team: Team) -> "Dictionary":
    """Return the team's dictionary, whose labels are those of its codebook."""
    from annotation.codebook_file import default_codebook
    from annotation.dictionary_file import read_whole

    codebook = team.codebook() if team.has(CODEBOOK) else default_codebook()
    return read_whole(team.path(DICTIONARY), codebook)


def use_personal(window: "MainWindow", team: Team) -> None:
    """Use the team's keys and settings for the person, too."""
    from ui.team import personal

    codebook = window.bridge.session.codebook
    personal.use(window, team.settings(), personal.team_keys(team, codebook))
