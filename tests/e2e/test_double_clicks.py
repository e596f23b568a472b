"""A double-clicked project on macOS: it comes as an event, before or after another one is open."""

import os
import subprocess
import sys
from pathlib import Path

from annotation.codebook_file import default_codebook
from storage import create_project

HERE = Path(__file__).parent


def test_a_project_handed_over_by_the_system_opens_here(tmp_path: Path) -> None:
    projects = [tmp_path / "one.pressmark", tmp_path / "zwei é.pressmark"]
    for path in projects:
        create_project(path, default_codebook()).close()
    done = subprocess.run(
        [sys.executable, str(HERE / "double_clicks.py"), *map(str, projects)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.stdout.splitlines() == [
        "start one",
        "beside-a-project zwei",
        "under-a-dialog zwei",
        "after-the-dialog one",
        "not-a-file one",
    ], done.stderr
    assert done.returncode == 0, done.stderr
    assert not list(tmp_path.glob("*-wal")), "both are closed"
