"""Reading what is said about an article: spans, relations, suggestions, reviews."""

import sqlite3
from collections.abc import Sequence

from annotation.model import (
    Annotations,
    Argument,
    RegistryEntry,
    Relation,
    Review,
    Span,
    Suggestion,
)
from storage import rows
from storage.transaction import one_moment

IN_LIST = "IN (SELECT value FROM json_each(?))"
"""One statement for any number of ids, given as a JSON list."""

BY_PLACE = 'ORDER BY start, "end" DESC, id'
BY_AGE = "ORDER BY created_at, id"
IN_ORDER = "ORDER BY relation_id, position"

SPANS = f"SELECT {rows.SPAN_COLUMNS} FROM span WHERE"
SUGGESTIONS = f"SELECT {rows.SUGGESTION_COLUMNS} FROM suggestion WHERE"
RELATIONS = f"SELECT {rows.RELATION_COLUMNS} FROM relation WHERE"
ARGUMENTS = "SELECT relation_id, role, span_id FROM argument WHERE relation_id"
ENTRIES = f"SELECT {rows.ENTRY_COLUMNS} FROM entry WHERE"
REVIEWS = f"SELECT {rows.REVIEW_COLUMNS} FROM review WHERE"


def annotations(connection: sqlite3.Connection, article_id: str) -> Annotations:
    """Return all that is said about an article."""
    with one_moment(connection):
        found = connection.execute(f"{SPANS} article_id = ? {BY_PLACE}", (article_id,))
        said = rows.spans(found)
        return Annotations(
            tuple(said),
            tuple(_relations_in(connection, article_id)),
            tuple(all_suggestions(connection, article_id)),
            tuple(reviews(connection, article_id)),
            tuple(_mentioned(connection, said)),
        )


def _mentioned(connection: sqlite3.Connection, said: Sequence[Span]) -> list[RegistryEntry]:
    wanted = list(dict.fromkeys(span.entry_id for span in said if span.entry_id))
    return entries(connection, wanted) if wanted else []


def entries(connection: sqlite3.Connection, entry_ids: Sequence[str]) -> list[RegistryEntry]:
    """Return the registry entries of these ids by name; unknown ones are left out."""
    ids = (rows.compact(list(entry_ids)),)
    sql = f"{ENTRIES} id {IN_LIST} ORDER BY sort_name, id"
    return rows.entries(connection.execute(sql, ids))


def spans_between(
    connection: sqlite3.Connection, article_id: str, start: int, end: int
) -> list[Span]:
    """Return the spans whose envelope meets [start, end), in reading order."""
    return rows.spans(
        connection.execute(
            f'{SPANS} article_id = ? AND start < ? AND "end" > ? {BY_PLACE}',
            (article_id, end, start),
        )
    )


def spans_after(
    connection: sqlite3.Connection, article_id: str, last: Span | None, limit: int
) -> list[Span]:
    """Return the spans that follow one in reading order, or with None the first ones."""
    if last is None:
        where, values = "", []
    else:  # the first condition alone can use the index
        where = 'AND start >= ? AND (start > ? OR "end" < ? OR ("end" = ? AND id > ?))'
        values = [last.start, last.start, last.end, last.end, last.id]
    found = connection.execute(
        f"{SPANS} article_id = ? {where} {BY_PLACE} LIMIT ?", [article_id, *values, limit]
    )
    return rows.spans(found)


def suggestions_between(
    connection: sqlite3.Connection, article_id: str, start: int, end: int
) -> list[Suggestion]:
    """Return the pending suggestions whose envelope meets [start, end), in reading order."""
    return rows.suggestions(
        connection.execute(
            f"{SUGGESTIONS} state = 'pending' AND article_id = ? AND start < ? AND \"end\" > ? "
            f"{BY_PLACE}",
            (article_id, end, start),
        )
    )


def spans(connection: sqlite3.Connection, span_ids: Sequence[str]) -> list[Span]:
    """Return the spans of these ids; unknown ones are left out."""
    return rows.spans(
        connection.execute(f"{SPANS} id {IN_LIST} {BY_PLACE}", (rows.compact(list(span_ids)),))
    )


