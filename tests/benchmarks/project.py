"""A project of many articles: opening it, its list, filters, search, edits, figures, memory."""

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import chain, cycle, islice
from pathlib import Path

from annotation.document import Document
from annotation.finding import Query
from annotation.ids import new_id, now
from annotation.model import Change
from annotation.searching import Search
from annotation.stats import stats
from annotation.store import ArticleFilter, ArticleStatus, Store
from storage import open_project
from tests.benchmarks import corpus, listing
from tests.benchmarks.measure import (
    Options,
    Row,
    Samples,
    Side,
    Target,
    interleaved,
    scratch_folder,
)
from tests.benchmarks.memory import megabytes
from tests.benchmarks.multiplied import build

SMALL = 1_000
USUAL = 20_000
FULL = 100_000
SIZES = {SMALL: (100, 10), 2_000: (100, 10), USUAL: (100, 10), FULL: (500, 50)}
"""Words and spans of an article, by how many articles the large project has."""

HITS = 50
PAGE = 200
TWICE = Target(ratio=2.0, limit=100.0)
SEARCHED = Target(ratio=2.0, limit=50.0)
AT_ONCE = Target(limit=100.0)
SOON = Target(limit=50.0)
FLOOR = f"the same with {SMALL:,} articles"


def _row(name: str, what: str, target: Target = TWICE) -> Row:
    return Row(f"project-{name}", what, FLOOR, "ms", target)


ROWS = (
    _row("open", "open the project, read its codebook and the first 200 rows of the list"),
    _row("list", "first 200 rows of the article list, and how many there are"),
    _row("end", "last 200 rows of the list"),
    _row("filter", "first page of the articles with a word that all have, and one that begins so"),
    _row("filter-not", "first page of the articles without a word"),
    _row("filter-rare", "the same of a word that 11 of 1,000 have, and 1,111 of 100,000", AT_ONCE),
    _row("filter-none", "the same where each has the label that it should not have", AT_ONCE),
    _row(
        "search", "first page of hits of a phrase with a prefix, and a word that few have", SEARCHED
    ),
    _row(
        "search-apart", "hits of a phrase and a word that 1 of 1,000 has, and 43 of 100,000", SOON
    ),
    _row("search-common", "first hits of a word that most articles have", SEARCHED),
    _row("status", "first page of the articles that are begun"),
    _row("label", "first page of the articles with a label that most have"),
    _row("label-none", "the same of a label that none has", AT_ONCE),
    _row("annotator-none", "the same of a name that none has, and a label", AT_ONCE),
    _row("article", "read one article and what its first screen shows"),
    _row("tag", "tag a word: one transaction, on disk", Target(ratio=2.0, worst=16.0)),
    _row("undo", "take that back", Target(ratio=2.0, worst=16.0)),
    _row("stats", "all that `pressmark stats` tells", Target(limit=1000.0)),
    Row(
        "project-memory",
        "the window's process after scrolling the list to its end and opening 20 articles",
        FLOOR,
        "MB",
        Target(worst=300.0),
    ),
    *listing.rows(FLOOR),
)

Question = Callable[[Store], object]


def measure(options: Options) -> dict[str, Samples]:
    """Build a small and a large project of tagged articles and ask both the same."""
    large = FULL if options.full else 2_000 if options.quick else USUAL
    rounds = options.rounds(20)
    with scratch_folder() as folder:
        started = time.perf_counter()
        paths = [
            build(folder / f"{count}.pressmark", count, *SIZES[large]) for count in (SMALL, large)
        ]
        built = time.perf_counter() - started
        found = {"project-open": interleaved(*(_opening(path) for path in paths), rounds)}
        stores = [open_project(path) for path in paths]
        for name, question in _questions().items():
            sides = (_asking(store, question) for store in stores)
            found[name] = interleaved(*sides, rounds)
        for number, name in enumerate(("project-tag", "project-undo")):
            sides = (_editing(store, number) for store in stores)
            found[name] = interleaved(*sides, rounds * 5, warm_up=3)
        for store in stores:
            store.close()
        found |= listing.measure(paths, rounds)
        found["project-memory"] = interleaved(
            *((lambda path=path: megabytes("list", path)) for path in paths),
            1,
            warm_up=0,
        )
        size = paths[1].stat().st_size / 1e6
    words, spans = SIZES[large]
    said = f"{large:,} articles of {words} words, {large * spans:,} spans, {size:,.0f} MB"
    for samples in found.values():
        samples.note = said
    found["project-open"].note += f"; both projects were built in {built:.0f} s"
    return found


def _questions() -> dict[str, Question]:

    def page(words: str = "", status: ArticleStatus | None = None) -> Question:
        wanted = ArticleFilter(words, status)

        def ask(store: Store) -> object:
            if wanted == ArticleFilter():
                return store.count_articles(wanted), store.rows_of(range(1, PAGE + 1))
            numbers = next(store.numbers_found(wanted, lambda: False), [])
            return store.rows_of(numbers)

        return ask

    def end(store: Store) -> object:
        last = store.count_articles(ArticleFilter())
        return store.rows_of(range(last - PAGE + 1, last + 1))

    def article(store: Store) -> object:
        document = Document(store.article(_middle(store)), store)
        return document.spans_between(0, 2000), document.relations_between(0, 2000)

    def hits(query: str) -> Question:
        wanted = Search(Query(query), by_query=True)
        return lambda store: list(
            islice(chain.from_iterable(x.found for x in store.search(wanted)), HITS)
        )

    return {
        "project-search": hits('"the mayor of" OR minist* title:99'),
        "project-search-apart": hits('"the mayor of" 999*'),
        "project-search-common": hits("the"),
        "project-list": page(),
        "project-end": end,
        "project-filter": page("report minist"),
        "project-filter-not": page("-ferry"),
        "project-filter-rare": page("report 99"),
        "project-filter-none": page("-label:CLAIM"),
        "project-status": page(status="started"),
        "project-label": page("label:CLAIM"),
        "project-label-none": page("label:LAW"),
        "project-annotator-none": page("label:CLAIM annotator:nobody"),
        "project-article": article,
        "project-stats": stats,
    }


def _middle(store: Store) -> str:
    """Return the id of an article in the middle of the smaller project."""
    return store.article_rows(ArticleFilter(), SMALL // 2, 1)[0].id


def _editing(store: Store, timed: int) -> Side:
    """Return what tags a word and takes it back; `timed` tells which of both is timed."""
    articles = cycle([row.id for row in store.article_rows(ArticleFilter(), limit=PAGE)])

    def side() -> float:
        article_id = next(articles)
        (like,) = store.spans_after(article_id, None, 1)
        span = replace(like, id=new_id(), label="PRODUCT", layer="entity", attributes={})
        change = Change(new_id(), "Tag PRODUCT", article_id, corpus.AUTHOR, now(), (), (span,))
        times = [time.perf_counter()]
        store.apply(change)
        times.append(time.perf_counter())
        assert store.undo(corpus.AUTHOR, now()), "the edit was not taken"
        times.append(time.perf_counter())
        return (times[timed + 1] - times[timed]) * 1000

    return side


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
        store.article_rows(ArticleFilter(), limit=PAGE)
        spent = time.perf_counter() - started
        store.close()
        return spent * 1000

    return ask
