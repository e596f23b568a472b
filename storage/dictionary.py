"""The dictionary of a project file; answers `annotation.dictionary.KeptDictionary`."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from storage.failures import told
from storage.registries import Writing

if TYPE_CHECKING:
    from annotation.dictionary import Dictionary

NAME, AUTHOR = "dictionary", "dictionary_author"
"""The names in `meta` under which its name and its suggestions' author are noted."""

TABLES = (
    """
    CREATE TABLE term (
        layer TEXT NOT NULL,
        term TEXT NOT NULL,
        any_case INTEGER NOT NULL CHECK (any_case IN (0, 1)),
        label TEXT NOT NULL,
        PRIMARY KEY (layer, term, any_case)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE revised_term (
        id INTEGER PRIMARY KEY,
        seq INTEGER NOT NULL,
        term TEXT NOT NULL,
        any_case INTEGER NOT NULL,
        layer TEXT NOT NULL,
        label TEXT NOT NULL,
        other_layer TEXT NOT NULL,
        other_label TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX revised_term_by_seq ON revised_term (seq)",
)

RENAMED = """
    INSERT INTO revised_term (seq, term, any_case, layer, label, other_layer, other_label)
    SELECT :seq, term, any_case, layer, label, new_layer, new_label
    FROM term JOIN moved USING (layer, label) WHERE renamed AND new_label IS NOT NULL
"""
# A term that has got another label since stays as it is.
TURN = (
    """
    UPDATE OR IGNORE term SET layer = other_layer, label = other_label FROM revised_term AS turned
    WHERE seq = :seq AND turned.term = term.term AND turned.any_case = term.any_case
    AND turned.layer = term.layer AND turned.label = term.label
    """,
    """
    UPDATE revised_term SET layer = other_layer, label = other_label,
        other_layer = layer, other_label = label
    WHERE seq = :seq
    """,
)
WITHOUT_LABEL = """
    SELECT count(*) FROM term JOIN moved USING (layer, label) WHERE new_label IS NULL
"""


class ProjectDictionary:
    """Reads and writes the table `term`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, writing: Writing) -> None:
        self._path = path
        self._connection = connection
        self._writing = writing

    def author(self) -> str:
        """Return how suggestions name it, empty where the project never had one."""
        with told(self._path):
            return _fact(self._connection, AUTHOR)

    def read(self) -> "Dictionary":
        """Return it; one without terms where there is none."""
        from annotation.dictionary import sorted_dictionary

        with told(self._path):
            name = _fact(self._connection, NAME)
            return sorted_dictionary(_rows(self._connection), name)

    def put(self, dictionary: "Dictionary") -> None:
        """Put another in its place; only the terms that differ are written."""
        wanted = {(t.term, t.layer, t.label, t.any_case) for t in dictionary.terms}
        author = dictionary.author
        with self._writing() as connection:
            there = set(_rows(connection))
            connection.executemany(
                "DELETE FROM term WHERE term = ? AND layer = ? AND label = ? AND any_case = ?",
                there - wanted,
            )
            connection.executemany(
                "INSERT INTO term (term, layer, label, any_case) VALUES (?, ?, ?, ?)",
                wanted - there,
            )
            connection.execute("DELETE FROM run WHERE author = ?", (author,))
            facts = ((NAME, dictionary.name), (AUTHOR, author))
            connection.executemany("REPLACE INTO meta (name, value) VALUES (?, ?)", facts)


def revise(connection: sqlite3.Connection, seq: int) -> None:
    """Give terms the new names of their labels, by the table `moved` of a revision.

    Terms of labels that are gone stay: they are listed, and suggest nothing.
    """
    connection.execute(RENAMED, {"seq": seq})
    turn(connection, seq)


def turn(connection: sqlite3.Connection, seq: int) -> None:
    """Bring terms to the other side of a revision, and note the side they were on."""
    for sql in TURN:
        connection.execute(sql, {"seq": seq})


def without_label(connection: sqlite3.Connection) -> int:
    """Return how many terms lose their label by the revision in the table `moved`."""
    return int(connection.execute(WITHOUT_LABEL).fetchone()[0])


def _rows(connection: sqlite3.Connection) -> list[tuple[str, str, str, bool]]:
    found = connection.execute("SELECT term, layer, label, any_case FROM term")
    return [(term, layer, label, bool(any_case)) for term, layer, label, any_case in found]


def _fact(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""
