"""How two copies of one project differ, article by article."""

import sqlite3
from contextlib import closing
from pathlib import Path

from annotation.backups import Difference
from annotation.errors import ProjectError
from storage import integrity, keys
from storage.failures import told
from storage.opening import attach, connect, connect_to_read

KEPT = {
    "span": "id, article_id, modified_at, label, attributes, fragments",
    "relation": "id, article_id, modified_at, label, attributes",
    "suggestion": "id, article_id, state, label",
    "review": "layer, article_id, annotator, state",
}
"""By which columns, there since the first version, two rows of an article are the same."""

ONLY = """
    SELECT title FROM {here}.article WHERE id NOT IN (SELECT id FROM {there}.article)
    ORDER BY number
"""


def compare(backup: Path, project: Path) -> Difference:
    """Return what a backup holds and how the project differs; `ProjectError` for a bad backup."""
    with told(backup), closing(connect(backup, "mode=ro")) as copy:
        counts, labels = integrity.counts(copy), _labels(copy)
    try:
        with told(project), closing(connect_to_read(project)) as now:
            counts_now, labels_now = integrity.counts(now), _labels(now)
            _attach(now, backup, project)
            return Difference(
                {name: (number, counts_now[name]) for name, number in counts.items()},
                {
                    label: (labels.get(label, 0), labels_now.get(label, 0))
                    for label in sorted(labels.keys() | labels_now.keys())
                },
                gone=_titles(now, ONLY.format(here="main", there="backup")),
                back=_titles(now, ONLY.format(here="backup", there="main")),
                changed=_titles(now, _changed()),
            )
    except ProjectError as error:
        return Difference(
            {name: (number, None) for name, number in counts.items()},
            {label: (number, None) for label, number in labels.items()},
            unreadable=str(error),
        )


def _attach(now: sqlite3.Connection, backup: Path, project: Path) -> None:
    if (keys.of(backup) is None) != (keys.of(project) is None):
        raise ProjectError(
            "Only one of the two is encrypted. What is in their articles cannot be compared."
        )
    attach(now, backup, "mode=ro", "backup")


def _labels(connection: sqlite3.Connection) -> dict[tuple[str, str], int]:
    return {
        (layer, label): int(number) for layer, label, number in integrity.label_counts(connection)
    }


def _changed() -> str:
    """Return the SQL for the titles of articles in both about which something else is said."""
    differing = " UNION ".join(
        f"SELECT article_id FROM (SELECT {columns} FROM {here}.{table} "
        f"EXCEPT SELECT {columns} FROM {there}.{table})"
        for table, columns in KEPT.items()
        for here, there in (("main", "backup"), ("backup", "main"))
    )
    return (
        f"SELECT title FROM main.article WHERE id IN ({differing}) "
        "AND id IN (SELECT id FROM backup.article) ORDER BY number"
    )


def _titles(connection: sqlite3.Connection, sql: str) -> tuple[str, ...]:
    return tuple(str(title) for (title,) in connection.execute(sql))
