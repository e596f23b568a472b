"""What the tallies answer: how much of each label there is, who has tagged, and where.

Looking at millions of records would take seconds; a tally has one row for each label, and
for each annotator, of an article. `tally_tables` says how they are kept.
"""

import sqlite3

from storage.tally_tables import FOUND

COUNTS = {
    "articles": "SELECT coalesce(sum(articles), 0) FROM status_count",
    "spans": "SELECT coalesce(sum(records), 0) FROM label_tally WHERE layer > ''",
    "relations": "SELECT coalesce(sum(records), 0) FROM label_tally WHERE layer = ''",
}
"""What `integrity.COUNTS` counts, without looking at every record."""

LABELS = """
    SELECT layer, label, sum(records) FROM label_tally GROUP BY layer, label
    ORDER BY layer = '', layer, label
"""

WITH_LABEL = "SELECT number FROM label_tally WHERE layer = ? AND label = ?"
"""The articles with a span of that layer and label; with no layer, a relation."""

WITH_ANNOTATOR = "SELECT number FROM annotator_tally WHERE annotator = ?"
"""The articles in which an annotator of that very name has tagged or linked anything."""


def label_counts(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Return (layer, label, spans) for each label in use, then ("", relation, n)."""
    return connection.execute(LABELS).fetchall()


def annotators(connection: sqlite3.Connection) -> list[str]:
    """Return the names of all who have tagged or linked anything, in order."""
    return [name for (name,) in connection.execute("SELECT name FROM tallied_annotator")]


def count_wrong(connection: sqlite3.Connection) -> int:
    """Return how many articles are tallied otherwise than their records say."""
    wrong: set[int] = set()
    for table, found in FOUND.items():
        kept = f"SELECT * FROM {table}"
        for first, second in ((found, kept), (kept, found)):
            sql = f"SELECT number FROM (SELECT * FROM ({first}) EXCEPT SELECT * FROM ({second}))"
            wrong.update(number for (number,) in connection.execute(sql))
    return len(wrong)
