"""Opening, making and changing projects."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotation.errors import DamagedError, LockedError, OutdatedError, ProjectError
from ui import settings
from ui.doors import Doors
from ui.places import data_folder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from annotation.store import Store
    from annotation.team import Team

SUFFIX = ".pressmark"
FILES = f"Pressmark projects (*{SUFFIX})"


class Projects(QObject):
    """Asks which project to open or to make; `opened` carries its store."""

    opened = Signal(object)

    def __init__(self, doors: Doors, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shown: Store | None = None
        self._passwords = False
        self.doors = doors

    def open_start(self, path: Path | None) -> None:
        """Open the given project, else the one of last time, else the sample."""
        recent = [] if path else settings.recent_projects()
        if path is not None:
            self.open(path)
        elif not (recent and self.open(recent[0])):
            self.open_sample()

    def open(self, path: Path) -> bool:
        """Open a project, or ask for its password; a failure is told, and nothing is changed."""
        if self._is_shown(path):
            return True
        try:
            return self._enter(lambda: self._opened(path))
        except LockedError:
            self._ask_password(path)
            return True
        except DamagedError as error:
            from ui.backups.rescue import offer

            offer(self._window, path, str(error))
        except ProjectError as error:
            self._tell("The project cannot be opened.", str(error))
        return False

    def reopen(self, path: Path) -> bool:
        """Open a project that was closed while something was done to its file."""
        self._shown = None
        return self.open(path)

    def open_sample(self) -> None:
        """Open the sample project."""
        try:
            sample = self.doors.sample()
        except ProjectError as error:
            self._tell("The sample project cannot be made.", str(error))
        else:
            self.open(sample)

    def ask_open(self) -> None:
        """Ask for a project and open it."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(
            self._window, "Open project", settings.folder("projects"), f"{FILES};;All files (*)"
        )
        if name:
            self.open(Path(name))

    def ask_new(self) -> None:
        """Ask for a path and a codebook, and make a project."""
        from ui.new_project import NewProject

        dialog = NewProject(self._window)
        dialog.chosen.connect(self.create)
        dialog.chosen_for_team.connect(self.create_for_team)
        dialog.open()

    def create(
        self, path: Path, codebook_file: Path | None = None, password: str | None = None
    ) -> bool:
        """Make a project and open it; a failure is told in full, and nothing is made."""
        return self._create(lambda: self.doors.create(path, codebook_file, password), password)

    def create_for_team(
        self, path: Path, team: "Team", password: str | None, personal: bool
    ) -> bool:
        """Make a project by a team's set-up, maybe with its keys and settings for the person."""
        from ui.team.making import make, use_personal

        made = self._create(lambda: make(self.doors, team, path, password), password)
        if made and personal:
            use_personal(self._window, team)
        return made

    def _create(self, creating: "Callable[[], Store]", password: str | None) -> bool:
        self._passwords |= password is not None
        try:
            return self._enter(creating)
        except ProjectError as error:
            self._tell("The project cannot be made.", str(error))
            return False

    def list_recent(self, menu: "QMenu") -> None:
        """Fill a menu with the projects opened last, but for the one on screen."""
        menu.clear()
        for path in settings.recent_projects():
            if not self._is_shown(path):
                action = menu.addAction(f"{path.stem}\t{path.parent.name}".replace("&", "&&"))
                action.setToolTip(str(path))
                action.triggered.connect(lambda _=False, path=path: self.open(path))
        menu.setEnabled(not menu.isEmpty())

    def _is_shown(self, path: Path) -> bool:
        """Tell whether a project is on screen; one that is read-only can be opened again."""
        shown = self._shown
        return (
            shown is not None and not shown.read_only and path.absolute() == shown.path.absolute()
        )

    def _enter(self, opening: "Callable[[], Store]") -> bool:
        store = opening()
        self._shown = store
        settings.remember_project(store.path)
        folder = store.path.absolute().parent
        if folder != data_folder():  # where the sample is: no place for a person's own work
            settings.remember_folder("projects", folder)
        self.opened.emit(store)
        if self._passwords:  # and the project before is closed by now
            self.doors.locks().keep_only(store.path)
        return True

    def _opened(self, path: Path) -> "Store":
        try:
            return self.doors.open(path)
        except OutdatedError:
            from ui.updating import bring_up_to_date

            bring_up_to_date(self._window, self.doors, path)
            return self.doors.open(path)

    def _ask_password(self, path: Path) -> None:
        from ui.passwords import AskPassword

        self._passwords = True
        dialog = AskPassword(self.doors.locks(), path, self._window)
        dialog.unlocked.connect(self.open)
        dialog.open()

    def _tell(self, failure: str, words: str) -> None:
        from ui.messages import show_list, show_problem

        lines = words.splitlines()
        if len(lines) > 1:
            show_list(self._window, f"{failure} There are {len(lines)} reasons:", lines)
        else:
            show_problem(self._window, failure, words)
