"""Export to spaCy's DocBin, against bare spaCy that builds and writes the same Docs."""

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotation.codebook_file import default_codebook
from annotation.exporting import ExportOptions, export
from annotation.model import Review
from annotation.store import Entry
from storage import create_project
from tests.benchmarks import corpus
from tests.benchmarks.measure import (
    Options,
    Row,
    Samples,
    Target,
    interleaved,
    scratch_folder,
)

ARTICLES, WORDS, SPANS = 200, 500, 40
LAYERS = ("entity", "discourse", "event")

ROWS = (
    Row(
        "export-docbin",
        "articles exported a second, with everything an export writes",
        "bare spaCy builds the same Docs, user data and all, and writes one DocBin",
        "/s",
        Target(ratio=0.8),
    ),
)


Piece = tuple[int, int, str, str]
"""Start and end in code points, label, id."""


@dataclass(frozen=True)
class Made:
    """What a Doc is made of, as plain values."""

    text: str
    entities: list[Piece]
    groups: dict[str, list[Piece]]
    user_data: dict[Any, Any]


def measure(options: Options) -> dict[str, Samples]:
    """Export the same project again and again; the floor gets its plain values for nothing."""
    count = ARTICLES // 4 if options.quick else ARTICLES
    with scratch_folder() as folder:
        store = create_project(folder / "export.pressmark", default_codebook())
        store.add_entries([_reviewed(e) for e in corpus.entries(count, WORDS, SPANS)], "benchmark")
        out = folder / "out"
        wanted = ExportOptions(format="docbin")
        export(store, out, wanted)
        made = read_back(out / "corpus.spacy")
        assert len(made) == count, "the floor has to build as many Docs"

        def ours() -> float:
            started = time.perf_counter()
            export(store, out, wanted)
            return count / (time.perf_counter() - started)

        def floor() -> float:
            started = time.perf_counter()
            write_bare(made, folder / "bare.spacy")
            return count / (time.perf_counter() - started)

        samples = interleaved(floor, ours, options.rounds(10))
        store.close()
    samples.note = (
        f"{count} articles of {WORDS} words and {SPANS} spans; ours also reads the project and "
        "writes training files, reports and hashes"
    )
    return {"export-docbin": samples}


def read_back(path: Path) -> list[Made]:
    """Return what the Docs of a file are made of."""
    import spacy
    from spacy.tokens import DocBin

    return [
        Made(
            doc.text,
            [(e.start_char, e.end_char, e.label_, e.ent_id_) for e in doc.ents],
            {
                key: [(s.start_char, s.end_char, s.label_, s.id_) for s in group]
                for key, group in doc.spans.items()
            },
            dict(doc.user_data),
        )
        for doc in DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)
    ]


def write_bare(made: list[Made], path: Path) -> None:
    """Build and write the Docs as any script would."""
    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("en")
    bin_ = DocBin(attrs=("ENT_IOB", "ENT_TYPE", "ENT_ID", "NORM"), store_user_data=True)
    for one in made:
        doc = nlp.make_doc(one.text)
        doc.set_ents([_piece(doc, entity) for entity in one.entities])
        for key, group in one.groups.items():
            doc.spans[key] = [_piece(doc, span) for span in group]
        doc.user_data.update(one.user_data)
        bin_.add(doc)
    bin_.to_disk(path)


def _piece(doc: Any, piece: Piece) -> Any:
    start, end, label, id_ = piece
    return doc.char_span(start, end, label, span_id=id_)


def _reviewed(entry: Entry) -> Entry:
    reviews = tuple(
        Review(entry.article.id, corpus.AUTHOR, layer, "complete", corpus.MADE_AT)
        for layer in LAYERS
    )
    return Entry(entry.article, replace(entry.annotations, reviews=reviews))
