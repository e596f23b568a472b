"""Projects of older schemas with articles and spans in them, and one of the present schema."""

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from unittest import mock

from annotation.codebook_file import default_codebook
from annotation.ids import new_id
from storage import create_project, schema
from tests.benchmarks.corpus import entries

AT = "2026-01-05T08:00:00.000Z"
QUOTED = "Halvik"
SPANS = 12

OLDER = (1, 2, 3)
"""Schema versions whose files are written here in plain SQL, as the programs of their day did."""


def make_new(path: Path, articles: int = 40) -> None:
    """Make a project of the present schema."""
    store = create_project(path, default_codebook(), annotator="anna")
    store.add_entries(list(entries(articles, 200, 20)), "anna")
    store.close()


def make_old(path: Path, version: int, articles: int = 40) -> None:
    """Make a project as the program of that schema version would have left it."""
    with mock.patch.object(schema, "STEPS", schema.STEPS[:version]):
        create_project(path, default_codebook(), annotator="anna").close()
    with closing(sqlite3.connect(path)) as client, client:
        for number in range(1, articles + 1):
            _add_article(client, number)


def _add_article(client: sqlite3.Connection, number: int) -> None:
    text = f"{QUOTED} report {number}. " * SPANS
    article_id = new_id()
    facts = {"title": f"Report {number}", "imported_at": AT, "words": f"report {number}"}
    row = {"number": number, "id": article_id, "sha256": sha256(text.encode()).hexdigest()}
    row |= {"length": len(text), "authors": "[]", "imported_by": "anna", **facts}
    empty = ("outlet", "published", "language", "url", "section", "source_file")
    _insert(client, "article", row | dict.fromkeys(empty, ""))
    _insert(client, "article_text", {"number": number, "text": text})
    step = len(text) // SPANS
    for start in range(0, len(text) - step + 1, step):
        _insert(
            client,
            "span",
            {
                "id": new_id(),
                "article_id": article_id,
                "layer": "entity",
                "label": "GPE",
                "start": start,
                "end": start + len(QUOTED),
                "fragments": f"[[{start},{start + len(QUOTED)}]]",
                "quotation": f'["{QUOTED}"]',
                "attributes": "{}",
                "annotator": "anna",
                "origin": "manual",
                "codebook_version": 1,
                "created_at": AT,
                "modified_at": AT,
                **dict.fromkeys(("note", "author", "suggestion_id"), ""),
            },
        )


def _insert(client: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    client.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
