"""The versions of a project's codebook."""

import sqlite3
from dataclasses import replace
from json import loads

from annotation.codebook import Codebook
from annotation.codebook_json import codebook_from_dict, codebook_to_dict
from annotation.errors import DamagedError, ProjectError
from annotation.ids import now
from storage.rows import compact


def codebook(connection: sqlite3.Connection, version: int | None) -> Codebook:
    """Return a version, or the latest; `ProjectError` when it is not there or damaged."""
    row = connection.execute(
        "SELECT version, content FROM codebook WHERE version = coalesce(?, version) "
        "ORDER BY version DESC LIMIT 1",
        (version,),
    ).fetchone()
    if row is None:
        raise ProjectError(f"The project holds no version {version or 1} of the codebook.")
    try:
        return replace(codebook_from_dict(loads(row[1])), version=row[0])
    except (ValueError, TypeError, RecursionError) as error:
        raise DamagedError(f"The codebook (version {row[0]}) of the project is damaged.") from error


def newest_version(connection: sqlite3.Connection) -> int:
    """Return the number of the codebook in use."""
    return int(connection.execute("SELECT max(version) FROM codebook").fetchone()[0])


def add_codebook(
    connection: sqlite3.Connection, new: Codebook, annotator: str, version: int = 1
) -> None:
    """Store a codebook as a version of the project's; the highest is the one in use."""
    connection.execute(
        "INSERT INTO codebook (version, content, created_at, annotator) VALUES (?, ?, ?, ?)",
        (version, compact(codebook_to_dict(new)), now(), annotator),
    )
