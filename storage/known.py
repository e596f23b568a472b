"""What a query names without saying it in full, in one project: labels, annotators, words."""

import sqlite3
from contextlib import closing
from functools import lru_cache

from annotation.codebook import Codebook
from annotation.errors import ProjectError
from storage import tallies
from storage.index_tables import APART

MOST = 24
"""With how many words that begin so they are looked up one by one.

Of the beginning of a word FTS5 first puts together all articles with any of the words, which
takes as long as these are many; words it reads as far as somebody looks.
"""

AT_ONCE = 3
"""Of beginnings up to this length there is an index."""

VOCABULARY = """
    CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary
    USING fts5vocab('main', 'article_words', 'instance')
"""
NEXT = "SELECT term FROM temp.vocabulary WHERE term >= ? LIMIT 1"


class Known:
    """What the query is asked of; `by_word` says whether words may be looked up in its index."""

    def __init__(
        self, connection: sqlite3.Connection, codebook: Codebook, by_word: bool = True
    ) -> None:
        self._connection = connection
        self._codebook = codebook
        self._by_word = by_word
        self._endings: dict[str, list[str]] = {}

    def labels(self, name: str) -> list[tuple[str, str]]:
        """Return (layer, label) of each label of that name, and ("", relation).

        `ProjectError` where there is none.
        """
        wanted = name.casefold()
        labels = [
            (label.layer, label.name)
            for label in self._codebook.labels
            if wanted in (label.name.casefold(), f"{label.layer}/{label.name}".casefold())
        ]
        relations = self._codebook.relations
        labels += [
            ("", relation.name) for relation in relations if relation.name.casefold() == wanted
        ]
        if not labels:
            raise ProjectError(f"The codebook has no label and no relation “{name}”.")
        return labels

    def annotators(self, name: str) -> list[str]:
        """Return the annotators of that name, in any case."""
        wanted = name.casefold()
        return [one for one in tallies.annotators(self._connection) if one.casefold() == wanted]

    def endings(self, words: str) -> list[str]:
        """Return the words with each word of the index that begins as the last one does.

        None where these are too many, or where the beginning is as soon found.
        """
        if words not in self._endings:
            *before, last = _tokens(words) or ("",)
            many = [] if not self._by_word or len(last) <= AT_ONCE else self._beginning(last)
            found = many if len(many) <= MOST else []
            self._endings[words] = [" ".join((*before, word)) for word in found]
        return self._endings[words]

    def _beginning(self, start: str) -> list[str]:
        try:
            return self._looked_up(start)
        except sqlite3.DatabaseError:
            return []  # a damaged index: the query itself meets it, and says so

    def _looked_up(self, start: str) -> list[str]:
        connection, found, at = self._connection, list[str](), start
        ((guarded,),) = connection.execute("PRAGMA query_only")
        connection.execute("PRAGMA query_only = OFF")  # it is of temporary tables, too
        connection.execute(VOCABULARY)
        connection.execute(f"PRAGMA query_only = {guarded}")
        while len(found) <= MOST:
            row = connection.execute(NEXT, (at,)).fetchone()
            if row is None or not row[0].startswith(start):
                break
            found.append(row[0])
            at = f"{row[0]}\x01"  # before whatever goes on from it
        return found


@lru_cache(maxsize=64)
def _tokens(words: str) -> tuple[str, ...]:
    """Return words as the index spells them: without case and accents."""
    with closing(sqlite3.connect(":memory:")) as apart:
        apart.execute(APART[0])
        apart.execute("CREATE VIRTUAL TABLE token USING fts5vocab('article_words', 'instance')")
        apart.execute("INSERT INTO article_words (text) VALUES (?)", (words,))
        return tuple(term for (term,) in apart.execute("SELECT term FROM token ORDER BY offset"))
