"""The list of articles in the real window: the longest turn of its thread while somebody moves."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.benchmarks.measure import Row, Samples, Side, Target, interleaved
from tests.benchmarks.stage import Stage

STEPS = 100
"""In how many steps the scroll bar is dragged from the start of the list to its end."""

TURNS = 5
"""Turns of the event loop after each move, in which what it has begun comes to its end."""

ARRIVAL = Target(worst=16.0)
ALIVE = Target(ratio=2.0, worst=16.0)

SCROLL = "project-list-scroll", "longest turn while the list is dragged to its end", ALIVE
JUMP = (
    "project-list-jump",
    "longest turn of opening the article in the middle, list included",
    ARRIVAL,
)
FILTER = "project-list-filter", "longest turn while a word that all have filters the list", ARRIVAL


def rows(floor: str) -> tuple[Row, ...]:
    """Return the rows of the table."""
    return tuple(Row(name, what, floor, "ms", goal) for name, what, goal in (SCROLL, JUMP, FILTER))


def measure(paths: Iterable[Path], rounds: int) -> dict[str, Samples]:
    """Move through the lists of both projects in turn."""
    stages = [Stage(path) for path in paths]
    found = {
        name: interleaved(*(moved(stage) for stage in stages), rounds)
        for (name, *_), moved in ((SCROLL, _dragging), (JUMP, _jumping), (FILTER, _filtering))
    }
    for stage in stages:
        stage.close()
    return found


def _dragging(stage: Stage) -> Side:
    bar = stage.window.articles.view.verticalScrollBar()

    def side() -> float:
        return max(
            _longest(stage, lambda at=step: bar.setValue(bar.maximum() * at // STEPS))
            for step in range(STEPS + 1)
        )

    return side


def _jumping(stage: Stage) -> Side:
    articles = stage.window.articles
    model = articles.model

    def article(row: int) -> str:
        found = model.article(model.index(row))
        assert found is not None
        return found.id

    def side() -> float:
        ids = [article(model.rowCount() // 2), article(0)]
        longest, _ = (_longest(stage, lambda to=to: stage.bridge.open(to)) for to in ids)
        return longest

    return side


def _filtering(stage: Stage) -> Side:
    articles = stage.window.articles

    def search(words: str) -> float:
        articles.search.setText(words)
        longest = _longest(stage, articles.search.returnPressed.emit)
        while articles.model.finding.under_way:
            longest = max(longest, _longest(stage, lambda: None))
        return longest

    def side() -> float:
        longest = search("report")
        assert articles.model.rowCount(), "the word was not found"
        search("")
        return longest

    return side


def _longest(stage: Stage, move: Callable[[], object]) -> float:
    """Return the milliseconds of a move and its picture, or of a turn after it if that is more."""
    longest = 0.0
    for turn in range(TURNS):
        started = time.perf_counter()
        if not turn:
            move()
        stage.app.processEvents()
        longest = max(longest, time.perf_counter() - started)
    return longest * 1000
