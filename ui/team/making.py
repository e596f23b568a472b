"""Making a project by a team's set-up."""

from pathlib import Path
from typing import TYPE_CHECKING

from annotation.codebook_file import default_codebook
from annotation.ids import now
from annotation.team import CODEBOOK, DICTIONARY, Team
from ui.places import default_annotator

if TYPE_CHECKING:
    from annotation.codebook import Codebook
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
    dictionary = team_dictionary(team, team.codebook() if codebook else default_codebook())
    store = doors.create(path, codebook, password)
    if dictionary is not None:
        store.dictionary.put(dictionary)
    if settings.blind:
        store.hide_suggestions(True, default_annotator(), now())
    if settings.backups is not None:
        from ui.settings import remember_backs_up

        remember_backs_up(store.path, settings.backups)
    return store


def team_dictionary(team: Team, codebook: "Codebook") -> "Dictionary | None":
    """Return the team's dictionary, None where it has none.

    Raises `ProjectError` with the wrong lines, such as labels that the codebook does not have.
    """
    if not team.has(DICTIONARY):
        return None
    from annotation.dictionary_file import read_whole

    return read_whole(team.path(DICTIONARY), codebook)


def use_personal(window: "MainWindow", team: Team) -> None:
    """Use the team's keys and settings for the person, too."""
    from ui.team import personal

    codebook = window.bridge.session.codebook
    personal.use(window, team.settings(), personal.team_keys(team, codebook))
