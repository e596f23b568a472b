"""Looking for words or a pattern in the article on screen, a little between two pictures."""

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from annotation.errors import ProjectError
from annotation.finding import Hits, Matcher, Query, batches_apart
from annotation.model import Fragment
from ui.aside import JobAside

SLICE = 0.005
"""How many seconds of a turn of the event loop are taken for words."""

BEAT = 15
"""Milliseconds between two looks at what the process for patterns has found."""

PATIENCE = 5.0
"""How many seconds a pattern may take before it is stopped."""


class TextSearch(QObject):
    """Finds all hits in a text without keeping anybody waiting.

    Words are looked for here, a few milliseconds at a time. A regular expression runs in a
    process of its own, since nothing else can stop one that would take for ever; it is
    ended when something else is asked, or after `PATIENCE`. `progressed` tells that there
    may be more hits, or that the search has ended; then `problem` may say why.
    """

    progressed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits = Hits()
        self.problem = ""
        self._batches: Iterator[list[Fragment]] | None = None
        self._job: JobAside[list[Fragment]] | None = None
        self._since = 0.0
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._go_on)

    @property
    def running(self) -> bool:
        """Whether there may be more to come."""
        return self._turn.isActive()

    def start(self, text: str, query: Query) -> None:
        """Look for a query in a text from its start; what was looked for before is forgotten."""
        self.stop()
        self.hits = Hits()
        self.problem = ""
        if not query.words:
            return
        if query.regex:
            self._job = JobAside(batches_apart, text, query)
            self._since = perf_counter()
            self._turn.start(BEAT)
            return
        try:
            self._batches = Matcher(query).batches(text)
        except ProjectError as error:
            self.problem = str(error)
        else:
            self._turn.start(0)
            self._look(self._batches)

    def stop(self) -> None:
        """Look no further; the hits so far stay."""
        self._turn.stop()
        self._batches = None
        job, self._job = self._job, None
        if job is not None:
            job.close()

    # -- one turn

    def _go_on(self) -> None:
        if self._batches is not None:
            self._look(self._batches)
        elif self._job is not None:
            self._poll(self._job)
        self.progressed.emit()

    def _look(self, batches: Iterator[list[Fragment]]) -> None:
        until = perf_counter() + SLICE
        for found in batches:
            self.hits.add(found)
            if perf_counter() > until:
                return
        self.stop()

    def _poll(self, job: JobAside[list[Fragment]]) -> None:
        for found in job.poll(5):
            self.hits.add(found)
        if isinstance(job.error, ProjectError):
            self.problem = str(job.error)
        elif job.error is not None:
            self.stop()
            raise job.error
        if job.finished:
            self.stop()
        elif perf_counter() - self._since > PATIENCE:
            self.stop()
            self.problem = (
                f"Stopped after {PATIENCE:.0f} seconds: this pattern tries too many ways. "
                "Repeat nothing that is repeated within, as in (a+)+."
            )
