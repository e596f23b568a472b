"""Revisions of the codebook: all annotations that it concerns change with it, and back.

`revised` holds for each record that a revision touched what it is on the other side: before
the revision while that is done, after it while it is undone. Doing, undoing and doing again
are all the same turn: the record becomes what the log holds, and the log what it was. Every
step is one statement for all records, however many there are.
"""

import sqlite3
from functools import lru_cache
from json import dumps, loads

from annotation.codebook import Codebook
from annotation.codebook_revision import Reckoning, Revision, TurnedArgument
from annotation.errors import ConflictError, ProjectError
from storage import dictionary, rows
from storage.codebooks import add_codebook, codebook, newest_version

ARGUMENTS = """(
    SELECT json_group_array(json_array(role, span_id))
    FROM (SELECT role, span_id FROM argument WHERE relation_id = was.id ORDER BY position)
)"""
KINDS = {
    "span": ("layer, label, attributes, codebook_version", rows.SPAN_COLUMNS),
    "relation": ("label, attributes, codebook_version", rows.RELATION_COLUMNS),
    "suggestion": ("layer, label", rows.SUGGESTION_COLUMNS),
}
"""Which columns a revision changes, and all that it takes to bring a record back."""

MOVED = """
    CREATE TEMP TABLE moved (
        layer TEXT, label TEXT, new_layer TEXT, new_label TEXT, renamed INTEGER,
        PRIMARY KEY (layer, label)
    ) WITHOUT ROWID
"""
MOVED_LAYER = """
    CREATE TEMP TABLE moved_layer (layer TEXT PRIMARY KEY, new_layer TEXT, reopened INTEGER)
"""
TURN_SPANS = """
    INSERT INTO revised (seq, record, id, other)
    SELECT :seq, 'span', id, CASE WHEN new_label IS NOT NULL THEN json_object(
        'layer', new_layer, 'label', new_label, 'attributes', said,
        'codebook_version', :version
    ) END
    FROM (
        SELECT span.id, span.attributes, moved.*, CASE
            WHEN moved.new_label IS NULL THEN NULL
            WHEN span.attributes = '{}' THEN '{}'
            ELSE revised_attributes(span.layer, span.label, span.attributes)
        END AS said
        FROM span CROSS JOIN moved ON moved.layer = span.layer AND moved.label = span.label
    )
    WHERE renamed OR said <> attributes
"""
TURN_RELATIONS = """
    INSERT INTO revised (seq, record, id, other)
    SELECT :seq, 'relation', relation.id, revised_relation(
        relation.label, relation.attributes, :version, (
            SELECT json_group_array(json_array(position, role, span_id, span.layer, span.label))
            FROM argument JOIN span ON span.id = argument.span_id
            WHERE argument.relation_id = relation.id
        )
    )
    FROM relation
    WHERE relation.label IN (SELECT label FROM moved WHERE layer = '')
    OR relation.id IN (
        SELECT argument.relation_id
        FROM revised CROSS JOIN span ON span.id = revised.id
        JOIN moved ON moved.layer = span.layer AND moved.label = span.label
        JOIN argument ON argument.span_id = span.id
        WHERE revised.seq = :seq AND revised.record = 'span' AND moved.renamed
    )
"""
TURN_SUGGESTIONS = """
    INSERT INTO revised (seq, record, id, other)
    SELECT :seq, 'suggestion', suggestion.id, CASE WHEN new_label IS NOT NULL THEN
        json_object('layer', new_layer, 'label', new_label)
    END
    FROM suggestion CROSS JOIN moved
    ON moved.layer = suggestion.layer AND moved.label = suggestion.label
    WHERE moved.renamed AND (new_label IS NOT NULL OR state = 'pending')
"""
REVIEW_ID = "json_array(article_id, annotator, layer)"
TURNED_REVIEWS = """
    review JOIN moved_layer USING (layer) WHERE (new_layer IS NOT layer OR state = 'complete')
"""
TURN_REVIEWS = (
    f"""
    INSERT INTO revised (seq, record, id, other)
    SELECT :seq, 'review', {REVIEW_ID}, NULL FROM {TURNED_REVIEWS}
    """,
    f"""
    INSERT OR REPLACE INTO revised (seq, record, id, other)
    SELECT :seq, 'review', json_array(article_id, annotator, new_layer),
        json_object('state', iif(reopened, 'open', state), 'at', at)
    FROM {TURNED_REVIEWS} AND new_layer IS NOT NULL
    """,
)
USED = """
    SELECT DISTINCT layer, label, 'span' FROM span
    UNION ALL SELECT DISTINCT layer, label, 'suggestion' FROM suggestion WHERE state = 'pending'
    UNION ALL SELECT DISTINCT '', label, 'relation' FROM relation
"""


