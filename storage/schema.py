"""The tables of a project file; `docs/project-file.md` tells what each column means."""

import sqlite3
from collections.abc import Callable

APPLICATION_ID = 0x50524D4B
"""The letters PRMK at offset 68 of the file, by which `file` and file managers know it."""

Step = Callable[[sqlite3.Connection], None]

# SQLite counts its JSON functions as unsafe in a schema that is not trusted, so no CHECK
# uses them; `integrity` looks at the JSON columns instead.
TABLES = (
    """
    CREATE TABLE meta (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE writer (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        token TEXT NOT NULL,
        host TEXT NOT NULL,
        user TEXT NOT NULL,
        pid INTEGER NOT NULL,
        since TEXT NOT NULL,
        beat TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE codebook (
        version INTEGER PRIMARY KEY CHECK (version >= 1),
        content TEXT NOT NULL,
        created_at TEXT NOT NULL,
        annotator TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE article (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        outlet TEXT NOT NULL,
        authors TEXT NOT NULL,
        published TEXT NOT NULL,
        language TEXT NOT NULL,
        url TEXT NOT NULL,
        section TEXT NOT NULL,
        source_file TEXT NOT NULL,
        imported_at TEXT NOT NULL,
        imported_by TEXT NOT NULL,
        sha256 TEXT NOT NULL UNIQUE,
        length INTEGER NOT NULL CHECK (length >= 0),
        words TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE article_text (
        number INTEGER PRIMARY KEY REFERENCES article (number),
        text TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE span (
        id TEXT NOT NULL PRIMARY KEY,
        article_id TEXT NOT NULL REFERENCES article (id),
        layer TEXT NOT NULL,
        label TEXT NOT NULL,
        start INTEGER NOT NULL CHECK (start >= 0),
        "end" INTEGER NOT NULL CHECK ("end" > start),
        fragments TEXT NOT NULL CHECK (
            instr(fragments, '[[' || start || ',') = 1
            AND substr(fragments, -length("end") - 3) = ',' || "end" || ']]'
        ),
        quotation TEXT NOT NULL,
        attributes TEXT NOT NULL,
        note TEXT NOT NULL,
        annotator TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('manual', 'accepted', 'edited', 'imported')),
        author TEXT NOT NULL,
        suggestion_id TEXT NOT NULL,
        codebook_version INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        modified_at TEXT NOT NULL
    ) STRICT
    """,
    'CREATE INDEX span_by_place ON span (article_id, start, "end")',
    """
    CREATE VIEW span_fragment AS
    SELECT
        span.id AS span_id,
        span.article_id,
        span.layer,
        span.label,
        fragment.key AS position,
        json_extract(fragment.value, '$[0]') AS start,
        json_extract(fragment.value, '$[1]') AS "end",
        json_extract(span.quotation, '$[' || fragment.key || ']') AS quotation
    FROM span, json_each(span.fragments) AS fragment
    """,
    """
    CREATE TABLE relation (
        id TEXT NOT NULL PRIMARY KEY,
        article_id TEXT NOT NULL REFERENCES article (id),
        label TEXT NOT NULL,
        attributes TEXT NOT NULL,
        note TEXT NOT NULL,
        annotator TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('manual', 'accepted', 'edited', 'imported')),
        author TEXT NOT NULL,
        codebook_version INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        modified_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX relation_by_article ON relation (article_id)",
    """
    CREATE TABLE argument (
        relation_id TEXT NOT NULL REFERENCES relation (id) DEFERRABLE INITIALLY DEFERRED,
        position INTEGER NOT NULL CHECK (position >= 0),
        role TEXT NOT NULL,
        span_id TEXT NOT NULL REFERENCES span (id) DEFERRABLE INITIALLY DEFERRED,
        PRIMARY KEY (relation_id, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX argument_by_span ON argument (span_id)",
    """
    CREATE TABLE suggestion (
        id TEXT NOT NULL PRIMARY KEY,
        article_id TEXT NOT NULL REFERENCES article (id),
        layer TEXT NOT NULL,
        label TEXT NOT NULL,
        start INTEGER NOT NULL CHECK (start >= 0),
        "end" INTEGER NOT NULL CHECK ("end" > start),
        fragments TEXT NOT NULL CHECK (
            instr(fragments, '[[' || start || ',') = 1
            AND substr(fragments, -length("end") - 3) = ',' || "end" || ']]'
        ),
        quotation TEXT NOT NULL,
        author TEXT NOT NULL,
        created_at TEXT NOT NULL,
        score REAL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'rejected'))
    ) STRICT
    """,
    "CREATE INDEX suggestion_by_article ON suggestion (article_id, state)",
    """
    CREATE INDEX suggestion_pending ON suggestion (article_id, start, "end")
    WHERE state = 'pending'
    """,
    """
    CREATE TABLE review (
        article_id TEXT NOT NULL REFERENCES article (id),
        annotator TEXT NOT NULL,
        layer TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'complete')),
        at TEXT NOT NULL,
        PRIMARY KEY (article_id, annotator, layer)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE run (
        article_id TEXT NOT NULL REFERENCES article (id),
        author TEXT NOT NULL,
        at TEXT NOT NULL,
        found INTEGER NOT NULL CHECK (found >= 0),
        PRIMARY KEY (article_id, author)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE change (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        title TEXT NOT NULL,
        article_id TEXT NOT NULL,
        annotator TEXT NOT NULL,
        at TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('edit', 'undo', 'redo', 'machine')),
        target INTEGER REFERENCES change (seq),
        state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')),
        removed TEXT NOT NULL,
        added TEXT NOT NULL,
        CHECK ((kind IN ('undo', 'redo')) = (target IS NOT NULL))
    ) STRICT
    """,
    # Without it the last edit would be looked for among all that a model did since.
    "CREATE INDEX change_done ON change (seq) WHERE kind = 'edit' AND state = 'done'",
    "CREATE INDEX change_undone ON change (seq) WHERE kind = 'edit' AND state = 'undone'",
    """
    CREATE VIEW change_record AS
    SELECT
        change.seq,
        'removed' AS side,
        record.key AS position,
        json_extract(record.value, '$.record') AS kind,
        record.value AS record
    FROM change, json_each(change.removed) AS record
    UNION ALL
    SELECT change.seq, 'added', record.key, json_extract(record.value, '$.record'), record.value
    FROM change, json_each(change.added) AS record
    """,
)


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


STEPS: tuple[Step, ...] = (first_tables, blind_mode, codebook_revisions, article_states)
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
        for kind, name, table, sql in found
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
