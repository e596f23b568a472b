"""The write-ahead log: how an open project gets one, and how it is folded up into the file."""

import sqlite3

from annotation.errors import ProjectError
from storage.failures import code
from storage.holding import Hold

IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)

DURABLE = "EXTRA"
"""Each transaction is on disk before it counts (https://sqlite.org/pragma.html#pragma_synchronous).

With a write-ahead log that is as FULL. Without one, as in a migration, it also makes sure that
the rollback journal, which would take the transaction back, does not come back itself.
"""

WITHOUT_WAITING = "NORMAL"
"""In the write-ahead log, but perhaps not on disk yet; what was durable stays so."""


def keep_log(connection: sqlite3.Connection) -> None:
    """Write to a write-ahead log from now on, if the file is not in that mode yet.

    Only bytes in the first hundred of the file change, which no disk writes by half. So
    they need no rollback journal, which would cost five times as long.
    """
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA journal_mode = WAL")


def fold_up(connection: sqlite3.Connection, hold: Hold) -> None:
    """Give the project free and bring the write-ahead log into the file.

    `ProjectError` where the disk has no room for that; nothing is lost then.

    The file is left in rollback mode, which can be read where nothing can be written, and
    without other files next to it; see `keep_log`.
    """
    try:
        connection.execute(f"PRAGMA synchronous = {WITHOUT_WAITING}")
        hold.release(connection)
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = MEMORY")
    except sqlite3.OperationalError as error:
        if code(error) in NO_ROOM:
            raise ProjectError(
                "Everything is stored, but there was no room to bring it together in one file: "
                "keep the file that ends in -wal beside the project, free some space, and open "
                "and close the project once more."
            ) from error
        if code(error) not in IN_USE:
            raise
