"""The measuring itself is checked here; no test waits for a time or judges one."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest

from annotation import rules
from annotation.codebook_file import default_codebook
from tests.benchmarks import corpus
from tests.benchmarks.measure import Row, Samples, Target, failed, judge
from tests.benchmarks.report import table

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("words", "spans"), [(500, 40), (10_000, 1_000)])
def test_the_corpus_keeps_the_codebooks_rules(words: int, spans: int) -> None:
    codebook = default_codebook()
    entry = corpus.entry(words, spans, seed=7)
    article, said = entry.article, entry.annotations
    assert len(said.spans) == spans
    by_id = {span.id: span for span in said.spans}
    problems = [p for span in said.spans for p in rules.span_problems(codebook, article, span)]
    for number, span in enumerate(said.spans):
        near = said.spans[max(0, number - 20) : number + 20]
        problems += rules.neighbour_problems(codebook, span, near)
    for relation in said.relations:
        problems += rules.relation_problems(codebook, relation, by_id.get)
    assert not problems
    assert len(said.relations) == spans * 3 // 10


def test_the_corpus_is_as_dense_and_as_tangled_as_it_says() -> None:
    entry = corpus.entry(10_000, 1_000)
    words = [token for token in entry.article.text.split() if any(map(str.isalnum, token))]
    spans = entry.annotations.spans
    inner = [
        span
        for number, span in enumerate(spans)
        for other in spans[max(0, number - 20) : number + 20]
        if other is not span
        and not rules.contains(span.fragments, other.fragments)
        and (
            rules.contains(other.fragments, span.fragments)
            or (rules.crosses(other.fragments, span.fragments) and other.start < span.start)
        )
    ]
    assert len(words) == 10_000
    assert len({span.id for span in inner}) == 200
    assert sum(len(span.fragments) > 1 for span in spans) == 50


def test_the_same_seed_gives_the_same_article_and_another_one_another() -> None:
    assert corpus.entry(500, 40, seed=3) == corpus.entry(500, 40, seed=3)
    texts = {entry.article.sha256 for entry in corpus.entries(500, 200, 10)}
    assert len(texts) == 500


def test_a_quick_run_writes_what_it_measured(tmp_path: Path) -> None:
    out = tmp_path / "bench.json"
    command = [sys.executable, "-m", "tests.benchmarks", "--quick", "--only", "importing"]
    done = subprocess.run(
        [*command, "--out", str(out)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = json.loads(out.read_text("utf-8"))
    assert found["machine"]["cores"] and found["machine"]["qt"] and found["date"]
    (row,) = found["rows"]
    assert row["name"] == "import-text" and row["verdict"] in ("ok", "over")
    assert len(row["floor"]) == len(row["ours"]) >= 2
    assert row["ratio"] == pytest.approx(row["ours_median"] / row["floor_median"])
    assert "import-text" in done.stdout


@pytest.mark.parametrize(
    ("unit", "ours", "verdict"),
    [
        ("ms", [5.0, 6.0], "ok"),
        ("ms", [5.0, 31.0], "over"),
        ("/s", [90.0], "ok"),
        ("/s", [4.0], "over"),
    ],
)
def test_times_have_to_stay_below_and_rates_above(
    unit: Literal["ms", "/s"], ours: list[float], verdict: str
) -> None:
    row = Row("row", "what", "floor", unit, Target(ratio=2.0, worst=8.0))
    assert judge(row, Samples(floor=[5.0, 4.0], ours=ours)).verdict == verdict


def test_what_could_not_be_measured_has_its_line() -> None:
    _, line = table([failed("opening", "no disk")]).splitlines()
    assert line.startswith("opening") and line.endswith("failed")
