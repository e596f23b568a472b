"""Finding out which articles a filter lets through, in a thread that nobody waits for."""

from array import array
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotation.errors import ProjectError
from annotation.store import ArticleFilter, Store

if TYPE_CHECKING:
    from concurrent.futures import Future

BEAT = 5
"""Milliseconds between two looks at what the thread has found."""


class ArticleFinding(QObject):
    """Asks the project for the numbers of articles, one question at a time.

    `found` carries numbers as they come (an `array`), in the order of import; `ended` comes
    after the last of them with why they are not all, or an empty text. What was asked before
    says no more.
    """

    found = Signal(object)
    ended = Signal(str)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._question: _Question | None = None
        self._beat = QTimer(self, interval=BEAT)
        self._beat.timeout.connect(self._look)

    @property
    def under_way(self) -> bool:
        """Whether more may be found."""
        return self._beat.isActive()

    def start(self, wanted: ArticleFilter) -> None:
        """Find what a filter lets through; what is just being looked for is forgotten."""
        self.stop()
        self._question = _Question(self._store, wanted, self._question)
        self._beat.start()

    def stop(self) -> None:
        """Look no further, and say nothing."""
        self._beat.stop()
        if self._question is not None:
            self._question.stopped = True

    def close(self) -> None:
        """Stop; nothing reads the project any more when this returns."""
        self.stop()
        if self._question is not None:
            self._question.done.exception()  # waits

    def _look(self) -> None:
        assert self._question is not None
        question, over = self._question, self._question.done.done()
        numbers = array("I")
        while question.pieces:
            numbers.extend(question.pieces.popleft())
        if numbers:
            self.found.emit(numbers)
        if over and question is self._question:
            self._beat.stop()
            self.ended.emit(_problem(question.done))


class _Question:
    """One filter, and the thread that looks through the project."""

    def __init__(
        self, store: Store, wanted: ArticleFilter, before: "_Question | None" = None
    ) -> None:
        from ui.waiting import started  # imports threads, which no start waits for

        self.stopped = False
        self.pieces: deque[array[int]] = deque()
        self._store = store
        self._wanted = wanted
        earlier = before.done if before is not None else None
        self.done = started(lambda: self._ask(earlier))

    def _ask(self, earlier: "Future[None] | None") -> None:
        if earlier is not None:
            earlier.exception()  # it has been stopped; never more than one reads
        for piece in self._store.numbers_found(self._wanted, lambda: self.stopped):
            self.pieces.append(array("I", piece))


def _problem(done: "Future[None]") -> str:
    try:
        done.result()
    except ProjectError as error:
        return str(error)
    return ""
