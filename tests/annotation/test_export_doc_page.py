"""What docs/export.md and README.txt show can be run as it stands."""

import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import get_args

import pytest
from memory_store import MemoryStore, make_article, make_relation, make_span

from annotation.exporting import ExportOptions, export
from annotation.exporting.exporter import LossKind
from annotation.exporting.loss_files import summary
from annotation.model import Annotations, Review
from annotation.store import Entry

PAGE = Path(__file__).resolve().parents[2] / "docs" / "export.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    article = make_article("Nobody, the mayor said, will pay.")
    claim = make_span(article, "discourse", "CLAIM", (0, 6), (24, 32))
    source = make_span(article, "discourse", "SOURCE", (8, 17))
    cue = make_span(article, "discourse", "CUE", (18, 22))
    arguments = (("claim", claim), ("source", source), ("cue", cue))
    said = make_relation(article, "ATTRIBUTION", *arguments)
    review = Review(article.id, "anna", "discourse", "complete", "")
    store = MemoryStore()
    store.add_entries(
        [Entry(article, Annotations((claim, source, cue), (said,), (), (review,)))], ""
    )
    export(store, tmp_path / "gold", ExportOptions("docbin"))
    return tmp_path / "gold"


def run(program: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        cwd=folder,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def test_the_page_reads_relations(folder: Path) -> None:
    [program] = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(program.splitlines()) <= 15
    assert run(program, folder) == "['the mayor'] ['said'] ['Nobody … will pay']\n"


def test_the_readme_reads_docs_and_names_what_is_there(folder: Path) -> None:
    text = (folder / "README.txt").read_text("utf-8")
    [block] = re.findall(r"Read:\n\n((?:    .*\n)+)", text)
    program = textwrap.dedent(block)
    assert "ATTRIBUTION" in run(program, folder)
    assert "claims, sources, cues" in text
    assert "spacy train spancat/config.cfg" in text
    assert "spacy train ner/config.cfg" not in text, "the entities were not reviewed"


def test_the_page_and_the_summary_know_every_kind_of_loss() -> None:
    page = PAGE.read_text("utf-8")
    for kind in get_args(LossKind):
        assert f"`{kind}`" in page
        assert summary({kind: 3})[0].startswith("3 ")
    assert summary({}) == ["Nothing was lost and nothing left out."]
