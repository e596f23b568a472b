"""What the tests of the window share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.canvas_stage import TEXT, CanvasStage, article_of, two_claims


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


@pytest.fixture
def claims(stage: Callable[..., CanvasStage]) -> CanvasStage:
    """A canvas with two claims, a source, a town in it and a cue (`spans`, by these names)."""
    article = article_of(TEXT)
    spans = two_claims(article)
    hand = stage(article, spans.values())
    hand.spans = spans
    return hand
