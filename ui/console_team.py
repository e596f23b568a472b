"""The option `--team` of the command `new`: a project with a team's codebook and all else."""

from argparse import Namespace
from typing import TYPE_CHECKING

from annotation.errors import ProjectError
from annotation.team import read_team
from ui.team.finding import found_team, team_folders
from ui.team.making import make

if TYPE_CHECKING:
    from annotation.store import Store
    from ui.doors import Doors


def created(doors: "Doors", options: Namespace, password: str | None) -> "Store":
    """Make a project by the set-up of the folder given, or of the one found."""
    team = read_team(options.team) if options.team else found_team()
    if team is None:
        places = ", ".join(map(str, team_folders()))
        raise ProjectError(
            f"No team set-up was found (looked in: {places}). Give its folder: --team FOLDER."
        )
    return make(doors, team, options.project, password)
