"""Writes `vN.sql`: a project of the present schema with a little of everything, as SQL.

Run once for each schema that goes out to people, and never again for it:
`python -m tests.storage.released.make`. Those of versions 1 to 7 were made by the programs of
their day; from version 5 on they hold a registry entry, from version 6 on a search index.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from annotation.codebook_file import default_codebook
from annotation.model import (
    Annotations,
    Argument,
    Article,
    Change,
    Fragment,
    Record,
    RegistryEntry,
    Relation,
    Review,
    Span,
    Suggestion,
)
from annotation.store import Entry
from storage import create_project

AT = "2026-01-05T08:00:00.000Z"
LATER = "2026-01-05T08:01:00.000Z"
MODEL = "en_core_web_sm 3.8.0"


def uid(number: int) -> str:
    """Return the same id whenever it is asked for."""
    return f"019b8d4f-0000-7000-8000-{number:012d}"


def an_article(number: int, text: str, **known: object) -> Article:
    """Return an article."""
    digest = sha256(text.encode()).hexdigest()
    return Article(uid(number), text, digest, text[:18], imported_at=AT, **known)  # type: ignore[arg-type]


def a_span(number: int, article: Article, label: str, *words: str, **said: object) -> Span:
    """Return a span over these words."""
    starts = [article.text.index(word) for word in words]
    fragments: tuple[Fragment, ...] = tuple(
        (start, start + len(word)) for start, word in zip(starts, words, strict=True)
    )
    origin = "manual" if len(words) == 1 else "imported"
    return Span(
        uid(number), article.id, "discourse", label, fragments, words, "anna", origin, 1, AT, AT,
        **said,  # type: ignore[arg-type]
    )  # fmt: skip


def a_suggestion(number: int, article: Article, label: str, words: str) -> Suggestion:
    """Return what a model proposed."""
    start = article.text.index(words)
    place = ((start, start + len(words)),)
    return Suggestion(uid(number), article.id, "entity", label, place, (words,), MODEL, AT, 0.75)


ONE = an_article(
    1,
    "Ilse Varga said the bridge would stay shut. 😀 Tomas Oren denied it on Friday.",
    outlet="Halvik Post",
    authors=("M. Aas", "J. Ødegård"),
    published="2026-01-04",
    language="en",
)
TWO = an_article(2, "Brückenamt: „Die Brücke bleibt zu“, sagte Varga.", language="de")
THREE = an_article(3, "Nothing is said about this one yet.")
SOURCE = a_span(11, ONE, "SOURCE", "Ilse Varga", attributes={"naming": "named"})
ENTRY = RegistryEntry(
    uid(51),
    "source",
    "Ilse Varga",
    "anna",
    AT,
    AT,
    aliases=("Varga",),
    facts={"role": "engineer"},
    confidential=True,
)
MENTION = replace(SOURCE, entry_id=ENTRY.id)
CUE = a_span(12, ONE, "CUE", "said")
CLAIM = a_span(13, ONE, "CLAIM", "the bridge would stay shut", note="Checked")
DENIER = a_span(14, ONE, "SOURCE", "Tomas Oren")
SPLIT = replace(a_span(15, TWO, "CLAIM", "Die", "bleibt zu"), annotator="bodo")
ATTRIBUTION = Relation(
    uid(21),
    ONE.id,
    "ATTRIBUTION",
    (Argument("claim", CLAIM.id), Argument("source", SOURCE.id), Argument("cue", CUE.id)),
    "anna",
    "manual",
    1,
    AT,
    AT,
)
PENDING = (a_suggestion(41, ONE, "PERSON", "Ilse Varga"), a_suggestion(42, ONE, "DATE", "Friday"))
REVIEWS = tuple(
    Review(TWO.id, "bodo", layer, "complete", AT) for layer in ("discourse", "entity", "event")
)


def a_change(
    number: int, title: str, removed: tuple[Record, ...], added: tuple[Record, ...], **k: bool
) -> Change:
    """Return an edit of the first article."""
    return Change(uid(number), title, ONE.id, "anna", AT, removed, added, **k)


def make(path: Path) -> None:
    """Make the project: imported, gone through by a model, tagged, linked, and one step undone."""
    store = create_project(path, default_codebook(), annotator="anna")
    entries = [Entry(ONE), Entry(TWO, Annotations((SPLIT,), (), (), REVIEWS)), Entry(THREE)]
    store.add_entries(entries, "anna")
    store.store_run(ONE.id, MODEL, a_change(31, "Suggestions", (), PENDING, undoable=False))
    store.apply(a_change(36, "Add Ilse Varga", (), (ENTRY,)))
    store.apply(a_change(32, "Tag", (), (MENTION, CUE, CLAIM)))
    store.apply(a_change(33, "Link", (), (ATTRIBUTION,)))
    store.apply(a_change(34, "Tag SOURCE", (), (DENIER,)))
    noted = replace(DENIER, note="Who?", modified_at=LATER)
    store.apply(a_change(35, "Note", (DENIER,), (noted,)))
    store.undo("anna", AT)
    store.index(100)
    store.close()


def statements(client: sqlite3.Connection) -> Iterator[str]:
    """Yield the SQL that makes this file, with the search index as it is.

    Python's dump writes a virtual table into the schema by hand, where SQLite sees it only
    when the file is opened again.
    """
    virtual = dict(
        client.execute("SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
    )
    for line in client.iterdump():
        if line.startswith("INSERT INTO sqlite_master"):
            yield f"{virtual[line.split(chr(39))[3]]};"
        elif line.startswith("CREATE TABLE 'article_"):  # made with the virtual table
            yield f"DELETE FROM {line.split(chr(39))[1]};"
        elif not line.startswith(
            ("PRAGMA writable_schema", *(f'INSERT INTO "{name}" ' for name in virtual))
        ):
            yield line


def main() -> None:
    """Write the file for the present schema, unless there is one."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.pressmark"
        make(path)
        with closing(sqlite3.connect(path)) as client:
            numbers = [
                (name, client.execute(f"PRAGMA {name}").fetchone()[0])
                for name in ("application_id", "user_version")
            ]
            lines = [f"PRAGMA {name} = {number};" for name, number in numbers]
            lines += statements(client)
    target = Path(__file__).with_name(f"v{numbers[1][1]}.sql")
    with target.open("x", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
