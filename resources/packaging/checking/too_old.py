"""A Debian whose glibc is older than the program needs."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from resources.packaging.checking.check import Check, refused
from resources.packaging.checking.machine import Machine


def checks(machine: Machine, folder: Path) -> Iterator[Check]:
    """Yield these checks; the folder is the frozen one."""
    yield "Debian 11: says what it lacks", lambda: _refused(machine, folder)


def _refused(machine: Machine, folder: Path) -> str:
    shutil.copytree(folder, machine.root / "opt/pressmark", symlinks=True)
    return refused(machine.run("/opt/pressmark/pressmark"), "glibc", "this system has 2.31")
