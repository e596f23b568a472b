"""Entries of the registries that somebody has said are not the same, however alike their names."""

import sqlite3

NAME = "distinct/"
"""With what the names of rows in `meta` begin that hold such a pair: then the two ids."""


def pairs(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the ids of the entries of each pair."""
    sql = "SELECT substr(name, ?) FROM meta WHERE name >= ? AND name < ? ORDER BY name"
    found = connection.execute(sql, (len(NAME) + 1, NAME, NAME[:-1] + "0"))
    return [(first, second) for first, _, second in (row[0].partition("/") for row in found)]


def put(connection: sqlite3.Connection, first: str, second: str, apart: bool, at: str) -> None:
    """Note that two entries are not the same, or take that back."""
    name = NAME + "/".join(sorted((first, second)))
    if apart:
        connection.execute("REPLACE INTO meta (name, value) VALUES (?, ?)", (name, at))
    else:
        connection.execute("DELETE FROM meta WHERE name = ?", (name,))
