"""Full-text search in a real project file, before and after its articles are indexed."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from annotation.errors import ProjectError
from annotation.finding import Query
from annotation.model import Annotations
from annotation.searching import Search
from annotation.store import ArticleFilter
from storage import (
    ProjectFile,
    create_project,
    index_tables,
    open_project,
    opening,
    schema,
)
from tests.annotation.test_query_language import QUERIES
from tests.storage.making import BOOK, add_article, edit, make_span

TEXTS = {
    "Bridge": "The mayor said the café bridge is safe. The mayor of the town met the levy board.",
    "Straße": "Der Minister sperrt die Straße am Fluss.",
    "桥": "北京的市长说桥是安全的。东京也是。",
    "สะพาน": "นายกเทศมนตรีกล่าวว่าสะพานปลอดภัย",
}

CASES = [
    ("mayor", "Bridge"),
    ("MAYOR", "Bridge"),
    ("cafe", "Bridge"),
    ('"the mayor said"', "Bridge"),
    ('"mayor the"', ""),
    ("minist*", "Straße"),
    ("minist", ""),
    ("strasse", "Straße"),
    ("NEAR(mayor levy, 5)", "Bridge"),
    ("NEAR(said levy, 2)", ""),
    ("市长说", "桥"),
    ("北京", "桥"),
    ("桥 OR mayor", "Bridge 桥"),
    ("สะพานปลอดภัย", "สะพาน"),
    ("-mayor", "Straße 桥 สะพาน"),
    ("mayor -levy", ""),
    ("outlet:courier", "Bridge"),
    ("text:courier", ""),
    ("mayor OR label:CLAIM", "Bridge"),
    ("author:berg mayor", "Bridge"),
    ("title:strasse", "Straße"),
    ("date:2024", "Bridge"),
    ("date:2023..2024-05", "Bridge Straße"),
    ("date:..2023", "Straße"),
    ("language:DE", "Straße"),
    ("label:claim", "Bridge"),
    ("label:discourse/CLAIM", "Bridge"),
    ("label:ORG", ""),
    ("annotator:ANNA", "Bridge"),
    ("status:started", "Bridge"),
    ("status:new (label:CLAIM OR 北京)", "桥"),
]


def fill(store: ProjectFile) -> None:
    known = {
        "Bridge": {"outlet": "The Courier", "authors": ("Ann Berg",), "published": "2024-05-03"},
        "Straße": {"published": "2023-12-01T10:00", "language": "de"},
    }
    for title, text in TEXTS.items():
        article = add_article(store, text, title=title, **known.get(title, {}))
        if title == "Bridge":
            store.apply(edit(article, (), (make_span(article, (0, 9), label="CLAIM"),)))


def found(store: ProjectFile, query: str) -> list[tuple[str, str, str]]:
    steps = store.search(Search(Query(query), by_query=True))
    return [(hit.title, hit.what, hit.hit) for step in steps for hit in step.found]


def titles(store: ProjectFile, query: str) -> str:
    return " ".join(dict.fromkeys(title for title, _, _ in found(store, query)))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProjectFile]:
    store = create_project(tmp_path_factory.mktemp("full") / "a.pressmark", BOOK)
    fill(store)
    assert store.index(2) == 2
    yield store
    store.close()


@pytest.mark.parametrize("indexed", [0, 2, 9])
def test_queries_find_the_same_whatever_is_indexed(store: ProjectFile, indexed: int) -> None:
    fill(store)
    assert store.index(indexed) == max(len(TEXTS) - indexed, 0)
    assert [(query, titles(store, query)) for query, _ in CASES] == CASES


def test_the_list_filters_by_query_in_pages(store: ProjectFile) -> None:
    fill(store)
    store.index(9)
    for query, wanted in CASES:
        if query == "minist":
            continue  # as it is typed, the beginning of a word
        seen, after = [], 0
        while page := store.article_rows(ArticleFilter(query), after, 1):
            seen.append(page[0].title)
            after = page[0].number
        assert (query, " ".join(seen)) == (query, wanted)
        assert store.count_articles(ArticleFilter(query)) == len(seen)
    assert store.count_articles(ArticleFilter("minis", "new")) == 1
    assert store.count_articles(ArticleFilter("minis", "complete")) == 0


def test_hits_are_code_points_of_the_text(store: ProjectFile) -> None:
    text = "😀 e\u0301lan <mark> “Café” [cafe\u0301] café"
    article = add_article(store, text, title="Café", authors=("A. Café",))
    store.index(9)
    steps = store.search(Search(Query("cafe"), by_query=True))
    hits = [hit for step in steps for hit in step.found]
    assert [hit.what for hit in hits] == ["title", "author", "", "", ""]
    places = [article.text[hit.start : hit.end] for hit in hits[2:]]
    assert places == ["Café", "cafe\u0301", "café"]
    assert [hit.hit for hit in hits] == ["Café", "Café", *places]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUERIES)
def test_no_query_ends_in_an_error_of_sqlite(filled: ProjectFile, query: str) -> None:
    for ask in (
        lambda: found(filled, query),
        lambda: filled.article_rows(ArticleFilter(query)),
        lambda: filled.count_articles(ArticleFilter(query)),
    ):
        try:
            ask()
        except ProjectError as error:
            assert "query" in str(error) or "codebook has no label" in str(error)


def test_an_index_that_says_something_else_is_found_and_made_anew(
    store: ProjectFile, path: Path
) -> None:
    fill(store)
    store.index(9)
    assert store.damage() == []
    store.close()
    with closing(sqlite3.connect(path)) as client, client:
        client.execute("INSERT INTO article_words (rowid, text) VALUES (2, 'nowhere')")
    store = open_project(path)
    assert any("search index" in line for line in store.damage())
    assert store.index(0, anew=True) == len(TEXTS)
    assert store.index(9) == 0
    assert store.damage() == []
    assert [(query, titles(store, query)) for query, _ in CASES] == CASES
    store.close()


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM article_words_data",
        "UPDATE article_words_data SET block = x'ffffffffff' WHERE id = 10",
        "UPDATE article_words_data SET block = randomblob(40) WHERE id > 10",
        "DELETE FROM article_words_config",
    ],
)
def test_a_broken_index_is_said_and_made_anew(store: ProjectFile, path: Path, damage: str) -> None:
    fill(store)
    store.index(9)
    store.close()
    with closing(sqlite3.connect(path)) as client, client:
        client.execute(damage)
    store = open_project(path)
    with pytest.raises(ProjectError, match=r"search index of .* is damaged"):
        found(store, "mayor")
    with pytest.raises(ProjectError, match=r"search index of .* is damaged"):
        store.article_rows(ArticleFilter("mayor"))
    assert any("search index" in line for line in store.damage())
    store.index(0, anew=True)
    assert store.index(9) == 0
    assert titles(store, "mayor") == "Bridge"
    store.close()


def test_an_index_of_another_shape_is_refused(store: ProjectFile, path: Path) -> None:
    store.close()
    with closing(sqlite3.connect(path)) as client, client:
        client.execute("DROP TABLE article_trigrams")
        client.execute("CREATE VIRTUAL TABLE article_trigrams USING fts5(text)")
    with pytest.raises(ProjectError, match="altered by another program"):
        open_project(path)


def test_an_older_project_is_searched_at_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    steps = schema.STEPS
    before = steps.index(next(step for step in steps if step.__name__ == "search_index"))
    path = tmp_path / "old.pressmark"
    with monkeypatch.context() as patched:
        patched.setattr(schema, "STEPS", steps[:before])
        store = create_project(path, BOOK)
        store._connection.execute("CREATE TABLE touched (id, seq)")  # that edits now write to
        fill(store)
        store._connection.execute("DROP TABLE touched")
        store.close()
    store = open_project(path)
    assert titles(store, "mayor") == "Bridge"
    assert store.index(0) == len(TEXTS)
    store.close()


def test_a_project_opened_for_reading_is_searched(store: ProjectFile, path: Path) -> None:
    fill(store)
    store.index(2)
    with closing(open_project(path, read_only=True)) as reader:
        assert [(query, titles(reader, query)) for query, _ in CASES] == CASES
        assert reader.damage() == []
        with pytest.raises(ProjectError, match="cannot be changed"):
            reader.index(1)


def test_a_read_only_medium_is_searched_before_all_is_indexed(
    store: ProjectFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Simulated: there no file of the write-ahead log can be made, so only `immutable` opens."""
    fill(store)
    store.index(2)
    store.close()
    attach, connect = opening.attach, opening.connect
    opened = []

    def refused(mode: str) -> None:
        opened.append(mode)
        if mode != "immutable=1":
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error

    def attached(connection, file, mode, name):  # type: ignore[no-untyped-def]
        refused(mode)
        attach(connection, file, mode, name)

    def connected(file, mode):  # type: ignore[no-untyped-def]
        refused(mode)
        return connect(file, mode)

    monkeypatch.setattr(opening, "attach", attached)
    monkeypatch.setattr(opening, "connect", connected)
    with closing(open_project(path)) as reader:
        assert reader.read_only
        assert [(query, titles(reader, query)) for query, _ in CASES] == CASES
        assert reader.count_articles(ArticleFilter("mayor")) == 1
        assert list(map(len, reader.numbers_found(ArticleFilter("mayor"), lambda: False))) == [1]
    assert "mode=rw" in opened and opened[-1] == "immutable=1"


