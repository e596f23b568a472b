"""The ways by which a query can be carried out find the same, and read no more than they must."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotation.codebook_file import default_codebook
from annotation.finding import Query
from annotation.model import Annotations
from annotation.query_language import (
    Either,
    Every,
    Near,
    Part,
    Published,
    Term,
    Without,
    is_spaceless,
    parse,
)
from annotation.searching import Search
from annotation.store import ArticleFilter, Entry
from storage import ProjectFile, create_project, known, querying
from tests.storage.making import add_article, edit, make_article, make_span

WORDS = ("the mayor", "ferry bridge", "bridges", "mayors", "桥梁很长", "mayoral", "京 city")

MANY = 60

# fmt: off
QUERIES = (
    "mayor", "mayo*", "may*", "zz*", '"the mayo"*', "-mayor", "bridge -mayor", "bridge* -may*",
    "label:EVENT", "-label:EVENT", "mayor label:EVENT", "mayor -label:CLAIM",
    "mayor -ferry -label:CLAIM", "label:CLAIM label:EVENT", "label:EVENT OR ferry",
    "(label:EVENT OR ferry) (label:CLAIM OR mayor)", "-(label:EVENT OR ferry)",
    "mayor (label:CLAIM OR ferry)", "annotator:ANNA", "-annotator:anna", "annotator:nobody",
    "-annotator:nobody", "mayor annotator:anna", "status:started", "-status:new",
    "language:de -mayor", "date:2024 label:CLAIM", "桥梁很 bridge", "桥梁很 -label:CLAIM",
    "the -桥梁很",
    "mayor OR (ferry label:EVENT)", "NEAR(the mayor, 3) -ferry", "title:2* -ferry",
    "京 -title:16 -label:CLAIM",
)
# fmt: on


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectFile]:
    """Sixty articles that differ in their words, labels, annotators, languages and dates."""
    path = tmp_path_factory.mktemp("mixed") / "news.pressmark"
    store = create_project(path, default_codebook())
    for n in range(1, MANY + 1):
        said = {"language": "de" if n % 3 else "en", "published": f"{2023 + n % 2}-05-03"}
        article = add_article(store, _text(n), title=f"Number {n}", **said)
        labels = [("event", "EVENT")] * (n % 4 == 0) + [("discourse", "CLAIM")] * (n % 5 == 0)
        for layer, label in [*labels, *[("entity", "EVENT")] * (n % 7 == 0)]:
            span = make_span(article, (0, 1), label=label)
            span = replace(span, layer=layer, annotator="anna" if n % 2 else "Anna")
            store.apply(edit(article, (), (span,)))
    assert store.index(100) == 0
    yield store
    store.close()


@pytest.mark.parametrize("query", QUERIES)
def test_no_short_cut_finds_anything_else(
    mixed: ProjectFile, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways = set()
    for few, most in ((0, 0), (500, 0), (0, 24), (500, 24)):
        monkeypatch.setattr(querying, "FEW", few)
        monkeypatch.setattr(known, "MOST", most)
        wanted = ArticleFilter(query)
        rows: list[int] = []
        while page := mixed.article_rows(wanted, rows[-1] if rows else 0, 7):
            rows += [row.number for row in page]
        assert mixed.count_articles(wanted) == len(rows)
        search = Search(Query(query), by_query=True)
        places = [(p.article_id, p.hit) for x in mixed.search(search) for p in x.found]
        ways.add((tuple(rows), tuple(places)))
    assert len(ways) == 1
    part = parse(query, typing=True)
    expected = [n for n in range(1, MANY + 1) if _holds(part, n)]
    assert [rows for rows, _ in ways] == [tuple(expected)]


def _holds(part: Part, n: int) -> bool:
    """Tell by how `mixed` was made whether article n is found."""
    match part:
        case Term():
            said = f"Number {n}" if part.column == "title" else f"Number {n} {_text(n)}"
            end = "" if part.prefix or is_spaceless(part.words) else r"\b"
            start = "" if is_spaceless(part.words) else r"\b"
            return re.search(f"{start}{part.words}{end}", said, re.IGNORECASE) is not None
        case Near():
            return all(_holds(term, n) for term in part.terms)
        case Every():
            return all(_holds(each, n) for each in part.parts)
        case Either():
            return any(_holds(each, n) for each in part.parts)
        case Without():
            return not _holds(part.part, n)
        case Published():
            return n % 2 == 1  # 2024
    tagged = n % 4 == 0 or n % 5 == 0 or n % 7 == 0
    known = {
        "EVENT": n % 4 == 0 or n % 7 == 0,
        "CLAIM": n % 5 == 0,
        "anna": tagged,
        "nobody": False,
        "started": tagged,
        "new": not tagged,
        "de": n % 3 > 0,
    }
    return known[part.value if part.kind != "annotator" else part.value.lower()]


def _text(n: int) -> str:
    return f"{' '.join(word for by, word in enumerate(WORDS, 2) if n % by == 0)} {n}."


def test_a_page_reads_as_many_rows_whatever_the_size_of_the_project(tmp_path: Path) -> None:
    queries = ("mayo", "-ferry", "-label:CLAIM", "mayor -label:CLAIM", "status:new", "language:en")
    steps = {}
    for count in (1_000, 4_000):
        store = create_project(tmp_path / f"{count}.pressmark", default_codebook())
        articles = [make_article(f"The mayor, {n}.", language="en") for n in range(count)]
        store.add_entries([Entry(article, Annotations()) for article in articles], "anna")
        while store.index(1_000):
            pass
        for query in queries:
            steps[query, count] = _steps(store, query)
        store.close()
    for query in queries:
        assert steps[query, 4_000] <= 1.5 * steps[query, 1_000], query


def _steps(store: ProjectFile, query: str) -> int:
    """Return how many instructions SQLite needs for a page (https://sqlite.org/opcode.html)."""
    said: list[int] = []
    store._connection.set_progress_handler(lambda: said.append(1), 10)
    assert len(store.article_rows(ArticleFilter(query), limit=20)) == 20
    store._connection.set_progress_handler(None, 0)
    return len(said)
