"""Make the history smaller…: says what would go, then closes the project, does it and opens it."""

from concurrent.futures import Future
from contextlib import closing
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
)

from annotation.counting import counted
from annotation.errors import ProjectError
from annotation.history import Compaction, beginning, clock
from ui.look import Quiet, heading
from ui.messages import show_problem
from ui.spin_box import CountBox
from ui.waiting import in_a_thread, started

if TYPE_CHECKING:
    from pathlib import Path

    from ui.main_window import MainWindow

KEPT = 1000
"""Edits that are kept whole unless another number is given."""

PAUSE = 300
"""Milliseconds without a change after which it is reckoned what would go."""

BEAT = 30
"""Milliseconds between two looks whether that is known."""

WORDS = (
    "The history keeps what was there before each edit, so that it can be undone. For edits of "
    "long ago that can go: the history still tells who did what when, but they can no longer be "
    "undone, and there is no going back to a time before. A backup is made first."
)


class CompactDialog(QDialog):
    """Asks which edits lose their content, and shows how many those are."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.setWindowTitle("Make the history smaller")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        self._project = window.bridge.session.store.path
        self._reckoning: Future[Compaction] | None = None
        today = QDate.currentDate()
        self.before = QDateEdit(today, calendarPopup=True, displayFormat="yyyy-MM-dd")
        self.before.setMaximumDate(today)
        self.before.setAccessibleName("Only edits before this day")
        self.keep = CountBox(minimum=0, maximum=1_000_000, singleStep=100, value=KEPT)
        self.keep.setGroupSeparatorShown(True)
        self.keep.setAccessibleName("How many of the last edits stay whole")
        self.forget = QCheckBox("Forget who did what when, too")
        self.preview = QLabel()
        self.preview.setWordWrap(True)
        self.preview.setMinimumHeight(3 * self.preview.fontMetrics().lineSpacing())
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        accept = QDialogButtonBox.ButtonRole.AcceptRole
        self.compact = self.buttons.addButton("Make it smaller", accept)
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._beat = QTimer(self, interval=BEAT)
        self._lay_out()
        self._connect()
        self._reckon()

    def _wanted(self) -> tuple[int, str]:
        return self.keep.value(), beginning(self.before.date().toPython())

    def _wait(self) -> None:
        self.compact.setEnabled(False)
        self.preview.setText("Reckoning…")
        self._reckoning = None
        self._later.start()

    def _reckon(self) -> None:
        self.compact.setEnabled(False)
        wanted, opens = self._wanted(), self._window.projects.doors.open_for_reading(self._project)

        def work() -> Compaction:
            with closing(opens()) as store:
                return store.reckon_compaction(*wanted)

        self._reckoning = started(work)
        self._beat.start()

    def _look(self) -> None:
        if self._reckoning is None or not self._reckoning.done():
            return
        self._beat.stop()
        try:
            found = self._reckoning.result()
        except ProjectError as error:
            self.preview.setText(str(error))
            return
        self.compact.setEnabled(found.entries > 0)
        self.preview.setText(_told(found, self._project.stat().st_size))

    def _compact(self) -> None:
        window, wanted, forget = self._window, self._wanted(), self.forget.isChecked()
        self.accept()
        compact(window, *wanted, forget)

    def _connect(self) -> None:
        self.before.dateChanged.connect(self._wait)
        self.keep.valueChanged.connect(self._wait)
        self._later.timeout.connect(self._reckon)
        self._beat.timeout.connect(self._look)
        self.buttons.accepted.connect(self._compact)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        words = Quiet(WORDS)
        words.setWordWrap(True)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.addRow("Only edits before", self.before)
        form.addRow("Keep the last edits", self.keep)
        form.addRow("", self.forget)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        for part in (heading("Make the history smaller"), words):
            column.addWidget(part)
        column.addLayout(form)
        column.addWidget(self.preview)
        column.addWidget(self.buttons)
        self.setMinimumWidth(480)


def compact(window: "MainWindow", keep: int, before: str, forget: bool) -> None:
    """Back the open project up and make its history smaller; a failure is told."""
    project = window.bridge.session.store.path
    size, stopped = project.stat().st_size, Event()
    doors, so_far = window.projects.doors, ("Making a backup", 0, 0)

    def go_on(done: int, total: int) -> None:
        nonlocal so_far
        so_far = ("Making a backup", done, total)
        if stopped.is_set():
            raise ProjectError("Stopped. The history is as it was.")

    def work() -> None:
        nonlocal so_far
        doors.backups().make(project, "asked for", go_on)
        so_far = ("Taking out what is old, giving the room back", 0, 0)
        with closing(doors.open(project)) as store:
            store.compact(keep, before, forget)

    window.leave_project()
    try:
        in_a_thread(window, "Making the history smaller", work, stopped.set, lambda: so_far)
    except ProjectError as error:
        show_problem(window, "The history was not made smaller.", str(error))
        window.projects.reopen(project)
        return
    if window.projects.reopen(project):
        window.status.say(_compared(project, size))


def _compared(project: "Path", size: int) -> str:
    after = project.stat().st_size
    return f"{_mb(size)} before, {_mb(after)} now. What it was is the newest backup."


def _told(found: Compaction, size: int) -> str:
    if not found.entries:
        return "Nothing would go: there are no such edits whose content is kept."
    edits = counted(found.entries, "edit")
    return (
        f"{edits}, the last of {clock(found.until)}, would go with what was there before: "
        f"{_mb(found.content)} of {_mb(size)}. What was done today, and the last edits, can be "
        "undone as before."
    )


def _mb(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
