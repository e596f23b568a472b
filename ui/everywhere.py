"""The dialog that tags some words everywhere: what is meant, what is found, what is ticked."""

from collections import deque
from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotation import everywhere
from annotation.background import BackgroundJob
from annotation.counting import counted
from annotation.errors import ProjectError
from annotation.everywhere import Occurrence, Searched, Wanted
from ui.bridge import SessionBridge
from ui.doors import Doors
from ui.look import Quiet, TickBox, heading, shortened
from ui.messages import show_problem
from ui.occurrence_list import OccurrenceModel, occurrence_view
from ui.span_form import LabelBox

if TYPE_CHECKING:
    from ui.main_window import MainWindow

BEAT = 15
"""Milliseconds between two looks at what has been found."""

SLICE = 0.006
"""Seconds of searching and listing between two pictures."""

TAKEN = 3
"""How many steps of the search in the project are taken between two pictures."""

AT_ONCE = 200
"""How many occurrences are listed between two pictures."""

MOST = 10_000
"""How many occurrences are listed; a search that finds more stops there and says so."""

ARTICLE, PROJECT = "This article", "The whole project"


class EverywhereDialog(QDialog):
    """Lists every occurrence of some words and tags those that stay ticked, as one edit.

    The open article is searched a little between two pictures, the project in a process
    of its own.
    """

    def __init__(
        self,
        bridge: SessionBridge,
        doors: Doors,
        words: str,
        label: tuple[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Tag everywhere")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bridge = bridge
        self._open_store = doors.open_for_reading(bridge.session.store.path)
        self._words = words
        self._here: Iterator[Occurrence | None] | None = None
        self._job: BackgroundJob[Searched, None] | None = None
        self._waiting: deque[Occurrence] = deque()
        self._tagged = 0
        self._beat = QTimer(self, interval=BEAT)
        self._beat.timeout.connect(self._go_on)
        self._build(label)
        self.search()

    @property
    def wanted(self) -> Wanted:
        """What is asked for now."""
        layer, label = self.label.currentData()
        whole, case = self.whole_words.isChecked(), self.match_case.isChecked()
        return Wanted(self._words, layer, label, case, whole)

    @property
    def is_searching(self) -> bool:
        """Whether more may be found."""
        return self._beat.isActive()

    def search(self) -> None:
        """Look for what is asked for now, from the start."""
        self.stop()
        self.found.start()
        self._waiting.clear()
        self._tagged = 0
        session = self._bridge.session
        if self.scope.currentText() == PROJECT:
            self._job = BackgroundJob(
                everywhere.search_apart,
                self._open_store,
                session.codebook,
                session.annotator,
                self.wanted,
            )
        else:
            self._here = everywhere.occurrences(session.desk, self.wanted)
        self.progress.setRange(0, 0)
        self.progress.show()
        self.stop_button.show()
        self._beat.start()
        self._tell()

    def stop(self) -> None:
        """Look no further; what has been found can be tagged."""
        self._beat.stop()
        job, self._job, self._here = self._job, None, None
        if job is not None:
            job.close()
        self.progress.hide()
        self.stop_button.hide()
        self._tell()

    def accept(self) -> None:
        """Tag what is ticked; a refusal is told, and nothing is tagged."""
        wanted, chosen = self.wanted, self.found.chosen()
        if self._bridge.perform(lambda desk: everywhere.tag(desk, wanted, chosen)):
            super().accept()

    def done(self, result: int) -> None:
        """Leave no process behind, however the dialog is closed."""
        self.stop()
        super().done(result)

    # -- searching

    def _go_on(self) -> None:
        until = perf_counter() + SLICE
        if self._here is not None:
            self._look_here(until)
        else:
            self._look_there()
        room = min(len(self._waiting), AT_ONCE, MOST - len(self.found))
        if room:
            self.found.add([self._waiting.popleft() for _ in range(room)])
        at_end = self._here is None and self._job is None and not self._waiting
        if at_end or len(self.found) >= MOST:
            self.stop()
        else:
            self._tell()

    def _look_here(self, until: float) -> None:
        assert self._here is not None
        for one in self._here:
            if one is not None:
                self._take(one)
            if perf_counter() > until:
                return
        self._here = None

    def _look_there(self) -> None:
        job = self._job
        if job is None or len(self._waiting) > MOST:
            return
        for step in job.poll(TAKEN):
            self.progress.setRange(0, step.total)
            self.progress.setValue(step.done)
            for one in step.found:
                self._take(one)
        if job.finished:
            self._job = None
            if isinstance(job.error, ProjectError):
                show_problem(self, "The project cannot be searched.", str(job.error))
            elif job.error is not None:
                raise job.error

    def _take(self, one: Occurrence) -> None:
        if one.state == "tagged":
            self._tagged += 1
        else:
            self._waiting.append(one)

    # -- telling

    def _tell(self) -> None:
        """Say what was found, and offer to tag what is ticked."""
        ticked = self.found.ticks
        self.tag.setText(f"Tag {ticked:,}")
        self.tag.setEnabled(ticked > 0 and not self._bridge.session.store.read_only)
        self.state.setText(self._in_words())

    def _in_words(self) -> str:
        found, refused = len(self.found), self.found.refused
        if not found and self.is_searching:
            return "Searching…"
        parts = [counted(found - refused, "occurrence")]
        if self.scope.currentText() == PROJECT:
            parts[0] += f" in {counted(self.found.articles, 'article')}"
        if self._tagged:
            parts.append(f"{self._tagged:,} tagged already")
        if refused:
            parts.append(f"{refused:,} refused by a rule of the codebook")
        if found >= MOST:
            parts.append(f"only the first {MOST:,} are listed: tag them, then search again")
        return " · ".join(parts)

    # -- building

    def _build(self, label: tuple[str, str]) -> None:
        words = heading(f"Tag “{shortened(' '.join(self._words.split()), 80)}” as")
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        self.label = LabelBox(self._bridge.session.codebook)
        self.label.setMinimumContentsLength(14)
        self.label.show_label(*label)
        self.scope = QComboBox()
        self.scope.setAccessibleName("Where to tag")
        self.scope.addItems([ARTICLE, PROJECT])
        self.whole_words = TickBox("Whole words")
        self.whole_words.setChecked(True)
        self.match_case = TickBox("Match case")
        self.match_case.setChecked(True)
        self.state = Quiet()
        self.state.setWordWrap(True)
        self.found = OccurrenceModel(self)
        self.view = occurrence_view(self.found)
        self.found.ticked.connect(self._tell)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedHeight(6)
        self.progress.setAccessibleName("Progress of the search")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.tag: QPushButton = self.buttons.addButton(
            "Tag", QDialogButtonBox.ButtonRole.AcceptRole
        )
        action = QDialogButtonBox.ButtonRole.ActionRole
        self.stop_button = self.buttons.addButton("Stop", action)
        self.all_button = self.buttons.addButton("Tick all", action)
        self.none_button = self.buttons.addButton("Tick none", action)
        for button in self.buttons.buttons():
            button.setAutoDefault(False)
        self.tag.setDefault(True)
        self._lay_out(words)
        self._connect()

    def _connect(self) -> None:
        for box in (self.label, self.scope):
            box.activated.connect(self.search)
        for tick in (self.whole_words, self.match_case):
            tick.toggled.connect(self.search)
        self.stop_button.clicked.connect(self.stop)
        self.all_button.clicked.connect(lambda: self.found.tick_all(True))
        self.none_button.clicked.connect(lambda: self.found.tick_all(False))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self, words: QWidget) -> None:
        options = QHBoxLayout()
        options.setSpacing(16)
        for widget in (self.label, self.scope, self.whole_words, self.match_case):
            options.addWidget(widget)
        options.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(words)
        column.addLayout(options)
        column.addWidget(self.view, 1)
        column.addWidget(self.state)
        column.addWidget(self.progress)
        column.addWidget(self.buttons)
        self.resize(820, 560)
        self.view.setFocus()


def ask(window: "MainWindow") -> None:
    """Ask where to tag the words of the picked span, or those that are selected."""
    canvas = window.canvas
    picked, chosen, document = canvas.picked, canvas.selection(), canvas.document
    if document is None or (picked is None and chosen is None):
        window.bridge.refused.emit("Pick a span, or select the words to tag everywhere.")
        return
    if chosen is not None:
        words = document.article.text[slice(*chosen)]
    else:
        assert picked is not None
        words = picked.quotation[0] if len(picked.quotation) == 1 else ""
    if not words.strip():
        window.bridge.refused.emit(
            "A span of several fragments stands only once: select the words to tag everywhere."
        )
        return
    first = window.bridge.session.codebook.labels[0]
    label = (picked.layer, picked.label) if picked else canvas.sticky.label
    label = label or (first.layer, first.name)
    EverywhereDialog(window.bridge, window.projects.doors, words, label, window).open()
