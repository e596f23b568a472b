"""Kills at random moments: what was acknowledged is there, and work goes on.

Each run starts `tests.soak.victim` on a project, kills it (SIGKILL; on Windows
TerminateProcess) and looks at what is left. A project goes through a number of runs; every
other one begins as a file of an older schema, so that migrations are killed, too.
"""

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from annotation.checking import check
from annotation.errors import ProjectError
from annotation.exporting.folder import is_export, refuse_foreign, tidy_up
from annotation.session import Session
from storage import ProjectFile, open_project
from tests.benchmarks.measure import scratch_folder
from tests.soak.expected import Expected, all_articles, all_records
from tests.soak.old_projects import OLDER, make_new, make_old
from tests.soak.protecting import protect
from tests.soak.victim import heard

ROOT = Path(__file__).resolve().parents[2]
SERIES = 12
"""How many kills one project goes through before the next is begun."""

MOMENTS = {
    "start": (1, 0.3),
    "open": (1, 0.02),
    "edit": (150, 0.003),
    "undo": (40, 0.003),
    "import": (4, 0.03),
    "run": (2, 0.5),
    "export": (4, 0.1),
    "close": (4, 0.01),
}
"""The deeds that a kill aims at: which of them at most, counted from 1, and seconds into it."""

MIGRATION = 0.5
"""Seconds from the opening of an older project in which it is killed."""

PATIENCE = 60
"""Seconds within which a victim must have come to the deed."""


@dataclass(frozen=True)
class Moment:
    """When to kill: so many seconds after the n-th time that a deed is begun."""

    deed: str
    number: int
    seconds: float


@dataclass
class Tally:
    """What came of the kills."""

    runs: int = 0
    acknowledged: int = 0
    under_way: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        during = ", ".join(f"{deed} {n}" for deed, n in self.under_way.most_common())
        return [
            f"{self.runs} kills, {self.acknowledged} acknowledged deeds, "
            f"{len(self.failures)} failures",
            f"killed during: {during}",
            *self.failures,
        ]


def run(
    runs: int,
    seed: int,
    model: str = "fake",
    tell: Callable[[str], None] = print,
    encrypted: bool = False,
) -> Tally:
    """Kill so many times; the same seed makes the same choices, if not the same moments."""
    chance = random.Random(seed)
    tally = Tally()
    while tally.runs < runs:
        with scratch_folder() as folder:
            count = min(SERIES, runs - tally.runs)
            _series(folder, count, chance, model, tally, encrypted)
        tell(f"{tally.runs} of {runs}, failures: {len(tally.failures)}")
    return tally


def _series(
    folder: Path, runs: int, chance: random.Random, model: str, tally: Tally, encrypted: bool
) -> None:
    path = folder / "news.pressmark"
    home = folder / "work"
    home.mkdir()
    expected = _made(path, folder, chance)
    if encrypted:
        protect(path)
    for number in range(runs):
        seed = chance.randrange(2**32)
        for said in _killed(path, home, seed, model, _moment(chance, number)):
            expected.hear(said)
        tally.runs += 1
        tally.under_way[(expected.under_way or {"do": "start"})["do"]] += 1
        problems = [*expected.trouble, *expected.words, *_problems(path, home, expected)]
        expected.trouble.clear()
        tally.failures += [f"run {tally.runs} (seed {seed}): {problem}" for problem in problems]
        if problems:
            break
    tally.acknowledged += expected.acknowledged


def _moment(chance: random.Random, number: int) -> Moment:
    """Choose when to kill; the first kills of a series aim at the migration, if there is one."""
    if number < 2:
        return Moment("open", 1, chance.uniform(0, MIGRATION))
    deed = chance.choice(tuple(MOMENTS))
    times, seconds = MOMENTS[deed]
    return Moment(deed, chance.randint(1, times), chance.uniform(0, seconds))


