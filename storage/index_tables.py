"""The tables of the index for full-text search; `indexing` says how they are used."""

import sqlite3

COLUMNS = "title, outlet, authors, section, source_file, text"

WORDS = f"CREATE VIRTUAL TABLE {{}} USING fts5({COLUMNS}, {{}}tokenize='{{}}')"

BY_WORDS = "unicode61 remove_diacritics 2"
BY_CHARACTERS = "trigram"

TWO = ("article_words", "article_trigrams")

TABLES = (
    """
    CREATE TABLE indexed (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        articles INTEGER NOT NULL CHECK (articles >= 0)
    ) STRICT
    """,
    "INSERT INTO indexed VALUES (1, 0)",
    "CREATE TABLE spaceless (number INTEGER PRIMARY KEY REFERENCES article (number)) STRICT",
    f"""
    CREATE VIEW indexed_article AS
    SELECT number, {COLUMNS} FROM article JOIN article_text USING (number)
    WHERE number <= (SELECT articles FROM indexed)
    """,
    f"""
    CREATE VIEW spaceless_article AS
    SELECT number, {COLUMNS} FROM article JOIN article_text USING (number)
    WHERE number IN (SELECT number FROM spaceless)
    """,
)

BESIDE = (
    WORDS.format(
        "article_words",
        "content='indexed_article', content_rowid='number', prefix='1 2 3', ",
        BY_WORDS,
    ),
    WORDS.format(
        "article_trigrams",
        "content='spaceless_article', content_rowid='number', ",
        BY_CHARACTERS,
    ),
)
"""The two tables of the index."""

APART = (
    WORDS.format("article_words", "", BY_WORDS),
    WORDS.format("article_trigrams", "", BY_CHARACTERS),
)
"""The same two, for a database of their own that holds the articles not yet indexed."""


def search_index(connection: sqlite3.Connection) -> None:
    """Make an empty index; nothing is in it, so this takes no time in a project of any size."""
    for statement in (*TABLES, *BESIDE):
        connection.execute(statement)
