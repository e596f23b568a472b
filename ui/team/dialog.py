"""The dialog in which a person uses the set-up of a team, and takes it back again."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotation.counting import counted
from annotation.errors import ProjectError
from annotation.team import CODEBOOK, KEYS, SETTINGS, Team, read_team
from ui import settings
from ui.key_map import Chosen
from ui.look import Quiet, TickBox, heading
from ui.team import personal
from ui.team.finding import found_team
from ui.team.reading import Found, TeamReading
from ui.waiting import in_a_thread

if TYPE_CHECKING:
    from annotation.dictionary import Dictionary
    from ui.main_window import MainWindow

NAMED = 4
"""How many changes are named; the tip of the text has all."""

INDENT = 24
"""Pixels that a part's details stand in."""


class TeamDialog(QDialog):
    """Says what a set-up would change, part by part, and does what is ticked.

    `ready` tells whether the set-up has been read.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.setWindowTitle("The team's set-up")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ready = False
        self._window = window
        self._team: Team | None = None
        self._keys: Chosen | None = None
        self._dictionary: Dictionary | None = None
        self.name = heading("")
        self.welcome = QLabel()
        self.message = QLabel()
        self.parts = {
            "settings": Part("Settings"),
            "keys": Part("Keys"),
            "dictionary": Part("Dictionary of this project"),
            "codebook": Part("Codebook of this project"),
        }
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        role = QDialogButtonBox.ButtonRole
        self.accept_button = self.buttons.addButton("Use what is ticked", role.AcceptRole)
        self.other = self.buttons.addButton("Another folder…", role.ActionRole)
        self.back = self.buttons.addButton("Take back settings and keys", role.ActionRole)
        self._lay_out()
        self._connect()
        self.look(found_team)

    def look(self, find: Callable[[], Team | None], said: str = "") -> None:
        """Show the set-up that is found, once it is read; a mistake in it is said."""
        self.ready = False
        self._team = self._keys = None
        for part in self.parts.values():
            part.hide()
        self.name.setText("")
        self.welcome.hide()
        self.message.setText(said)
        self._allow()
        workspace = self._window.workspace
        project = workspace.bridge.session.codebook if workspace else None
        TeamReading(self, find, project=project).found.connect(self._show)

    def use(self) -> None:
        """Do what is ticked; the codebook opens in its editor, to be looked at and saved there."""
        team = self._team
        if team is None:
            return
        try:
            wanted = team.settings() if self.parts["settings"].ticked else None
            keys = self._keys if self.parts["keys"].ticked else None
            codebook = team.path(CODEBOOK) if self.parts["codebook"].ticked else None
            if self.parts["dictionary"].ticked:
                self._put_dictionary()
        except ProjectError as error:
            self.message.setText(str(error))
            self._allow()
            return
        if wanted is not None or keys is not None:
            personal.use(self._window, wanted, keys)
        self.accept()
        if codebook is not None:
            from ui.codebook.editor import edit_codebook
            from ui.codebook.files import take_over

            take_over(edit_codebook(self._window), codebook)

    def _put_dictionary(self) -> None:
        """Put the team's dictionary into the project, and let it propose."""
        workspace, dictionary = self._window.workspace, self._dictionary
        if workspace is None or dictionary is None:
            return
        store = workspace.store
        workspace.prehighlighting.stop()
        in_a_thread(
            self,
            "Putting the dictionary into the project",
            lambda: store.dictionary.put(dictionary),
            store.interrupt,
        )
        workspace.prehighlighting.begin(asked=False)

    def take_back(self) -> None:
        """Bring back the person's own settings and keys."""
        team = self._team
        try:
            personal.take_back(self._window)
        except ProjectError as error:
            self.message.setText(str(error))
        else:
            said = "Your settings and keys are as they were before the team's."
            self.look(lambda: team or found_team(), said)

    def _show(self, found: Found) -> None:
        self.ready = True
        try:
            if found.trouble:
                raise ProjectError(found.trouble)
            self._show_team(found)
        except ProjectError as error:
            self.message.setText(str(error))
            for part in self.parts.values():
                part.hide()
        self._allow()

    def _show_team(self, found: Found) -> None:
        team, theirs = found.team, found.codebook
        if team is None:
            self.name.setText("No team yet")
            self.message.setText("There is no team's set-up on this computer. Choose a folder.")
            return
        self.name.setText(team.name)
        said = [text for text in (team.welcome, team.contact) if text]
        self.welcome.setText("\n".join(said))
        self.welcome.setVisible(bool(said))
        workspace = self._window.workspace
        codebook = workspace.bridge.session.codebook if workspace else None
        if team.has(SETTINGS):
            self.parts["settings"].show_changes(personal.setting_changes(found.settings))
        if team.has(KEYS):
            self._keys = personal.team_keys(team, codebook)
            self.parts["keys"].show_changes(personal.key_changes(self._keys or {}, codebook))
        if workspace is not None:
            self._show_dictionary(found.dictionary, workspace.store.read_only)
        if theirs is not None and codebook is not None and workspace is not None:
            part = self.parts["codebook"]
            part.say(
                f"“{codebook.name}” → “{theirs.name}”. Opens in the codebook editor, which says "
                "what becomes of annotations; nothing changes before it is saved there."
            )
            part.box.setChecked(False)
            part.setEnabled(not workspace.store.read_only)
        self._team = team

    def _show_dictionary(self, found: "Dictionary | str | None", read_only: str) -> None:
        if found is None:
            return
        part = self.parts["dictionary"]
        part.box.setChecked(False)
        if isinstance(found, str):
            part.say(found)
            part.setEnabled(False)
            return
        self._dictionary = found
        part.say(
            f"{counted(len(found.terms), 'term')} in place of those that the project has. Undo "
            "does not take this back."
        )
        part.setEnabled(not read_only)

    def _allow(self) -> None:
        self.accept_button.setEnabled(any(part.ticked for part in self.parts.values()))
        self.back.setVisible(bool(settings.before_team()))
        self.message.setVisible(bool(self.message.text()))

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, "The folder of the team's set-up", settings.folder("team")
        )
        if name:
            settings.remember_folder("team", Path(name))
            self.look(lambda: read_team(Path(name)))

    def _connect(self) -> None:
        for part in self.parts.values():
            part.box.toggled.connect(self._allow)
        self.buttons.accepted.connect(self.use)
        self.buttons.rejected.connect(self.reject)
        self.other.clicked.connect(self._ask_folder)
        self.back.clicked.connect(self.take_back)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        for text in (self.name, self.welcome, self.message):
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(text)
        for part in self.parts.values():
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self.buttons)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.resize(600, 420)


class Part(QWidget):
    """A part of a set-up: a box to tick, and what it would change."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.box = TickBox(title)
        self.details = Quiet()
        self.details.setWordWrap(True)
        self.details.setTextFormat(Qt.TextFormat.PlainText)
        self.details.setIndent(INDENT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.box)
        column.addWidget(self.details)

    @property
    def ticked(self) -> bool:
        """Whether this part is wanted."""
        return not self.isHidden() and self.isEnabled() and self.box.isChecked()

    def show_changes(self, changes: Sequence[personal.Change]) -> None:
        """Say what would change; where that is nothing, there is nothing to tick."""
        lines = [str(change) for change in changes]
        shown = (
            lines
            if len(lines) <= NAMED + 1
            else [*lines[:NAMED], f"… and {len(lines) - NAMED} more"]
        )
        self.say("\n".join(shown) or "As they are already.")
        self.details.setToolTip("\n".join(lines))
        self.box.setChecked(bool(lines))
        self.setEnabled(bool(lines))

    def say(self, words: str) -> None:
        """Show the part with these words."""
        self.details.setText(words)
        self.box.setAccessibleDescription(words)
        self.show()
