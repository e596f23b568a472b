"""The choice, for a new project, to make it by the set-up of the person's team."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotation.errors import ProjectError
from annotation.team import Team
from ui.look import Quiet, TickBox
from ui.team import personal
from ui.team.dialog import NAMED
from ui.team.finding import may_have_team
from ui.team.reading import Found, TeamReading


class TeamChoice(QWidget):
    """Offers the team's set-up where there is one, ticked; `changed` comes with each tick.

    `ready` is false until it is known whether there is one; then `changed` comes, too.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ready = not may_have_team()
        self._team: Team | None = None
        self.with_team = TickBox()
        self.with_personal = TickBox("Use the team's keys and settings, too")
        self.details = Quiet()
        self.details.setWordWrap(True)
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.with_team, self.with_personal, self.details):
            widget.hide()
            column.addWidget(widget)
        self.hide()
        self.with_team.toggled.connect(self._follow)
        if not self.ready:
            TeamReading(self).found.connect(self._show)

    @property
    def team(self) -> Team | None:
        """The team whose set-up is wanted."""
        return self._team if self.with_team.isChecked() else None

    @property
    def with_keys(self) -> bool:
        """Whether the team's keys and settings are wanted, too."""
        return self.team is not None and self.with_personal.isChecked()

    def _show(self, found: Found) -> None:
        self.ready = True
        try:
            changes = _changes(found)
        except ProjectError as error:
            found = Found(trouble=str(error))
        if found.trouble:
            self.details.setText(f"Your team's set-up cannot be used: {found.trouble}")
            self.details.show()
        elif found.team is not None:
            self._offer(found.team, changes)
        self.setVisible(bool(found.trouble or found.team))
        self.changed.emit()

    def _offer(self, team: Team, changes: list[personal.Change]) -> None:
        self._team = team
        self.with_team.setText(f"Start with the set-up of {team.name}".replace("&", "&&"))
        self.with_team.show()
        self.with_team.setChecked(True)
        if changes:
            more = f" and {len(changes) - NAMED} more" if len(changes) > NAMED else ""
            said = f"{'; '.join(map(str, changes[:NAMED]))}{more}."
            self.details.setText(f"{said} File ▸ Use the team's set-up… takes them back.")
            self.details.setToolTip("\n".join(map(str, changes)))
            self.with_personal.setAccessibleDescription(said)
            self.with_personal.setChecked(True)
            self.with_personal.show()
            self.details.show()

    def _follow(self, wanted: bool) -> None:
        self.with_personal.setEnabled(wanted)
        self.details.setEnabled(wanted)
        self.changed.emit()


def _changes(found: Found) -> list[personal.Change]:
    """Return what the team's settings and keys would change for this person."""
    if found.team is None:
        return []
    keys = personal.team_keys(found.team, found.codebook)
    changes = personal.setting_changes(found.settings)
    return [*changes, *(personal.key_changes(keys, found.codebook) if keys is not None else ())]
