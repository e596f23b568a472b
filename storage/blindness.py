"""Where suggestions are hidden: in single articles, or in the whole project."""

import sqlite3

WHOLE_PROJECT = "blind"
"""The name in `meta` under which it is noted since when the whole project is blind."""


def hides_suggestions(connection: sqlite3.Connection, article_id: str) -> bool:
    """Tell whether suggestions are hidden in an article, or with "" in the whole project."""
    if article_id:
        sql, key = "SELECT 1 FROM blind_article WHERE article_id = ?", article_id
    else:
        sql, key = "SELECT 1 FROM meta WHERE name = ?", WHOLE_PROJECT
    return connection.execute(sql, (key,)).fetchone() is not None


def hide_suggestions(
    connection: sqlite3.Connection, article_id: str, hidden: bool, annotator: str, at: str
) -> None:
    """Hide suggestions in an article, or with "" in the whole project; or show them again."""
    if article_id:
        connection.execute("DELETE FROM blind_article WHERE article_id = ?", (article_id,))
    else:
        connection.execute("DELETE FROM meta WHERE name = ?", (WHOLE_PROJECT,))
    if hidden and article_id:
        connection.execute(
            "INSERT INTO blind_article VALUES (?, ?, ?)", (article_id, annotator, at)
        )
    elif hidden:
        connection.execute("INSERT INTO meta (name, value) VALUES (?, ?)", (WHOLE_PROJECT, at))
