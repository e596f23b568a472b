"""From the beginning of the process to a painted article that takes keys."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from annotation.codebook_file import default_codebook
from storage import create_project
from tests.benchmarks import corpus
from tests.benchmarks.measure import (
    Options,
    Row,
    Samples,
    Target,
    interleaved,
    scratch_folder,
)

WORDS, SPANS = 1_000, 100
FLOOR = "a bare PySide6 window with the same text in a QLabel"
PATIENCE = 60
"""Seconds after which a start has failed."""

ROWS = (
    Row(
        "start-article",
        "process begin to painted article, ready for keys",
        FLOOR,
        "ms",
        Target(ratio=2.0),
    ),
    Row(
        "start-window",
        "process begin to the window's first picture",
        FLOOR,
        "ms",
        Target(ratio=1.5),
    ),
)


def measure(options: Options) -> dict[str, Samples]:
    """Start both programs in turn; each start is a process of its own.

    Both keep their bytecode in one folder, filled by the first start, which does not count:
    a person's second start finds it too, whatever is set here.
    """
    with scratch_folder() as folder:
        entry = corpus.entry(WORDS, SPANS)
        text, project = folder / "article.txt", folder / "start.pressmark"
        text.write_text(entry.article.text, "utf-8")
        store = create_project(project, default_codebook())
        store.add_entries([entry], corpus.AUTHOR)
        store.close()
        environment = os.environ | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        shown = Samples()

        def ours() -> float:
            found = _start("window", project, environment)
            shown.ours.append(found["shown"])
            return found["ready"]

        def floor() -> float:
            found = _start("bare", text, environment)
            shown.floor.append(found["shown"])
            return found["ready"]

        ready = interleaved(floor, ours, options.rounds(15))
    del shown.floor[0], shown.ours[0]  # of the warm-up
    ready.note = f"{WORDS:,} words, {SPANS} spans"
    return {"start-article": ready, "start-window": shown}


def _start(kind: str, path: Path, environment: Mapping[str, str]) -> dict[str, float]:
    """Return the milliseconds from asking the system for a process to what it reports."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.start_child", kind, str(path)],
        cwd=Path(__file__).resolve().parents[2],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    return {name: (at - begun) * 1000 for name, at in found.items()}
