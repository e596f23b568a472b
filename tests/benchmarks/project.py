"""A project of many articles: opening it, the first page of its list, a filter, one article."""

import time
from collections.abc import Callable
from itertools import chain, islice
from pathlib import Path

from annotation.codebook_file import default_codebook
from annotation.document import Document
from annotation.finding import Query
from annotation.searching import Search
from annotation.store import ArticleFilter, Store
from storage import create_project, open_project
from tests.benchmarks import corpus
from tests.benchmarks.measure import (
    Options,
    Row,
    Samples,
    Target,
    interleaved,
    scratch_folder,
)

SMALL = 1_000
USUAL = 20_000
FULL = 100_000
WORDS = 100
SPANS = 10
HITS = 50
BATCH = 500
TWICE = Target(ratio=2.0, limit=100.0)
FLOOR = f"the same with {SMALL:,} articles"

ROWS = (
    Row("project-open", "open the project file and read its codebook", FLOOR, "ms", TWICE),
    Row(
        "project-list",
        "first 200 rows of the article list, and how many there are",
        FLOOR,
        "ms",
        TWICE,
    ),
    Row(
        "project-filter",
        "first page of the articles that hold a word that few have, and how many there are",
        FLOOR,
        "ms",
        TWICE,
    ),
    Row(
        "project-search",
        "first page of hits of a query: a phrase with a prefix, and a word that few have",
        FLOOR,
        "ms",
        Target(ratio=2.0, limit=50.0),
    ),
    Row(
        "project-search-common",
        "first page of hits of a word that most articles have",
        FLOOR,
        "ms",
        Target(ratio=2.0, limit=50.0),
    ),
    Row(
        "project-status",
        "first page of the articles not begun, and how many there are",
        FLOOR,
        "ms",
        TWICE,
    ),
    Row("project-article", "read one article and what its first screen shows", FLOOR, "ms", TWICE),
)

Question = Callable[[Store], object]


def measure(options: Options) -> dict[str, Samples]:
    """Build a small and a large project of short tagged articles and ask both the same."""
    large = FULL if options.full else 2_000 if options.quick else USUAL
    rounds = options.rounds(20)
    with scratch_folder() as folder:
        paths = build(folder / "small", SMALL), build(folder / "large", large)
        found = {"project-open": interleaved(*(_opening(path) for path in paths), rounds)}
        stores = [open_project(path) for path in paths]
        for name, question in _questions().items():
            sides = (_asking(store, question) for store in stores)
            found[name] = interleaved(*sides, rounds)
        for store in stores:
            store.close()
    for samples in found.values():
        samples.note = f"{large:,} articles, {large * SPANS:,} spans"
    return found


def build(path: Path, count: int) -> Path:
    """Make a project of that many articles, as one import after another would."""
    store = create_project(path, default_codebook())
    batch = []
    for entry in corpus.entries(count, WORDS, SPANS):
        batch.append(entry)
        if len(batch) == BATCH:
            store.add_entries(batch, corpus.AUTHOR)
            batch.clear()
    store.add_entries(batch, corpus.AUTHOR)
    while store.index(BATCH):
        pass
    store.close()
    return path


def _questions() -> dict[str, Question]:
    everything, few = ArticleFilter(), ArticleFilter(words="report 99")
    unbegun = ArticleFilter(status="new")

    def page(wanted: ArticleFilter) -> Question:
        return lambda store: (store.article_rows(wanted), store.count_articles(wanted))

    middle = corpus.entry(WORDS, SPANS, SMALL // 2).article.id

    def article(store: Store) -> object:
        document = Document(store.article(middle), store)
        return document.spans_between(0, 2000), document.relations_between(0, 2000)

    def hits(query: str) -> Question:
        wanted = Search(Query(query), by_query=True)
        return lambda store: list(
            islice(chain.from_iterable(x.found for x in store.search(wanted)), HITS)
        )

    return {
        "project-search": hits('"the mayor of" OR minist* title:99'),
        "project-search-common": hits("the"),
        "project-list": page(everything),
        "project-filter": page(few),
        "project-status": page(unbegun),
        "project-article": article,
    }


def _asking(store: Store, question: Question) -> Callable[[], float]:
    def ask() -> float:
        started = time.perf_counter()
        question(store)
        return (time.perf_counter() - started) * 1000

    return ask


def _opening(path: Path) -> Callable[[], float]:
    def ask() -> float:
        started = time.perf_counter()
        store = open_project(path)
        store.codebook()
        spent = time.perf_counter() - started
        store.close()
        return spent * 1000

    return ask
