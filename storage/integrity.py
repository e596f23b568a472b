"""What SQLite finds wrong with a project, and how much is in it."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from annotation.counting import counted
from storage import indexing, states, tallies
from storage.failures import FAILURES
from storage.guarding import reported

STRAY_ARGUMENTS = """
    SELECT relation.id, span.id FROM argument
    JOIN relation ON relation.id = argument.relation_id
    JOIN span ON span.id = argument.span_id
    WHERE span.article_id <> relation.article_id
"""

JSON_COLUMNS = (
    ("codebook", "content"),
    ("article", "authors"),
    ("span", "fragments"),
    ("span", "quotation"),
    ("span", "attributes"),
    ("relation", "attributes"),
    ("suggestion", "fragments"),
    ("suggestion", "quotation"),
    ("change", "removed"),
    ("change", "added"),
    ("revised", "other"),
    ("entry", "aliases"),
    ("entry", "facts"),
)

COUNTS = {
    "articles": "SELECT count(*) FROM article",
    "spans": "SELECT count(*) FROM span",
    "relations": "SELECT count(*) FROM relation",
    "suggestions pending": "SELECT count(*) FROM suggestion WHERE state = 'pending'",
    "suggestions accepted": "SELECT count(*) FROM suggestion WHERE state = 'accepted'",
    "suggestions rejected": "SELECT count(*) FROM suggestion WHERE state = 'rejected'",
    "layers complete": "SELECT count(*) FROM review WHERE state = 'complete'",
    "changes": "SELECT count(*) FROM change",
}

REGISTRIES = {
    "sources in the registry": "SELECT count(*) FROM entry WHERE registry = 'source'",
    "events in the registry": "SELECT count(*) FROM entry WHERE registry = 'event'",
}

QUICK = COUNTS | REGISTRIES | tallies.COUNTS
"""More of it in a file of the present version, where millions are tallied."""


def damage(connection: sqlite3.Connection, layers: Sequence[str], path: Path) -> list[str]:
    """Return what is wrong with the file's pages, its tables' rules and its references."""
    try:
        found = reported(connection, "integrity_check")
        problems = [f"SQLite reports: {line}" for line in found]
        for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            problems.append(f"A row of {table} refers to a row of {parent} that is not there.")
        for relation_id, span_id in connection.execute(STRAY_ARGUMENTS):
            problems.append(
                f"The relation {relation_id} has an argument in another article: {span_id}."
            )
        for table, column in JSON_COLUMNS:
            sql = f"SELECT count(*) FROM {table} WHERE NOT json_valid(ifnull({column}, 1))"
            if broken := connection.execute(sql).fetchone()[0]:
                rows = counted(broken, f"row of {table} holds", f"rows of {table} hold")
                problems.append(f"{rows} no JSON in {column}.")
        if wrong := states.count_wrong(connection, layers):
            stand = counted(wrong, "article does", "articles do")
            problems.append(f"{stand} not stand where the list says.")
        if wrong := tallies.count_wrong(connection):
            have = counted(wrong, "article has", "articles have")
            problems.append(f"{have} other labels or annotators than is noted.")
        if not indexing.is_sound(path):
            problems.append(
                "The search index is damaged; the articles are not harmed by it. Make it anew "
                "with “pressmark index PROJECT --anew”."
            )
    except FAILURES as error:
        return [f"SQLite cannot read the file to its end: {error}."]
    return problems


def counts(connection: sqlite3.Connection, how: Mapping[str, str] = COUNTS) -> dict[str, int]:
    """Return how much of everything there is; as it stands, in a file of any version."""
    return {name: int(connection.execute(sql).fetchone()[0]) for name, sql in how.items()}


def label_counts(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Return (layer, label, spans) for each label in use, then ("", relation, n)."""
    return [
        *connection.execute("SELECT layer, label, count(*) FROM span GROUP BY layer, label"),
        *connection.execute("SELECT '', label, count(*) FROM relation GROUP BY label"),
    ]
