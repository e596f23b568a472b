"""The article list as a query leaves it: by the index, and by metadata what is not indexed yet."""

import sqlite3
from collections.abc import Iterator
from functools import lru_cache

from annotation.codebook import Codebook
from annotation.query_language import Every, Is, Part, parse
from annotation.store import ArticleFilter, ArticleRow
from storage import articles, full_text, indexing, querying
from storage.known import Known

REST = "SELECT found.number FROM article AS found WHERE found.number > ? AND ({}) ORDER BY 1"


def rows_found(
    connection: sqlite3.Connection,
    wanted: ArticleFilter,
    codebook: Codebook,
    after: int,
    limit: int,
) -> list[ArticleRow]:
    """Return a page of the list."""
    found: list[int] = []
    for sql, values in numbers_asked(connection, wanted, codebook, after):
        page = connection.execute(f"{sql} LIMIT ?", [*values, limit - len(found)])
        found += [number for (number,) in page]
        if len(found) == limit:
            break
    return articles.rows_of(connection, found)


def numbers_asked(
    connection: sqlite3.Connection, wanted: ArticleFilter, codebook: Codebook, after: int
) -> Iterator[tuple[str, list[object]]]:
    """Yield the statements that give the numbers after one of what is found, in their order."""
    part, known = _part(wanted), Known(connection, codebook)
    indexed = indexing.indexed(connection)
    yield querying.statement(connection, full_text.asked(part, known), after, indexed)
    if indexing.waiting(connection):
        where, values = full_text.among_the_rest(part, known)
        yield REST.format(where), [max(after, indexed), *values]


def count_found(connection: sqlite3.Connection, wanted: ArticleFilter, codebook: Codebook) -> int:
    """Return how many articles are found; looks at all of them."""
    asked = list(numbers_asked(connection, wanted, codebook, 0))
    # With a limit SQLite keeps the order, and merges; else it would put all into a table first.
    counts = (f"SELECT count(*) FROM ({sql} LIMIT -1)" for sql, _ in asked)
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
