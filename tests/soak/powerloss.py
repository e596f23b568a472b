"""The power goes, at any write: of a recorded day, the states a disk may be left in are opened.

`faulty_disk.c` notes every call that writes, and the acknowledgements between them;
`torn.py` says what may be left of them after a cut. Each such state must open, pass the
check and hold what was acknowledged before the cut.
"""

import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from storage import open_project
from tests.benchmarks.measure import scratch_folder
from tests.soak.disk import Disk, apart, compiler, run_on_it
from tests.soak.expected import Expected, all_articles, all_records
from tests.soak.faults import ENCRYPTED, PATIENCE, PROJECTS, make_project
from tests.soak.kill import project_problems
from tests.soak.protecting import unlock
from tests.soak.scenario import DAY, live
from tests.soak.torn import Call, Medium, read_log
from tests.soak.victim import heard

DEEDS = tuple(deed for deed in DAY if deed != "export")
"""A day without exports, which can be made again at any time."""


@dataclass
class Tally:
    """What came of the cuts."""

    runs: int = 0
    calls: int = 0
    under_way: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        during = ", ".join(f"{deed or 'nothing'} {n}" for deed, n in self.under_way.most_common())
        return [
            f"{self.runs} cuts of the power after {self.calls} different calls that write, "
            f"{len(self.failures)} failures",
            f"cut during: {during}",
            *self.failures,
        ]


def run(
    runs: int,
    seed: int,
    model: str = "",
    tell: Callable[[str], None] = print,
    encrypted: bool = False,
) -> Tally:
    """Cut the power so many times, at random calls of a day with a new and with an old project."""
    tally = Tally()
    if compiler() is None:
        tell("power loss: needs Linux and a C compiler; nothing was done")
        return tally
    chance = random.Random(seed)
    projects = tuple(ENCRYPTED if encrypted else PROJECTS)
    for name in projects:
        with scratch_folder() as folder:
            watched = folder / "watched"
            watched.mkdir()
            make_project(name, watched / "news.pressmark")
            start = {str(file): file.read_bytes() for file in watched.iterdir()}
            calls = _recorded(folder)
            _cut(calls, start, folder, runs // len(projects), chance, tally, name)
        tell(f"{name} project: {tally.runs} cuts, failures: {len(tally.failures)}")
    return tally


def _recorded(folder: Path) -> list[Call]:
    process = run_on_it("tests.soak.powerloss", folder)
    _, _ = process.communicate()
    assert process.returncode == 0, "the day could not be recorded"
    return list(read_log(folder / "log"))


def _cut(
    calls: list[Call],
    start: dict[str, bytes],
    folder: Path,
    runs: int,
    chance: random.Random,
    tally: Tally,
    name: str,
) -> None:
    """Go through the calls once, and open what is left of each that was chosen for a cut."""
    writing = [number for number, call in enumerate(calls, 1) if call.kind != "A"]
    chosen = Counter(chance.choice(writing) for _ in range(runs))
    tally.calls += len(chosen)
    medium, expected = Medium(start), _expected(start, folder)
    said = ""
    for number, call in enumerate(calls, 1):
        if call.kind == "A":
            said += call.data.decode()
            *lines, said = said.split("\n")
            for deed in filter(None, map(heard, lines)):
                expected.hear(deed)
            continue
        medium.take(call)
        for _ in range(chosen[number]):
            problems = _after(medium.after_a_cut(chance), deepcopy(expected), folder)
            tally.runs += 1
            tally.under_way[(expected.under_way or {"do": ""})["do"]] += 1
            tally.failures += [
                f"{name} project, call {number} ({call.kind}): {p}" for p in problems
            ]


def _after(files: dict[str, bytes], expected: Expected, folder: Path) -> list[str]:
    place = folder / "after"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for path, content in files.items():
        file = place / Path(path).relative_to(folder / "watched")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return project_problems(place / "news.pressmark", expected)


def _expected(start: dict[str, bytes], folder: Path) -> Expected:
    model = folder / "model.pressmark"
    (content,) = start.values()
    model.write_bytes(content)
    store = open_project(model)
    expected = Expected(all_records(store), all_articles(store))
    store.close()
    return expected


def _record(folder: Path) -> None:
    """In the process that has the disk: live a day, with every call noted."""
    disk = Disk()
    (folder / "texts").mkdir()

    def work() -> None:
        unlock(folder / "watched" / "news.pressmark")
        disk.watch(folder / "watched")
        disk.log(folder / "log")
        live(folder / "watched" / "news.pressmark", folder / "texts", seed=7, deeds=DEEDS)

    failure = apart(work, folder / "said", PATIENCE)
    if failure:
        sys.exit(failure)


if __name__ == "__main__":
    _record(Path(sys.argv[1]))
