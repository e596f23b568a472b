"""How often the annotations of a project use each part of its codebook."""

import sqlite3

from annotation.codebook import Codebook, Label, RelationLabel
from annotation.codebook_revision import Uses
from storage.codebooks import codebook
from storage.rows import compact
from storage.transaction import one_moment

LABELS = (
    "SELECT 'label', layer, label, count(*) FROM span GROUP BY layer, label",
    "SELECT 'suggestion', layer, label, count(*) FROM suggestion WHERE state = 'pending' "
    "GROUP BY layer, label",
    "SELECT 'relation', label, count(*) FROM relation GROUP BY label",
    "SELECT 'role', label, role, count(*) FROM argument "
    "JOIN relation ON relation.id = relation_id GROUP BY label, role",
    "SELECT 'review', layer, count(*) FROM review WHERE state = 'complete' GROUP BY layer",
)
SAID = """
    SELECT {layer}, label, said.key, said.value, count(*)
    FROM {table}, json_each({table}.attributes) AS said
    WHERE {table}.attributes <> '{{}}' AND said.type = 'text'
    AND said.key IN (SELECT value FROM json_each(?)) GROUP BY 1, 2, 3, 4
"""
SAID_AT_ALL = """
    SELECT 'attribute', {layer}, label, said.key, count(*)
    FROM {table}, json_each({table}.attributes) AS said
    WHERE {table}.attributes <> '{{}}' GROUP BY 2, 3, 4
"""


def uses(connection: sqlite3.Connection) -> Uses:
    """Return how often each label, relation, role, attribute and value is used."""
    found: dict[tuple[str, ...], int] = {}
    with one_moment(connection):
        choices = compact(_choices(codebook(connection, None)))
        counted = list(LABELS)
        for table, layer in (("span", "layer"), ("relation", "''")):
            counted.append(SAID_AT_ALL.format(table=table, layer=layer))
            for *where, value, count in connection.execute(
                SAID.format(table=table, layer=layer), (choices,)
            ):
                found["value", *where, value] = count
        for sql in counted:
            for *key, count in connection.execute(sql):
                found[tuple(key)] = count
    return found


def _choices(known: Codebook) -> list[str]:
    """Return the names of attributes with values to count: free texts are all different."""
    owners: tuple[Label | RelationLabel, ...] = (*known.labels, *known.relations)
    names = {a.name for owner in owners for a in owner.attributes if a.type == "choice"}
    return sorted(names)
