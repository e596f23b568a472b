"""Making the log smaller: old entries keep who, when and what, or go altogether."""

import sqlite3

from annotation.history import Compaction
from storage.history import SINCE

NEWEST = """
    SELECT coalesce(max(seq), 0) FROM (
        SELECT seq FROM change WHERE kind = 'edit' AND state = 'done'
        ORDER BY seq DESC LIMIT 1 OFFSET ?
    )
"""
# Clocks may be turned back: nothing goes that comes after the first entry of that time or later.
FIRST_LATER = "SELECT min(seq) - 1 FROM change WHERE at >= ?"
# The last moment at which something that is no longer known was undone or done again.
HORIZON = "SELECT max(:last, coalesce(max(seq), 0)) FROM change WHERE target <= :last"
SUMMARISE = """
    UPDATE change SET kind = 'machine', removed = '[]', added = '[]'
    WHERE seq <= ? AND kind = 'edit'
"""
FORGET = (
    "CREATE TEMP TABLE kept AS SELECT target AS seq FROM change WHERE target <= :last AND "
    "seq > :last",
    "DELETE FROM touched WHERE seq <= :last AND seq NOT IN (SELECT seq FROM kept)",
    "DELETE FROM revision WHERE seq <= :last AND seq NOT IN (SELECT seq FROM kept)",
    "DELETE FROM change WHERE seq <= :last AND target IS NOT NULL "
    "AND seq NOT IN (SELECT seq FROM kept)",
    "DELETE FROM change WHERE seq <= :last AND seq NOT IN (SELECT seq FROM kept)",
    "DROP TABLE kept",
)


def last_to_compact(connection: sqlite3.Connection, keep: int, before: str) -> int:
    """Return the last entry that goes, 0 for none: before a time, and before so many edits."""
    last = int(connection.execute(NEWEST, (keep,)).fetchone()[0])
    (earlier,) = connection.execute(FIRST_LATER, (before,)).fetchone()
    return last if earlier is None else min(last, int(earlier))


def reckon(connection: sqlite3.Connection, last: int) -> Compaction:
    """Return how many entries would lose their content, and the bytes of that."""
    sql = """
        SELECT count(*),
            coalesce(sum(length(CAST(removed AS BLOB)) + length(CAST(added AS BLOB))), 0),
            coalesce(max(at), '')
        FROM change WHERE seq <= ? AND kind = 'edit'
    """
    entries, content, until = connection.execute(sql, (last,)).fetchone()
    sql = "SELECT coalesce(sum(length(CAST(other AS BLOB))), 0) FROM revised WHERE seq <= ?"
    (turned,) = connection.execute(sql, (last,)).fetchone()
    return Compaction(entries, content + turned, until)


def compact(connection: sqlite3.Connection, last: int, forget: bool) -> None:
    """Inside a transaction: take the content out of all edits up to an entry, or forget them."""
    horizon = connection.execute(HORIZON, {"last": last}).fetchone()[0]
    for table in ("revised", "revised_term"):
        connection.execute(f"DELETE FROM {table} WHERE seq <= ?", (last,))
    connection.execute(SUMMARISE, (last,))
    for sql in FORGET if forget else ():
        connection.execute(sql, {"last": last} if ":last" in sql else {})
    connection.execute(
        "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (SINCE, str(horizon))
    )
