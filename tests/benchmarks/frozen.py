"""The frozen program's start beside that from source, as the screen shows both.

Neither is asked anything: a virtual screen (Xvfb) keeps its picture in a file, which is
looked at until the text stands there.
"""

import contextlib
import mmap
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
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

ROOT = Path(__file__).resolve().parents[2]
FROZEN = ROOT / "dist" / "pressmark" / "pressmark"
WORDS, SPANS = 1_000, 100
SIZE = (1366, 768)
COLUMN, LINES = range(410, 850), range(150, 610)
"""Where on the screen the text is looked at, in pixels from the left and from the top."""
POINTS = 400
STILL = 1.5
"""Seconds without any change after which a picture is finished."""
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
    with scratch_folder() as folder, virtual_screen(folder) as screen:
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

        def side(command: list[str]) -> Callable[[], float]:
            with started(command, project, environment):
                wanted = screen.finished()
            screen.emptied()

            def once() -> float:
                begun = time.perf_counter()
                with started(command, project, environment):
                    screen.wait_for(wanted)
                    taken = time.perf_counter() - begun
                screen.emptied()
                return taken * 1000

            return once

        floor = side([sys.executable, str(ROOT / "main.py")])
        ours = side([str(FROZEN)])
        samples = interleaved(floor, ours, options.rounds(15))
    samples.note = f"{WORDS:,} words, {SPANS} spans; on a virtual screen"
    return {"frozen-start": samples}


Points = dict[int, bytes]
"""Where in the picture's bytes which colour is to be."""


class Screen:
    """The picture of a virtual screen, which Xvfb keeps as an XWD file (its `-fbdir`)."""

    def __init__(self, display: str, picture: mmap.mmap) -> None:
        self.display = display
        self._picture = picture
        header = struct.unpack(">25I", picture[:100])
        self._start = header[0] + header[19] * 12  # after the header and its colours
        self._row = header[12]
        self._empty = self._all()

    def finished(self) -> Points:
        """Wait until nothing changes any more; return points of ink in the text's column."""
        shown, since = self._all(), time.monotonic()
        while shown == self._empty or time.monotonic() - since < STILL:
            time.sleep(0.01)
            now = self._all()
            if now != shown:
                shown, since = now, time.monotonic()
        return self._ink()

    def wait_for(self, points: Points) -> None:
        """Return as soon as nine points of ten have their colour; the caret may hide some."""
        give_up = time.monotonic() + PATIENCE
        enough = len(points) * 0.9
        while sum(self._picture[at : at + 4] == colour for at, colour in points.items()) < enough:
            if time.monotonic() > give_up:
                raise SystemExit("the window did not show its text")
            time.sleep(0.001)

    def emptied(self) -> None:
        """Wait until no window is left."""
        while self._all() != self._empty:
            time.sleep(0.01)

    def _all(self) -> bytes:
        return self._picture[self._start :]

    def _ink(self) -> Points:
        found = {
            at: self._picture[at : at + 4]
            for y in LINES
            for x in COLUMN
            for at in [self._start + y * self._row + 4 * x]
        }
        paper, _ = Counter(found.values()).most_common(1)[0]
        ink = [at for at, colour in found.items() if colour != paper]
        return {at: found[at] for at in random.Random(1).sample(ink, POINTS)}


@contextlib.contextmanager
def virtual_screen(folder: Path) -> Iterator[Screen]:
    """Give a screen of its own, which is gone afterwards."""
    if not shutil.which("Xvfb"):
        raise SystemExit("there is no Xvfb to show the window on")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-fbdir", str(folder), "-nolisten", "tcp"]
    command += ["-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    try:
        os.close(writing)
        with os.fdopen(reading) as told:
            display = f":{told.readline().strip()}"
        with (folder / "Xvfb_screen0").open("rb") as file:
            yield Screen(display, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ))
    finally:
        server.terminate()
        server.wait()


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
