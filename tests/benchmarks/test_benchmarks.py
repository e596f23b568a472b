"""The measuring itself is checked here; no test waits for a time or judges one."""

from pathlib import Path

import pytest

from annotation import rules
from annotation.codebook_file import default_codebook
from tests.benchmarks import corpus

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
