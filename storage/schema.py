"""The tables of a project file; `docs/project-file.md` tells what each column means."""

import sqlite3
from collections.abc import Callable

from storage.dictionary import TABLES as DICTIONARY
from storage.index_tables import search_index
from storage.tables import TABLES
from storage.tally_tables import tallies

APPLICATION_ID = 0x50524D4B
"""The letters PRMK at offset 68 of the file, by which `file` and file managers know it."""

Step = Callable[[sqlite3.Connection], None]


def first_tables(connection: sqlite3.Connection) -> None:
    """Make all tables of the first version."""
    for statement in TABLES:
        connection.execute(statement)


def blind_mode(connection: sqlite3.Connection) -> None:
    """Note which spans were made blind, and where suggestions are hidden."""
    connection.execute(
        "ALTER TABLE span ADD COLUMN blind INTEGER NOT NULL DEFAULT 0 CHECK (blind IN (0, 1))"
    )
    connection.execute(
        """
        CREATE TABLE blind_article (
            article_id TEXT NOT NULL PRIMARY KEY REFERENCES article (id),
            annotator TEXT NOT NULL,
            since TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """
    )


def codebook_revisions(connection: sqlite3.Connection) -> None:
    """Make room for what annotations were before the codebook was revised."""
    connection.execute(
        """
        CREATE TABLE revision (
            seq INTEGER PRIMARY KEY REFERENCES change (seq),
            before INTEGER NOT NULL REFERENCES codebook (version),
            after INTEGER NOT NULL REFERENCES codebook (version)
        ) STRICT
        """
    )
    connection.execute(
        """
        CREATE TABLE revised (
            seq INTEGER NOT NULL REFERENCES revision (seq),
            record TEXT NOT NULL CHECK (record IN ('span', 'relation', 'suggestion', 'review')),
            id TEXT NOT NULL,
            other TEXT,
            PRIMARY KEY (seq, record, id)
        ) STRICT, WITHOUT ROWID
        """
    )