def relations(connection: sqlite3.Connection, relation_ids: Sequence[str]) -> list[Relation]:
    """Return the relations of these ids; unknown ones are left out."""
    ids = (rows.compact(list(relation_ids)),)
    with one_moment(connection):
        found = connection.execute(f"{RELATIONS} id {IN_LIST} {BY_AGE}", ids).fetchall()
        return _joined(found, connection.execute(f"{ARGUMENTS} {IN_LIST} {IN_ORDER}", ids))


def relations_of(connection: sqlite3.Connection, span_ids: Sequence[str]) -> list[Relation]:
    """Return the relations in which any of these spans takes part, oldest first."""
    with one_moment(connection):
        found = connection.execute(
            f"SELECT DISTINCT relation_id FROM argument WHERE span_id {IN_LIST}",
            (rows.compact(list(span_ids)),),
        ).fetchall()
        ids = [relation_id for (relation_id,) in rows.typed(found, (str,))]
        return relations(connection, ids) if ids else []


def reviews(connection: sqlite3.Connection, article_id: str) -> list[Review]:
    """Return who has completed which layer of the article."""
    return rows.reviews(
        connection.execute(f"{REVIEWS} article_id = ? ORDER BY annotator, layer", (article_id,))
    )


def suggestion(connection: sqlite3.Connection, suggestion_id: str) -> Suggestion | None:
    """Return a suggestion in whatever state, or None."""
    found = rows.suggestions(connection.execute(f"{SUGGESTIONS} id = ?", (suggestion_id,)))
    return found[0] if found else None


def all_suggestions(connection: sqlite3.Connection, article_id: str) -> list[Suggestion]:
    """Return the article's suggestions in every state, in reading order."""
    return rows.suggestions(
        connection.execute(f"{SUGGESTIONS} article_id = ? {BY_PLACE}", (article_id,))
    )


def pending_suggestions(connection: sqlite3.Connection, article_id: str) -> list[Suggestion]:
    """Return the article's pending suggestions in reading order."""
    return rows.suggestions(
        connection.execute(
            f"{SUGGESTIONS} state = 'pending' AND article_id = ? {BY_PLACE}", (article_id,)
        )
    )


def count_pending(connection: sqlite3.Connection, article_id: str) -> int:
    """Return how many suggestions of the article wait for review."""
    sql = "SELECT count(*) FROM suggestion WHERE state = 'pending' AND article_id = ?"
    return int(connection.execute(sql, (article_id,)).fetchone()[0])


def count_reviewed(connection: sqlite3.Connection, article_id: str) -> int:
    """Return how many suggestions of the article have been accepted or rejected."""
    sql = (
        "SELECT count(*) FROM suggestion WHERE article_id = ? AND state IN ('accepted', 'rejected')"
    )
    return int(connection.execute(sql, (article_id,)).fetchone()[0])


def neighbour_suggestion(
    connection: sqlite3.Connection, article_id: str, position: int, backward: bool
) -> Suggestion | None:
    """Return the nearest pending suggestion that starts after (or before) the position."""
    which = 'start < ? ORDER BY start DESC, "end", id DESC' if backward else f"start > ? {BY_PLACE}"
    found = rows.suggestions(
        connection.execute(
            f"{SUGGESTIONS} state = 'pending' AND article_id = ? AND {which} LIMIT 1",
            (article_id, position),
        )
    )
    return found[0] if found else None


def _relations_in(connection: sqlite3.Connection, article_id: str) -> list[Relation]:
    article = (article_id,)
    found = connection.execute(f"{RELATIONS} article_id = ? {BY_AGE}", article).fetchall()
    arguments = connection.execute(
        f"{ARGUMENTS} IN (SELECT id FROM relation WHERE article_id = ?) {IN_ORDER}", article
    )
    return _joined(found, arguments)


def _joined(found: Sequence[rows.Row], arguments: sqlite3.Cursor) -> list[Relation]:
    by_relation: dict[str, list[Argument]] = {row[0]: [] for row in found}
    for relation_id, role, span_id in rows.typed(arguments, (str, str, str)):
        if relation_id not in by_relation:
            raise rows.damaged(relation_id, "arguments")
        by_relation[relation_id].append(Argument(role, span_id))
    return [rows.relation(row, by_relation[row[0]]) for row in found]
