"""Nothing of a person's lives in the program's folder: an update or an uninstall can replace it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT

PARTS = ("main.py", "annotation", "storage", "ui", "resources")

WINDOW = """
import sys
sys.path.insert(0, sys.argv.pop())
import main, ui.app
from PySide6.QtCore import QTimer
assert ui.app.__file__.startswith(sys.path[0])
begin = ui.app._begin
def begin_and_close(app, window, project):
    begin(app, window, project)
    assert window.workspace is not None
    QTimer.singleShot(0, window.close)
ui.app._begin = begin_and_close
sys.exit(main.main([]))
"""
"""Opens the window on the sample, as the first start does, and closes it."""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program, as it would be installed, which cannot be written to."""
    folder = tmp_path / "program"
    folder.mkdir()
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            leave = shutil.ignore_patterns("__pycache__", "packaging")
            shutil.copytree(source, folder / name, ignore=leave)
        else:
            shutil.copy(source, folder)
    return folder


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change of all; a file made and deleted again changes its folder's."""
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in [folder, *folder.rglob("*")]
    }


def run(home: Path, *words: object, cwd: Path) -> None:
    environment = {name: str(home) for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")}
    subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=cwd,
        env={**os.environ, **environment, "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
        capture_output=True,
        timeout=120,
    )


def test_the_whole_job_changes_nothing_beside_the_program(program: Path, tmp_path: Path) -> None:
    home, work = tmp_path / "home", tmp_path / "work"
    for folder in (home, work):
        folder.mkdir()
    (work / "a.txt").write_text("Ilse Varga said the bridge would stay shut.", "utf-8")
    for path in [program, *program.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = state(program)
    main = program / "main.py"
    for words in (
        ("new", "a.pressmark"),
        ("import", "a.pressmark", "a.txt"),
        ("backup", "a.pressmark"),
    ):
        run(home, main, *words, cwd=work)
    run(home, main, "--self-test", cwd=program)
    run(home, "-c", WINDOW, program, cwd=program)
    assert state(program) == before
    for path in [program, *program.rglob("*")]:
        path.chmod(0o755)
