"""Importing plain text, against reading the files and inserting their text with bare sqlite3."""

import itertools
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from annotation.codebook_file import default_codebook
from annotation.importing import BATCH_ARTICLES, import_paths
from storage import create_project
from tests.benchmarks import corpus
from tests.benchmarks.measure import (
    Options,
    Row,
    Samples,
    Target,
    interleaved,
    scratch_folder,
)

ARTICLES, WORDS = 2_000, 500

ROWS = (
    Row(
        "import-text",
        f"plain text files of {WORDS} words imported a second, on one core",
        f"the files read and inserted with bare sqlite3, {BATCH_ARTICLES} a commit",
        "/s",
        Target(ratio=0.5, limit=2_000),
    ),
)


def measure(options: Options) -> dict[str, Samples]:
    """Import a folder into an empty project, again and again."""
    count = ARTICLES // 5 if options.quick else ARTICLES
    with scratch_folder() as folder:
        texts = folder / "texts"
        texts.mkdir()
        for entry in corpus.entries(count, WORDS, 0):
            (texts / entry.article.source_file).write_text(entry.article.text, "utf-8")
        files = sorted(texts.iterdir())
        number = itertools.count()

        def ours() -> float:
            store = create_project(folder / f"{next(number)}.pressmark", default_codebook())
            started = time.perf_counter()
            report = import_paths(store, [texts], corpus.AUTHOR)
            spent = time.perf_counter() - started
            store.close()
            assert report.articles == count, report.failures[:1]
            return count / spent

        def floor() -> float:
            with closing(_bare_database(folder / f"{next(number)}.db")) as bare:
                started = time.perf_counter()
                _insert(bare, files)
                return count / (time.perf_counter() - started)

        samples = interleaved(floor, ours, options.rounds(10))
    samples.note = f"{count:,} files"
    return {"import-text": samples}


def _insert(bare: sqlite3.Connection, files: Sequence[Path]) -> None:
    for first in range(0, len(files), BATCH_ARTICLES):
        batch = files[first : first + BATCH_ARTICLES]
        rows = [(path.name, path.read_text("utf-8")) for path in batch]
        bare.executemany("INSERT INTO article (name, text) VALUES (?, ?)", rows)
        bare.commit()


def _bare_database(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE article (number INTEGER PRIMARY KEY, name, text)")
    connection.commit()
    return connection
