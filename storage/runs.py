"""Which model and version has been through which article."""

import sqlite3

from annotation.model import Change
from storage import records


def articles_without_run(connection: sqlite3.Connection, author: str) -> list[str]:
    """Return the ids of articles that this author has not been through, in order of import."""
    found = connection.execute(
        "SELECT id FROM article WHERE NOT EXISTS ("
        "SELECT 1 FROM run WHERE run.article_id = article.id AND run.author = ?"
        ") ORDER BY number",
        (author,),
    )
    return [article_id for (article_id,) in found]


def store_run(connection: sqlite3.Connection, article_id: str, author: str, change: Change) -> None:
    """Write what a run found and note that the article is done; this note is its log."""
    records.carry_out(connection, change)
    connection.execute(
        "REPLACE INTO run (article_id, author, at, found) VALUES (?, ?, ?, ?)",
        (article_id, author, change.at, len(change.added)),
    )
