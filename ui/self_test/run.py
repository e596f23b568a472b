"""Runs the steps of the self-test, in a folder that is gone afterwards, and tells of each."""

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from annotation.build import versions
from annotation.errors import ProjectError
from ui import terminal
from ui.doors import Doors
from ui.self_test.job import Job

HOMES = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA")
"""Where programs keep things of a person; during the test these are the folder of the test."""


class Step(NamedTuple):
    """What became of one step; `problem` is empty where it went well."""

    name: str
    seconds: float
    done: str
    problem: str


def run_self_test(doors: Doors, sqlite: str, as_json: bool) -> int:
    """Do the whole job once; return 0 when each step went well, else 1.

    `sqlite` is the version of SQLite, for the list of all versions that comes first. Nothing
    of the person's is read or written. A step that fails is told with its reason, and
    the others are tried, too.
    """
    terminal.prepare()
    begun = time.perf_counter()
    parts = _versions(sqlite)
    if not as_json:
        for name, version in parts.items():
            terminal.show(f"{name:20} {version}")
        terminal.show("")
    with _places_of_its_own() as folder:
        steps = []
        for step in _steps(folder, doors):
            steps.append(step)
            if not as_json:
                terminal.show(_line(step))
    failed = [step for step in steps if step.problem]
    taken = time.perf_counter() - begun
    if as_json:
        rows = [step._asdict() for step in steps]
        report = {"versions": parts, "steps": rows, "seconds": taken, "failed": len(failed)}
        terminal.show_json(report)
    else:
        terminal.show("")
        terminal.show(_verdict(len(steps), len(failed), taken))
    return 1 if failed else 0


def _steps(folder: Path, doors: Doors) -> Iterator[Step]:
    job = Job(folder, doors)
    try:
        for name, carry_out in job.steps:
            begun = time.perf_counter()
            done = problem = ""
            try:
                done = carry_out()
            except ProjectError as error:
                problem = str(error)
            except Exception as error:  # whatever an installation lacks is what is asked
                problem = f"{type(error).__name__}: {error}"
            yield Step(name, time.perf_counter() - begun, done, problem)
    finally:
        job.close()


def _line(step: Step) -> str:
    verdict = f"FAILED: {step.problem}" if step.problem else step.done
    return f"{step.name:20} {step.seconds:6.2f} s  {verdict}"


def _verdict(steps: int, failed: int, seconds: float) -> str:
    if failed:
        return (
            f"{failed} of {steps} steps FAILED. Send all of this to the person who gave you "
            "Pressmark."
        )
    return f"Everything works: {steps} steps in {seconds:.1f} seconds."


@contextmanager
def _places_of_its_own() -> Iterator[Path]:
    before = {name: os.environ.get(name) for name in HOMES}
    try:
        place = TemporaryDirectory(prefix="pressmark-self-test-", ignore_cleanup_errors=True)
    except OSError as error:
        raise ProjectError(
            f"There is no folder for temporary files to test in ({error.strerror}). Name one in "
            "the environment variable TMPDIR."
        ) from error
    with place as folder:
        os.environ.update(dict.fromkeys(HOMES, folder))
        try:
            yield Path(folder)
        finally:
            _put_back(before)


def _put_back(before: Mapping[str, str | None]) -> None:
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def _versions(sqlite: str) -> dict[str, str]:
    """Return what this is made of, with what only the libraries themselves can tell."""
    import platform

    found = {**versions(), "Qt": _qt(), "SQLite": sqlite}
    if sys.platform == "linux":
        found["glibc"] = platform.libc_ver()[1]
    return found


def _qt() -> str:
    try:
        from PySide6.QtCore import qVersion
    except ImportError as error:
        return f"does not load: {error}"
    return qVersion()
