"""Which articles a filter lets through, all of them, found by a thread of its own."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from json import loads
from pathlib import Path

from annotation.store import ArticleFilter
from storage import codebooks, listing
from storage.failures import code, told
from storage.opening import connect_again
from storage.transaction import one_moment

FIRST = 100
"""How many numbers the first piece has: what a screen shows, and a little more."""

STEPS = 10_000
"""Steps of SQLite's machine between two questions whether to stop: well under a millisecond."""


def numbers_found(
    path: Path, wanted: ArticleFilter, stopped: Callable[[], bool]
) -> Iterator[list[int]]:
    """Yield the numbers in order, the first ones and then the rest, as of one moment.

    Reads through a connection of its own; `stopped` is asked now and then, and ends it early.
    """
    with told(path), closing(connect_again(path)) as connection, one_moment(connection):
        connection.set_progress_handler(stopped, STEPS)
        try:
            for piece in _pieces(connection, wanted):
                if stopped():
                    return
                yield piece
        except sqlite3.OperationalError as error:
            if code(error) != sqlite3.SQLITE_INTERRUPT:
                raise


def _pieces(connection: sqlite3.Connection, wanted: ArticleFilter) -> Iterator[list[int]]:
    first: list[int] = []
    for sql, values in _statements(connection, wanted, 0):
        found = connection.execute(f"{sql} LIMIT ?", [*values, FIRST - len(first)])
        first += [number for (number,) in found]
    yield first
    if len(first) < FIRST:
        return
    rest: list[int] = []
    for sql, values in _statements(connection, wanted, first[-1]):
        # As one value: row by row, the other threads of Python would be waited for each time.
        all_of_it = f"SELECT json_group_array(number) FROM ({sql} LIMIT -1)"
        rest += sorted(loads(connection.execute(all_of_it, values).fetchone()[0]))
    yield rest


def _statements(
    connection: sqlite3.Connection, wanted: ArticleFilter, after: int
) -> Iterator[tuple[str, list[object]]]:
    if wanted.words:
        codebook = codebooks.codebook(connection, None)
        yield from listing.numbers_asked(connection, wanted, codebook, after)
    elif wanted.status is not None:
        sql = "SELECT number FROM article_state WHERE status = ? AND number > ? ORDER BY number"
        yield sql, [wanted.status, after]
    else:
        yield "SELECT number FROM article WHERE number > ? ORDER BY number", [after]
