"""Mutated project files, opened and used: told in words or fine, never a crash, never for long.

A process that is watched makes each file from a seed and does with it what a person would:
opens it for reading and for writing, reads everything, checks, searches, edits, undoes,
exports. Where there is a C compiler (Linux), no file outside the folder may be opened for
writing.
"""

import faulthandler
import json
import os
import random
import shutil
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

from annotation import edits
from annotation.checking import check
from annotation.errors import ProjectError
from annotation.exporting import ExportOptions, export
from annotation.finding import Query
from annotation.searching import Search
from annotation.session import Session
from annotation.stats import stats
from annotation.store import ArticleFilter
from storage import ProjectFile, open_project
from tests.benchmarks.measure import scratch_folder
from tests.soak.disk import Disk, compiler, run_on_it
from tests.soak.mutations import mutate
from tests.soak.old_projects import make_new
from tests.soak.scenario import live

LIMIT = 5.0
"""Seconds that anything at all may take with one file."""

DEEDS = (*["edit"] * 30, "run", *["edit"] * 10, "undo", "undo", "redo")
"""What has been done in the project that is mutated."""

GRACE = 25.0
"""Seconds for making the file, on top."""


@dataclass
class Tally:
    """What came of the files."""

    runs: int = 0
    results: Counter[str] = field(default_factory=Counter)
    slowest: float = 0
    failures: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        return [
            f"{self.runs} files, {len(self.failures)} failures; "
            f"the slowest took {self.slowest:.2f} s",
            *(f"{count:6} × {result}" for result, count in sorted(self.results.items())),
            *self.failures,
        ]


class Opener:
    """The process that opens files; replaced when it dies or does not answer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._answers: Queue[str] = Queue()
        self._process = self._started()

    def _started(self) -> "subprocess.Popen[str]":
        if compiler():
            process = run_on_it("tests.soak.fuzz", self._folder)
        else:
            command = [sys.executable, "-m", "tests.soak.fuzz", str(self._folder)]
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        self._answers = Queue()
        Thread(target=_pass_on, args=(process, self._answers), daemon=True).start()
        return process

    def ask(self, seed: int) -> dict[str, object]:
        """Return what came of a seed's file."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{seed}\n")
        self._process.stdin.flush()
        try:
            answer = self._answers.get(timeout=LIMIT + GRACE)
        except Empty:
            answer = ""
        if answer:
            found: dict[str, object] = json.loads(answer)
            return found
        self._process.kill()
        code = self._process.wait()
        self._process = self._started()
        where = " > ".join((self._folder / "hang").read_text().splitlines()[1:7])
        mutation = (self._folder / "last").read_text()
        return {"mutation": mutation, "failure": f"no answer; ended with {code}; {where}"}

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def _pass_on(process: "subprocess.Popen[str]", answers: "Queue[str]") -> None:
    assert process.stdout is not None
    with process.stdout:
        for line in process.stdout:
            answers.put(line)
    answers.put("")


def run(runs: int, seed: int, model: str = "", tell: Callable[[str], None] = print) -> Tally:
    """Open so many mutated files."""
    tally = Tally()
    with scratch_folder() as folder:
        opener = Opener(folder)
        try:
            for number in range(seed * 1_000_000, seed * 1_000_000 + runs):
                _count(tally, number, opener.ask(number))
                if tally.runs % 500 == 0:
                    tell(f"{tally.runs} of {runs}, failures: {len(tally.failures)}")
        finally:
            opener.close()
    return tally


def _count(tally: Tally, seed: int, found: dict[str, object]) -> None:
    tally.runs += 1
    if failure := found.get("failure"):
        tally.failures.append(f"seed {seed}, {found.get('mutation', '')}: {failure}")
        return
    tally.results[f"{found['mutation']}: {found['result']}"] += 1
    took = float(str(found["seconds"]))
    tally.slowest = max(tally.slowest, took)
    if took > LIMIT:
        tally.failures.append(f"seed {seed}, {found['mutation']}: took {took:.1f} s")


