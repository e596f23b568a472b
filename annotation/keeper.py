"""What keeps one worker process fed, watched and, when it dies, replaced."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import connection, get_context
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from annotation.background import end, spawn
from annotation.dictionary import Terms
from annotation.entities import Entity
from annotation.worker import serve

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

AHEAD = 2
"""How many batches a worker holds, so that it never waits for the next."""

PATIENCE = 120.0
"""Seconds that starting, or any batch, may take whatever the machine."""

SLOWEST = 500
"""Code points a second below which a worker is taken for dead."""

GIVE_UP = 10
"""How often a worker may die without finishing a batch before it is not started again."""


@dataclass(frozen=True, slots=True)
class Found:
    """The entities of one article, in order of position."""

    article_id: str
    entities: list[Entity]


@dataclass(frozen=True, slots=True)
class Lost:
    """An article that cannot be looked at, and why, in a sentence."""

    article_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Restarted:
    """A worker died and another took its place; what it held is being done again."""

    message: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """A worker cannot work at all, and why; close the pool."""

    reason: str


Outcome = Found | Lost | Restarted | Stopped


@dataclass(slots=True)
class Task:
    """An article that waits; `round` counts the cancellations before it was handed in."""

    article_id: str
    text: str
    round: int
    deaths: int = 0
    first: bool = False


class Work(Protocol):
    """Where a keeper gets its work, and where it reports; called from its thread."""

    def take(self) -> list[Task]:
        """Take the next batch; an article on screen, or one suspected, goes alone."""
        ...

    def give_back(self, tasks: Sequence[Task]) -> None:
        """Put tasks back to the front, unless they have been cancelled."""
        ...

    def tell(self, outcome: Outcome, number: int | None = None) -> None:
        """Report an outcome of the round in which its task was handed in (or of this one)."""
        ...


class Keeper(Thread):
    """Starts one worker process, feeds it, and starts another when it dies."""

    def __init__(self, work: Work, source: str | Terms, patience: float) -> None:
        super().__init__(name="keeper of a highlighting process", daemon=True)
        self.pid = 0
        self._work = work
        self._source = source
        self._patience = patience
        self._ready = False
        self._stopping = False
        self._deaths = 0
        self._since = 0.0
        self._held: deque[list[Task]] = deque()
        self._bell, self._bell_rope = get_context("spawn").Pipe(duplex=False)
        self._rung = False
        self._process: SpawnProcess
        self._pipe: Connection

    def wake(self) -> None:
        """Make the thread look for work."""
        if not self._rung:
            self._rung = True
            self._bell_rope.send_bytes(b"!")

    def stop(self) -> None:
        """Make the thread end its process and itself."""
        self._stopping = True
        self.wake()
        if self.pid:
            # Also frees a thread that is writing to a worker which does not read.
            self._process.kill()

    def run(self) -> None:
        """Keep a worker running until told to stop, or until there is no point any more."""
        running = self._start()
        while running and not self._stopping:
            alive = self._listen() and self._feed()
            running = alive or self._stopping or self._replace()
        self._end()

    def _listen(self) -> bool:
        """Wait until something happens and take it in; false when the worker is dead."""
        came = connection.wait([self._pipe, self._process.sentinel, self._bell], self._time_left())
        if self._bell in came:
            self._bell.recv_bytes()
            self._rung = False
        if self._pipe in came:
            return self._receive()
        return bool(came) and self._process.sentinel not in came

    def _start(self) -> bool:
        """Start a worker; false when the system has no room for one."""
        try:
            self._process, self._pipe = spawn(serve, self._source)
        except OSError as error:
            reason = f"The highlighting process cannot be started: {error.strerror or error}."
            self._work.tell(Stopped(reason))
            return False
        self._ready = False
        self._since = monotonic()
        self.pid = self._process.pid or 0
        return True

    def _end(self) -> None:
        if self.pid:
            self.pid = 0
            end(self._process)
            self._pipe.close()

    def _time_left(self) -> float | None:
        """How long the worker may still be silent; None when nothing is asked of it."""
        if self._ready and not self._held:
            return None
        length = sum(len(task.text) for task in self._held[0]) if self._held else 0
        return max(self._since + self._patience + length / SLOWEST - monotonic(), 0)

    def _feed(self) -> bool:
        """Give the worker what it can take; false when it turns out to be dead."""
        while self._ready and len(self._held) < AHEAD:
            batch = self._work.take()
            if not batch:
                break
            if not self._held:
                self._since = monotonic()
            self._held.append(batch)
            try:
                self._pipe.send([task.text for task in batch])
            except OSError:
                return False
        return True

    def _receive(self) -> bool:
        """Take all answers that are there; false when the worker is dead."""
        try:
            while self._pipe.poll():
                self._heed(self._pipe.recv())
        except (EOFError, OSError):
            return False
        return True

    def _heed(self, answer: "str | list[list[Entity]]") -> None:
        self._since = monotonic()
        if isinstance(answer, str):
            self._ready = not answer
            if answer:
                self._deaths = GIVE_UP
                self._work.tell(Stopped(answer))
            return
        self._deaths = 0
        for task, entities in zip(self._held.popleft(), answer, strict=True):
            self._work.tell(Found(task.article_id, entities), task.round)

    def _replace(self) -> bool:
        """Start another worker for a dead one; false when there is no point in it."""
        self._receive()
        self._end()
        self._hand_back()
        if self._deaths >= GIVE_UP:
            return False
        self._deaths += 1
        if self._deaths == GIVE_UP:
            self._work.tell(Stopped("The highlighting process stops whenever it is started."))
            return False
        self._work.tell(Restarted("The highlighting process stopped and was started again."))
        return self._start()

    def _hand_back(self) -> None:
        """Return what the dead worker held; what killed it is in the batch it was reading."""
        suspects = self._held.popleft() if self._held else []
        others = [task for batch in self._held for task in batch]
        self._held.clear()
        for task in suspects:
            task.deaths += 1
            if task.deaths == 2:
                reason = "The highlighting process stopped twice while it was reading this article."
                self._work.tell(Lost(task.article_id, reason), task.round)
        self._work.give_back([task for task in suspects if task.deaths < 2] + others)