def test_an_sqlite_without_full_text_search_is_said(
    store: ProjectFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Simulated by asking for a module that no SQLite has; its own words come of it."""
    gone = tuple(table.replace("fts5(", "fts5_gone(") for table in index_tables.BESIDE)
    monkeypatch.setattr(index_tables, "BESIDE", gone)
    with pytest.raises(ProjectError, match=r"built without full-text search \(FTS5\)"):
        create_project(path.with_name("new.pressmark"), BOOK)


def test_long_articles_are_indexed_fewer_at_a_time(store: ProjectFile) -> None:
    for number, words in enumerate((10, 10, 10, 5_000, 5_000, 10, 10)):
        add_article(store, f"{number} word " * words)
    assert [store.index(5) for _ in range(4)] == [4, 3, 2, 0]


def test_another_thread_can_index_while_this_one_edits(store: ProjectFile) -> None:
    fill(store)
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(store.index, 9)
        add_article(store, "Meanwhile another ferry.", title="Ferry")
        assert coming.result() in (0, 1)
    store.index(9)
    assert titles(store, "ferry mayor OR ferry") == "Ferry"
    assert store.damage() == []


def test_before_it_is_indexed_an_article_is_listed_by_the_field_that_was_asked(
    store: ProjectFile,
) -> None:
    fill(store)
    listed = {
        query: " ".join(row.title for row in store.article_rows(ArticleFilter(query)))
        for query in ("courier", "outlet:Courier", "title:courier", "text:courier", "author:ann")
    }
    assert listed == {
        "courier": "Bridge",
        "outlet:Courier": "Bridge",
        "title:courier": "",
        "text:courier": "",
        "author:ann": "Bridge",
    }


def test_annotations_of_a_new_article_do_not_wait_for_the_index(store: ProjectFile) -> None:
    article = add_article(store, "A late text.", Annotations())
    store.apply(edit(article, (), (make_span(article, (2, 6)),)))
    assert store.count_articles(ArticleFilter("label:ORG")) == 1
