"""Putting articles into the search index between two pictures, until none is left."""

from PySide6.QtCore import QObject, QTimer, Signal

from annotation.errors import ProjectError
from annotation.store import Store

PIECE = 5
"""How many articles are indexed at a time: some milliseconds for 500 words each."""

PAUSE = 15
"""Milliseconds left to the window between two pieces."""


class Indexing(QObject):
    """Brings the index up to date; `ended` says that every article is in it.

    It can stop at any time: searching looks through what is not indexed by itself.
    """

    ended = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._beat = QTimer(self, interval=PAUSE)
        self._beat.timeout.connect(self._go_on)

    @property
    def under_way(self) -> bool:
        """Whether articles are being indexed."""
        return self._beat.isActive()

    def begin(self) -> None:
        """Index what is not yet, if there is anything and the project can be written."""
        if not self._store.read_only and self._store.index(0):
            self._beat.start()

    def begin_anew(self) -> None:
        """Empty the index and fill it again; `ProjectError` where nothing can be written."""
        self._store.index(0, anew=True)
        self._beat.start()

    def close(self) -> None:
        """Stop; the rest is indexed when the project is opened again."""
        self._beat.stop()

    def _go_on(self) -> None:
        try:
            waiting = self._store.index(PIECE)
        except ProjectError:  # a full disk, a lost hold: whoever edits is told
            self._beat.stop()
            return
        if not waiting:
            self._beat.stop()
            self.ended.emit()
