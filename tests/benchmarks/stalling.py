"""How long the window stands still while a worker looks through a project."""

import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer

from annotation.codebook_file import default_codebook
from storage import create_project
from tests.benchmarks import corpus
from tests.benchmarks.measure import Options, Row, Samples, Target, scratch_folder
from tests.benchmarks.stage import Stage

ON_SCREEN = (5_000, 0)
OTHERS, WORDS = 60, 500
PATIENCE = 120
"""Seconds after which the work will not end any more."""

BEAT = 1
"""Milliseconds between two beats of the heart; a stall is what a beat comes late."""

ROWS = (
    Row(
        "stall-prehighlight",
        "longest stall of the window while a worker pre-highlights its project",
        "the same window for as long with nothing going on",
        "ms",
        Target(worst=16.0),
    ),
)


class Heart:
    """Beats in the window's event loop and notes the longest time it could not."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(interval=BEAT)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000 - BEAT)
        self._last = now

    def stop(self) -> float:
        """Return the longest stall in milliseconds."""
        self._timer.stop()
        return self.longest


def measure(options: Options) -> dict[str, Samples]:
    """Let the window pre-highlight its project, then leave it alone for as long."""
    samples = Samples(note=f"{OTHERS + 1} articles; all samples are longest stalls of one run")
    others = OTHERS // 3 if options.quick else OTHERS
    with scratch_folder() as folder:
        for number in range(options.rounds(5)):
            project = _project(folder / f"{number}.pressmark", others)
            stage = Stage(project)
            spent, longest = _while_working(stage)
            samples.ours.append(longest)
            samples.floor.append(_while_idle(stage, spent))
            stage.close()
    return {"stall-prehighlight": samples}


def _project(path: Path, others: int) -> Path:
    store = create_project(path, default_codebook())
    entries = [corpus.entry(*ON_SCREEN), *corpus.entries(others, WORDS, 0, seed=1)]
    store.add_entries(entries, corpus.AUTHOR)
    store.close()
    return path


def _while_working(stage: Stage) -> tuple[float, float]:
    """Return how long the work took in seconds, and the longest stall in milliseconds."""
    workspace = stage.window.workspace
    assert workspace is not None
    loop = QEventLoop()  # not the application's, which asks its windows to close when it ends
    workspace.work_changed.connect(lambda what, *_: what or loop.quit())
    heart = Heart()
    started = time.perf_counter()
    QTimer.singleShot(0, workspace.start_work)
    QTimer.singleShot(PATIENCE * 1000, loop, loop.quit)
    loop.exec()
    spent = time.perf_counter() - started
    if spent > PATIENCE:
        raise TimeoutError("the window did not say that its work has ended")
    return spent, heart.stop()


def _while_idle(stage: Stage, seconds: float) -> float:
    heart = Heart()
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()
    return heart.stop()
