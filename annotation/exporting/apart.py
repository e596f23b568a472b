"""The loss report and the export as generators, for a background process to run.

Each opens the project by itself, to read it; a window goes on working meanwhile.
"""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from annotation.exporting import export, losses
from annotation.exporting.exporter import ExportOptions, ExportReport, Loss, Progress
from annotation.store import OpenStore


def losses_apart(open_store: OpenStore, options: ExportOptions) -> Generator[Loss, None, None]:
    """Yield what an export would not carry exactly; raises `ProjectError` as `losses` does."""
    store = open_store()
    try:
        yield from losses(store, options)
    finally:
        store.close()


def export_apart(
    open_store: OpenStore, out: Path, options: ExportOptions
) -> Generator[tuple[int, int], None, ExportReport]:
    """Write an export; yields (articles done, of how many) and returns the report.

    Raises `ProjectError` as `export` does. After the process was killed, call
    `annotation.exporting.folder.tidy_up`.
    """
    steps: SimpleQueue[tuple[int, int] | None] = SimpleQueue()
    # `export` calls back, a generator is called: a thread turns the one into the other.
    with ThreadPoolExecutor(1) as thread:
        report = thread.submit(
            _export, open_store, out, options, lambda done, total: steps.put((done, total))
        )
        report.add_done_callback(lambda _: steps.put(None))
        while (step := steps.get()) is not None:
            yield step
        return report.result()


def _export(
    open_store: OpenStore, out: Path, options: ExportOptions, progress: Progress
) -> ExportReport:
    store = open_store()
    try:
        return export(store, out, options, progress)
    finally:
        store.close()
