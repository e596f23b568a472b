"""The tables of the first version of the schema, as every project file began."""

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
