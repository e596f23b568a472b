"""Changes: carried out, logged, taken back and done again.

The log is the undo stack: edits that are `done` are taken back from the latest on,
edits that are `undone` are done again from the earliest on, and a new edit turns those
into `dropped`. Machine changes stand in the log and touch no stack.
"""

import sqlite3
from collections.abc import Iterable
from json import loads
from typing import TYPE_CHECKING, Literal

from annotation.codec import record_from_dict, record_to_dict
from annotation.errors import ConflictError, ProjectError
from annotation.model import Change, Record, Relation
from storage import records, rows

if TYPE_CHECKING:
    from annotation.codebook_revision import Reckoning, Revision

LARGE = 150_000
"""From how many characters in the log on a change takes longer than a picture."""

LOG = """
    INSERT INTO change (id, title, article_id, annotator, at, kind, target, state, removed, added)
    VALUES (?, ?, ?, ?, ?, ?, ?, 'done', ?, ?)
"""
LOGGED = "seq, id, title, article_id, annotator, at, removed, added"
DROP_UNDONE = "UPDATE change SET state = 'dropped' WHERE kind = 'edit' AND state = 'undone'"
LAST_DONE = f"""
    SELECT {LOGGED} FROM change
    WHERE kind = 'edit' AND state = 'done' ORDER BY seq DESC LIMIT 1
"""
FIRST_UNDONE = f"""
    SELECT {LOGGED} FROM change
    WHERE kind = 'edit' AND state = 'undone' ORDER BY seq LIMIT 1
"""


def apply(connection: sqlite3.Connection, change: Change) -> None:
    """Carry a change out and log it; `ConflictError` when a removed record differs.

    Of what no person did only the fact is logged, since nobody can take it back: the
    records tell who proposed them and when.
    """
    records.carry_out(connection, change)
    if not change.undoable:
        _log(connection, change, "machine", change.annotator, change.at)
        return
    sides = (_content(change.removed), _content(change.added))
    _log(connection, change, "edit", change.annotator, change.at, None, *sides)
    connection.execute(DROP_UNDONE)


def touched(change: Change) -> set[str]:
    """Return what a change concerns: records, spans of its relations, articles; "" for all."""
    records = (*change.removed, *change.added)
    if not (records or change.article_id):
        return {""}
    arguments = (a.span_id for r in records if isinstance(r, Relation) for a in r.arguments)
    return {
        change.article_id,
        *change.article_ids,
        *(record.id for record in records),
        *arguments,
    } - {""}


def revise(connection: sqlite3.Connection, change: Change, revision: "Revision") -> None:
    """Put another codebook in place, with all annotations that it concerns, and log it."""
    from storage import revisions

    connection.execute(DROP_UNDONE)
    seq = _log(connection, change, "edit", change.annotator, change.at)
    revisions.revise(connection, revision, seq, change.annotator)


def reckon(connection: sqlite3.Connection, change: Change, revision: "Revision") -> "Reckoning":
    """Return what a revision would change: carries it out, counts, and takes it back."""
    from storage import revisions

    connection.execute("SAVEPOINT trial")
    seq = _log(connection, change, "edit", change.annotator, change.at)
    revisions.revise(connection, revision, seq, change.annotator)
    found = revisions.reckoning(connection, seq, revision.after)
    connection.execute("ROLLBACK TO trial")
    return found


def undo(connection: sqlite3.Connection, annotator: str, at: str) -> Change | None:
    """Take the last edit back; return its inverse, or None when there is none."""
    found = _logged(connection, LAST_DONE)
    if found is None:
        return None
    seq, change = found
    if _is_revision(connection, seq):
        from storage import revisions

        revisions.take_back(connection, seq, annotator)
    else:
        _repeat(connection, change.inverse(), "undone")
    _log(connection, change, "undo", annotator, at, seq)
    connection.execute("UPDATE change SET state = 'undone' WHERE seq = ?", (seq,))
    return change.inverse()


def redo(connection: sqlite3.Connection, annotator: str, at: str) -> Change | None:
    """Do again what was undone last; return it, or None when there is none."""
    found = _logged(connection, FIRST_UNDONE)
    if found is None:
        return None
    seq, change = found
    if _is_revision(connection, seq):
        from storage import revisions

        revisions.do_again(connection, seq, annotator)
    else:
        _repeat(connection, change, "done again")
    _log(connection, change, "redo", annotator, at, seq)
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


def undo_revises(connection: sqlite3.Connection) -> bool:
    """Tell whether undo would take a revision of the codebook back."""
    return _next_is_revision(connection, LAST_DONE)


def redo_revises(connection: sqlite3.Connection) -> bool:
    """Tell whether redo would do a revision of the codebook again."""
    return _next_is_revision(connection, FIRST_UNDONE)


def undo_is_large(connection: sqlite3.Connection) -> bool:
    """Tell whether undo would take back more than goes between two pictures."""
    return _is_large(connection, "state = 'done' ORDER BY seq DESC")


def redo_is_large(connection: sqlite3.Connection) -> bool:
    """Tell whether redo would do again more than goes between two pictures."""
    return _is_large(connection, "state = 'undone' ORDER BY seq")


def _is_large(connection: sqlite3.Connection, which: str) -> bool:
    sql = f"SELECT length(removed) + length(added) FROM change WHERE kind = 'edit' AND {which}"
    row = connection.execute(f"{sql} LIMIT 1").fetchone()
    return row is not None and rows.number(row, "change") > LARGE


def _next_is_revision(connection: sqlite3.Connection, which: str) -> bool:
    row = connection.execute(which).fetchone()
    return row is not None and _is_revision(connection, row[0])


def _is_revision(connection: sqlite3.Connection, seq: int) -> bool:
    sql = "SELECT 1 FROM revision WHERE seq = ?"
    return connection.execute(sql, (seq,)).fetchone() is not None


def _log(
    connection: sqlite3.Connection,
    change: Change,
    kind: Literal["edit", "undo", "redo", "machine"],
    annotator: str,
    at: str,
    target: int | None = None,
    removed: str = "[]",
    added: str = "[]",
) -> int:
    what = (change.id, change.title, change.article_id)
    found = connection.execute(LOG, (*what, annotator, at, kind, target, removed, added))
    seq = int(found.lastrowid or 0)
    concerned = [(one, seq) for one in touched(change)]
    connection.executemany("INSERT INTO touched (id, seq) VALUES (?, ?)", concerned)
    return seq


def _repeat(connection: sqlite3.Connection, change: Change, what: str) -> None:
    try:
        records.carry_out(connection, change)
    except ConflictError as error:
        raise ConflictError(f"“{change.title}” cannot be {what}. {error}") from error


def _logged(connection: sqlite3.Connection, which: str) -> tuple[int, Change] | None:
    row = connection.execute(which).fetchone()
    if row is None:
        return None
    return row[0], logged(row)


def logged(row: rows.Row) -> Change:
    """Return the change of a row with the columns `LOGGED`; `ProjectError` if it is damaged."""
    *said, removed, added = row[1:]
    sides = (_records(removed, row[2]), _records(added, row[2]))
    return Change(*(*said, *sides))


def _content(changed: Iterable[Record]) -> str:
    return rows.compact([record_to_dict(record) for record in changed])


def _records(content: str, title: str) -> tuple[Record, ...]:
    try:
        found = loads(content)
        if not isinstance(found, list):
            raise ValueError("not a list")
    except (ValueError, RecursionError) as error:
        raise ProjectError(f"The log of “{title}” is damaged; it cannot be undone.") from error
    return tuple(record_from_dict(data) for data in found)
