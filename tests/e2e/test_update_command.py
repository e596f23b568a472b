"""A project of an older Pressmark at the command line: what it says while it goes on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT, run

from tests.storage.test_released import RELEASED, released

TOLD = "old.pressmark was made by an older Pressmark and is brought up to date.\n"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return released(tmp_path / "old.pressmark", RELEASED[0])


def test_a_command_that_writes_says_that_it_brings_a_project_up_to_date(old: Path) -> None:
    read = run(old.parent, "stats", old)
    assert read.code == 1 and "made by an older Pressmark" in read.err
    ran = run(old.parent, "index", old, "--json")
    assert (ran.code, ran.json["indexed"]) == (0, 3)
    assert ran.err.startswith("pressmark: ") and ran.err.endswith(TOLD)
    assert run(old.parent, "index", old).err == ""
    assert run(old.parent, "check", old).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of Unix")
def test_on_a_terminal_it_shows_how_far_it_is(old: Path) -> None:
    import termios

    terminal, end = os.openpty()
    termios.tcsetwinsize(end, (24, 80))
    try:
        command = [sys.executable, str(ROOT / "main.py"), "compact", str(old)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=end) as process:
            os.close(end)
            said = b""
            while block := _read(terminal):
                said += block
            assert process.wait(60) == 0
    finally:
        os.close(terminal)
    shown = said.decode()
    assert "Checking the backup" in shown
    assert "Step 1 of " in shown and "Step 2 of " in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so that nobody writes any more
        return b""
