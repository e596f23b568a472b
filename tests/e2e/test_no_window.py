"""Where no window can be shown there is a sentence, and never an abort."""

import sys
from pathlib import Path

import pytest
from command import run


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one kind of screen")
def test_a_screen_that_qt_cannot_use_is_a_sentence(tmp_path: Path) -> None:
    project = tmp_path / "a.pressmark"
    assert run(tmp_path, "new", project).code == 0
    ran = run(tmp_path, project, QT_QPA_PLATFORM="nonsense", HOME=str(tmp_path))
    assert ran.code == 1
    assert ran.err.splitlines()[-1].startswith("pressmark: The window cannot be shown: ")
