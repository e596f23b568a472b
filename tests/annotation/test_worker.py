"""The pool with the real model: order, deaths, cancelling, what the process may see."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest

from annotation import background, keeper
from annotation.entities import BATCH
from annotation.keeper import Found, Lost, Outcome, Restarted, Stopped
from annotation.models import BUNDLED
from annotation.pool import WorkerPool

ROOT = Path(__file__).resolve().parents[2]
SOON = 60.0
TEXT = "Angela Merkel met reporters in Paris on Friday."
posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    pool = WorkerPool(BUNDLED)
    yield pool
    pool.close()


def outcomes_of(pool: WorkerPool, enough: Callable[[list[Outcome]], bool]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    deadline = time.monotonic() + SOON
    while not enough(outcomes):
        assert time.monotonic() < deadline, outcomes
        outcomes += pool.wait(1)
    return outcomes


def found(pool: WorkerPool, number: int) -> list[Found]:
    def enough(outcomes: list[Outcome]) -> bool:
        return sum(isinstance(o, Found | Lost) for o in outcomes) >= number

    return [o for o in outcomes_of(pool, enough) if isinstance(o, Found)]


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_entities_come_back_as_plain_types(pool: WorkerPool) -> None:
    pool.submit("a", TEXT)
    [answer] = found(pool, 1)
    assert answer.article_id == "a"
    quoted = [(TEXT[s:e], label) for s, e, label in answer.entities]
    assert quoted == [("Angela Merkel", "PERSON"), ("Paris", "GPE"), ("Friday", "DATE")]
    assert {type(value) for entity in answer.entities for value in entity} == {int, str}
    assert pool.poll() == []


def test_the_article_on_screen_overtakes_the_others(pool: WorkerPool) -> None:
    for number in range(12):
        pool.submit(str(number), TEXT * 150)
    pool.submit("screen", TEXT, first=True)
    order = [answer.article_id for answer in found(pool, 13)]
    assert order.index("screen") <= 6
    assert len(order) == 13


@pytest.mark.parametrize(("workers", "batches"), [(1, [8, 8]), (2, [8, 4, 2, 1, 1])])
def test_what_is_left_is_shared_so_that_all_workers_end_together(
    monkeypatch: pytest.MonkeyPatch, workers: int, batches: list[int]
) -> None:
    monkeypatch.setattr("annotation.pool.Keeper", Mock())  # takes nothing by itself
    pool = WorkerPool(BUNDLED, workers)
    for number in range(16):
        pool.submit(str(number), "x" * (BATCH // 8))
    assert [len(batch) for batch in iter(pool.take, [])] == batches


def test_an_empty_article_has_no_entities(pool: WorkerPool) -> None:
    pool.submit("empty", "")
    assert found(pool, 1) == [Found("empty", [])]


def test_cancelled_articles_are_never_heard_of(pool: WorkerPool) -> None:
    for number in range(12):
        pool.submit(f"stale {number}", TEXT * 150)
    found(pool, 1)  # now the worker holds the next ones
    pool.cancel()
    pool.submit("fresh", TEXT)
    assert [answer.article_id for answer in found(pool, 1)] == ["fresh"]


@posix
@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs /proc")
def test_the_process_sees_neither_qt_nor_sqlite(pool: WorkerPool) -> None:
    pool.submit("a", TEXT)
    found(pool, 1)
    loaded = Path(f"/proc/{pool.pids[0]}/maps").read_text("utf-8").lower()
    assert "spacy" in loaded
    assert "qt6" not in loaded and "pyside" not in loaded and "sqlite" not in loaded


def test_what_runs_in_the_process_imports_neither_qt_nor_the_storage() -> None:
    program = (
        "import sys, annotation.worker\n"
        "names = {name.split('.')[0] for name in sys.modules}\n"
        "assert not names & {'PySide6', 'storage', 'sqlite3', 'sqlite_utils', 'ui'}, names\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=60)


@posix
def test_a_killed_worker_is_replaced_and_nothing_is_lost(pool: WorkerPool) -> None:
    [pid] = pool.pids
    for number in range(20):
        pool.submit(str(number), TEXT * 40)
    os.kill(pid, signal.SIGKILL)

    def enough(outcomes: list[Outcome]) -> bool:
        return sum(isinstance(o, Found) for o in outcomes) == 20

    outcomes = outcomes_of(pool, enough)
    told = [o.message for o in outcomes if isinstance(o, Restarted)]
    assert told == ["The highlighting process stopped and was started again."]
    assert {o.article_id for o in outcomes if isinstance(o, Found)} == set(map(str, range(20)))
    assert pool.pids != [pid]
    assert not is_running(pid)


BAD_MODEL = """
import os
class Nlp:
    pipe_names = ["ner"]
    def memory_zone(self):
        from contextlib import nullcontext
        return nullcontext()
    def pipe(self, parts, as_tuples, batch_size):
        for text, context in parts:
            if text == "kill":
                os._exit(9)
            if text == "hang":
                import time; time.sleep(600)
            yield Doc(), context
