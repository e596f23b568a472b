"""A virtual screen: a person's keys and mouse, and what the screen shows."""

import mmap
import os
import shutil
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = (1366, 768)
CARET = 6
"""Pixels that a caret is wide, at most."""

PATIENCE = 30.0
"""Seconds for which a window is waited for."""


class Screen:
    """One screen: its name as in $DISPLAY, and its picture, which Xvfb keeps as an XWD file.

    `start` is where the first pixel lies among the picture's bytes, `row` how many bytes a
    line takes; a pixel is four bytes.
    """

    def __init__(self, display: str, picture: mmap.mmap) -> None:
        self.display = display
        self.bytes = picture
        header = struct.unpack(">25I", picture[:100])
        self.start = header[0] + header[19] * 12  # after the header and its colours
        self.row = header[12]

    def xdotool(self, *words: str) -> str:
        """Press, click or ask; return what was answered, nothing where there is nothing."""
        done = subprocess.run(
            ["xdotool", *words],
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip()

    def focus(self, topmost: bool = False) -> None:
        """Wait for the program's window, and give it the keys: a bare screen does not.

        `topmost` means what lies over the window: a box with a sentence.
        """
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            found = self.xdotool("search", "--onlyvisible", "--name", "Pressmark")
            if found:
                self.xdotool("windowfocus", "--sync", found.splitlines()[-1 if topmost else 0])
                return
            time.sleep(0.05)
        raise SystemExit(f"no window came in {PATIENCE:.0f} seconds")

    def settle(self, seconds: float = 1.5) -> None:
        """Wait until nothing but a blinking caret has changed for some seconds."""
        shown, since = self.pixels(), time.monotonic()
        give_up = since + PATIENCE
        while time.monotonic() - since < seconds:
            time.sleep(0.02)
            now = self.pixels()
            if self._differ(shown, now):
                shown, since = now, time.monotonic()
            if since > give_up:
                raise SystemExit(f"the picture did not come to rest in {PATIENCE:.0f} seconds")

    def act(self, *words: str) -> None:
        """Press or click as xdotool understands it, and wait until all that comes of it is seen."""
        before = self.pixels()
        self.xdotool(*words)
        give_up = time.monotonic() + PATIENCE
        while not self._differ(before, self.pixels()):
            if time.monotonic() > give_up:
                raise SystemExit(f"nothing came of: {' '.join(words)}")
            time.sleep(0.02)
        self.settle(0.5)

    def _differ(self, one: bytes, other: bytes) -> bool:
        """Tell whether more has changed than a blinking caret."""
        for at in range(0, len(one), self.row):
            line, now = one[at : at + self.row], other[at : at + self.row]
            if line != now:
                pixels = range(0, self.row, 4)
                if sum(line[x : x + 4] != now[x : x + 4] for x in pixels) > CARET:
                    return True
        return False

    def pixels(self) -> bytes:
        """Return all pixels as they are now."""
        return self.bytes[self.start :]

    def save(self, target: Path) -> None:
        """Save what is seen as PNG."""
        from PySide6.QtGui import QImage

        image = QImage(self.pixels(), *SIZE, self.row, QImage.Format.Format_RGB32)
        image.save(str(target))


@contextmanager
def virtual_screen() -> Iterator[Screen]:
    """Give a screen of its own, which is gone afterwards; `SystemExit` without Xvfb."""
    if not shutil.which("Xvfb"):
        raise SystemExit("there is no Xvfb to show a window on")
    reading, writing = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        command = ["Xvfb", "-displayfd", str(writing), "-fbdir", folder, "-nolisten", "tcp"]
        command += ["-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"]
        server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        try:
            os.close(writing)
            with os.fdopen(reading) as told:
                display = f":{told.readline().strip()}"
            with Path(folder, "Xvfb_screen0").open("rb") as file:
                yield Screen(display, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ))
        finally:
            server.terminate()
            server.wait()
