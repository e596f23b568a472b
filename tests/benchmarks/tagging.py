"""Tagging, undoing and linking in the real window, until it is on disk and on screen."""

import itertools
import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from annotation import edits
from annotation.edits import Desk
from annotation.ids import new_id
from annotation.model import Argument, Change, Fragment
from annotation.store import Entry
from tests.benchmarks import corpus
from tests.benchmarks.measure import (
    Options,
    Row,
    Samples,
    Side,
    Target,
    interleaved,
    scratch_folder,
)
from tests.benchmarks.opening import SIZES
from tests.benchmarks.stage import Stage, project_of

FLOOR = "one sqlite3 INSERT and commit (WAL, synchronous=FULL) and one frame of the same view"
SCREEN = 600
"""Code points that are on screen wherever the text is scrolled to."""

TAG = Target(ratio=2.0, worst=16.0)
WORK = {"tag": "tag a word", "undo": "undo that", "link": "make a relation of two spans"}
Edit = Callable[[Desk], Change]

ROWS = tuple(
    Row(
        f"{work}-{name}",
        f"{what} in an article of {words:,} words and {spans:,} spans",
        FLOOR,
        "ms",
        TAG,
    )
    for work, what in WORK.items()
    for name, (words, spans) in SIZES.items()
)


def measure(options: Options) -> dict[str, Samples]:
    """Tag, undo and link in the middle of each article; all of it is taken back each time."""
    entries = {name: corpus.entry(*size) for name, size in SIZES.items()}
    rounds = options.rounds(100)
    found = {}
    with (
        scratch_folder() as folder,
        closing(bare_database(folder / "bare.db")) as bare,
    ):
        stage = Stage(project_of(folder / "tag.pressmark", list(entries.values())))
        for name, entry in entries.items():
            article_id, words = entry.article.id, free_words(entry)
            tags = [adding(word) for word in words]
            place = words[0][0], words[-1][1]
            for work, side in (
                ("tag", doing(stage, tags)),
                ("undo", undoing(stage, tags)),
                ("link", doing(stage, _links(entry))),
            ):
                go_to(stage, article_id, place)
                found[f"{work}-{name}"] = interleaved(
                    committing(stage, bare), side, rounds, warm_up=3
                )
        stage.close()
    return found


def go_to(stage: Stage, article_id: str, place: Fragment) -> None:
    """Show a place of an article."""
    stage.bridge.open(article_id)
    stage.canvas.reveal(*place)
    stage.settle()


def committing(stage: Stage, bare: sqlite3.Connection) -> Side:
    """Return the floor: a bare commit, and a frame of what is on screen."""

    def side() -> float:
        started = time.perf_counter()
        bare.execute(
            "INSERT INTO span VALUES (?, ?, ?, ?, ?)",
            (new_id(), "article", 100, 108, '{"label": "PRODUCT", "quotation": ["boats"]}'),
        )
        bare.commit()
        return (time.perf_counter() - started) * 1000 + stage.repaint()

    return side


def doing(stage: Stage, work: Sequence[Edit]) -> Side:
    """Return what does one of these edits; it is undone before the next."""
    turn = itertools.cycle(work)

    def side() -> float:
        edit = next(turn)
        spent = stage.until_painted(lambda: stage.bridge.perform(edit))
        assert stage.bridge.undo(), "the edit was not taken"
        stage.settle()
        return spent

    return side


def undoing(stage: Stage, work: Sequence[Edit]) -> Side:
    """Return what undoes one of these edits."""
    turn = itertools.cycle(work)

    def side() -> float:
        assert stage.bridge.perform(next(turn)), "the edit was not taken"
        stage.settle()
        return stage.until_painted(stage.bridge.undo)

    return side


def adding(word: Fragment) -> Edit:
    """Return the edit that tags a word."""
    return lambda desk: edits.add_span(desk, "entity", "PRODUCT", [word])


def _links(entry: Entry) -> list[Edit]:
    """Return edits that tie two neighbouring entities each in the middle of an article."""
    middle = len(entry.article.text) // 2
    near = [
        Argument("member", span.id)
        for span in entry.annotations.spans
        if span.layer == "entity" and middle - SCREEN < span.start < middle + 2 * SCREEN
    ]
    return [
        lambda desk, pair=pair: edits.link(desk, "COREFERENCE", pair)
        for pair in itertools.pairwise(near)
    ]


def free_words(entry: Entry) -> list[Fragment]:
    """Return the words of one screen in the middle of an article that no span covers."""
    middle = len(entry.article.text) // 2
    taken = {
        place
        for span in entry.annotations.spans
        if middle - SCREEN < span.start < middle + 2 * SCREEN
        for place in range(span.start, span.end)
    }
    words = re.finditer(r"\w{3,}", entry.article.text[middle : middle + SCREEN])
    found = [(middle + word.start(), middle + word.end()) for word in words]
    return [word for word in found if taken.isdisjoint(range(*word))]


def bare_database(path: Path) -> sqlite3.Connection:
    """Return a database with one plain table."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE span (id PRIMARY KEY, article_id, start, stop, content)")
    connection.commit()
    return connection