class Doc:
    ents = ()
    text = ""
def load(exclude):
    return Nlp()
"""


@pytest.fixture
def bad_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "bad_model.py").write_text(BAD_MODEL, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return "bad_model"


def test_an_article_that_kills_twice_is_skipped_and_its_neighbours_are_not(bad_model) -> None:
    pool = WorkerPool(replace(BUNDLED, package=bad_model))
    for text in ("one", "kill", "two", "three"):
        pool.submit(text, text)
    outcomes = outcomes_of(pool, lambda o: sum(isinstance(x, Found | Lost) for x in o) == 4)
    pool.close()
    assert [o.article_id for o in outcomes if isinstance(o, Lost)] == ["kill"]
    assert {o.article_id for o in outcomes if isinstance(o, Found)} == {"one", "two", "three"}


def test_a_worker_that_hangs_is_replaced(bad_model) -> None:
    pool = WorkerPool(replace(BUNDLED, package=bad_model), patience=1.0)
    pool.submit("hang", "hang")
    pool.submit("fine", "fine")
    outcomes = outcomes_of(pool, lambda o: sum(isinstance(x, Found | Lost) for x in o) == 2)
    pids = pool.pids
    pool.close()
    assert [o.article_id for o in outcomes if isinstance(o, Lost)] == ["hang"]
    assert not any(map(is_running, pids))


def test_a_model_that_does_not_load_is_told_once(tmp_path: Path) -> None:
    pool = WorkerPool(replace(BUNDLED, package="no_such_model"))
    pool.submit("a", TEXT)
    [outcome] = outcomes_of(pool, bool)
    assert isinstance(outcome, Stopped)
    assert "no_such_model cannot be loaded" in outcome.reason
    pool.close()


@pytest.mark.parametrize("starts", [0, 1])
def test_a_system_without_room_for_a_process_is_told(
    bad_model, monkeypatch: pytest.MonkeyPatch, starts: int
) -> None:
    left = iter(range(starts))

    def spawn(*args) -> object:
        if next(left, None) is None:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        return background.spawn(*args)

    monkeypatch.setattr(keeper, "spawn", spawn)
    pool = WorkerPool(replace(BUNDLED, package=bad_model))
    pool.submit("kill", "kill")
    outcomes = outcomes_of(pool, lambda o: any(isinstance(x, Stopped) for x in o))
    assert [o for o in outcomes if isinstance(o, Stopped)] == [
        Stopped("The highlighting process cannot be started: Resource temporarily unavailable.")
    ]
    pool.close()
    assert pool.pids == []


@posix
def test_closing_takes_less_than_a_second_even_in_the_middle_of_work(bad_model) -> None:
    pool = WorkerPool(replace(BUNDLED, package=bad_model), workers=2)
    pool.submit("fine", "fine")
    found(pool, 1)
    pool.submit("hang", "hang")
    pids = pool.pids
    started = time.monotonic()
    pool.close()
    assert time.monotonic() - started < 1
    assert len(pids) == 2 and not any(map(is_running, pids))


@posix
def test_a_worker_ends_with_the_window_that_started_it(tmp_path: Path) -> None:
    main = tmp_path / "start.py"
    main.write_text(
        "import os\n"
        "from annotation.models import BUNDLED\n"
        "from annotation.pool import WorkerPool\n"
        "if __name__ == '__main__':\n"
        "    pool = WorkerPool(BUNDLED)\n"
        "    pool.submit('a', 'x')\n"
        "    while not pool.wait(1): pass\n"
        "    pool.submit('b', 'Paris, ' * 200_000)\n"
        "    print(pool.pids[0], flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    # The worker holds the pipe too: reading to its end waits until the worker is gone.
    done = subprocess.run(
        [sys.executable, str(main)], stdout=subprocess.PIPE, env=environment, timeout=SOON
    )
    assert done.returncode == -9 and int(done.stdout) > 0
