"""spaCy accepts what is exported: its own check of the data, and a short training."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotation.codebook import Codebook
from annotation.codebook_file import default_codebook
from annotation.exporting import ExportOptions, export
from annotation.ids import derived_id
from annotation.jsonl import entry_from_dict
from annotation.model import Annotations, Fragment, Review, Span
from annotation.store import Entry
from storage import create_project

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample" / "harbour-bridge.jsonl"
COPIES = 9


def paragraphs(entry: Entry, book: Codebook) -> Iterator[Entry]:
    """Yield each paragraph of an article as an article, several times with other endings.

    spaCy calls fewer than a hundred articles for training an error, whatever they hold.
    """
    start = 0
    for number, text in enumerate(entry.article.text.split("\n")):
        for copy in range(COPIES):
            data = {"format": "pressmark/1", "article": {"text": f"{text} (Edition {copy})"}}
            article = entry_from_dict(data, book, "anna", "").article
            ids = f"{number}/{copy}"
            spans = [
                moved(span, start, article.id, ids)
                for span in entry.annotations.spans
                if start <= span.start and span.end <= start + len(text)
            ]
            reviews = (Review(article.id, "anna", x.name, "complete", "") for x in book.layers)
            yield Entry(article, Annotations(tuple(spans), (), (), tuple(reviews)))
        start += len(text) + 1


def moved(span: Span, by: int, article_id: str, ids: str) -> Span:
    fragments: tuple[Fragment, ...] = tuple((a - by, b - by) for a, b in span.fragments)
    new = derived_id(ids, span.id)
    return replace(span, id=new, article_id=article_id, fragments=fragments)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("train")
    book = default_codebook()
    whole = entry_from_dict(json.loads(SAMPLE.read_text("utf-8")), book, "anna", "")
    store = create_project(folder / "sample.pressmark", book)
    store.add_entries([whole, *paragraphs(whole, book)], "anna")
    report = export(store, folder / "gold", ExportOptions("docbin"))
    store.close()
    assert report.articles > 130
    return folder / "gold"


def spacy(corpus: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "spacy", *words],
        cwd=corpus,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.mark.parametrize(
    ("task", "found"), [("ner", "18 label(s)"), ("spancat", "Spans are distinct")]
)
def test_spacy_finds_no_error_in_the_data(corpus: Path, task: str, found: str) -> None:
    told = spacy(corpus, "debug", "data", f"{task}/config.cfg", "--no-format")
    assert found in told
    assert "evaluation docs" in told
    assert "also in evaluation data" not in told


@pytest.mark.parametrize(
    ("task", "steps", "score"), [("ner", "60", "ents_f"), ("spancat", "40", "spans_sc_f")]
)
def test_spacy_trains_on_it(
    corpus: Path, tmp_path: Path, task: str, steps: str, score: str
) -> None:
    short = ("--training.max_steps", steps, "--training.eval_frequency", steps)
    told = spacy(corpus, "train", f"{task}/config.cfg", "--output", str(tmp_path), *short)
    assert "Saved pipeline to output directory" in told
    meta = json.loads((tmp_path / "model-last" / "meta.json").read_text("utf-8"))
    assert meta["performance"][score] > 0, "it has learnt something"
