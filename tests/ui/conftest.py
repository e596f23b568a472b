"""What the tests of the window share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.canvas_stage import CanvasStage


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., CanvasStage]]:
    """Return what makes a canvas on an article; all of them are closed after the test."""
    made: list[CanvasStage] = []

    def make(*given: object, **known: object) -> CanvasStage:
        made.append(CanvasStage(tmp_path, *given, **known))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for each in made:
        each.close()
