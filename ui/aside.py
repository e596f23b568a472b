"""Work in another process or thread that nobody waits for, not even for its start."""

from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

from annotation.errors import ProjectError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from annotation.background import BackgroundJob, Crash

Item = TypeVar("Item")
Result = TypeVar("Result")


class JobAside(Generic[Item]):
    """A `BackgroundJob` that is started in a thread, since starting one can outlast a picture.

    Handing a long text to the new process waits until that is awake and reads.
    """

    def __init__(
        self,
        function: "Callable[..., Generator[Item, None, None] | Iterator[Item]]",
        *args: object,
    ) -> None:
        def start() -> "BackgroundJob[Item, None]":
            from annotation.background import BackgroundJob  # a slow import, out of the way

            return BackgroundJob(function, *args)  # type: ignore[arg-type]

        self._coming = in_a_thread(start)

    @property
    def finished(self) -> bool:
        """Whether all items have been taken, or the job has failed."""
        return self._coming.done() and self._coming.result().finished

    @property
    def error(self) -> "ProjectError | Crash | None":
        """What went wrong, if anything did."""
        return self._coming.result().error if self._coming.done() else None

    def poll(self, limit: int) -> list[Item]:
        """Return the items that have arrived, at most so many; never waits for one."""
        return self._coming.result().poll(limit) if self._coming.done() else []

    def close(self) -> None:
        """End the process, also where it is still being started."""
        self._coming.add_done_callback(lambda coming: coming.result().close())


def in_a_thread(work: "Callable[[], Result]") -> "Future[Result]":
    """Begin work in a thread of its own and return what will come of it."""
    from concurrent.futures import ThreadPoolExecutor

    pool = ThreadPoolExecutor(1, "aside")
    try:
        return pool.submit(work)
    finally:
        pool.shutdown(wait=False)
