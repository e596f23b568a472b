"""Carrying out a query in the query language: the articles that it finds, and its hits in them."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from annotation.codebook import Codebook
from annotation.errors import ProjectError
from annotation.model import Article, Fragment
from annotation.query_language import Every, Part, Term, parse, terms
from annotation.searching import Found, Looked, Place
from storage import full_text, indexing, rows
from storage.index_tables import APART, COLUMNS, TWO
from storage.opening import connect_apart
from storage.transaction import one_moment

PAGE = 20
"""How many found articles are read at a time."""

REST = 200
"""How many articles that are not indexed are looked through at a time."""

NAMES = {"authors": "author", "source_file": "source file", "text": ""}
"""What a column is called beside a hit, where that is not its own name."""

ARTICLES = f"""
    SELECT number, {rows.ARTICLE_COLUMNS} FROM article JOIN article_text USING (number)
    WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number
"""

Places = dict[int, dict[str, list[Fragment]]]
"""By article and column, where the hits are."""


def search(connection: sqlite3.Connection, query: str, codebook: Codebook) -> Iterator[Looked]:
    """Yield the hits in the order of import, also in articles that are not indexed yet."""
    part = parse(query)
    if part == Every(()):
        raise ProjectError("The query has no word to look for, and no field.")
    asked = full_text.asked(part, codebook)
    indexed = indexing.indexed(connection)
    yield from _looked(connection, part, asked, 0, indexed)
    yield Looked(indexed)
    if indexing.waiting(connection):
        yield from _in_the_rest(connection, part, asked, indexed)


def numbers(
    connection: sqlite3.Connection, asked: full_text.Asked, after: int, last: int, limit: int
) -> list[int]:
    """Return which articles are found, of those with a number in (after, last]."""
    source, values = statement(asked, after, last)
    found = connection.execute(f"SELECT article.number {source} LIMIT ?", [*values, limit])
    return [number for (number,) in found]


def statement(asked: full_text.Asked, after: int, last: int) -> tuple[str, list[object]]:
    """Return FROM `article` … WHERE … for what is found with a number in (after, last].

    Articles come in their order.
    """
    source, place = "article", "article.number"
    match: list[object] = []
    if asked.table:
        # CROSS: the index is asked first, and gives the articles in their order.
        source = f"{asked.table} CROSS JOIN article ON article.number = {asked.table}.rowid"
        place = f"{asked.table}.rowid"
        match = [asked.match]
    lasts = [sql for sql, _ in asked.lasts]
    bound = f"min(?, {', '.join(lasts)})" if lasts else "?"
    lasting = [value for _, values in asked.lasts for value in values]
    sql = f"""
        FROM {source} JOIN article_state ON article_state.number = article.number
        WHERE {f"{asked.table} MATCH ? AND" if asked.table else ""}
            {place} > ? AND {place} <= {bound} AND {asked.where}
        ORDER BY {place}
    """
    return sql, [*match, after, last, *lasting, *asked.values]


def _looked(
    connection: sqlite3.Connection, part: Part, asked: full_text.Asked, after: int, last: int
) -> Iterator[Looked]:
    while True:
        with one_moment(connection):
            page = numbers(connection, asked, after, last, PAGE)
            places = _places(connection, part, page)
            articles = connection.execute(ARTICLES, (rows.compact(page),)).fetchall()
        if not page:
            return
        for number, *row in articles:
            found = _found(number, rows.article(row), places.get(number, {}), part)
            yield Looked(number - 1, tuple(found))
        after = page[-1]
        yield Looked(after)


def _in_the_rest(
    connection: sqlite3.Connection, part: Part, asked: full_text.Asked, after: int
) -> Iterator[Looked]:
    """Index the rest for a moment in memory, beside the project, and ask the same of it.

    The project is attached: what is not found among the tables in memory is found there.
    """
    (path,) = (row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main")
    with closing(connect_apart(Path(path))) as apart:
        for table in APART:
            apart.execute(table)
        while found := connection.execute(indexing.NEXT, (after, REST)).fetchall():
            indexing.add(apart, found)
            last = found[-1][0]
            yield from _looked(apart, part, asked, after, last)
            yield Looked(last)
            after = last
            for table in TWO:
                apart.execute(f"DELETE FROM {table}")


def _places(connection: sqlite3.Connection, part: Part, page: list[int]) -> Places:
    """Return where the hits are, as FTS5 marks them (`highlight`)."""
    found: Places = {}
    mark, end = (f"\x01{uuid4().hex}\x02" for _ in "12")  # in no text, whoever wrote it
    columns = COLUMNS.split(", ")
    for table in TWO:
        match = full_text.hits(part, table)
        if not match or not page:
            continue
        marked = ", ".join(f"highlight({table}, {n}, ?1, ?2)" for n in range(len(columns)))
        sql = f"""
            SELECT rowid, {marked} FROM {table}
            WHERE {table} MATCH ?3 AND rowid BETWEEN ?4 AND ?5
        """
        wanted = set(page)
        for number, *texts in connection.execute(sql, (mark, end, match, page[0], page[-1])):
            if number not in wanted:
                continue
            by_column = found.setdefault(number, {})
            for column, text in zip(columns, texts, strict=True):
                if text and mark in text:
                    by_column.setdefault(column, []).extend(_unmarked(text, mark, end))
    return found


def _unmarked(text: str, mark: str, end: str) -> Iterator[Fragment]:
    """Yield where the marked places are in the text without the marks."""
    before, *parts = text.split(mark)
    place = len(before)
    for part in parts:
        hit, ended, rest = part.partition(end)
        if ended:  # FTS5 breaks off where a text has a NUL
            yield place, place + len(hit)
        place += len(hit) + len(rest)


def _found(
    number: int, article: Article, places: dict[str, list[Fragment]], part: Part
) -> Iterator[Found]:
    """Yield the hits of an article: in its metadata, then in its text.

    One that is found without words, as by `label:`, is a hit by its title.
    """
    place = Place(number, article)
    short = [term for term in terms(part) if full_text.is_short(term)]
    none = True
    for column in COLUMNS.split(", "):
        value = _value(article, column)
        here = [*places.get(column, []), *_short(value, column, short)]
        for hit in sorted(dict.fromkeys(here)):
            none = False
            if column == "text":
                yield place.in_text("", *hit, "")
            else:
                yield place.found(NAMES.get(column, column), None, value, hit)
    if none:
        yield place.found("article", None, article.title, (0, len(article.title)))


def _value(article: Article, column: str) -> str:
    return rows.compact(article.authors) if column == "authors" else getattr(article, column)


def _short(value: str, column: str, short: Iterable[Term]) -> Iterator[Fragment]:
    for term in short:
        words = term.words.strip()
        start = value.find(words) if term.column in ("", column) else -1
        while start >= 0:
            yield start, start + len(words)
            start = value.find(words, start + len(words))
