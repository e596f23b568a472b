"""Save as a team set-up…: writes codebook, keys and settings of the open project into a folder."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
)

from annotation.counting import counted
from annotation.errors import ProjectError
from annotation.team import (
    ABOUT,
    CODEBOOK,
    DICTIONARY,
    FILES,
    KEYS,
    SETTINGS,
    Team,
    write,
    write_about,
)
from ui import settings
from ui.key_map import chosen, written
from ui.look import Quiet, TickBox
from ui.team import personal

if TYPE_CHECKING:
    from ui.main_window import MainWindow

HELP = (
    "A folder with what the members of a team should start with. Put it beside the installed "
    "program as “team”, or name it by the environment variable PRESSMARK_TEAM."
)


class SaveTeamDialog(QDialog):
    """Asks whose set-up it is, what goes into it and where it goes."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.setWindowTitle("Save as a team set-up")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        session = window.bridge.session
        self.name = QLineEdit()
        self.contact = QLineEdit(placeholderText="Whom to ask")
        self.welcome = QPlainTextEdit()
        self.folder = QLineEdit(str(Path(settings.folder("team")) / "team"))
        self.choose = QPushButton("Choose…")
        keys = counted(len(chosen()), "action") if chosen() else "all as usual"
        book = session.codebook.name.replace("&", "&&")
        self.parts = {
            CODEBOOK: TickBox(f"Codebook “{book}” of this project"),
            SETTINGS: TickBox("My settings: theme, reading, cards, model"),
            KEYS: TickBox(f"My keys ({keys})"),
            DICTIONARY: TickBox("Dictionary of this project"),
        }
        self.blind = TickBox("New projects hide suggestions (blind)")
        self.message = QLabel()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self._lay_out()
        self._connect()
        self._allow()

    @property
    def team(self) -> Team:
        """The set-up as it would be called."""
        return Team(
            Path(self.folder.text().strip()).expanduser(),
            self.name.text().strip(),
            self.contact.text().strip(),
            self.welcome.toPlainText().strip(),
        )

    def save(self) -> None:
        """Write the files that are ticked; a folder of something else is left alone."""
        team = self.team
        try:
            self._refuse_others(team.folder)
            self._write(team)
        except ProjectError as error:
            self.message.setText(str(error))
            self.message.show()
            return
        settings.remember_folder("team", team.folder.absolute().parent)
        self._window.status.say(f"The set-up of {team.name} is in {team.folder}.")
        self.accept()

    def _write(self, team: Team) -> None:
        from annotation.codebook_file import write_codebook
        from annotation.team_settings import written as settings_written

        session = self._window.bridge.session
        mine = personal.TeamSettings()
        if self.parts[SETTINGS].isChecked():
            mine = personal.current()
            mine = mine._replace(updates={n: text for n, text in mine.updates.items() if text})
        blind = True if self.blind.isChecked() else None
        texts = {
            CODEBOOK: write_codebook(session.codebook) if self.parts[CODEBOOK].isChecked() else "",
            SETTINGS: settings_written(mine._replace(blind=blind)),
            KEYS: written(chosen()) + "\n" if self.parts[KEYS].isChecked() else "",
            DICTIONARY: "",
        }
        if self.parts[DICTIONARY].isChecked():
            from annotation.dictionary_file import written as terms_written

            texts[DICTIONARY] = terms_written(session.store.dictionary.read())
        write_about(team)
        for file, text in texts.items():
            write(team.folder / file, text)

    def _refuse_others(self, folder: Path) -> None:
        """Refuse a folder that holds anything but an earlier set-up, which is replaced."""
        try:
            there = {path.name for path in folder.iterdir()} if folder.exists() else set()
        except OSError as error:
            raise ProjectError(f"{folder} cannot be used: {error.strerror}.") from error
        if there and not (ABOUT in there and there <= set(FILES)):
            raise ProjectError(
                f"{folder} holds other files. Choose an empty folder, a new one, or that of an "
                "earlier set-up, which is replaced."
            )

    def _allow(self) -> None:
        complete = bool(self.name.text().strip() and self.folder.text().strip())
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(complete)

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, "A new or empty folder for the set-up", settings.folder("team")
        )
        if name:
            self.folder.setText(name)

    def _connect(self) -> None:
        self.name.textChanged.connect(self._allow)
        self.folder.textChanged.connect(self._allow)
        self.choose.clicked.connect(self._ask_folder)
        self.buttons.accepted.connect(self.save)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        self.welcome.setTabChangesFocus(True)
        self.welcome.setPlaceholderText("A line or two for a new member")
        self.welcome.setFixedHeight(70)
        self.choose.setAutoDefault(False)
        self.choose.setAccessibleName("Choose: Folder")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        for title, box in (
            *(("Name of the team", self.name), ("Contact", self.contact)),
            ("Welcome", self.welcome),
        ):
            box.setAccessibleName(title)
            form.addRow(title, box)
        self.folder.setAccessibleName("Folder")
        form.addRow("Folder", row)
        help_text = Quiet(HELP)
        help_text.setWordWrap(True)
        self.message.setWordWrap(True)
        self.message.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(help_text)
        column.addLayout(form)
        for box in self.parts.values():
            box.setChecked(True)
            column.addWidget(box)
        self.parts[KEYS].setChecked(bool(chosen()))
        has_terms = bool(self._window.bridge.session.store.dictionary.author())
        self.parts[DICTIONARY].setChecked(has_terms)
        self.parts[DICTIONARY].setEnabled(has_terms)
        column.addWidget(self.blind)
        column.addWidget(self.message)
        column.addStretch(1)
        column.addWidget(self.buttons)
        self.resize(560, 480)
