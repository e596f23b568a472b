"""The frozen program's start beside that from source, as the screen shows both.

Neither is asked anything: a virtual screen (Xvfb) keeps its picture in a file, which is
looked at until the text stands there.
"""

import contextlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from annotation.codebook_file import default_codebook
from resources.packaging.checking.screen import Screen, virtual_screen
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

ROOT = Path(__file__).resolve().parents[2]
FROZEN = ROOT / "dist" / "pressmark" / "pressmark"
WORDS, SPANS = 1_000, 100
COLUMN, LINES = range(410, 850), range(150, 610)
"""Where on the screen the text is looked at, in pixels from the left and from the top."""
POINTS = 400
PATIENCE = 30

ROWS = (
    Row(
        "frozen-start",
        "process begin to painted article, frozen",
        "the same from source",
        "ms",
        Target(ratio=1.3),
    ),
)


def measure(options: Options) -> dict[str, Samples]:
    """Start the frozen program and the one from source in turn, on the same project."""
    if not FROZEN.exists():
        raise SystemExit("there is no frozen program: run `make dist` first")
    with scratch_folder() as folder, virtual_screen() as screen:
        entry = corpus.entry(WORDS, SPANS)
        project = folder / "start.pressmark"
        store = create_project(project, default_codebook())
        store.add_entries([entry], corpus.AUTHOR)
        store.close()
        settings = folder / ".config" / "Pressmark" / "Pressmark.conf"
        settings.parent.mkdir(parents=True)
        settings.write_text("[General]\nwelcomed=yes\n", "utf-8")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "DISPLAY": screen.display,
            "LANG": "C.UTF-8",
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        }

        empty = screen.pixels()

        def side(command: list[str]) -> Callable[[], float]:
            with started(command, project, environment):
                wanted = ink(screen)
            wait_until(screen, empty)

            def once() -> float:
                begun = time.perf_counter()
                with started(command, project, environment):
                    wait_for(screen, wanted)
                    taken = time.perf_counter() - begun
                wait_until(screen, empty)
                return taken * 1000

            return once

        floor = side([sys.executable, str(ROOT / "main.py")])
        ours = side([str(FROZEN)])
        samples = interleaved(floor, ours, options.rounds(15))
    samples.note = f"{WORDS:,} words, {SPANS} spans; on a virtual screen"
    return {"frozen-start": samples}


Points = dict[int, bytes]
"""Where in the picture's bytes which colour is to be."""


def ink(screen: Screen) -> Points:
    """Wait until the picture is finished; return points of ink in the text's column."""
    empty = screen.pixels()
    while screen.pixels() == empty:
        time.sleep(0.01)
    screen.settle()
    found = {
        at: screen.bytes[at : at + 4]
        for y in LINES
        for x in COLUMN
        for at in [screen.start + y * screen.row + 4 * x]
    }
    paper, _ = Counter(found.values()).most_common(1)[0]
    places = [at for at, colour in found.items() if colour != paper]
    return {at: found[at] for at in random.Random(1).sample(places, POINTS)}


def wait_for(screen: Screen, points: Points) -> None:
    """Return as soon as nine points of ten have their colour; the caret may hide some."""
    give_up = time.monotonic() + PATIENCE
    enough = len(points) * 0.9
    while sum(screen.bytes[at : at + 4] == colour for at, colour in points.items()) < enough:
        if time.monotonic() > give_up:
            raise SystemExit("the window did not show its text")
        time.sleep(0.001)


def wait_until(screen: Screen, pixels: bytes) -> None:
    """Return when the screen shows just this again: no window is left."""
    while screen.pixels() != pixels:
        time.sleep(0.01)


@contextlib.contextmanager
def started(command: list[str], project: Path, environment: dict[str, str]) -> Iterator[None]:
    """Start a program on a copy of the project, and end it afterwards."""
    with tempfile.TemporaryDirectory(dir=project.parent) as place:
        copy = shutil.copy(project, place)
        program = subprocess.Popen(
            [*command, copy], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield
        finally:
            program.terminate()
            program.wait()
