"""Saving a copy of a project as a generator, for a background process to run."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from annotation.store import OpenStore


def copy_apart(open_store: OpenStore, out: Path) -> Generator[tuple[int, int], None, None]:
    """Save a copy; yields how many of how many pieces are done.

    Raises `ProjectError` as `Store.save_copy` does.
    """
    steps: SimpleQueue[tuple[int, int] | None] = SimpleQueue()
    # `save_copy` calls back, a generator is called: a thread turns the one into the other.
    with ThreadPoolExecutor(1) as thread:
        copied = thread.submit(_copy, open_store, out, steps)
        copied.add_done_callback(lambda _: steps.put(None))
        while (step := steps.get()) is not None:
            yield step
        copied.result()


def tidy_up(out: Path) -> None:
    """Take away what a copy that was stopped has left beside `out`."""
    for path in out.parent.glob(f".{out.name}.*.part"):
        path.unlink(missing_ok=True)


def _copy(open_store: OpenStore, out: Path, steps: "SimpleQueue[tuple[int, int] | None]") -> None:
    store = open_store()
    try:
        store.save_copy(out, lambda done, total: steps.put((done, total)))
    finally:
        store.close()
