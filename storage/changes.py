"""Changes: carried out, logged, taken back and done again.

The log is the undo stack: edits that are `done` are taken back from the latest on,
edits that are `undone` are done again from the earliest on, and a new edit turns those
into `dropped`. Machine changes stand in the log and touch no stack.
"""

import sqlite3
from collections.abc import Iterable
from json import loads
from typing import Literal

from annotation.codec import record_from_dict, record_to_dict
from annotation.errors import ConflictError, ProjectError
from annotation.model import Change, Record
from storage import records, rows

LOG = """
    INSERT INTO change (id, title, article_id, annotator, at, kind, target, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, 'done')
"""
LOG_RECORD = """
    INSERT INTO change_record (seq, side, position, kind, record) VALUES (?, ?, ?, ?, ?)
"""
LAST_DONE = """
    SELECT seq, id, title, article_id, annotator, at FROM change
    WHERE kind = 'edit' AND state = 'done' ORDER BY seq DESC LIMIT 1
"""
FIRST_UNDONE = """
    SELECT seq, id, title, article_id, annotator, at FROM change
    WHERE kind = 'edit' AND state = 'undone' ORDER BY seq LIMIT 1
"""


def apply(connection: sqlite3.Connection, change: Change) -> None:
    """Carry a change out and log it; `ConflictError` when a removed record differs.

    Of what no person did only the fact is logged, since nobody can take it back: the
    records tell who proposed them and when.
    """
    records.carry_out(connection, change)
    seq = _log(connection, change, "edit" if change.undoable else "machine")
    if change.undoable:
        connection.execute(
            "UPDATE change SET state = 'dropped' WHERE kind = 'edit' AND state = 'undone'"
        )
        connection.executemany(
            LOG_RECORD,
            [*_log_rows(seq, "removed", change.removed), *_log_rows(seq, "added", change.added)],
        )


def undo(connection: sqlite3.Connection, annotator: str, at: str) -> Change | None:
    """Take the last edit back; return its inverse, or None when there is none."""
    found = _logged(connection, LAST_DONE)
    if found is None:
        return None
    seq, change = found
    _repeat(connection, change.inverse(), "undone")
    _note(connection, change, "undo", seq, annotator, at)
    connection.execute("UPDATE change SET state = 'undone' WHERE seq = ?", (seq,))
    return change.inverse()


def redo(connection: sqlite3.Connection, annotator: str, at: str) -> Change | None:
    """Do again what was undone last; return it, or None when there is none."""
    found = _logged(connection, FIRST_UNDONE)
    if found is None:
        return None
    seq, change = found
    _repeat(connection, change, "done again")
    _note(connection, change, "redo", seq, annotator, at)
    connection.execute("UPDATE change SET state = 'done' WHERE seq = ?", (seq,))
    return change


def undo_title(connection: sqlite3.Connection) -> str:
    """Return what undo would take back, or an empty text."""
    row = connection.execute(LAST_DONE).fetchone()
    return str(row[2]) if row else ""


def redo_title(connection: sqlite3.Connection) -> str:
    """Return what redo would do again, or an empty text."""
    row = connection.execute(FIRST_UNDONE).fetchone()
    return str(row[2]) if row else ""


def _log(connection: sqlite3.Connection, change: Change, kind: Literal["edit", "machine"]) -> int:
    values = (change.id, change.title, change.article_id, change.annotator, change.at, kind, None)
    return connection.execute(LOG, values).lastrowid or 0


def _note(
    connection: sqlite3.Connection,
    change: Change,
    kind: Literal["undo", "redo"],
    target: int,
    annotator: str,
    at: str,
) -> None:
    values = (change.id, change.title, change.article_id, annotator, at, kind, target)
    connection.execute(LOG, values)


def _repeat(connection: sqlite3.Connection, change: Change, what: str) -> None:
    try:
        records.carry_out(connection, change)
    except ConflictError as error:
        raise ConflictError(f"“{change.title}” cannot be {what}. {error}") from error


def _logged(connection: sqlite3.Connection, which: str) -> tuple[int, Change] | None:
    row = connection.execute(which).fetchone()
    if row is None:
        return None
    sides: dict[str, list[Record]] = {"removed": [], "added": []}
    for side, content in connection.execute(
        "SELECT side, record FROM change_record WHERE seq = ? ORDER BY side, position", (row[0],)
    ):
        sides[side].append(_record(content, row[2]))
    both = (tuple(sides["removed"]), tuple(sides["added"]))
    return row[0], Change(*(*row[1:], *both))


def _record(content: str, title: str) -> Record:
    try:
        return record_from_dict(loads(content))
    except (ValueError, RecursionError) as error:
        raise ProjectError(f"The log of “{title}” is damaged; it cannot be undone.") from error


def _log_rows(
    seq: int, side: Literal["removed", "added"], changed: Iterable[Record]
) -> list[rows.Row]:
    return [
        (seq, side, position, type(record).__name__.lower(), rows.compact(record_to_dict(record)))
        for position, record in enumerate(changed)
    ]
