"""The text as a screen reader gets it, over the accessibility bus of a real Linux session."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotation import edits
from annotation.codebook_file import default_codebook
from annotation.importing import import_paths
from annotation.session import Session
from storage import create_project

HERE = Path(__file__).parent
SYSTEM_PYTHON = "/usr/bin/python3"
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")


def missing() -> str:
    """Say what is not installed of all that this needs."""
    programs = [name for name in ("Xvfb", "dbus-run-session") if not shutil.which(name)]
    if not any(map(os.path.exists, LAUNCHERS)):
        programs.append("at-spi2-core")
    has_dbus = Path(SYSTEM_PYTHON).exists() and not subprocess.call(
        [SYSTEM_PYTHON, "-c", "import dbus"], stderr=subprocess.DEVNULL
    )
    return ", ".join(programs if has_dbus else [*programs, "python3-dbus"])


def test_text_caret_selection_and_runs_over_at_spi(display: str, tmp_path: Path) -> None:
    if missing():
        pytest.skip(f"not installed: {missing()}")
    article, project = tmp_path / "a.txt", tmp_path / "a.pressmark"
    article.write_text("Denied 🙂, said the minister, who had not been asked.\n" * 30, "utf-8")
    store = create_project(project, default_codebook())
    import_paths(store, [article], "ada")
    session = Session(store, "ada")
    session.open(next(iter(store.article_ids())))
    session.do(edits.add_span(session.desk, "discourse", "CUE", [(7, 8)]))
    session.do(edits.add_span(session.desk, "discourse", "CLAIM", [(0, 14)]))
    store.close()
    done = subprocess.run(
        [
            *("dbus-run-session", "--", SYSTEM_PYTHON, str(HERE / "listener.py")),
            *(sys.executable, str(project)),
        ],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    box = found.pop("box")
    assert box[2] > 0 and box[3] > 10
    assert found == {
        "text": "Denied 🙂, said",
        "caret": 9,
        "word": ["said", 11, 15],
        "selections": 1,
        "selection": [9, 15],
        "run": [9, 15],
        "description": "Denied 🙂, said the minister, who had not been asked.. in Claim",
    }
