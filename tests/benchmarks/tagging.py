"""Tagging a span in the real window, until it is on disk and on screen."""

import itertools
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from annotation import edits
from annotation.ids import new_id
from annotation.model import Fragment
from annotation.store import Entry
from tests.benchmarks import corpus
from tests.benchmarks.measure import (
    Options,
    Row,
    Samples,
    Target,
    interleaved,
    scratch_folder,
)
from tests.benchmarks.opening import SIZES
from tests.benchmarks.stage import Stage, project_of

FLOOR = "one sqlite3 INSERT and commit (WAL, synchronous=FULL) and one frame of the same view"
SCREEN = 600
"""Code points that are on screen wherever the text is scrolled to."""

ROWS = tuple(
    Row(
        f"tag-{name}",
        f"tag a word of an article of {words:,} words and {spans:,} spans",
        FLOOR,
        "ms",
        Target(ratio=2.0, worst=16.0),
    )
    for name, (words, spans) in SIZES.items()
)


def measure(options: Options) -> dict[str, Samples]:
    """Tag words in the middle of each article; each tag is undone before the next."""
    entries = {name: corpus.entry(*size) for name, size in SIZES.items()}
    found = {}
    with (
        scratch_folder() as folder,
        closing(_bare_database(folder / "bare.db")) as bare,
    ):
        stage = Stage(project_of(folder / "tag.pressmark", list(entries.values())))
        for name, entry in entries.items():
            found[f"tag-{name}"] = _tagging(stage, bare, entry, options.rounds(100))
        stage.close()
    return found


def _tagging(stage: Stage, bare: sqlite3.Connection, entry: Entry, rounds: int) -> Samples:
    words = list(_free_words(entry))
    turn = itertools.cycle(words)
    stage.bridge.open(entry.article.id)
    stage.canvas.reveal(words[0][0], words[-1][1])
    stage.settle()

    def floor() -> float:
        started = time.perf_counter()
        bare.execute(
            "INSERT INTO span VALUES (?, ?, ?, ?, ?)",
            (new_id(), entry.article.id, 100, 108, '{"label": "PRODUCT", "quotation": ["boats"]}'),
        )
        bare.commit()
        return (time.perf_counter() - started) * 1000 + stage.repaint()

    def ours() -> float:
        word = next(turn)
        spent = stage.until_painted(
            lambda: stage.bridge.perform(
                lambda desk: edits.add_span(desk, "entity", "PRODUCT", [word])
            )
        )
        assert stage.bridge.undo(), "the tag was not taken"
        stage.settle()
        return spent

    return interleaved(floor, ours, rounds, warm_up=3)


def _free_words(entry: Entry) -> Iterator[Fragment]:
    """Yield the words of one screen in the middle of an article that no span covers."""
    middle = len(entry.article.text) // 2
    taken = {
        place
        for span in entry.annotations.spans
        if middle - SCREEN < span.start < middle + 2 * SCREEN
        for place in range(span.start, span.end)
    }
    for word in re.finditer(r"\w{3,}", entry.article.text[middle : middle + SCREEN]):
        start, end = middle + word.start(), middle + word.end()
        if taken.isdisjoint(range(start, end)):
            yield start, end


def _bare_database(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE span (id PRIMARY KEY, article_id, start, stop, content)")
    connection.commit()
    return connection
