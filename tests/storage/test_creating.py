"""A new project gets its name when it is whole, whoever is ended before."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from annotation.errors import ProjectError
from storage import create_project, creating, open_project
from tests.storage.making import BOOK

ROOT = Path(__file__).resolve().parents[2]

KILLED = """
import os, sys
from pathlib import Path
from storage import create_project
from tests.storage.making import BOOK
steps = iter(range(int(sys.argv[2])))
def watch(frame, event, argument):
    if event == "call" and frame.f_globals.get("__name__", "").startswith("storage."):
        if next(steps, None) is None:
            os.kill(os.getpid(), 9)
sys.setprofile(watch)
store = create_project(Path(sys.argv[1]), BOOK)
sys.setprofile(None)
print("done")
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals of POSIX")
def test_an_end_in_the_middle_leaves_the_name_free(tmp_path: Path) -> None:
    path = tmp_path / "news.pressmark"
    made = set()
    for calls in range(3, 4000, 211):
        command = [sys.executable, "-c", KILLED, str(path), str(calls)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
        made.add(path.exists())
        if path.exists():
            assert path.stat().st_size > 0
            open_project(path).close()
            path.unlink()
            for beside in path.parent.glob(f"{path.name}-*"):
                beside.unlink()
        create_project(path, BOOK).close()
        path.unlink()
        if done.stdout:
            break
    else:
        pytest.fail("it never came to an end")
    assert made == {True, False}


def test_what_was_left_long_ago_goes(tmp_path: Path) -> None:
    old, young = (tmp_path / f".{name}{creating.BEING_MADE}" for name in ("old", "young"))
    for file in (old, young):
        file.write_bytes(b"half")
    hours_ago = time.time() - 2 * creating.LONG
    os.utime(old, (hours_ago, hours_ago))
    create_project(tmp_path / "news.pressmark", BOOK).close()
    left = sorted(each.name for each in tmp_path.iterdir())
    assert left == [young.name, "news.pressmark"]


def test_an_empty_file_is_no_project_and_may_be_replaced(path: Path) -> None:
    path.touch()
    with closing(create_project(path, BOOK)) as store:
        assert store.read_only == ""
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_whoever_comes_first_has_the_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill = creating._fill

    def slowly(*given: object) -> None:
        fill(*given)  # type: ignore[arg-type]
        path.write_text("somebody else")

    monkeypatch.setattr(creating, "_fill", slowly)
    with pytest.raises(ProjectError, match="exists already"):
        create_project(path, BOOK)
    assert path.read_text() == "somebody else"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_disk_without_hard_links(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*given: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuses)
    create_project(path, BOOK).close()
    assert [each.name for each in path.parent.iterdir()] == [path.name]
