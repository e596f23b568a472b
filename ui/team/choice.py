"""The choice, for a new project, to make it by the set-up of the person's team."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotation.errors import ProjectError
from annotation.team import CODEBOOK, KEYS, SETTINGS, Team
from ui.look import Quiet, TickBox
from ui.team import personal
from ui.team.dialog import NAMED
from ui.team.finding import found_team


class TeamChoice(QWidget):
    """Offers the team's set-up where there is one, ticked; `changed` comes with each tick."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
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
        self.with_team.toggled.connect(self._follow)
        self._find()

    @property
    def team(self) -> Team | None:
        """The team whose set-up is wanted."""
        return self._team if self.with_team.isChecked() else None

    @property
    def personal(self) -> bool:
        """Whether the team's keys and settings are wanted, too."""
        return self.team is not None and self.with_personal.isChecked()

    def _find(self) -> None:
        try:
            team = found_team()
            changes = _changes(team) if team is not None else []
        except ProjectError as error:
            self.details.setText(f"Your team's set-up cannot be used: {error}")
            self.details.show()
            return
        self._team = team
        self.setVisible(team is not None)
        if team is None:
            return
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


def _changes(team: Team) -> list[personal.Change]:
    """Return what the team's settings and keys would change for this person."""
    from annotation.codebook_file import default_codebook

    codebook = team.codebook() if team.has(CODEBOOK) else default_codebook()
    keys = personal.team_keys(team, codebook) if team.has(KEYS) else None
    changes = personal.setting_changes(team.settings()) if team.has(SETTINGS) else []
    return [*changes, *(personal.key_changes(keys, codebook) if keys is not None else ())]
