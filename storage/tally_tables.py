"""The tables that say which labels and whose records each article holds, and what fills them.

Triggers keep them, so that every way of writing a record does: an edit, undo, an import, a
revision of the codebook, a repair. Articles without annotations have no rows and cost nothing.
"""

import sqlite3
from collections.abc import Iterator

KEYS = "article_id, layer, label, annotator"

TABLES = (
    """
    CREATE TABLE label_tally (
        layer TEXT NOT NULL,
        label TEXT NOT NULL,
        number INTEGER NOT NULL REFERENCES article (number),
        records INTEGER NOT NULL CHECK (records >= 0),
        PRIMARY KEY (layer, label, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE annotator_tally (
        annotator TEXT NOT NULL,
        number INTEGER NOT NULL REFERENCES article (number),
        records INTEGER NOT NULL CHECK (records >= 0),
        PRIMARY KEY (annotator, number)
    ) STRICT, WITHOUT ROWID
    """,
    # One look into the index for each name: DISTINCT would look at every row.
    """
    CREATE VIEW tallied_annotator AS
    WITH RECURSIVE one (name) AS (
        SELECT min(annotator) FROM annotator_tally
        UNION ALL
        SELECT (SELECT min(annotator) FROM annotator_tally WHERE annotator > one.name)
        FROM one WHERE one.name IS NOT NULL
    )
    SELECT name FROM one WHERE name IS NOT NULL
    """,
)

FOUND = {
    "label_tally": """
        SELECT layer, label, number, count(*) AS records
        FROM span JOIN article ON article.id = span.article_id GROUP BY layer, label, number
        UNION ALL
        SELECT '', label, number, count(*)
        FROM relation JOIN article ON article.id = relation.article_id GROUP BY label, number
    """,
    "annotator_tally": """
        SELECT annotator, number, count(*) AS records FROM (
            SELECT annotator, article_id FROM span
            UNION ALL SELECT annotator, article_id FROM relation
        ) AS record JOIN article ON article.id = record.article_id GROUP BY annotator, number
    """,
}
"""By table, what it should hold by the records themselves; looks at all of them."""


def tallies(connection: sqlite3.Connection) -> None:
    """Count the records of each article by label and by annotator, and keep counting."""
    for statement in (*TABLES, *_triggers()):
        connection.execute(statement)
    for table, found in FOUND.items():
        connection.execute(f"INSERT INTO {table} {found}")


def _triggers() -> Iterator[str]:
    for record, layer in (("span", "{}.layer"), ("relation", "''")):
        watched = KEYS if record == "span" else KEYS.replace("layer, ", "")
        old, new = (_row(watched, side) for side in ("OLD", "NEW"))
        come, go = _more(layer.format("NEW")), _fewer(layer.format("OLD"))
        yield f"CREATE TRIGGER {record}_comes AFTER INSERT ON {record} BEGIN {come} END"
        yield f"CREATE TRIGGER {record}_goes AFTER DELETE ON {record} BEGIN {go} END"
        yield (
            f"CREATE TRIGGER {record}_changes AFTER UPDATE OF {watched} ON {record} "
            f"WHEN {old} <> {new} BEGIN {go} {come} END"
        )


def _row(columns: str, side: str) -> str:
    return f"({', '.join(f'{side}.{column}' for column in columns.split(', '))})"


def _more(layer: str) -> str:
    """Return statements that count one record more: that of NEW."""
    return f"""
        INSERT INTO label_tally
        SELECT {layer}, NEW.label, number, 1 FROM article WHERE id = NEW.article_id
        ON CONFLICT DO UPDATE SET records = records + 1;
        INSERT INTO annotator_tally
        SELECT NEW.annotator, number, 1 FROM article WHERE id = NEW.article_id
        ON CONFLICT DO UPDATE SET records = records + 1;
    """


def _fewer(layer: str) -> str:
    """Return statements that count one record less: that of OLD."""
    number = "number = (SELECT number FROM article WHERE id = OLD.article_id)"
    of_label = f"layer = {layer} AND label = OLD.label AND {number}"
    of_annotator = f"annotator = OLD.annotator AND {number}"
    return f"""
        UPDATE label_tally SET records = records - 1 WHERE {of_label};
        DELETE FROM label_tally WHERE {of_label} AND records = 0;
        UPDATE annotator_tally SET records = records - 1 WHERE {of_annotator};
        DELETE FROM annotator_tally WHERE {of_annotator} AND records = 0;
    """