# -- in the process that opens


def _serve(folder: Path) -> None:
    disk = Disk() if "LD_PRELOAD" in os.environ else None
    base = folder / "base"
    if not base.exists():
        base.mkdir()
        _make_base(base)
    for line in sys.stdin:
        print(json.dumps(_opened(int(line), folder, base, disk)), flush=True)


def _make_base(base: Path) -> None:
    """Make a project in which something is of every kind: a day's work."""
    path = base / "news.pressmark"
    make_new(path, 3)
    said, sys.stdout = sys.stdout, open(os.devnull, "w")  # noqa: SIM115
    try:
        (base / "texts").mkdir()
        live(path, base / "texts", seed=3, deeds=DEEDS)
    finally:
        sys.stdout.close()
        sys.stdout = said


def _opened(seed: int, folder: Path, base: Path, disk: Disk | None) -> dict[str, object]:
    chance = random.Random(seed)
    place = folder / "case"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    path = place / "news.pressmark"
    shutil.copyfile(base / path.name, path)
    mutation = mutate(path, chance)
    (folder / "last").write_text(f"{seed} {mutation}")
    began = time.monotonic()
    with (folder / "hang").open("w") as hang:
        if disk:
            disk.watch(place)
        faulthandler.dump_traceback_later(LIMIT, file=hang)
        found = _result(path, mutation, chance)
        faulthandler.cancel_dump_traceback_later()
    found["seconds"] = time.monotonic() - began
    if disk and disk.outside:
        found["failure"] = f"{disk.outside} files opened outside"
    return found


def _result(path: Path, mutation: str, chance: random.Random) -> dict[str, object]:
    try:
        return {"mutation": mutation, "result": _used(path, chance)}
    except BaseException as error:  # the very thing looked for
        return {"mutation": mutation, "failure": _in_a_line(error)}


def _in_a_line(error: BaseException) -> str:
    """Return an exception with the places that it came through."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__}: {str(error)[:200]} ({places})"


def _used(path: Path, chance: random.Random) -> str:
    """Do with a file what a person would; return how far that went."""
    reached = "refused"
    for read_only in (True, False):
        try:
            store = open_project(path, read_only=read_only)
        except ProjectError:
            continue
        try:
            words = [_told(step) for step in _steps(store, path, chance)]
        finally:
            _told(store.close)
        reached = "opened, and told what is wrong" if any(words) else "opened"
    return reached


def _steps(store: ProjectFile, path: Path, chance: random.Random) -> list[Callable[[], object]]:
    options = ExportOptions("jsonl", everything=True)
    return [
        lambda: _checked(store),
        lambda: [_read(store, i) for i in store.article_ids()],
        lambda: store.article_rows(ArticleFilter("report")),
        lambda: list(store.search(Search(Query("the")))),
        lambda: stats(store),
        lambda: store.annotators(),
        lambda: (store.undo_title(), store.redo_title(), store.undo_is_large()),
        lambda: _edited(store, chance),
        *([lambda: export(store, path.parent / "out", options)] if chance.random() < 0.25 else []),
    ]


def _checked(store: ProjectFile) -> None:
    if problems := check(store).problems:
        raise ProjectError(problems[0])


def _read(store: ProjectFile, article_id: str) -> None:
    said = store.annotations(article_id)
    store.neighbour_suggestion(article_id, 10)
    store.relations_of([span.id for span in said.spans])


def _edited(store: ProjectFile, chance: random.Random) -> None:
    session = Session(store, "fuzz")
    for article_id in store.article_ids():
        document = session.open(article_id)
        spans = document.spans_between(0, 500)
        if not store.read_only:
            session.undo()
            session.redo()
            if spans:
                session.do(edits.delete(session.desk, spans[:1]))
            session.do(edits.set_review(session.desk, "entity", "complete"))
            session.undo()


def _told(step: Callable[[], object]) -> str:
    try:
        step()
    except ProjectError as error:
        return str(error)
    return ""


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
