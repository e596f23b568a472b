"""Pre-highlighting in the window: it runs by itself, a little between two pictures."""

from collections import deque
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from annotation.counting import counted
from annotation.document import Document
from annotation.errors import ProjectError
from annotation.store import OpenStore
from ui import settings
from ui.bridge import SessionBridge
from ui.places import models_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotation.model import Change
    from annotation.prehighlight import PreHighlight, Report
    from annotation.proposers import Proposer
    from annotation.store import Store

    Turn = tuple[Proposer, list[str]] | ProjectError
    """Who goes through which articles, or why nobody does."""

BEAT = 30
"""Milliseconds between two looks at what the worker has found."""

PAUSE = 7
"""Milliseconds from storing suggestions to showing them: keys and clicks have a turn between."""

NAMED = 3
"""How many articles that could not be highlighted are named in the status line."""


class Prehighlighting(QObject):
    """Lets dictionary and model go through what they have not seen; suggestions arrive meanwhile.

    `work_changed` carries what is going on, how many articles are done, and of how many;
    an empty text when it is over. Nothing here waits: what takes longer than a picture
    is done in a thread or in the model's own process.
    """

    work_changed = Signal(str, int, int)

    def __init__(
        self, bridge: SessionBridge, open_for_reading: OpenStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._open_for_reading = open_for_reading
        self._asked = False
        self._told = 0
        self._preparing: _Preparation | None = None
        self._model: Proposer | None = None
        self._waiting: deque[Turn] = deque()
        self._job: PreHighlight | None = None
        self._untold: list[Change] = []
        self._beat = QTimer(self, interval=BEAT)
        self._beat.timeout.connect(self._go_on)
        bridge.opened.connect(self._prefer)

    @property
    def is_running(self) -> bool:
        """Whether articles are being looked through, or about to be."""
        return self._beat.isActive()

    def begin(self, asked: bool = True, chosen: bool = False) -> None:
        """Go through the articles that the dictionary or the model has not seen.

        `asked` is false where nobody asked for it: then nothing is said if there is
        nothing to do, and articles that another model has been through are left alone,
        unless the model was `chosen` just now.
        """
        if self.is_running:
            self._asked |= asked
            return
        store = self._bridge.session.store
        if store.read_only:
            if asked:
                self._bridge.refused.emit(f"No suggestions can be stored: {store.read_only}")
            return
        self._asked = asked
        self._told = 0
        self._preparing = _Preparation(self._open_for_reading, asked or chosen)
        self._preparing.start()
        self._beat.start()

    def stop(self) -> None:
        """Stop; what is stored stays, and the next run goes on there."""
        if not self.is_running:
            return
        self._tell()
        job = self._end()
        self.work_changed.emit("", 0, 0)
        if job is not None:
            _close_aside(job)

    def close(self) -> None:
        """Stop and leave no process behind."""
        job = self._end()
        if job is not None:
            job.close()

    # -- one beat

    def _go_on(self) -> None:
        self._try(self._step if self._preparing is None else self._start)

    def _try(self, work: "Callable[[], None]") -> None:
        try:
            work()
        except ProjectError as error:
            self.stop()
            # Without a model the program works as well: that is said, but not as a failure.
            tell = self._bridge.refused if self._asked or self._model else self._bridge.done
            tell.emit(str(error))

    def _start(self) -> None:
        """Hand the first articles in, once it is known which model reads which of them."""
        assert self._preparing is not None
        if self._preparing.is_alive():
            return
        prepared, self._preparing = self._preparing, None
        self._waiting.extend(prepared.found())
        self._take_turn()

    def _take_turn(self) -> None:
        """Let the next one go through its articles: the dictionary, then the model."""
        turn = self._waiting.popleft()
        if isinstance(turn, ProjectError):
            self._model = None
            raise turn
        self._model, articles = turn
        if not articles:
            self._finish(None)
            return
        from annotation.prehighlight import PreHighlight

        session, document = self._bridge.session, self._bridge.document
        self._job = PreHighlight(
            session.store,
            session.codebook,
            self._model,
            session.annotator,
            first=document.article.id if document else None,
            articles=articles,
        )
        self._show_progress()

    def _step(self) -> None:
        """Store what has arrived; it is shown a little later, since both together take too long."""
        self._tell()
        if self._job is None:
            if self._waiting:
                self._take_turn()
            return
        self._untold = self._job.step()
        for change in self._untold:
            self._bridge.session.learn(change)
        QTimer.singleShot(PAUSE if self._untold else 0, self, lambda: self._try(self._show))

    def _tell(self) -> None:
        untold, self._untold = self._untold, []
        for change in untold:
            self._bridge.session.tell(change)

    def _show(self) -> None:
        job = self._job
        if job is None:
            return
        self._tell()
        for message in job.report.messages[self._told :]:
            self._bridge.refused.emit(message)
        self._told = len(job.report.messages)
        if job.finished:
            self._finish(job.report)
        else:  # once the text is painted, since a progress bar paints all that waits with it
            QTimer.singleShot(BEAT // 2, self, self._show_progress)

    def _show_progress(self) -> None:
        if self._job is not None:
            self.work_changed.emit("Pre-highlighting", self._job.done, self._job.total)

    def _finish(self, report: "Report | None") -> None:
        author = self._model.author if self._model else ""
        asked, waiting = self._asked, self._waiting.copy()
        self.stop()
        if waiting:
            self._asked, self._told = asked, 0
            self._waiting = waiting
            self._beat.start()
        if report is None:
            if asked:
                self._bridge.done.emit(f"{author} has been through every article.")
        elif report.failed:
            self._bridge.refused.emit(self._failures(report))
        elif asked or report.suggestions:
            self._bridge.done.emit(_summary(report, author))

    def _failures(self, report: "Report") -> str:
        store = self._bridge.session.store
        titles = [f"“{store.article_row(i).title}”" for i, _ in report.failed[:NAMED]]
        more = len(report.failed) - len(titles)
        named = ", ".join(titles) + (f" and {more:,} more" if more else "")
        return f"Not highlighted: {named}. {report.failed[0][1]}"

    def _end(self) -> "PreHighlight | None":
        self._beat.stop()
        self._preparing = None
        self._untold = []
        self._waiting.clear()
        job, self._job = self._job, None
        return job

    def _prefer(self, document: Document) -> None:
        if self._job is not None:
            self._job.prefer(document.article.id)


def _summary(report: "Report", author: str) -> str:
    parts = [
        f"{counted(report.suggestions, 'suggestion')} in "
        f"{counted(report.articles, 'article')} by {author}."
    ]
    if report.skipped:
        parts.append(f"Passed over, since reviewed: {counted(report.skipped, 'article')}.")
    if report.unknown:
        names = ", ".join(report.unknown)
        parts.append(f"Passed over, since the codebook does not have them: {names}.")
    return " ".join(parts)


class _Preparation(Thread):
    """Finds dictionary and model and the articles each has not seen; imports what is needed.

    Reads the project by a connection of its own, since each belongs to one thread.
    """

    def __init__(self, open_for_reading: OpenStore, everything: bool) -> None:
        super().__init__(name="preparing pre-highlighting", daemon=True)
        self._everything = everything
        self._open_for_reading = open_for_reading
        self._found: list[Turn] = [
            ProjectError(
                "Pre-highlighting could not begin. Start it again in the menu Suggestions."
            )
        ]

    def run(self) -> None:
        import annotation.prehighlight  # noqa: F401  # a slow import, out of the window's way
        from annotation.dictionary import proposer_of

        try:
            store = self._open_for_reading()
            try:
                dictionary = proposer_of(store)
                first = _turn_of(store, dictionary) if dictionary is not None else None
                # One without anything to do is passed over: the model has the last word.
                self._found = [first] if first is not None and first[1] else []
                self._found.append(_model_turn(store, self._everything))
            finally:
                store.close()
        except ProjectError as error:
            self._found = [error]

    def found(self) -> "list[Turn]":
        """Return who goes through which articles, once the thread has ended; or why not."""
        return self._found


def _turn_of(store: "Store", proposer: "Proposer") -> "tuple[Proposer, list[str]]":
    return proposer, store.articles_without_run(proposer.author)


def _model_turn(store: "Store", everything: bool) -> "Turn":
    """Return the chosen model and what it has not seen, or but for `everything` what none has."""
    from annotation.models import find_model, installed_models

    try:
        model = find_model(settings.model(), models_folder())
    except ProjectError as error:
        return error
    articles = store.articles_without_run(model.author)
    others = [] if everything else installed_models(models_folder())
    for other in others:
        unseen = set(store.articles_without_run(other.author))
        articles = [article for article in articles if article in unseen]
    return model, articles


def _close_aside(job: "PreHighlight") -> None:
    """Close a job without waiting; the program does not end before that is done."""
    Thread(target=job.close, name="closing pre-highlighting", daemon=False).start()
