"""How much an edit adds to the log at most, by docs/project-file.md."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from annotation import registry_edits
from annotation.codebook import Codebook
from annotation.codebook_file import default_codebook
from annotation.ids import new_id, now
from annotation.model import Annotations, Argument, Change, Record, Relation, Span, Suggestion
from annotation.store import Entry
from storage import ProjectFile, create_project
from tests.storage.making import make_article

DOCS = Path(__file__).resolve().parents[2] / "docs" / "project-file.md"
WORD = "Donaudampfschifffahrt"
NAME = "n" * 24
SIZE = """
    SELECT (SELECT sum(length(CAST(id || title || article_id || annotator || at || kind || state
        || removed || added AS BLOB)) + 30) FROM change)
    + (SELECT sum(length(id) + 12) FROM touched)
"""
"""Bytes of the rows, with what SQLite puts around the columns."""


def at_most(what: str) -> int:
    """Return the bound that the docs give for an edit."""
    (line,) = [
        line for line in DOCS.read_text("utf-8").splitlines() if line.startswith(f"| {what}")
    ]
    return int(re.sub(r"\D", "", line.split("|")[3]))


def longest(book: Codebook, label: str) -> dict[str, str | bool]:
    """Return each attribute of a label with its longest value; none in free text."""
    (found,) = [each for each in book.labels if each.name == label and each.layer != "entity"]
    values: dict[str, str | bool] = {}
    for attribute in found.attributes:
        if attribute.values:
            values[attribute.name] = max((v.name for v in attribute.values), key=len)
        elif attribute.type == "flag":
            values[attribute.name] = False
    return values


def test_no_edit_adds_more_than_the_docs_say(path: Path) -> None:
    book, article = default_codebook(), make_article(f"{WORD} " * 40_000)
    varga = registry_edits.new_entry("source", "Ilse Varga", NAME)
    place, at = 39_990 * (len(WORD) + 1), now()
    spans = [
        Span(
            *(new_id(), article.id, "discourse", label, ((place, place + len(WORD)),), (WORD,)),
            *(NAME, "accepted", 10, at, at),
            attributes=longest(book, label), author="en_core_web_trf 3.8.0",
            suggestion_id=new_id(), blind=True, entry_id=varga.id,
        )
        for label in ("CLAIM", "SOURCE", "CUE")
    ]  # fmt: skip
    claim, source, cue = spans
    members = (Argument("claim", claim.id), Argument("source", source.id), Argument("cue", cue.id))
    link = Relation(
        *(new_id(), article.id, "ATTRIBUTION", members, NAME, "accepted", 10, at, at),
        attributes={"duplicate": False},
    )
    pending = Suggestion(
        *(new_id(), article.id, "entity", "WORK_OF_ART", claim.fragments, claim.quotation),
        *("en_core_web_trf 3.8.0", at, 0.123456789),
    )
    taken = replace(claim, id=new_id(), layer="entity", label="WORK_OF_ART", attributes={})
    with closing(create_project(path, book)) as store:
        store.apply(registry_edits.add(NAME, varga))
        store.add_entries([Entry(article, Annotations((), (), (pending,)))], NAME)
        for what, removed, added in (
            ("a span is tagged", (), (claim,)),
            ("a span is tagged", (), (source,)),
            ("a span is tagged", (), (cue,)),
            ("a span gets", (claim,), (replace(claim, attributes=longest(book, "CLAIM")),)),
            ("spans are linked", (), (link,)),
            ("all suggestions", (pending,), (replace(pending, state="accepted"), taken)),
        ):
            assert done(store, path, removed, added) <= at_most(what), what
        before = size(path)
        assert store.undo(NAME, now()) is not None
        assert size(path) - before <= at_most("undo or redo")


def done(
    store: ProjectFile, path: Path, removed: tuple[Record, ...], added: tuple[Record, ...]
) -> int:
    before = size(path)
    title = "t" * 40
    record = (*removed, *added)[0]
    store.apply(Change(new_id(), title, record.article_id, NAME, now(), removed, added))
    return size(path) - before


def size(path: Path) -> int:
    with closing(sqlite3.connect(path)) as client:
        return int(client.execute(SIZE).fetchone()[0] or 0)
