"""Where each article stands, kept beside it, so that the list never has to look at its spans.

`article_state` has a row for every article; `status_count` adds up how many stand where: by
a trigger where one changes, by `add` where many come. Whatever writes annotations calls
`refresh` in the same transaction.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from annotation.model import Annotations
from annotation.store import ArticleStatus, Entry
from storage.rows import compact, damaged

STARTED = """
    (EXISTS (SELECT 1 FROM span WHERE span.article_id = article.id)
    OR EXISTS (SELECT 1 FROM review
        WHERE review.article_id = article.id AND review.state = 'complete'))
"""

COMPLETE = """
    EXISTS (SELECT 1 FROM review
        WHERE review.article_id = article.id AND review.state = 'complete'
            AND review.layer IN (SELECT value FROM json_each(:layers))
        GROUP BY review.annotator HAVING count(*) = json_array_length(:layers))
"""

PENDING = """
    EXISTS (SELECT 1 FROM suggestion
        WHERE suggestion.article_id = article.id AND suggestion.state = 'pending')
"""

FOUND = f"""
    SELECT number,
        CASE WHEN {COMPLETE} THEN 'complete' WHEN {STARTED} THEN 'started' ELSE 'new' END
            AS status,
        {PENDING} AS pending
    FROM article
"""
"""How the articles stand by their annotations; `:layers` is a JSON list of layers' names."""

DIFFERENT = f"""
    SELECT found.number, found.status, found.pending
    FROM ({FOUND}) AS found LEFT JOIN article_state USING (number)
    WHERE (found.status, found.pending) IS NOT (article_state.status, article_state.pending)
"""


def add(
    connection: sqlite3.Connection, layers: Sequence[str], first: int, entries: Sequence[Entry]
) -> None:
    """Note how new articles stand, numbered on from `first`."""
    # All as "new" in one statement, which costs a fifth of a statement for each.
    connection.execute(
        "INSERT INTO article_state SELECT number, 'new', 0 FROM article WHERE number >= ?", (first,)
    )
    connection.execute(
        "UPDATE status_count SET articles = articles + ? WHERE status = 'new'", (len(entries),)
    )
    whole = frozenset(layers)
    nothing = Annotations()
    others = [
        (number, _status(entry, whole), _is_pending(entry))
        for number, entry in enumerate(entries, first)
        if entry.annotations != nothing
    ]
    _write(connection, others)


def refresh(
    connection: sqlite3.Connection, layers: Sequence[str], article_ids: Iterable[str]
) -> None:
    """Note how these articles stand after a change; writes nothing where that is the same."""
    for article_id in filter(None, dict.fromkeys(article_ids)):
        values = {"layers": compact(list(layers)), "article": article_id}
        found = connection.execute(f"{FOUND} WHERE id = :article", values).fetchone()
        if found is None:
            raise damaged(article_id, "state")
        number, *state = found
        before = connection.execute(
            "SELECT status, pending FROM article_state WHERE number = ?", (number,)
        ).fetchone()
        if tuple(state) != before:
            _write(connection, [(number, *state)])


def refresh_all(connection: sqlite3.Connection, layers: Sequence[str]) -> None:
    """Note how all articles stand, as when the codebook has other layers than before."""
    _write(connection, connection.execute(DIFFERENT, {"layers": compact(list(layers))}).fetchall())


def count_wrong(connection: sqlite3.Connection, layers: Sequence[str]) -> int:
    """Return how many articles do not stand where it is noted that they do."""
    sql = f"SELECT count(*) FROM ({DIFFERENT})"
    return int(connection.execute(sql, {"layers": compact(list(layers))}).fetchone()[0])


def _write(connection: sqlite3.Connection, found: Iterable[tuple[int, str, int]]) -> None:
    connection.executemany(
        "UPDATE article_state SET status = ?, pending = ? WHERE number = ?",
        [(status, pending, number) for number, status, pending in found],
    )


def _status(entry: Entry, layers: frozenset[str]) -> ArticleStatus:
    said = entry.annotations
    done: dict[str, set[str]] = {}
    for review in said.reviews:
        if review.state == "complete":
            done.setdefault(review.annotator, set()).add(review.layer)
    if any(layers <= one for one in done.values()):
        return "complete"
    return "started" if said.spans or done else "new"


def _is_pending(entry: Entry) -> bool:
    return any(suggestion.state == "pending" for suggestion in entry.annotations.suggestions)
