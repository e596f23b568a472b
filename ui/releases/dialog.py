"""Help ▸ Check for updates…: asks nobody before somebody has said whom to ask."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from annotation import VERSION
from annotation.releases.fetching import fetching, half_of
from annotation.releases.looking import Found
from annotation.releases.manifest import ReleaseFile
from ui import settings
from ui.look import Quiet, TickBox, heading
from ui.releases.errand import Errand, Look, is_set
from ui.releases.offer import Offer, downloads
from ui.releases.place_form import PlaceForm

WEEKLY = "weekly_look"
"""The switch of the look that is done by itself."""

WIDTH, TALL = 620, 460
"""Pixels of the dialog, and its height where there is something new."""

HELP = (
    "Pressmark asks nobody by itself. If your team gives you an address or a folder, and a public "
    "key, it looks there when you ask it to. What it finds counts only with your team's signature."
)


class UpdateDialog(QDialog):
    """Looks where the team has said; shows what there is; fetches it, and leaves it there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Updates")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look = Look(self)
        self._fetch = Errand(self)
        self._file: ReleaseFile | None = None
        self._saved: Path | None = None
        self.title = heading("")
        self.message = QLabel()
        self.help = Quiet(HELP)
        self.place = PlaceForm()
        self.offer = Offer()
        self.weekly = TickBox("Look once a week, when Pressmark has started")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole
        self.change = QPushButton("Where to look…")
        self.again = QPushButton("Look again")
        self.fetch = QPushButton("Fetch")
        self.stop = QPushButton("Stop")
        self.show_folder = QPushButton("Show in folder")
        self.buttons.addButton(self.change, role.ResetRole)
        for button in (self.again, self.fetch, self.stop, self.show_folder):
            self.buttons.addButton(button, role.ActionRole)
        self._lay_out()
        self._connect()
        if is_set():
            self.look()
        else:
            self._show_place()

    def look(self) -> None:
        """Look for a newer version where the form says."""
        if problem := self.place.problem():
            self._show_place(problem)
            return
        self.place.keep()
        if not is_set():
            self._show_place("Nobody is asked for updates from now on.")
            return
        self._show(f"This is Pressmark {VERSION}", "Looking …", self.stop)
        self._look.start()

    def done(self, result: int) -> None:
        """Leave no process behind, and no half of a file."""
        self._look.stop()
        self._leave_off()
        super().done(result)

    # -- what comes

    def _found(self, found: Found) -> None:
        release = found.release
        if not found.is_newer:
            same = (
                "That is the newest one."
                if release.version == VERSION
                else (f"Your team's newest one is {release.version}: nothing to do.")
            )
            self._show(f"This is Pressmark {VERSION}", same, self.change)
            return
        self.offer.show_release(release)
        shown = (self.offer, self.fetch) if self.offer.file else (self.offer,)
        date = release.date[:10]
        self._show(
            f"Pressmark {release.version} is there",
            f"Your team has signed it on {date}. You have {VERSION}.",
            *(*shown, self.change),
        )
        _ready(self.fetch)

    def _failed(self, why: str) -> None:
        self._show("The look for updates failed", why, self.change, self.again)
        self._ready_to_look_again()

    def _begin_fetching(self) -> None:
        self._file = self.offer.file
        if self._file is not None:
            self._show(self.title.text(), "Fetching …", self.offer, self.stop)
            self.offer.show_progress(0, self._file.size)
            self._fetch.begin(fetching, settings.updates()["source"], self._file, downloads())

    def _fetched(self, path: Path) -> None:
        self._saved = path
        self.offer.end_progress()
        self._show(
            self.title.text(),
            f"Checked, and saved as {path.name} in {path.parent}. Close Pressmark before you "
            "install it; your projects and settings stay.",
            *(self.offer, self.show_folder),
        )
        self.offer.files.setEnabled(False)
        _ready(self.show_folder)

    def _not_fetched(self, why: str) -> None:
        self.offer.end_progress()
        self._show(self.title.text(), why, self.offer, self.fetch, self.change)

    def _stop(self) -> None:
        if self._look.is_under_way:
            self._look.stop()
            self._show(f"This is Pressmark {VERSION}", "Stopped.", self.change, self.again)
            self._ready_to_look_again()
        else:
            self._leave_off()
            self._not_fetched("Stopped. Nothing was kept.")

    def _leave_off(self) -> None:
        if self._fetch.is_under_way and self._file is not None:
            self._fetch.stop()
            with suppress(OSError):  # the next fetch deletes it, too
                half_of(self._file, downloads()).unlink(missing_ok=True)

    # -- what is shown

    def _ready_to_look_again(self) -> None:
        self.again.setText("Look again")
        _ready(self.again)

    def _show_place(self, problem: str = "") -> None:
        self._show(f"This is Pressmark {VERSION}", problem, self.help, self.place, self.again)
        self.again.setText("Keep and look")
        self.again.setDefault(True)
        self.place.source.setFocus()

    def _show(self, title: str, message: str, *shown: QWidget) -> None:
        """Show a title, a sentence, and of the rest only this."""
        self.title.setText(title)
        self.message.setText(message)
        self.message.setVisible(bool(message))
        buttons = (self.change, self.again, self.fetch, self.stop, self.show_folder)
        for widget in (self.help, self.place, self.offer, *buttons):
            widget.setVisible(widget in shown)
        self.weekly.setVisible(is_set())
        self._column.activate()
        needed = self._column.totalHeightForWidth(WIDTH)
        self.resize(WIDTH, max(TALL, needed) if self.offer in shown else needed)

    def _connect(self) -> None:
        self._look.done.connect(self._found)
        self._look.failed.connect(self._failed)
        self._fetch.came.connect(lambda size: self.offer.show_progress(size, self._file.size))
        self._fetch.done.connect(self._fetched)
        self._fetch.failed.connect(self._not_fetched)
        self.weekly.toggled.connect(lambda on: settings.remember_switch(WEEKLY, on))
        self.change.clicked.connect(lambda: self._show_place())
        self.again.clicked.connect(self.look)
        self.fetch.clicked.connect(self._begin_fetching)
        self.stop.clicked.connect(self._stop)
        self.show_folder.clicked.connect(self._open_folder)
        self.buttons.rejected.connect(self.reject)

    def _open_folder(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved.parent)))

    def _lay_out(self) -> None:
        self.weekly.setChecked(settings.switched_on(WEEKLY, default=False))
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        for text in (self.message, self.help):
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for widget in (self.title, self.message, self.help, self.place):
            column.addWidget(widget)
        column.addWidget(self.offer, 1)
        column.addWidget(self.weekly)
        column.addWidget(self.buttons)


def _ready(button: QPushButton) -> None:
    """Let Return press a button."""
    button.setDefault(True)
    button.setFocus()
