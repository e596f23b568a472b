"""Connections to encrypted files: SQLCipher in the place of SQLite.

Imported for encrypted projects only: it brings an SQLite of its own, and one process may not
use both on one file (https://sqlite.org/howtocorrupt.html#_multiple_copies_of_sqlite_linked_into_the_same_application).
"""

import sqlite3
from typing import cast

from annotation.errors import ProjectError
from storage.keys import Key

try:
    from sqlcipher3 import dbapi2
except ImportError as error:
    raise ProjectError(
        "Projects with a password need the package sqlcipher3, which is not installed here. "
        "Install Pressmark anew with all it depends on."
    ) from error

KIN = (
    *("InterfaceError", "DatabaseError", "InternalError", "OperationalError"),
    *("ProgrammingError", "IntegrityError", "DataError", "NotSupportedError"),
)

# SQLCipher's errors become those of sqlite3, too: whoever catches the one means the other.
for _name in KIN:
    _error, _ours = getattr(dbapi2, _name), getattr(sqlite3, _name)
    if not issubclass(_error, _ours):
        _error.__bases__ = (*_error.__bases__, _ours)


def connect(address: str, key: Key | None) -> sqlite3.Connection:
    """Connect to the file of a URI, with None to one that is not encrypted.

    The connection answers as one of sqlite3 does. That a key does not fit is an error of
    the first statement that reads.
    """
    connection = cast(sqlite3.Connection, dbapi2.connect(address, uri=True))
    connection.execute("PRAGMA cipher_log_level = NONE")  # or it writes to standard error
    if key is not None:
        connection.execute(f'PRAGMA key = "{key.sql()}"')
        connection.execute("PRAGMA temp_store = MEMORY")  # no sorted text in files of plain text
    return connection
