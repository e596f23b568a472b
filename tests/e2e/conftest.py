"""What the tests on a real screen share."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of our own; its number comes through a pipe when it is ready."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed (on Debian: apt-get install xvfb)")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        assert number, "Xvfb ended before it was ready"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)
