"""A disk that is full, refuses or cannot be written any more, from any call on.

A day's work (`scenario.py`) is done once to count the calls that write, and then again
and again while one of them fails: once, or it and all that follow. Whatever happens must
be told as a `ProjectError`, and afterwards the project holds what was acknowledged.
"""

import errno
import json
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotation.errors import ProjectError
from annotation.exporting.folder import refuse_foreign, tidy_up
from storage import open_project
from tests.benchmarks.measure import scratch_folder
from tests.soak.disk import Disk, apart, compiler, run_on_it
from tests.soak.expected import Expected, all_articles, all_records
from tests.soak.kill import project_problems
from tests.soak.old_projects import make_new, make_old
from tests.soak.protecting import protect
from tests.soak.scenario import live
from tests.soak.victim import heard

FAULTS = {
    "full for a moment": (errno.ENOSPC, False),
    "full": (errno.ENOSPC, True),
    "an error": (errno.EIO, False),
    "errors from then on": (errno.EIO, True),
    "read-only from then on": (errno.EROFS, True),
}
PATIENCE = 30
"""Seconds that a day may take; it takes a tenth of one."""

PROJECTS: dict[str, Callable[[Path], None]] = {
    "new": lambda path: make_new(path, 4),
    "old": lambda path: make_old(path, 1, 4),
}
ENCRYPTED = {f"encrypted {name}": name for name in PROJECTS}


def make_project(name: str, path: Path) -> None:
    """Make the project of this name."""
    PROJECTS[ENCRYPTED.get(name, name)](path)
    if name in ENCRYPTED:
        protect(path)


@dataclass
class Tally:
    """What came of the faults."""

    runs: int = 0
    by_fault: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    resurfaced: int = 0
    acknowledged: int = 0
    failures: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        return [
            f"{self.runs} faults, {self.acknowledged} acknowledged deeds, "
            f"{len(self.failures)} failures; {self.resurfaced} refused edits were there after all",
            *(f"{count:5} × the disk is {fault}" for fault, count in self.by_fault.items()),
            *(f"{count:5} × told: {words}" for words, count in self.words.most_common(12)),
            *self.failures,
        ]


def run(
    runs: int,
    seed: int,
    model: str = "",
    tell: Callable[[str], None] = print,
    encrypted: bool = False,
) -> Tally:
    """Let so many calls fail, spread over all faults and all calls of the day."""
    tally = Tally()
    projects = tuple(ENCRYPTED if encrypted else PROJECTS)
    if compiler() is None:
        tell("faults: needs Linux and a C compiler; nothing was done")
        return tally
    with scratch_folder() as folder:
        process = run_on_it("tests.soak.faults", folder, str(runs), str(seed), *projects)
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                _count(tally, json.loads(line))
                if tally.runs % 100 == 0:
                    tell(f"{tally.runs} of {runs}, failures: {len(tally.failures)}")
        if process.wait():
            tally.failures.append(f"the program itself ended with {process.returncode}")
    return tally


def _count(tally: Tally, case: dict[str, object]) -> None:
    tally.runs += 1
    tally.by_fault[str(case["fault"])] += 1
    tally.resurfaced += int(str(case["resurfaced"]))
    tally.acknowledged += int(str(case["acknowledged"]))
    for words in set(case["words"]):  # type: ignore[call-overload]
        tally.words[words] += 1
    tally.failures += [f"{case['name']}: {p}" for p in case["problems"]]  # type: ignore[attr-defined]


# -- in the process that has the disk


@dataclass(frozen=True)
class Case:
    """A project, which call fails how, and the folder in which that is tried."""

    project: str
    at: int
    fault: str
    folder: Path

    @property
    def name(self) -> str:
        return f"{self.project} project, call {self.at}, {self.fault}"


def _main(folder: Path, runs: int, seed: int, projects: Sequence[str]) -> None:
    disk = Disk()
    chance = random.Random(seed)
    for name in projects:
        (folder / name).mkdir()
        make_project(name, folder / name / "news.pressmark")
    calls = {name: _calls(disk, folder, name) for name in projects}
    print(f"calls that write: {calls}", file=sys.stderr)
    everything = [
        (name, at, fault)
        for name in projects
        for at in range(1, calls[name] + 1)
        for fault in FAULTS
    ]
    while runs:
        for name, at, fault in chance.sample(everything, min(runs, len(everything))):
            print(json.dumps(_tried(disk, Case(name, at, fault, folder / "case"))), flush=True)
            runs -= 1


def _calls(disk: Disk, folder: Path, project: str) -> int:
    """Return how many calls a day without faults makes."""
    case = Case(project, 0, "an error", folder / "case")
    said = case.folder / "said"

    def work() -> None:
        _live(disk, case)
        (case.folder / "calls").write_text(str(disk.calls))

    _prepare(case, folder)
    failure = apart(work, said, PATIENCE)
    assert not failure, failure
    return int((case.folder / "calls").read_text())


def _prepare(case: Case, folder: Path) -> Path:
    shutil.rmtree(case.folder, ignore_errors=True)
    (case.folder / "texts").mkdir(parents=True)
    (case.folder / "watched").mkdir()
    path = case.folder / "watched" / "news.pressmark"
    shutil.copyfile(folder / case.project / path.name, path)
    return path


def _live(disk: Disk, case: Case) -> None:
    disk.watch(case.folder / "watched")
    disk.fail(case.at, *FAULTS[case.fault])
    live(case.folder / "watched" / "news.pressmark", case.folder / "texts", seed=7)


def _tried(disk: Disk, case: Case) -> dict[str, object]:
    path = _prepare(case, case.folder.parent)
    said = case.folder / "said"
    expected = _expected(case)
    failure = apart(lambda: _live(disk, case), said, PATIENCE)
    for line in said.read_text().splitlines():
        if (deed := heard(line)) is not None:
            expected.hear(deed)
    problems = [failure] if failure else []
    problems += expected.trouble if expected.trouble and not _locked(expected) else []
    problems += project_problems(path, expected)
    problems += _export_problems(path.parent / "out")
    return {
        "name": case.name,
        "fault": case.fault,
        "acknowledged": expected.acknowledged,
        "resurfaced": expected.resurfaced,
        "words": [_general(words, case.folder) for words in expected.words],
        "problems": problems,
    }


def _locked(expected: Expected) -> bool:
    """Tell whether the only trouble was that the medium could not be written."""
    return all(words.startswith("not open for writing") for words in expected.trouble)


def _expected(case: Case) -> Expected:
    """Return what the project holds before the day, in the present schema."""
    copy = case.folder / "model" / "news.pressmark"
    copy.parent.mkdir()
    shutil.copyfile(case.folder / "watched" / copy.name, copy)
    store = open_project(copy)
    expected = Expected(all_records(store), all_articles(store))
    store.close()
    return expected


def _export_problems(out: Path) -> list[str]:
    try:
        refuse_foreign(out)
        tidy_up(out)
    except ProjectError as error:
        return [f"the export: {error}"]
    return []


def _general(words: str, folder: Path) -> str:
    """Return a message without the places that differ between two cases."""
    return words.replace(str(folder / "watched"), "…")


if __name__ == "__main__":
    _main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