STATES = (
    """
    CREATE TABLE article_state (
        number INTEGER PRIMARY KEY REFERENCES article (number),
        status TEXT NOT NULL CHECK (status IN ('new', 'started', 'complete')),
        pending INTEGER NOT NULL CHECK (pending IN (0, 1))
    ) STRICT
    """,
    "CREATE INDEX article_state_by_status ON article_state (status, number)",
    """
    CREATE TABLE status_count (
        status TEXT PRIMARY KEY,
        articles INTEGER NOT NULL CHECK (articles >= 0)
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO status_count VALUES ('new', 0), ('started', 0), ('complete', 0)",
    """
    CREATE TRIGGER status_changed AFTER UPDATE OF status ON article_state
    WHEN OLD.status <> NEW.status BEGIN
        UPDATE status_count SET articles = articles - 1 WHERE status = OLD.status;
        UPDATE status_count SET articles = articles + 1 WHERE status = NEW.status;
    END
    """,
    """
    WITH layer AS (
        SELECT json_extract(value, '$.name') AS name
        FROM json_each((SELECT content FROM codebook ORDER BY version DESC LIMIT 1), '$.layers')
    ),
    done AS (
        SELECT article_id, annotator, count(*) AS layers
        FROM review WHERE state = 'complete' AND layer IN (SELECT name FROM layer)
        GROUP BY article_id, annotator
    )
    INSERT INTO article_state
    SELECT number,
        CASE
            WHEN (SELECT max(layers) FROM done WHERE done.article_id = article.id)
                = (SELECT count(*) FROM layer) THEN 'complete'
            WHEN EXISTS (SELECT 1 FROM span WHERE span.article_id = article.id)
                OR EXISTS (SELECT 1 FROM review
                    WHERE review.article_id = article.id AND review.state = 'complete')
                THEN 'started'
            ELSE 'new'
        END,
        EXISTS (SELECT 1 FROM suggestion
            WHERE suggestion.article_id = article.id AND suggestion.state = 'pending')
    FROM article
    """,
    """
    UPDATE status_count SET articles =
        (SELECT count(*) FROM article_state WHERE article_state.status = status_count.status)
    """,
)


def article_states(connection: sqlite3.Connection) -> None:
    """Note beside each article where it stands, and how many stand where."""
    for statement in STATES:
        connection.execute(statement)


def registries(connection: sqlite3.Connection) -> None:
    """Make room for the registries, and let spans point to their entries."""
    for statement in REGISTRIES:
        connection.execute(statement)


REGISTRIES = (
    """
    CREATE TABLE entry (
        id TEXT NOT NULL PRIMARY KEY,
        registry TEXT NOT NULL CHECK (registry IN ('source', 'event')),
        name TEXT NOT NULL,
        annotator TEXT NOT NULL,
        created_at TEXT NOT NULL,
        modified_at TEXT NOT NULL,
        aliases TEXT NOT NULL,
        facts TEXT NOT NULL,
        note TEXT NOT NULL,
        confidential INTEGER NOT NULL CHECK (confidential IN (0, 1)),
        sort_name TEXT NOT NULL,
        words TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX entry_by_name ON entry (registry, sort_name, id)",
    """
    ALTER TABLE span ADD COLUMN entry_id TEXT
        REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED
    """,
    "CREATE INDEX span_by_entry ON span (entry_id, id) WHERE entry_id IS NOT NULL",
)

HISTORY = (
    """
    CREATE TABLE touched (
        id TEXT NOT NULL,
        seq INTEGER NOT NULL REFERENCES change (seq),
        PRIMARY KEY (id, seq)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX change_by_annotator ON change (annotator)",
)

TOUCHED = (
    """
    INSERT OR IGNORE INTO touched
    WITH side AS (
        SELECT seq, value FROM change, json_each(change.removed)
        UNION ALL SELECT seq, value FROM change, json_each(change.added)
    )
    SELECT coalesce(value ->> 'id',
        (value ->> 'article_id') || '/' || (value ->> 'layer') || '/' || (value ->> 'annotator')
    ), seq FROM side
    UNION ALL SELECT value ->> 'article_id', seq FROM side WHERE value ->> 'article_id' <> ''
    UNION ALL SELECT argument.value ->> 'span', seq FROM side, json_each(side.value, '$.arguments')
        AS argument
    """,
    "INSERT OR IGNORE INTO touched SELECT article_id, seq FROM change "
    "WHERE target IS NULL AND (article_id <> '' OR (removed = '[]' AND added = '[]'))",
    """
    INSERT OR IGNORE INTO touched
    SELECT touched.id, change.seq FROM change JOIN touched ON touched.seq = change.target
    """,
)


def history(connection: sqlite3.Connection) -> None:
    """Note which entry of the log concerns which record and article."""
    for statement in HISTORY:
        connection.execute(statement)
    note_touched(connection)


def note_touched(connection: sqlite3.Connection) -> None:
    """Fill the table `touched` from what the log holds."""
    for statement in TOUCHED:
        connection.execute(statement)


def dictionary(connection: sqlite3.Connection) -> None:
    """Make room for the dictionary, and for what its terms were before a revision."""
    for statement in DICTIONARY:
        connection.execute(statement)


STEPS: tuple[Step, ...] = (
    *(first_tables, blind_mode, codebook_revisions, article_states),
    *(registries, search_index, tallies, history, dictionary),
)
"""What leads from an empty file to the present tables; step n makes version n of the schema.

A step that has been released is never changed: files out there have taken it.
"""


def shape(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Return the SQL of every table, index, view and trigger, by type and name.

    Two things are left out: what sqlite-utils notes about the steps taken
    (`_sqlite_migrations`), as long as it is a plain table with indexes, and the
    statistics that ANALYZE leaves behind (names that SQLite reserves for itself).
    """
    found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")
    return {
        (kind, name): " ".join((sql or "").split())
        for kind, name, table, sql in ([str(value or "") for value in row] for row in found)
        if not (table == "_sqlite_migrations" and _is_plain(kind, sql))
        and not name.startswith("sqlite_stat")
    }


def expected_shape(version: int) -> dict[tuple[str, str], str]:
    """Return what `shape` finds in a sound file of that version."""
    connection = sqlite3.connect(":memory:")
    try:
        for step in STEPS[:version]:
            step(connection)
        return shape(connection)
    finally:
        connection.close()


def _is_plain(kind: str, sql: str | None) -> bool:
    return kind == "index" or (kind == "table" and str(sql).upper().startswith("CREATE TABLE"))
