"""How often the annotations of a project use each part of its codebook.

Labels are tallied; for roles and attributes all records are read once, in the order in which
they lie in the file. That takes seconds where there are millions, so a thread should ask.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from annotation.codebook import Codebook, Label, RelationLabel
from annotation.codebook_revision import Uses
from storage import rows, tallies
from storage.codebooks import codebook
from storage.transaction import one_moment

COUNTS = (
    "SELECT 'suggestion', layer, label, count(*) FROM suggestion WHERE state = 'pending' "
    "GROUP BY layer, label",
    "SELECT 'review', layer, count(*) FROM review WHERE state = 'complete' GROUP BY layer",
)

# CROSS: from relation to argument, which lie in the same order, and not the other way round.
ROLES = "SELECT label, role FROM relation CROSS JOIN argument ON relation_id = relation.id"

ATTRIBUTES = "SELECT {layer}, label, attributes FROM {table} WHERE attributes <> '{{}}'"

SOME = 50_000
"""How many records are counted before their attributes are read: most say the same."""


def uses(connection: sqlite3.Connection) -> Uses:
    """Return how often each label, relation, role, attribute and value is used."""
    found: Counter[tuple[str, ...]] = Counter()
    with one_moment(connection):
        for layer, label, count in tallies.label_counts(connection):
            found[("label", layer, label) if layer else ("relation", label)] = count
        for sql in COUNTS:
            for *key, count in connection.execute(sql):
                found[tuple(key)] = count
        for (label, role), count in Counter(connection.execute(ROLES)).items():
            found["role", label, role] = count
        choices = _choices(codebook(connection, None))
        for table, layer in (("span", "layer"), ("relation", "''")):
            said = connection.execute(ATTRIBUTES.format(table=table, layer=layer))
            for *owner, name, value, count in _said(said):
                found["attribute", *owner, name] += count
                if name in choices and isinstance(value, str):
                    found["value", *owner, name, value] += count
    return found


def _said(said: Iterator[tuple[str, str, str]]) -> Iterator[tuple[str, str, str, object, int]]:
    """Yield layer, label, attribute and value, with how often it is said; in several parts."""
    while some := Counter(islice(said, SOME)):
        for (layer, label, attributes), count in some.items():
            for name, value in rows.attributes(attributes, label).items():
                yield layer, label, name, value, count


def _choices(known: Codebook) -> set[str]:
    """Return the names of attributes with values to count: free texts are all different."""
    owners: tuple[Label | RelationLabel, ...] = (*known.labels, *known.relations)
    return {a.name for owner in owners for a in owner.attributes if a.type == "choice"}
