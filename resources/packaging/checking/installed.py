"""The .deb, installed in a bare Debian, and a person's first minutes with it."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from resources.packaging.checking.check import Check, expect, went_well
from resources.packaging.checking.machine import HOME, Machine
from resources.packaging.checking.screen import Screen, virtual_screen

PROGRAM = "pressmark"
SAMPLE = f"{HOME}/.local/share/Pressmark/sample.pressmark"
CLOSE, FROM, TO = ("832", "616"), ("430", "568"), ("500", "568")
"""Where on the screen the welcome is closed, and between where words of the sample stand."""


def checks(machine: Machine, package: Path, pictures: Path) -> Iterator[Check]:
    """Yield the checks of a first use; the window's pictures go into a folder."""
    yield "bare Debian: apt install", lambda: _installed(machine, package)
    yield "bare Debian: self-test", lambda: went_well(machine.run(PROGRAM, "--self-test"))
    yield "bare Debian: tag in the window", lambda: _tagged(machine, pictures)
    yield "bare Debian: open it again", lambda: _opened_again(machine, pictures)


def ends(machine: Machine, package: Path) -> Iterator[Check]:
    """Yield the checks of an update and of the end."""
    yield "bare Debian: install over it", lambda: _installed(machine, package)
    yield "bare Debian: apt remove", lambda: _removed(machine)


def short_checks(machine: Machine, package: Path) -> Iterator[Check]:
    """Yield what is tried on a newer Debian."""
    yield "Debian 13: apt install", lambda: _installed(machine, package)
    yield "Debian 13: self-test", lambda: went_well(machine.run(PROGRAM, "--self-test"))


def _installed(machine: Machine, package: Path) -> str:
    machine.install(package)
    expect(not (machine.root / "usr/bin/python3").exists(), "Python came with it")
    return went_well(machine.run(PROGRAM, "--version"))


def _tagged(machine: Machine, pictures: Path) -> str:
    with virtual_screen() as screen, window(machine, screen):
        screen.settle()
        screen.save(pictures / "first-start.png")
        screen.act("mousemove", *CLOSE, "click", "1")  # the welcome
        screen.act("mousemove", *FROM, "mousedown", "1", "mousemove", *TO, "mouseup", "1")
        screen.act("key", "e")
        screen.save(pictures / "tagged.png")
        screen.xdotool("key", "ctrl+q")
    return _last_deed(machine)


def _opened_again(machine: Machine, pictures: Path) -> str:
    before = _last_deed(machine)
    with virtual_screen() as screen, window(machine, screen, SAMPLE):
        screen.settle()
        screen.save(pictures / "opened-again.png")
        screen.act("key", "ctrl+z")
        screen.save(pictures / "undone.png")
        screen.xdotool("key", "ctrl+q")
    after = _last_deed(machine)
    expect(after != before, f"nothing was undone: {after}")
    return went_well(machine.run(PROGRAM, "check", SAMPLE))


def _last_deed(machine: Machine) -> str:
    ended = machine.run(PROGRAM, "history", SAMPLE)
    went_well(ended)
    deeds = [line.split() for line in ended.stdout.splitlines() if line.strip()]
    expect(bool(deeds) and "coder" in deeds[0], f"no deed of the coder: {ended.stdout}")
    return " ".join(deeds[0])


def _removed(machine: Machine) -> str:
    machine.apt("remove", PROGRAM)
    expect(not (machine.root / "usr/lib/pressmark").exists(), "/usr/lib/pressmark is still there")
    expect((machine.root / SAMPLE[1:]).is_file(), "the project went with the program")
    return "the program is gone, the project stayed"


@contextmanager
def window(machine: Machine, screen: Screen, *words: str, mounts: str = "") -> Iterator[None]:
    """Start the program on a screen; at the end it has to have ended by itself, with 0."""
    command, outside = machine.command(
        [PROGRAM, *words], environment={"DISPLAY": screen.display}, mounts=mounts
    )
    program = subprocess.Popen(command, env=outside, stderr=subprocess.DEVNULL)
    try:
        screen.focus()
        yield
        try:
            expect(program.wait(20) == 0, f"the window ended with {program.returncode}")
        except subprocess.TimeoutExpired:
            raise SystemExit("the window does not close") from None
    finally:
        program.kill()
        program.wait()
