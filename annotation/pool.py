"""The pool of processes that look for entities.

One thread of ours looks after each process, so nobody who asks the pool for something
ever waits for one.
"""

from collections import deque
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import Lock

from annotation.entities import BATCH
from annotation.keeper import PATIENCE, Keeper, Outcome, Stopped, Task
from annotation.proposers import Proposer

LEAST = BATCH // 8
"""The code points of a batch at the end, when several workers share what is left."""


class WorkerPool:
    """Looks for the entities of articles in processes of its own.

    Submit texts, poll for outcomes. `patience` (seconds) is how long a worker may be
    silent, on top of a time in proportion to what it was given.
    """

    def __init__(self, model: Proposer, workers: int = 1, patience: float = PATIENCE) -> None:
        self._tasks: deque[Task] = deque()
        self._lock = Lock()
        self._outcomes: SimpleQueue[tuple[int, Outcome]] = SimpleQueue()
        self._round = 0
        self._keepers = [Keeper(self, model.source, patience) for _ in range(workers)]
        for keeper in self._keepers:
            keeper.start()

    def submit(self, article_id: str, text: str, first: bool = False) -> None:
        """Hand in an article; `first` puts it before all that wait."""
        with self._lock:
            task = Task(article_id, text, self._round, first=first)
            if first:
                self._tasks.appendleft(task)
            else:
                self._tasks.append(task)
        for keeper in self._keepers:
            keeper.wake()

    def poll(self) -> list[Outcome]:
        """Return what has come in since the last call; never waits."""
        outcomes = []
        while True:
            try:
                outcomes.append(self._outcomes.get_nowait())
            except Empty:
                break
        return [outcome for number, outcome in outcomes if self._counts(number, outcome)]

    def wait(self, seconds: float) -> list[Outcome]:
        """Return what has come in; waits for it at most so long if there is nothing yet."""
        try:
            number, outcome = self._outcomes.get(timeout=seconds)
        except Empty:
            return []
        first = [outcome] if self._counts(number, outcome) else []
        return first + self.poll()

    def cancel(self) -> None:
        """Forget all that was handed in; what is being worked on is dropped when it comes."""
        with self._lock:
            self._tasks.clear()
            self._round += 1

    def close(self) -> None:
        """End all processes, within a second."""
        self.cancel()
        for keeper in self._keepers:
            keeper.stop()
        for keeper in self._keepers:
            keeper.join()

    @property
    def pids(self) -> list[int]:
        """The process ids of the workers that are running."""
        return [keeper.pid for keeper in self._keepers if keeper.pid]

    def _counts(self, number: int, outcome: Outcome) -> bool:
        return number == self._round or isinstance(outcome, Stopped)

    # -- what the keepers ask for

    def take(self) -> list[Task]:
        """Take the next batch; an article on screen, or one suspected, goes alone."""
        batch: list[Task] = []
        size = 0
        with self._lock:
            most = self._share()
            while self._tasks:
                task = self._tasks[0]
                alone = task.first or task.deaths > 0
                if batch and (alone or size + len(task.text) > most):
                    break
                batch.append(self._tasks.popleft())
                size += len(task.text)
                if alone:
                    break
        return batch

    def _share(self) -> int:
        """Return how long a batch may be: shorter at the end, so that all workers end together."""
        if len(self._keepers) == 1:
            return BATCH
        left = sum(len(task.text) for task in self._tasks)
        return min(BATCH, max(left // len(self._keepers), LEAST))

    def give_back(self, tasks: Sequence[Task]) -> None:
        """Put tasks back to the front, unless they have been cancelled."""
        with self._lock:
            self._tasks.extendleft(t for t in reversed(tasks) if t.round == self._round)

    def tell(self, outcome: Outcome, number: int | None = None) -> None:
        """Report an outcome of the round in which its task was handed in (or of this one)."""
        self._outcomes.put((self._round if number is None else number, outcome))
