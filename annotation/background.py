"""Work in a process of its own, whose results arrive bit by bit.

Processes are spawned, never forked, so they hold nothing of the window or the project.
A spawned process imports the main script again under another name. The main script
must therefore call `multiprocessing.freeze_support()` first of all under
`if __name__ == "__main__":`, and import Qt and the storage inside functions only.
"""

import signal
import traceback
from collections.abc import Callable, Generator
from multiprocessing import connection, get_context
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from annotation.errors import ProjectError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

Item = TypeVar("Item")
Result = TypeVar("Result")


class Crash(Exception):
    """A background process failed in a way nobody expected; holds its traceback as text."""


def spawn(function: Callable[..., None], *args: object) -> "tuple[SpawnProcess, Connection]":
    """Start `function(connection, *args)` in a new process; return it and our end of the pipe.

    The process ends with ours at the latest, and Ctrl-C in a terminal leaves it alone: it
    is for us to end it.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=function, args=(theirs, *args), daemon=True)
    if hasattr(signal, "pthread_sigmask"):
        # A child inherits the mask, so it is deaf to Ctrl-C from its first instruction on.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    else:
        process.start()
    theirs.close()
    return process, ours


def end(process: "SpawnProcess") -> None:
    """End a process at once and leave no zombie behind."""
    process.kill()
    process.join()


class BackgroundJob(Generic[Item, Result]):
    """A generator function that runs in a process of its own.

    `function` must be a module's own function and its arguments picklable. The process
    waits whenever nobody has taken its items for a while: memory stays bounded by the
    pipe. `finished` turns true when all items have been taken; then either `error` is
    set or `result` is what the generator returned.
    """

    def __init__(
        self, function: Callable[..., Generator[Item, None, Result]], *args: object
    ) -> None:
        self.finished = False
        self.result: Result | None = None
        self.error: ProjectError | Crash | None = None
        self._process, self._connection = spawn(_work, function, args)

    def poll(self, limit: int = 100) -> list[Item]:
        """Return the items that have arrived, at most so many; never waits for one."""
        items: list[Item] = []
        while not self.finished and len(items) < limit and self._connection.poll():
            self._receive(items)
        return items

    def wait(self, seconds: float) -> None:
        """Wait until an item or the end has arrived, at most so long."""
        if not self.finished:
            connection.wait([self._connection], seconds)

    def cancel(self) -> None:
        """End the process wherever it is; items that were not taken are gone."""
        if not self.finished:
            self._finish()

    def close(self) -> None:
        """Leave no process behind; may be called at any time, and more than once."""
        self.cancel()

    def _receive(self, items: list[Item]) -> None:
        try:
            kind, content = self._connection.recv()
        except (EOFError, OSError):
            self._finish(lost=True)
            return
        if kind == "item":
            items.append(content)
            return
        if kind == "result":
            self.result = content
        else:
            self.error = ProjectError(content) if kind == "refused" else Crash(content)
        self._finish()

    def _finish(self, lost: bool = False) -> None:
        self.finished = True
        if lost:
            self._process.join(1)
            self.error = Crash(
                f"The background process stopped (exit code {self._process.exitcode})."
            )
        end(self._process)
        self._connection.close()


def _work(
    pipe: "Connection", function: Callable[..., Generator[Any, None, Any]], args: tuple[Any, ...]
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        items = function(*args)
        while True:
            pipe.send(("item", next(items)))
    except StopIteration as stop:
        last = ("result", stop.value)
    except BrokenPipeError:
        return
    except ProjectError as error:
        last = ("refused", str(error))
    # The process ends here whatever happened: the other side must learn what it was.
    except Exception:
        last = ("crash", traceback.format_exc())
    pipe.send(last)
    pipe.close()
