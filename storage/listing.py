"""The article list as a query leaves it: by the index, and by metadata what is not indexed yet."""

import sqlite3
from collections.abc import Iterator
from functools import lru_cache

from annotation.codebook import Codebook
from annotation.query_language import Every, Is, Part, parse
from annotation.store import ArticleFilter, ArticleRow
from storage import articles, full_text, indexing, querying


def rows_found(
    connection: sqlite3.Connection,
    wanted: ArticleFilter,
    codebook: Codebook,
    after: int,
    limit: int,
) -> list[ArticleRow]:
    """Return a page of the list."""
    part = _part(wanted)
    indexed = indexing.indexed(connection)
    asked = full_text.asked(part, codebook)
    source, values = querying.statement(asked, after, indexed)
    found = articles.listed(connection, f"{source} LIMIT ?", [*values, limit])
    if len(found) < limit and indexing.waiting(connection):
        source, values = _rest(part, codebook, max(after, indexed))
        left = limit - len(found)
        found += articles.listed(
            connection, f"{source} ORDER BY article.number LIMIT ?", [*values, left]
        )
    return found


def numbers_asked(
    connection: sqlite3.Connection, wanted: ArticleFilter, codebook: Codebook, after: int
) -> Iterator[tuple[str, list[object]]]:
    """Yield the statements that give the numbers after one of what is found, in their order."""
    part = _part(wanted)
    indexed = indexing.indexed(connection)
    source, values = querying.statement(full_text.asked(part, codebook), after, indexed)
    yield f"SELECT article.number {source}", values
    if indexing.waiting(connection):
        source, values = _rest(part, codebook, max(after, indexed))
        yield f"SELECT article.number {source} ORDER BY article.number", values


def count_found(connection: sqlite3.Connection, wanted: ArticleFilter, codebook: Codebook) -> int:
    """Return how many articles are found; looks at all of them."""
    asked = list(numbers_asked(connection, wanted, codebook, 0))
    counts = (f"SELECT count(*) FROM ({sql})" for sql, _ in asked)
    return sum(
        int(connection.execute(count, values).fetchone()[0])
        for count, (_, values) in zip(counts, asked, strict=True)
    )


@lru_cache(maxsize=4)
def _part(wanted: ArticleFilter) -> Part:
    part = parse(wanted.words, typing=True)
    if wanted.status is None:
        return part
    parts = part.parts if isinstance(part, Every) else (part,)
    return Every((*parts, Is("status", wanted.status)))


def _rest(part: Part, codebook: Codebook, after: int) -> tuple[str, list[object]]:
    where, values = full_text.among_the_rest(part, codebook)
    sql = f"""
        FROM article JOIN article_state ON article_state.number = article.number
        WHERE article.number > ? AND ({where})
    """
    return sql, [after, *values]
