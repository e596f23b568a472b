"""What SQLite reports, in words for the reader."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotation.errors import ConflictError, DamagedError, ProjectError

FAILURES = (sqlite3.Error, OverflowError, UnicodeError)
"""All that a statement can raise: the last two for values that no file can hold."""

WORDS = {
    sqlite3.SQLITE_FULL: "The disk is full. What {path} held before this is safe; this could "
    "not be stored. Free some space, then do it again.",
    sqlite3.SQLITE_IOERR: "The disk refused while {path} was read or written: this could not "
    "be done. Is there space left, and is the disk still connected?",
    sqlite3.SQLITE_READONLY: "{path} cannot be written. Check the permissions of the file and "
    "its folder, or work on a copy.",
    sqlite3.SQLITE_BUSY: "{path} is busy: another program is using it. "
    "Wait a moment, then do it again.",
    sqlite3.SQLITE_LOCKED: "{path} is busy: another program is using it. "
    "Wait a moment, then do it again.",
    sqlite3.SQLITE_INTERRUPT: "Stopped: {path} is as it was.",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged. Restore a backup of it, or save what can be read "
    "into a new file with “pressmark check --repair”.",
    sqlite3.SQLITE_NOTADB: "{path} is not a Pressmark project.",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened. Check the permissions of the file and "
    "its folder.",
    sqlite3.SQLITE_PERM: "{path} cannot be opened: you have no permission.",
    sqlite3.SQLITE_TOOBIG: "A text is too large for {path}: the limit is a thousand million bytes.",
}

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def code(error: BaseException) -> int:
    """Return SQLite's primary result code (https://sqlite.org/rescode.html), or 0."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def in_words(path: Path, error: Exception) -> ProjectError:
    """Return the failure as a sentence about this file."""
    number = code(error)
    if number == sqlite3.SQLITE_CONSTRAINT:
        return ConflictError(_broken_rule(path, str(error)))
    if "decode to UTF-8" in str(error):  # the message goes on with what the file holds
        number = sqlite3.SQLITE_CORRUPT
    if is_of_the_index(error):
        return ProjectError(
            f"The search index of {path} is damaged; the articles are not harmed by it. Make it "
            "anew with “pressmark index PROJECT --anew”."
        )
    if "no such module" in str(error):
        return ProjectError(
            f"{path} cannot be searched: the SQLite that this Python uses was built without "
            "full-text search (FTS5). Use a Python that has it, such as the one of python.org."
        )
    if number in DAMAGED:
        return DamagedError(WORDS[number].format(path=path))
    if number in WORDS:
        return ProjectError(WORDS[number].format(path=path))
    return ProjectError(f"{path}: {error}. This could not be done.")


def is_of_the_index(error: Exception) -> bool:
    """Tell whether a failure is about the search index only."""
    extended = getattr(error, "sqlite_errorcode", 0)
    words = ("invalid fts5 file format", "fts5: ")  # of SQLite up to 3.51, and later
    return extended == sqlite3.SQLITE_CORRUPT_VTAB or any(word in str(error) for word in words)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Raise what SQLite reports inside as `ProjectError`."""
    try:
        yield
    except FAILURES as error:
        raise in_words(path, error) from error


def _broken_rule(path: Path, message: str) -> str:
    if "FOREIGN KEY" in message:
        return (
            f"This does not fit what {path} holds: it refers to an article or a span that is not "
            "there, or removes a span that a relation still uses. Nothing was changed."
        )
    if message.endswith("article.sha256"):
        return f"{path} holds an article with this text already. Nothing was changed."
    if "UNIQUE" in message:
        return f"{path} holds a record of this id already. Nothing was changed."
    return f"{path} cannot hold this record ({message}). Nothing was changed."
