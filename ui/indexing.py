"""Putting articles into the search index behind the window, until none is left."""

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotation.errors import ProjectError
from annotation.store import ArticleFilter, Store
from ui.aside import in_a_thread

if TYPE_CHECKING:
    from concurrent.futures import Future

PIECE = 5
"""How many articles are indexed at a time: some milliseconds for 500 words each."""

PAUSE = 15
"""Milliseconds left to the window between two pieces."""

AFTER_EDIT = 500
"""Milliseconds without an edit after which indexing goes on: whoever tags never waits for it."""

MANY = 100
"""From how many articles on the progress is shown to somebody who has not asked for it."""

TRIES = 3
TRY_AGAIN = 5_000
"""How often a piece is tried, milliseconds apart: somebody else may just be writing."""

SHOWN_EVERY = 0.2
"""Seconds between two looks at the progress."""


class Indexing(QObject):
    """Brings the index up to date, each piece in a thread with a connection of its own.

    It can stop at any time: searching looks through what is not indexed by itself.
    `work_changed` carries what is going on, how many articles are done, and of how many; an
    empty text when it is over. `ended` says that every article is in the index, `failed`
    why that could not be.
    """

    work_changed = Signal(str, int, int)
    ended = Signal()
    failed = Signal(str)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._piece: Future[int] | None = None
        self._total = self._failures = 0
        self._anew = self._shown = False
        self._due = 0.0
        self._beat = QTimer(self)
        self._beat.timeout.connect(self._go_on)

    @property
    def under_way(self) -> bool:
        """Whether articles are being indexed."""
        return self._beat.isActive()

    def begin(self) -> None:
        """Index what is not yet, if there is anything and the project can be written."""
        if self._store.read_only or self.under_way:
            return
        self._total = self._store.index(0)
        if self._total:
            self._shown = self._total >= MANY
            self._beat.start(PAUSE)

    def begin_anew(self) -> None:
        """Empty the index and fill it again; say at once that it has begun."""
        if self._store.read_only:
            self.failed.emit(f"The search index cannot be made anew: {self._store.read_only}")
            return
        self.stop()
        self._total, self._anew, self._shown = 0, True, True
        self.work_changed.emit("Indexing", 0, 0)
        self._beat.start(PAUSE)

    def wait(self) -> None:
        """Let an edit go first, and what may follow it."""
        if self.under_way and self._beat.interval() < AFTER_EDIT:
            self._beat.start(AFTER_EDIT)

    def stop(self) -> None:
        """Stop; the rest is indexed when the project is opened again, or after an import."""
        if self.under_way:
            self.close()
            self.work_changed.emit("", 0, 0)

    def close(self) -> None:
        """Stop without a word; what is just being indexed is in the index when this returns."""
        self._beat.stop()
        piece, self._piece = self._piece, None
        self._anew, self._failures = False, 0
        if piece is not None:
            piece.exception()  # waits: nothing may write once the project is closed

    def _go_on(self) -> None:
        self._beat.setInterval(PAUSE)
        if self._piece is None:
            anew, self._anew = self._anew, False
            self._piece = in_a_thread(lambda: self._store.index(PIECE, anew))
        elif self._piece.done():
            piece, self._piece = self._piece, None
            try:
                self._count(piece.result())
            except ProjectError as error:  # a full disk, a lost hold, an SQLite without FTS5
                self._fail(error)

    def _fail(self, error: ProjectError) -> None:
        self._failures += 1
        if self._failures < TRIES:
            self._anew = not self._total
            self._beat.start(TRY_AGAIN)
            return
        self.stop()
        self.failed.emit(f"Not all articles could be indexed. {error}")

    def _count(self, waiting: int) -> None:
        self._failures = 0
        if not waiting:
            self.stop()
            self.ended.emit()
            return
        if not self._total:  # the index is made anew
            self._total = self._store.count_articles(ArticleFilter())
        self._total = max(self._total, waiting)
        if self._shown and monotonic() >= self._due:
            self._due = monotonic() + SHOWN_EVERY
            self.work_changed.emit("Indexing", self._total - waiting, self._total)
