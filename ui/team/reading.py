"""Reading a team's set-up in a thread: its folder may lie on a slow drive of the network."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from annotation.codebook import Codebook
from annotation.errors import ProjectError
from annotation.team import CODEBOOK, Team
from annotation.team_settings import TeamSettings
from ui.team.finding import found_team
from ui.team.making import team_dictionary
from ui.waiting import started

if TYPE_CHECKING:
    from annotation.dictionary import Dictionary

BEAT = 15
"""Milliseconds between two looks whether it is read."""


class Found(NamedTuple):
    """A team with what of its set-up takes long to read, or why it cannot be used.

    `dictionary` is the reason where just that cannot be used in the open project.
    """

    team: Team | None = None
    codebook: Codebook | None = None
    dictionary: "Dictionary | str | None" = None
    settings: TeamSettings = TeamSettings()
    trouble: str = ""


class TeamReading(QObject):
    """Reads a set-up; `found` carries it, once, from the event loop.

    With `whole` its codebook and settings are read, too; its dictionary for `project`, the
    codebook of an open project, whose labels it must have.
    """

    found = Signal(object)

    def __init__(
        self,
        parent: QObject,
        find: Callable[[], Team | None] = found_team,
        whole: bool = True,
        project: Codebook | None = None,
    ) -> None:
        super().__init__(parent)
        self._reading: Future[Found] = started(lambda: _read(find, whole, project))
        self._beat = QTimer(self, interval=BEAT)
        self._beat.timeout.connect(self._look)
        self._beat.start()

    def _look(self) -> None:
        if self._reading.done():
            self._beat.stop()
            self.found.emit(self._reading.result())


def _read(find: Callable[[], Team | None], whole: bool, project: Codebook | None) -> Found:
    try:
        team = find()
        if team is None or not whole:
            return Found(team)
        codebook = team.codebook() if team.has(CODEBOOK) else None
        settings = team.settings()
    except ProjectError as error:
        return Found(trouble=str(error))
    try:
        dictionary = team_dictionary(team, project) if project is not None else None
    except ProjectError as error:  # the project may have labels of its own
        return Found(team, codebook, str(error), settings)
    return Found(team, codebook, dictionary, settings)