# What was undone, and then something else edited, is never done again.
FORGET_DROPPED = tuple(
    f"""
    DELETE FROM {table} WHERE seq IN
    (SELECT revision.seq FROM revision JOIN change USING (seq) WHERE change.state = 'dropped')
    """
    for table in ("revised", "revised_term")
)


def revise(connection: sqlite3.Connection, revision: Revision, seq: int, annotator: str) -> None:
    """Put the next codebook in place, and bring all annotations in line with it.

    `seq` is the entry of the log, which is there already. `ConflictError` when the project
    has another codebook by now than the one that was revised.
    """
    before = newest_version(connection)
    if before != revision.before.version:
        raise ConflictError(
            "The codebook was changed meanwhile. Nothing was saved; open it again and repeat the "
            "change."
        )
    for sql in FORGET_DROPPED:
        connection.execute(sql)
    add_codebook(connection, revision.after, annotator, before + 1)
    connection.execute("INSERT INTO revision VALUES (?, ?, ?)", (seq, before, before + 1))
    _prepare(connection, revision)
    at = {"seq": seq, "version": before + 1}
    for sql in (TURN_SPANS, TURN_RELATIONS, TURN_SUGGESTIONS, *TURN_REVIEWS):
        connection.execute(sql, at)
    _turn(connection, seq)
    dictionary.revise(connection, seq)
    _check_known(connection, revision.after)


def take_back(connection: sqlite3.Connection, seq: int, annotator: str) -> None:
    """Bring the earlier codebook back as a new version, and all annotations with it."""
    _change_sides(connection, seq, annotator, "before")


def do_again(connection: sqlite3.Connection, seq: int, annotator: str) -> None:
    """Bring the later codebook back as a new version, and all annotations with it."""
    _change_sides(connection, seq, annotator, "after")


def _change_sides(connection: sqlite3.Connection, seq: int, annotator: str, side: str) -> None:
    sql = f"SELECT {side} FROM revision WHERE seq = ?"
    (version,) = connection.execute(sql, (seq,)).fetchone()
    wanted = codebook(connection, version)
    add_codebook(connection, wanted, annotator, newest_version(connection) + 1)
    _turn(connection, seq)
    dictionary.turn(connection, seq)
    _check_known(connection, wanted)


RECKONED = """
    SELECT
        sum(now.id IS NOT NULL),
        sum(now.id IS NULL),
        sum((SELECT count(*) FROM json_each(now.attributes))
            < (SELECT count(*) FROM json_each(json_extract(other, '$.attributes'))))
    FROM revised LEFT JOIN {kind} AS now ON now.id = revised.id
    WHERE seq = :seq AND record = '{kind}'
"""
SUGGESTED = """
    SELECT sum(now.id IS NOT NULL), sum(now.id IS NULL)
    FROM revised LEFT JOIN suggestion AS now ON now.id = revised.id
    WHERE seq = :seq AND record = 'suggestion'
"""
SMALLER = """
    SELECT count(*) FROM revised JOIN relation ON relation.id = revised.id
    WHERE seq = :seq AND record = 'relation' AND json_array_length(other, '$.arguments')
        > (SELECT count(*) FROM argument WHERE relation_id = relation.id)
"""
APART = """
    SELECT count(*) FROM revised JOIN span ON span.id = revised.id
    WHERE seq = :seq AND record = 'span' AND json_array_length(span.fragments) > 1
    AND json_array(span.layer, span.label) IN (SELECT value FROM json_each(:whole))
"""
UNCOMPLETED = """
    SELECT ifnull(sum(json_extract(other, '$.state') = 'complete'), 0) - (
        SELECT count(*) FROM review WHERE state = 'complete'
        AND json_array(article_id, annotator, layer) IN
            (SELECT id FROM revised WHERE seq = :seq AND record = 'review')
    )
    FROM revised WHERE seq = :seq AND record = 'review'
"""


