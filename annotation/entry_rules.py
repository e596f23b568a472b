"""Whether an article and all that is said about it hold together, by the text and the codebook."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from annotation import registry, rules
from annotation.codebook import Codebook
from annotation.model import Annotations, Article, Record, Relation, Span, Suggestion
from annotation.store import Entry

CodebookOf = Callable[[int], Codebook | None]
"""Returns the codebook of a version, or None where the project has no such version."""


def article_problems(article: Article) -> list[str]:
    """Say what is wrong with an article taken by itself."""
    problems = []
    if not article.text or article.text.isspace():
        problems.append("The text is empty or blank.")
    if sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest() != article.sha256:
        problems.append("The text is not the one that was imported: its SHA-256 differs.")
    return problems


def record_problems(
    entry: Entry, codebook: Codebook, codebook_of: CodebookOf
) -> Iterator[tuple[Record, str]]:
    """Yield each record of the article that breaks a rule, with the rule as a sentence.

    Spans and relations are held against the codebook they were made with, suggestions
    and reviews against the current one.
    """
    annotations = entry.annotations
    spans = {span.id: span for span in annotations.spans}
    sound = []
    for span in annotations.spans:
        problems = _span_problems(entry.article, span, codebook_of)
        for problem in problems:
            yield span, problem
        if not problems:
            sound.append(span)
    yield from _nesting_problems(sound, codebook_of)
    yield from _mention_problems(annotations, codebook_of)
    for relation in annotations.relations:
        for problem in _relation_problems(relation, spans, codebook_of):
            yield relation, problem
    yield from _repeated(annotations.relations, codebook)
    for suggestion in annotations.suggestions:
        for problem in _suggestion_problems(entry.article, suggestion, codebook):
            yield suggestion, problem
    for review in annotations.reviews:
        if codebook.layer(review.layer) is None:
            yield review, f"The codebook has no layer {review.layer}."


def _span_problems(article: Article, span: Span, codebook_of: CodebookOf) -> list[str]:
    codebook = codebook_of(span.codebook_version)
    if codebook is None:
        return [f"There is no version {span.codebook_version} of the codebook."]
    return rules.span_problems(codebook, article, span)


def _mention_problems(
    annotations: Annotations, codebook_of: CodebookOf
) -> Iterator[tuple[Record, str]]:
    entries = {entry.id: entry for entry in annotations.mentioned}
    for entry in annotations.mentioned:
        for problem in registry.entry_problems(entry):
            yield entry, problem
    for span in annotations.spans:
        codebook = codebook_of(span.codebook_version) if span.entry_id else None
        if codebook is not None:
            meant = entries.get(span.entry_id)
            for problem in registry.mention_problems(codebook, span.layer, span.label, meant):
                yield span, problem


def _relation_problems(
    relation: Relation, spans: dict[str, Span], codebook_of: CodebookOf
) -> list[str]:
    codebook = codebook_of(relation.codebook_version)
    if codebook is None:
        return [f"There is no version {relation.codebook_version} of the codebook."]
    return rules.relation_problems(codebook, relation, spans.get)


def _suggestion_problems(article: Article, suggestion: Suggestion, codebook: Codebook) -> list[str]:
    """Check a suggestion as the span it could become; a decided one may have an old label."""
    if suggestion.state != "pending" and not codebook.label(suggestion.layer, suggestion.label):
        return rules.fragment_problems(article, suggestion.fragments)
    span = Span(
        suggestion.id,
        article.id,
        suggestion.layer,
        suggestion.label,
        suggestion.fragments,
        suggestion.quotation,
        annotator="",
        origin="accepted",
        codebook_version=codebook.version,
        created_at="",
        modified_at="",
    )
    return rules.span_problems(codebook, article, span)


def _nesting_problems(
    spans: Iterable[Span], codebook_of: CodebookOf
) -> Iterator[tuple[Record, str]]:
    """Hold each span against those that reach into it, from left to right.

    Spans that nest or are the same overlap, so the others need not be compared.
    """
    reaching: dict[tuple[str, str, str], list[Span]] = {}
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        codebook = codebook_of(span.codebook_version)
        if codebook is None:
            continue
        kind = (span.layer, span.label, span.annotator)
        near = [other for other in reaching.get(kind, ()) if other.end > span.start]
        for problem in rules.neighbour_problems(codebook, span, near):
            yield span, problem
        reaching[kind] = [*near, span]


def _repeated(relations: Iterable[Relation], codebook: Codebook) -> Iterator[tuple[Record, str]]:
    seen = set()
    for relation in relations:
        arguments = [(argument.role, argument.span_id) for argument in relation.arguments]
        label = codebook.relation(relation.label)
        if label is not None and label.symmetric:
            arguments.sort()
        said = (relation.label, relation.annotator, tuple(arguments))
        if said in seen:
            yield (
                relation,
                f"These spans are linked by {codebook.relation_called(relation.label)} already.",
            )
        seen.add(said)
