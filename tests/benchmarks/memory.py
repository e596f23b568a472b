"""How much memory the window's process takes with a large article."""

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks import corpus
from tests.benchmarks.measure import (
    Options,
    Row,
    Samples,
    Target,
    interleaved,
    scratch_folder,
)
from tests.benchmarks.opening import SIZES
from tests.benchmarks.stage import project_of

PATIENCE = 120
"""Seconds after which a window has failed."""

ROWS = (
    Row(
        "memory-100k",
        "the window's process with 100,000 words and 10,000 spans, scrolled from start to end",
        "a bare PySide6 window with 1,000 words in a QLabel",
        "MB",
        Target(worst=250.0),
    ),
)


def measure(options: Options) -> dict[str, Samples]:
    """Let both windows tell what they take; each is a process of its own."""
    with scratch_folder() as folder:
        text, project = folder / "article.txt", folder / "memory.pressmark"
        text.write_text(corpus.entry(*SIZES["1k"]).article.text, "utf-8")
        project_of(project, [corpus.entry(*SIZES["100k"])])
        return {
            "memory-100k": interleaved(
                lambda: megabytes("bare", text),
                lambda: megabytes("window", project),
                options.rounds(5),
                warm_up=0,
            )
        }


def megabytes(kind: str, path: Path) -> float:
    """Return what a window in a process of its own takes; `memory_child` knows the kinds."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.memory_child", kind, str(path)],
        cwd=Path(__file__).resolve().parents[2],
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    return float(done.stdout.splitlines()[-1])