def reckoning(connection: sqlite3.Connection, seq: int, now: Codebook) -> Reckoning:
    """Return what a revision that is done has changed; `now` is its codebook."""
    whole = [rows.compact([x.layer, x.name]) for x in now.labels if not x.discontinuous]
    at = {"seq": seq, "whole": rows.compact(whole)}

    def counted(sql: str) -> list[int]:
        return [count or 0 for count in connection.execute(sql, at).fetchone()]

    spans = counted(RECKONED.format(kind="span"))
    relations = counted(RECKONED.format(kind="relation"))
    suggestions = counted(SUGGESTED)
    return Reckoning(
        *(spans[0], relations[0], suggestions[0]),
        values=spans[2] + relations[2],
        smaller=counted(SMALLER)[0],
        apart=counted(APART)[0],
        spans_gone=spans[1],
        relations_gone=relations[1],
        suggestions_gone=suggestions[1],
        reviews_gone=counted(UNCOMPLETED)[0],
        terms=dictionary.without_label(connection),
    )


# -- what each record becomes


def _prepare(connection: sqlite3.Connection, revision: Revision) -> None:
    """List what is called otherwise now, and lend SQLite the rules for the rest."""
    for table in ("moved", "moved_layer"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    connection.execute(MOVED)
    connection.execute(MOVED_LAYER)
    labels = []
    for key in revision.touched_labels:
        new = revision.label(key)
        labels.append((*key, *(new or (None, None)), key != new))
    relations = [
        ("", name, "", revision.relation(name), True) for name in revision.touched_relations
    ]
    connection.executemany("INSERT INTO moved VALUES (?, ?, ?, ?, ?)", labels + relations)
    unsought = revision.unsought
    layers = [
        (old, new, old in unsought)
        for old, new in revision.layers.items()
        if old != new or old in unsought
    ]
    connection.executemany("INSERT INTO moved_layer VALUES (?, ?, ?)", layers)

    @lru_cache(maxsize=4096)
    def revised_attributes(layer: str, label: str, attributes: str) -> str:
        return rows.compact(revision.said((layer, label), loads(attributes)))

    def revised_relation(label: str, attributes: str, version: int, content: str) -> str | None:
        given = [
            TurnedArgument(role, span_id, (layer, name))
            for _, role, span_id, layer, name in sorted(loads(content))
        ]
        left = revision.arguments(label, given)
        if left is None:
            return None
        said = revised_attributes("", label, attributes)
        turned = {"label": revision.relation(label), "attributes": said}
        return dumps({**turned, "codebook_version": version, "arguments": left})

    connection.create_function("revised_attributes", 3, revised_attributes)
    connection.create_function("revised_relation", 4, revised_relation)


# -- the turn


def _turn(connection: sqlite3.Connection, seq: int) -> None:
    """Make each record what the log holds for it, and note in the log what it was."""
    connection.execute("DROP TABLE IF EXISTS temp.was_like")
    connection.execute("CREATE TEMP TABLE was_like (id TEXT PRIMARY KEY, other TEXT) WITHOUT ROWID")
    for kind, (changed, whole) in KINDS.items():
        _turn_kind(connection, seq, kind, changed, whole)
    _turn_reviews(connection, seq)


def _turn_kind(
    connection: sqlite3.Connection, seq: int, kind: str, changed: str, whole: str
) -> None:
    mine = f"revised.seq = {seq} AND revised.record = '{kind}'"
    _note(
        connection,
        f"""
        SELECT revised.id, CASE WHEN was.id IS NULL THEN NULL
            WHEN revised.other IS NULL THEN {_image(kind, whole)}
            ELSE {_image(kind, changed)} END
        FROM revised LEFT JOIN {kind} AS was ON was.id = revised.id WHERE {mine}
        """,
    )
    if kind == "relation":
        connection.execute(
            f"DELETE FROM argument WHERE relation_id IN (SELECT id FROM revised WHERE {mine})"
        )
    there = f"SELECT id FROM revised WHERE {mine} AND other IS NULL"
    connection.execute(f"DELETE FROM {kind} WHERE id IN ({there})")
    settings = ", ".join(f"{name} = {_read(name)}" for name in changed.split(", "))
    connection.execute(
        f"UPDATE {kind} SET {settings} FROM revised WHERE {mine} AND revised.id = {kind}.id"
    )
    values = ", ".join(map(_read, whole.split(", ")))
    connection.execute(
        f"INSERT INTO {kind} ({whole}) SELECT {values} FROM revised JOIN was_like USING (id) "
        f"WHERE {mine} AND was_like.other IS NULL"
    )
    if kind == "relation":
        connection.execute(
            "INSERT INTO argument (relation_id, position, role, span_id) "
            "SELECT revised.id, each.key, json_extract(each.value, '$[0]'), "
            "json_extract(each.value, '$[1]') "
            f"FROM revised, json_each(revised.other, '$.arguments') AS each WHERE {mine}"
        )
    _log(connection, mine)


def _turn_reviews(connection: sqlite3.Connection, seq: int) -> None:
    """Reviews have no id of their own: the layer is part of who they are."""
    mine = f"revised.seq = {seq} AND revised.record = 'review'"
    key = "(" + ", ".join(f"json_extract(revised.id, '$[{n}]')" for n in range(3)) + ")"
    same = f"(was.article_id, was.annotator, was.layer) = {key}"
    image = "CASE WHEN was.at IS NOT NULL THEN json_object('state', was.state, 'at', was.at) END"
    _note(
        connection,
        f"SELECT revised.id, {image} FROM revised LEFT JOIN review AS was ON {same} WHERE {mine}",
    )
    connection.execute(
        "DELETE FROM review WHERE (article_id, annotator, layer) IN "
        f"(SELECT {key[1:-1]} FROM revised WHERE {mine})"
    )
    connection.execute(
        f"INSERT INTO review (article_id, annotator, layer, state, at) SELECT {key[1:-1]}, "
        f"{_read('state')}, {_read('at')} FROM revised WHERE {mine} AND other IS NOT NULL"
    )
    _log(connection, mine)


def _note(connection: sqlite3.Connection, select: str) -> None:
    connection.execute("DELETE FROM was_like")
    connection.execute(f"INSERT INTO was_like {select}")


def _log(connection: sqlite3.Connection, mine: str) -> None:
    connection.execute(
        "UPDATE revised SET other = (SELECT was_like.other FROM was_like "
        f"WHERE was_like.id = revised.id) WHERE {mine}"
    )


def _image(kind: str, columns: str) -> str:
    """Return what notes these columns as JSON; a score keeps every bit of itself as text."""
    pairs = [
        f"'{name.strip(chr(34))}', {f'quote(was.{name})' if name == 'score' else f'was.{name}'}"
        for name in columns.split(", ")
    ]
    if kind == "relation":
        pairs.append(f"'arguments', json({ARGUMENTS})")
    return f"json_object({', '.join(pairs)})"


def _read(column: str) -> str:
    """Return what reads a column out of the log."""
    name = column.strip('"')
    value = f"json_extract(revised.other, '$.{name}')"
    if name == "score":
        return f"CASE WHEN {value} <> 'NULL' THEN CAST({value} AS REAL) END"
    return value


def _check_known(connection: sqlite3.Connection, wanted: Codebook) -> None:
    """Refuse a codebook without labels that are in use: an import may have brought those."""
    for layer, label, kind in connection.execute(USED):
        found = wanted.label(layer, label) if layer else wanted.relation(label)
        if found is None:
            raise ProjectError(
                f"That codebook has no {label}, but there is a {kind} of that label, which came "
                "with a later import. Nothing was changed."
            )