def _made(path: Path, folder: Path, chance: random.Random) -> Expected:
    """Make a project for a series, old or new; the expectation is read from a migrated copy."""
    if chance.random() < 0.5:
        make_new(path)
        model = path
    else:
        make_old(path, chance.choice(OLDER))
        model = folder / "model" / path.name
        model.parent.mkdir()
        model.write_bytes(path.read_bytes())
    store = open_project(model)
    expected = Expected(all_records(store), all_articles(store))
    store.close()
    return expected


def _killed(
    path: Path, home: Path, seed: int, model: str, moment: Moment
) -> list[dict[str, object]]:
    """Let a victim work until that moment; return what it has said until then."""
    command = [sys.executable, "-m", "tests.soak.victim", path, home, str(seed), model]
    errors = home / "errors"
    with errors.open("wb") as stderr:
        victim = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=stderr, text=True
        )
        lines: list[str] = []
        reached = Event()
        listener = Thread(target=_listen, args=(victim, lines, moment, reached))
        listener.start()
        if moment.deed != "start":
            reached.wait(PATIENCE)
        Event().wait(moment.seconds)
        ended = victim.poll()
        victim.kill()
        victim.wait()
        listener.join()
    if ended is not None:
        raise AssertionError(f"the victim ended by itself:\n{errors.read_text()}")
    return [said for line in lines if (said := heard(line)) is not None]


def _listen(
    victim: "subprocess.Popen[str]", lines: list[str], moment: Moment, reached: Event
) -> None:
    assert victim.stdout is not None
    begun = 0
    with victim.stdout:
        for line in victim.stdout:
            lines.append(line)
            begun += line.startswith(f'{{"do": "{moment.deed}"')
            if begun == moment.number:
                reached.set()
    reached.set()


def _problems(path: Path, home: Path, expected: Expected) -> list[str]:
    return project_problems(path, expected) + _export_problems(home)


def project_problems(path: Path, expected: Expected) -> list[str]:
    """Return what is wrong with a project after its last process has gone."""
    try:
        store = open_project(path)
    except ProjectError as error:
        return [f"cannot be opened: {error}"]
    try:
        problems = [f"not taken over: {store.read_only}"] if store.read_only else []
        problems += check(store).problems
        problems += expected.compare(store)
        problems += [] if problems else _undo_problems(store, expected)
    except ProjectError as error:
        problems = [f"cannot be read: {error}"]
    finally:
        store.close()
    return problems + _files_left(path)


def _undo_problems(store: ProjectFile, expected: Expected) -> list[str]:
    """Take the last edit back and do it again; each must lead where it should."""
    session = Session(store, "checker")
    problems = []
    for deed, step in (("undo", session.undo), ("redo", session.redo)):
        if deed == "undo" and not expected.done:
            break
        step()
        expected.carry_out({"do": deed})
        problems += [f"after {deed}: {p}" for p in expected.compare(store)]
    return problems


def _files_left(path: Path) -> list[str]:
    """Beside the closed project, there may be backups that can be opened, and nothing else."""
    problems = []
    for file in path.parent.iterdir():
        if file != path and not file.is_dir():
            problems.append(f"left behind: {file.name}")
    for file in path.with_name(f"{path.name}.backups").rglob("*.pressmark"):
        try:
            backup = open_project(file, read_only=True)
            problems += [f"{file.name}: {p}" for p in check(backup).problems]
            backup.close()
        except ProjectError as error:
            if "made by an older Pressmark" not in str(error):
                problems.append(f"half a backup: {error}")
    return problems


def _export_problems(home: Path) -> list[str]:
    """An export is whole, or it is not there; what a kill left is put right by the next one."""
    out = home / "out"
    problems = []
    try:
        if out.exists():
            refuse_foreign(out)  # compares every file with the manifest's hashes
            if not is_export(out):
                problems.append("half an export")
        tidy_up(out)
    except ProjectError as error:
        problems.append(f"the export: {error}")
    for file in home.iterdir():
        if file.name != "out" and file.suffix != ".txt" and file.name != "errors":
            problems.append(f"left behind by an export: {file.name}")
    return problems
