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
from storage import full_text, indexing, matching, rows
from storage.full_text import Asked
from storage.index_tables import APART, COLUMNS, TWO
from storage.known import Known
from storage.opening import connect_apart
from storage.transaction import one_moment

PAGE = 20
"""How many found articles are read at a time."""

REST = 200
"""How many articles that are not indexed are looked through at a time."""

FEW = 500
"""Up to how many articles with the words of a query are asked one by one for all else."""

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
    indexed = indexing.indexed(connection)
    yield from _looked(connection, part, Known(connection, codebook), 0, indexed)
    yield Looked(indexed)
    if indexing.waiting(connection):
        known = Known(connection, codebook, by_word=False)
        yield from _in_the_rest(connection, part, known, indexed)


def numbers(
    connection: sqlite3.Connection, asked: Asked, after: int, last: int, limit: int
) -> list[int]:
    """Return which articles are found, of those with a number in (after, last]."""
    sql, values = statement(connection, asked, after, last)
    return [number for (number,) in connection.execute(f"{sql} LIMIT ?", [*values, limit])]


def statement(
    connection: sqlite3.Connection, asked: Asked, after: int, last: int
) -> full_text.Condition:
    """Return SQL for the numbers in (after, last] of what is found, in order."""
    few = False
    if asked.match and asked.alone:
        words = asked.words()
        sql = f"SELECT count(*) FROM ({words.sql} LIMIT ?)"
        few = connection.execute(sql, (*words.values, FEW + 1)).fetchone()[0] <= FEW
    return asked.statement(after, last, few)


def _looked(
    connection: sqlite3.Connection, part: Part, known: Known, after: int, last: int
) -> Iterator[Looked]:
    asked = full_text.asked(part, known)
    marks = {table: _marked(part, asked, table, known) for table in TWO}
    while True:
        with one_moment(connection):
            page = numbers(connection, asked, after, last, PAGE)
            places = _places(connection, marks, page)
            articles = connection.execute(ARTICLES, (rows.compact(page),)).fetchall()
        if not page:
            return
        for number, *row in articles:
            found = _found(number, rows.article(row), places.get(number, {}), part)
            yield Looked(number - 1, tuple(found))
        after = page[-1]
        yield Looked(after)


def _in_the_rest(
    connection: sqlite3.Connection, part: Part, known: Known, after: int
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
            yield from _looked(apart, part, known, after, last)
            yield Looked(last)
            after = last
            for table in TWO:
                apart.execute(f"DELETE FROM {table}")


def _marked(part: Part, asked: Asked, table: str, known: Known) -> str:
    """Return what is marked in a table, of articles that it has found itself."""
    hits = matching.hits(part, table, known)
    return f"({asked.match}) AND ({hits})" if hits and asked.table == table else hits


def _places(connection: sqlite3.Connection, marks: dict[str, str], page: list[int]) -> Places:
    """Return where the hits are, as FTS5 marks them (`highlight`)."""
    found: Places = {}
    mark, end = (f"\x01{uuid4().hex}\x02" for _ in "12")  # in no text, whoever wrote it
    columns = COLUMNS.split(", ")
    for table, match in marks.items():
        if not match or not page:
            continue
        marked = ", ".join(f"highlight({table}, {n}, ?1, ?2)" for n in range(len(columns)))
        # The plus: looked up one by one, each article would have the index asked anew.
        sql = f"""
            SELECT rowid, {marked} FROM {table}
            WHERE {table} MATCH ?3 AND rowid BETWEEN ?4 AND ?5
                AND +rowid IN (SELECT value FROM json_each(?6))
        """
        values = (mark, end, match, page[0], page[-1], rows.compact(page))
        for number, *texts in connection.execute(sql, values):
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
    short = [term for term in terms(part) if matching.is_short(term)]
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
