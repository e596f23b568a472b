"""A large project, made fast: some articles as an import brings them, then copied by SQL.

The copies have ids, titles, hashes and a last line of their own, so `pressmark check` finds
nothing wrong with them. SQLite makes a copy a good deal sooner than Python can make it up.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from annotation.codebook_file import default_codebook
from annotation.errors import ProjectError
from storage import create_project, open_project, rows
from tests.benchmarks import corpus

SEEDS = 1_000
"""How many articles are made up; all others are copies of these."""

TAKEN = 100
"""Bytes that a word takes with its share of spans, relations and index, and some to spare."""

BATCH = 500
INDEXED = 5_000
"""How many articles go into the search index in one transaction."""

LAST_LINE = "char(10) || 'This is report ' || {number} || '.'"
ARTICLES = """
    INSERT INTO article (number, id, title, outlet, authors, published, language, url, section,
        source_file, imported_at, imported_by, sha256, length, words)
    SELECT number + :by, {id}, {title}, outlet, authors, published, language, url, section,
        {file}, imported_at, imported_by, hash(text || {line}), length + length({line}),
        lower({title} || char(10) || outlet || char(10) || {file})
    FROM article JOIN article_text USING (number) WHERE number <= :most
"""
TEXTS = """
    INSERT INTO article_text
    SELECT number + :by, text || {line} FROM article_text WHERE number <= :most
"""
STATES = """
    INSERT INTO article_state SELECT number + :by, status, pending FROM article_state
    WHERE number <= :most
"""
COUNTS = """
    UPDATE status_count SET articles = (
        SELECT count(*) FROM article_state WHERE article_state.status = status_count.status)
"""


def build(path: Path, count: int, words: int, spans: int) -> Path:
    """Make a project of that many articles, indexed for search; `SEEDS` of them differ.

    `ProjectError` where the disk has no room for it.
    """
    _look_for_room(path.parent, count * words * TAKEN)
    store = create_project(path, default_codebook())
    made = min(count, SEEDS)
    for first in range(0, made, BATCH):
        some = min(BATCH, made - first)
        store.add_entries(list(corpus.entries(some, words, spans, first)), corpus.AUTHOR)
    store.close()
    if count > made:
        with closing(sqlite3.connect(path)) as connection:
            _multiply(connection, made, count)
    store = open_project(path)
    while store.index(INDEXED):
        pass
    store.close()
    return path


def _look_for_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ProjectError(
            f"{folder} has {free / 1e9:.1f} GB free, and a project of that size takes "
            f"{needed / 1e9:.1f}. Set TMPDIR to a larger disk, or leave --full out."
        )


def _multiply(connection: sqlite3.Connection, made: int, count: int) -> None:
    connection.create_function(
        "hash", 1, lambda text: sha256(text.encode()).hexdigest(), deterministic=True
    )
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -1000000")
    for by in range(made, count, made):
        with connection:
            for sql in _copies():
                connection.execute(sql, {"by": by, "most": min(made, count - by)})
    with connection:
        connection.execute(COUNTS)


def _copies() -> Iterator[str]:
    new = "(number + :by)"
    parts = {
        "line": LAST_LINE.format(number=new),
        "id": _moved("id", new),
        "title": f"substr(title, 1, instr(title, ', report ') + 8) || {new}",
        "file": f"printf('%06d.txt', {new})",
    }
    yield ARTICLES.format(**parts)
    yield TEXTS.format(**parts)
    yield STATES
    for table, columns in (("span", rows.SPAN_COLUMNS), ("relation", rows.RELATION_COLUMNS)):
        taken = {"id": _moved(f"{table}.id", new), "article_id": _moved("article_id", new)}
        names = columns.split(", ")
        values = ", ".join(taken.get(name, f"{table}.{name}") for name in names)
        yield (
            f"INSERT INTO {table} ({columns}) SELECT {values} "
            f"FROM article CROSS JOIN {table} ON {table}.article_id = article.id "
            "WHERE number <= :most ORDER BY number"
        )
    yield (
        "INSERT INTO argument (relation_id, position, role, span_id) "
        f"SELECT {_moved('relation_id', new)}, position, role, {_moved('span_id', new)} "
        "FROM article CROSS JOIN relation ON relation.article_id = article.id "
        "CROSS JOIN argument ON argument.relation_id = relation.id WHERE number <= :most"
    )


def _moved(column: str, number: str) -> str:
    """Return SQL for an id that begins with the number, as ids begin with the time."""
    return f"printf('%08x', {number}) || substr({column}, 9)"
