"""Articles: the list, the texts, and bringing new ones in."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence

from annotation.codebook import Codebook
from annotation.errors import ProjectError
from annotation.model import Article
from annotation.store import ArticleFilter, ArticleRow, Entry
from storage import rows, states

PAGE = 1000
"""How many ids are read at a time where all articles are walked through."""

ADD_ARTICLE = """
    INSERT INTO article (id, sha256, title, outlet, authors, published, language, url, section,
        source_file, imported_at, imported_by, length, words, number)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

PENDING = """
    (pending AND NOT EXISTS (SELECT 1 FROM meta WHERE name = 'blind')
    AND NOT EXISTS (SELECT 1 FROM blind_article WHERE blind_article.article_id = article.id))
"""


_LISTED_TYPES = (int, *[str] * 5, int)


def article(connection: sqlite3.Connection, article_id: str) -> Article:
    """Return an article with its text; `ProjectError` when it is not there."""
    row = connection.execute(
        f"SELECT {rows.ARTICLE_COLUMNS} FROM article JOIN article_text USING (number) WHERE id = ?",
        (article_id,),
    ).fetchone()
    if row is None:
        raise ProjectError(f"The project holds no article {article_id}.")
    return rows.article(row)


def article_rows(
    connection: sqlite3.Connection,
    wanted: ArticleFilter,
    after: int,
    limit: int,
    codebook: Callable[[], Codebook],
) -> list[ArticleRow]:
    """Return a page of the list."""
    if wanted.words:
        from storage import listing

        return listing.rows_found(connection, wanted, codebook(), after, limit)
    where, values = _condition(wanted)
    return listed(
        connection,
        # Ordered by what the index on status is ordered by; else all with it would be sorted.
        f"FROM article_state JOIN article USING (number) WHERE article_state.number > ? {where} "
        "ORDER BY article_state.number LIMIT ?",
        [after, *values, limit],
    )


def article_row(connection: sqlite3.Connection, article_id: str) -> ArticleRow:
    """Return the row of one article; `ProjectError` when it is not there."""
    found = listed(
        connection, "FROM article JOIN article_state USING (number) WHERE id = ?", [article_id]
    )
    if not found:
        raise ProjectError(f"The project holds no article {article_id}.")
    return found[0]


def rows_of(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[ArticleRow]:
    """Return the rows of the articles with these numbers, in their order."""
    return listed(
        connection,
        "FROM json_each(?) AS one CROSS JOIN article ON article.number = one.value "
        "JOIN article_state USING (number) ORDER BY article.number",
        [rows.compact(list(numbers))],
    )


def count_articles(
    connection: sqlite3.Connection, wanted: ArticleFilter, codebook: Callable[[], Codebook]
) -> int:
    """Return how many articles the filter lets through."""
    if wanted.words:
        from storage import listing

        return listing.count_found(connection, wanted, codebook())
    if wanted == ArticleFilter():  # articles are numbered without gaps and never deleted
        return _last_number(connection)
    sql = "SELECT articles FROM status_count WHERE status = ?"
    row = connection.execute(sql, [wanted.status]).fetchone()
    ((number,),) = rows.typed([row or ("status_count",)], (int,))
    return int(number)


def article_ids(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield all ids in the order of import; changes in between do no harm."""
    after = 0
    while page := connection.execute(
        "SELECT number, id FROM article WHERE number > ? ORDER BY number LIMIT ?", (after, PAGE)
    ).fetchall():
        yield from (article_id for _, article_id in page)
        after = page[-1][0]


def titles_by_sha256(connection: sqlite3.Connection, hashes: Sequence[str]) -> dict[str, str]:
    """Return the titles of texts that are there already, by hash."""
    return dict(
        connection.execute(
            "SELECT sha256, title FROM article WHERE sha256 IN (SELECT value FROM json_each(?))",
            (rows.compact(list(hashes)),),
        )
    )


def add_articles(
    connection: sqlite3.Connection,
    layers: Sequence[str],
    entries: Sequence[Entry],
    annotator: str,
) -> None:
    """Insert articles with their texts, numbered on from the last; `layers` are the codebook's."""
    first = _last_number(connection) + 1
    numbered = list(enumerate((entry.article for entry in entries), first))
    connection.executemany(
        ADD_ARTICLE, [_article_row(article, annotator, number) for number, article in numbered]
    )
    connection.executemany(
        "INSERT INTO article_text (number, text) VALUES (?, ?)",
        [(number, article.text) for number, article in numbered],
    )
    states.add(connection, layers, first, entries)


def _last_number(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM article").fetchone()[0])


def _article_row(article: Article, annotator: str, number: int) -> rows.Row:
    words = (article.title, article.outlet, *article.authors, article.source_file)
    return (
        article.id,
        article.sha256,
        article.title,
        article.outlet,
        rows.compact(article.authors) if article.authors else "[]",
        article.published,
        article.language,
        article.url,
        article.section,
        article.source_file,
        article.imported_at,
        annotator,
        len(article.text),
        "\n".join(words).casefold(),
        number,
    )


def listed(
    connection: sqlite3.Connection, source: str, values: Sequence[object]
) -> list[ArticleRow]:
    """Return rows of the list; `source` is FROM `article` and `article_state`, and what follows."""
    found = connection.execute(
        f"""
        SELECT article.number, article.id, article.title, article.outlet, article.published,
            status, {PENDING}
        {source}
        """,
        values,
    )
    return [
        ArticleRow(*(*row, bool(pending))) for *row, pending in rows.typed(found, _LISTED_TYPES)
    ]


def _condition(wanted: ArticleFilter) -> tuple[str, list[object]]:
    """Return what goes after WHERE …, with its values."""
    return ("", []) if wanted.status is None else ("AND status = ?", [wanted.status])
