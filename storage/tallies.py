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

# EXISTS, since a list of all articles with a label that most have takes longer than a frame.
HAS_LABEL = """
    EXISTS (SELECT 1 FROM label_tally
        WHERE layer = ? AND label = ? AND label_tally.number = article.number)
"""
"""A condition for articles with a span of that layer and label; with no layer, a relation."""

HAS_ANNOTATOR = """
    EXISTS (SELECT 1 FROM annotator_tally
        WHERE annotator IN (SELECT name FROM tallied_annotator WHERE name = ? COLLATE NOCASE)
        AND annotator_tally.number = article.number)
"""
"""A condition for articles in which that annotator has tagged or linked anything."""

LAST_WITH_LABEL = """
    ifnull((SELECT max(number) FROM label_tally WHERE layer = ? AND label = ?), 0)
"""
LAST_WITH_ANNOTATOR = """
    ifnull((SELECT max((SELECT max(number) FROM annotator_tally WHERE annotator = name))
        FROM tallied_annotator WHERE name = ? COLLATE NOCASE), 0)
"""
"""The number of the last such article, or 0: what nobody uses is known at once."""


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
