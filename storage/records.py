"""Writing records: which rows go, which are updated in place, which come."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence

from annotation.errors import ConflictError
from annotation.model import Change, Record, RegistryEntry, Relation, Review, Span, Suggestion
from annotation.naming import named
from storage import annotations, rows

Kind = type[Record]

KINDS: tuple[Kind, ...] = (RegistryEntry, Span, Relation, Suggestion, Review)


def _insert(table: str, columns: str) -> str:
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(columns.split(',')))})"


def _update(table: str, columns: str, key: str = "id = ?") -> str:
    settings = ", ".join(f"{column} = ?" for column in columns.split(", "))
    return f"UPDATE {table} SET {settings} WHERE {key}"


ENTRY_COLUMNS = f"{rows.ENTRY_COLUMNS}, sort_name, words"
REVIEW_KEY = "article_id = ? AND layer = ? AND annotator = ?"

INSERT: dict[Kind, str] = {
    Span: _insert("span", rows.SPAN_COLUMNS),
    Relation: _insert("relation", rows.RELATION_COLUMNS),
    Suggestion: _insert("suggestion", rows.SUGGESTION_COLUMNS),
    Review: _insert("review", rows.REVIEW_COLUMNS),
    RegistryEntry: _insert("entry", ENTRY_COLUMNS),
}
UPDATE: dict[Kind, str] = {
    Span: _update("span", rows.SPAN_COLUMNS),
    Relation: _update("relation", rows.RELATION_COLUMNS),
    Suggestion: _update("suggestion", rows.SUGGESTION_COLUMNS),
    Review: _update("review", rows.REVIEW_COLUMNS, REVIEW_KEY),
    RegistryEntry: _update("entry", ENTRY_COLUMNS),
}
DELETE: dict[Kind, str] = {
    Span: "DELETE FROM span WHERE id = ?",
    Relation: "DELETE FROM relation WHERE id = ?",
    Suggestion: "DELETE FROM suggestion WHERE id = ?",
    Review: f"DELETE FROM review WHERE {REVIEW_KEY}",
    RegistryEntry: "DELETE FROM entry WHERE id = ?",
}
INSERT_ARGUMENT = _insert("argument", "relation_id, position, role, span_id")
DELETE_ARGUMENTS = "DELETE FROM argument WHERE relation_id = ?"


def carry_out(connection: sqlite3.Connection, change: Change) -> None:
    """Write a change's records; `ConflictError` when a removed one is not as it should be.

    A record on both sides is updated in place. References between spans and relations
    are checked at the commit, so the order of the statements does not matter to them.
    """
    if not change.removed:
        insert(connection, change.added)
        return
    _check_stored(connection, change.removed)
    before = {_identity(record) for record in change.removed}
    after = {_identity(record) for record in change.added}
    _remove(connection, [r for r in change.removed if _identity(r) not in after])
    _replace(connection, [r for r in change.added if _identity(r) in before])
    insert(connection, [r for r in change.added if _identity(r) not in before])


def insert(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    """Insert new records, those of one kind together."""
    for kind in KINDS:
        rows_of_kind = [rows.record_row(r) for r in records if isinstance(r, kind)]
        if len(rows_of_kind) == 1:
            connection.execute(INSERT[kind], rows_of_kind[0])
        elif rows_of_kind:
            connection.executemany(INSERT[kind], rows_of_kind)
    _insert_arguments(connection, records)


def _remove(connection: sqlite3.Connection, records: Iterable[Record]) -> None:
    for record in records:
        if isinstance(record, Relation):
            connection.execute(DELETE_ARGUMENTS, (record.id,))
        connection.execute(DELETE[type(record)], _key(record))


def _replace(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    for record in records:
        connection.execute(UPDATE[type(record)], (*rows.record_row(record), *_key(record)))
        if isinstance(record, Relation):
            connection.execute(DELETE_ARGUMENTS, (record.id,))
    _insert_arguments(connection, records)


def _insert_arguments(connection: sqlite3.Connection, records: Iterable[Record]) -> None:
    found = [row for r in records if isinstance(r, Relation) for row in rows.argument_rows(r)]
    if found:
        connection.executemany(INSERT_ARGUMENT, found)


def stored(
    connection: sqlite3.Connection, wanted: Sequence[Record]
) -> dict[tuple[Kind, str], Record]:
    """Return what the project holds now under the names of these records."""
    found: dict[tuple[Kind, str], Record] = {}
    for kind in KINDS:
        of_kind = [record for record in wanted if isinstance(record, kind)]
        if of_kind:
            found |= {_identity(record): record for record in _READ[kind](connection, of_kind)}
    return found


def _check_stored(connection: sqlite3.Connection, removed: Sequence[Record]) -> None:
    there = stored(connection, removed)
    for record in removed:
        if there.get(_identity(record)) != record:
            raise ConflictError(
                f"{named(record)} is no longer what the project holds: it was changed or "
                "deleted elsewhere. Nothing was changed; open the article again."
            )


def _read_spans(connection: sqlite3.Connection, wanted: Sequence[Record]) -> Sequence[Record]:
    return annotations.spans(connection, [record.id for record in wanted])


def _read_relations(connection: sqlite3.Connection, wanted: Sequence[Record]) -> Sequence[Record]:
    return annotations.relations(connection, [record.id for record in wanted])


def _read_suggestions(connection: sqlite3.Connection, wanted: Sequence[Record]) -> Sequence[Record]:
    sql = f"{annotations.SUGGESTIONS} id {annotations.IN_LIST}"
    ids = rows.compact([record.id for record in wanted])
    return rows.suggestions(connection.execute(sql, (ids,)))


def _read_reviews(connection: sqlite3.Connection, wanted: Sequence[Record]) -> Sequence[Record]:
    articles = dict.fromkeys(record.article_id for record in wanted)
    return [review for a in articles for review in annotations.reviews(connection, a)]


def _read_entries(connection: sqlite3.Connection, wanted: Sequence[Record]) -> Sequence[Record]:
    return annotations.entries(connection, [record.id for record in wanted])


_READ: dict[Kind, Callable[[sqlite3.Connection, Sequence[Record]], Sequence[Record]]] = {
    Span: _read_spans,
    Relation: _read_relations,
    Suggestion: _read_suggestions,
    Review: _read_reviews,
    RegistryEntry: _read_entries,
}


def _identity(record: Record) -> tuple[Kind, str]:
    return type(record), record.id


def _key(record: Record) -> tuple[str, ...]:
    if isinstance(record, Review):
        return record.article_id, record.layer, record.annotator
    return (record.id,)
