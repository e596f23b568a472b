"""Copying a project while others write to it: SQLite's backup, of one moment, bit by bit."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

from storage import keys
from storage.opening import connect
from storage.transaction import one_moment

PAGES = 128
"""Pages in one piece: half a megabyte, a millisecond."""

FLUSH = 16
"""Pieces between two flushes to the disk, so that no edit waits behind gigabytes."""


def copy_out(
    source: sqlite3.Connection,
    target: Path,
    go_on: Callable[[int, int], None],
    alone: bool = False,
) -> None:
    """Write what a connection sees at this moment into an empty file, in rollback mode.

    Edits of others go on meanwhile and are not in it: a read transaction holds the moment, without
    which SQLite would begin anew after each (https://sqlite.org/c3ref/backup_finish.html).
    The copy is on disk when this returns. `go_on` gets the pages done and of all; what it
    raises ends the copying. Who is `alone` holds the project, and may write to it in `go_on`.
    """
    keys.give(target, keys.of(_file(source)))  # the copy of an encrypted file has its key
    with closing(connect(target, "mode=rw")) as copy, _flushed(target) as flush:
        copy.execute("PRAGMA synchronous = OFF")  # flushed here, and nobody needs half a copy
        pieces = 0

        def after_a_piece(_: int, remaining: int, total: int) -> None:
            nonlocal pieces
            pieces += 1
            if pieces % FLUSH == 0:
                flush()
            go_on(total - remaining, total)

        with nullcontext() if alone else one_moment(source):
            source.execute("SELECT count(*) FROM writer").fetchone()  # reading fixes the moment
            source.backup(copy, pages=PAGES, progress=after_a_piece)
        copy.execute("PRAGMA journal_mode = MEMORY")
        copy.execute("DELETE FROM writer")  # nobody has the copy open


def on_disk(folder: Path) -> None:
    """Have the names in a folder on disk; Windows does that by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _file(connection: sqlite3.Connection) -> Path:
    return Path(connection.execute("PRAGMA database_list").fetchone()[2])


@contextmanager
def _flushed(path: Path) -> Iterator[Callable[[], None]]:
    """Yield what brings a file to the disk, and do that at the end."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        yield lambda: os.fsync(descriptor)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
