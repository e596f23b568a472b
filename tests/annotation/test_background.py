"""Generators in a process of their own: items, ends, failures, no memory without bound."""

import os
import signal
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from annotation.background import BackgroundJob, Crash
from annotation.errors import ProjectError

SOON = 30.0


def count(n: int) -> Generator[int, None, str]:
    yield from range(n)
    return f"{n} numbers"


def refuse() -> Generator[int, None, None]:
    yield 1
    raise ProjectError("The folder plums cannot be read.")


def fail() -> Generator[int, None, None]:
    yield 1
    raise ZeroDivisionError("plums")


def own_pid() -> Generator[int, None, None]:
    yield os.getpid()
    time.sleep(600)


def pour(progress: str) -> Generator[bytes, None, None]:
    for _ in range(1000):
        with Path(progress).open("ab") as made:
            made.write(b"!")
        yield bytes(100_000)


def items_of(job: BackgroundJob, enough: int | None = None) -> list:
    items: list = []
    deadline = time.monotonic() + SOON
    while not job.finished and (enough is None or len(items) < enough):
        assert time.monotonic() < deadline
        job.wait(SOON)
        items += job.poll()
    return items


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_items_arrive_in_order_and_then_the_result() -> None:
    job: BackgroundJob[int, str] = BackgroundJob(count, 1000)
    assert items_of(job) == list(range(1000))
    assert (job.result, job.error) == ("1000 numbers", None)
    assert job.poll() == []


def test_a_poll_takes_no_more_than_asked_for() -> None:
    job: BackgroundJob[int, str] = BackgroundJob(count, 50)
    job.wait(SOON)
    assert len(job.poll(limit=1)) == 1
    assert items_of(job) == list(range(1, 50))


def test_an_expected_failure_arrives_as_itself() -> None:
    job: BackgroundJob[int, None] = BackgroundJob(refuse)
    assert items_of(job) == [1]
    assert isinstance(job.error, ProjectError)
    assert str(job.error) == "The folder plums cannot be read."


def test_any_other_failure_arrives_with_its_traceback() -> None:
    job: BackgroundJob[int, None] = BackgroundJob(fail)
    assert items_of(job) == [1]
    assert isinstance(job.error, Crash)
    assert "ZeroDivisionError: plums" in str(job.error)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_killed_process_is_told_and_ctrl_c_is_not_for_it() -> None:
    job: BackgroundJob[int, None] = BackgroundJob(own_pid)
    pid = items_of(job, enough=1)[0]
    os.kill(pid, signal.SIGINT)
    os.kill(pid, signal.SIGKILL)
    items_of(job)
    assert "exit code -9" in str(job.error)
    assert not is_running(pid)


def test_cancelling_leaves_no_process_and_no_error() -> None:
    job: BackgroundJob[int, None] = BackgroundJob(own_pid)
    pid = items_of(job, enough=1)[0]
    started = time.monotonic()
    job.cancel()
    job.close()
    assert time.monotonic() - started < 1
    assert job.finished and job.error is None
    assert not is_running(pid)


def test_the_process_waits_while_nobody_takes_its_items(tmp_path: Path) -> None:
    progress = tmp_path / "progress"
    job: BackgroundJob[bytes, None] = BackgroundJob(pour, str(progress))
    taken = len(items_of(job, enough=1))
    assert progress.stat().st_size <= taken + 3  # the pipe holds less than one item
    job.close()
