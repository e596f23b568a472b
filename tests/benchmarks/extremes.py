"""Articles that somebody will open one day: one huge paragraph, and words full of spans."""

import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise

from annotation.ids import derived_id
from annotation.model import Annotations, Argument, Article, Fragment, Span
from annotation.store import Entry
from tests.benchmarks import corpus

JOIN = "x"
"""What stands for a blank where there shall be none."""

ON_EACH_WORD = (("entity", "PERSON"), ("discourse", "CUE"), ("event", "EVENT"))


def one_paragraph(tagged: Entry, blanks: bool) -> Entry:
    """Return an article of the same length and spans in one paragraph, without blanks if wanted."""
    text = tagged.article.text.replace("\n", " ")
    if not blanks:
        text = text.replace(" ", JOIN)
    article = _with_text(tagged.article, text)
    ids = {span.id: derived_id(article.id, span.id) for span in tagged.annotations.spans}
    spans = (
        replace(
            span,
            id=ids[span.id],
            article_id=article.id,
            quotation=article.quote(span.fragments),
        )
        for span in tagged.annotations.spans
    )
    relations = (
        replace(
            relation,
            id=derived_id(article.id, relation.id),
            article_id=article.id,
            arguments=tuple(Argument(a.role, ids[a.span_id]) for a in relation.arguments),
        )
        for relation in tagged.annotations.relations
    )
    return Entry(article, Annotations(tuple(spans), tuple(relations)))


def crowded(words: int) -> Entry:
    """Return one paragraph with three spans on each word and, crossing, a claim on each third."""
    article = one_paragraph(corpus.entry(words, 0), blanks=True).article
    spans = sorted(_crowd(article), key=lambda span: (span.start, -span.end))
    return Entry(article, Annotations(tuple(spans)))


def _crowd(article: Article) -> Iterator[Span]:
    places = [found.span() for found in re.finditer(r"\w+", article.text)]
    for place in places:
        for layer, label in ON_EACH_WORD:
            yield _span(article, layer, label, place)
    for (start, _), (_, end) in pairwise(places[::3]):
        yield _span(article, "discourse", "CLAIM", (start, end))


def _span(article: Article, layer: str, label: str, place: Fragment) -> Span:
    return Span(
        id=derived_id(article.id, label, *map(str, place)),
        article_id=article.id,
        layer=layer,
        label=label,
        fragments=(place,),
        quotation=article.quote((place,)),
        annotator=corpus.AUTHOR,
        origin="manual",
        codebook_version=1,
        created_at=corpus.MADE_AT,
        modified_at=corpus.MADE_AT,
    )


def _with_text(article: Article, text: str) -> Article:
    digest = sha256(text.encode()).hexdigest()
    return replace(article, id=derived_id(article.id, digest), text=text, sha256=digest)
