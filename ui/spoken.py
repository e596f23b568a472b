"""What happened and what is picked, in the words that a screen reader is to say."""

from annotation.codebook import Codebook, RelationLabel
from annotation.counting import counted
from annotation.document import Document
from annotation.model import Change, Relation, Span, Suggestion
from annotation.titles import done
from ui.canvas.hits import records_at

QUOTE = 80
"""How many characters of a quotation are said."""

WITHOUT_SOURCE = ("author", "implicit_source")
"""Values of the attribute `voice` with which nobody else needs to have said a claim."""


def label_title(codebook: Codebook, layer: str, name: str) -> str:
    """Return what a label is called in words."""
    label = codebook.label(layer, name)
    return (label.title if label else "") or name


def labels_at(document: Document, codebook: Codebook, position: int) -> list[str]:
    """Return the titles of the labels over a caret position, each once, from the inside out."""
    titles = (label_title(codebook, r.layer, r.label) for r in records_at(document, position))
    return list(dict.fromkeys(titles))


def told(change: Change, document: Document, codebook: Codebook) -> str:
    """Return what a change did: "Claim tagged, 14 words, source missing"."""
    before = {record.id: record for record in change.removed}
    spans = [record for record in change.added if isinstance(record, Span)]
    links = [record for record in change.added if isinstance(record, Relation)]
    if len(spans) == 1 and not links:
        return _span_told(spans[0], before.get(spans[0].id), change, document, codebook)
    if len(links) == 1 and not spans and links[0].id not in before:
        return f"{_linked(links[0], document, codebook)}"
    return done(change.title)


def described(record: Span | Suggestion, document: Document, codebook: Codebook) -> str:
    """Return a picked span: its label, its length, its words, and how it is linked."""
    title = label_title(codebook, record.layer, record.label)
    parts = [title, words_of(record)]
    if isinstance(record, Suggestion):
        parts.insert(1, "suggested")
    parts.append(quoted(record))
    if isinstance(record, Span):
        relations = document.relations_of(record.id)
        parts += [_linked(relation, document, codebook, record.id) for relation in relations[:3]]
        parts.append(counted(len(relations) - 3, "more relation") if len(relations) > 3 else "")
        parts.append(missing(record, document, codebook))
    return ", ".join(part for part in parts if part)


def missing(span: Span, document: Document, codebook: Codebook) -> str:
    """Return "source missing" for a claim that nobody has said yet, or an empty text."""
    if span.attributes.get("voice") in WITHOUT_SOURCE:
        return ""
    for relation in codebook.relations:
        if _wants_source(relation, span):
            linked = [r for r in document.relations_of(span.id) if r.label == relation.name]
            if not any(r.span_ids("source") for r in linked):
                return "source missing"
    return ""


def words_of(record: Span | Suggestion) -> str:
    """Return how many words a span or suggestion has."""
    count = sum(len(part.split()) for part in record.quotation)
    return counted(count, "word")


def quoted(record: Span | Suggestion) -> str:
    """Return the words of a span or suggestion, cut where they are many."""
    words = " … ".join(" ".join(part.split()) for part in record.quotation)
    return f"“{words}”" if len(words) <= QUOTE else f"“{words[:QUOTE].rstrip()}…”"


def _span_told(
    span: Span, before: object, change: Change, document: Document, codebook: Codebook
) -> str:
    title = label_title(codebook, span.layer, span.label)
    if not isinstance(before, Span):
        suggested = any(isinstance(record, Suggestion) for record in change.removed)
        verb = "accepted" if suggested else "tagged"
        parts = (f"{title} {verb}", words_of(span), missing(span, document, codebook))
        return ", ".join(part for part in parts if part)
    if (before.layer, before.label) != (span.layer, span.label):
        was = label_title(codebook, before.layer, before.label)
        return f"{was} is now {title}, {words_of(span)}"
    if before.fragments != span.fragments:
        return f"{title} is now {words_of(span)}, {quoted(span)}"
    return done(change.title)


def _linked(relation: Relation, document: Document, codebook: Codebook, besides: str = "") -> str:
    """Return a relation as its title and its arguments by role, other than one span."""
    label = codebook.relation(relation.label)
    parts = [(label.title if label else "") or relation.label]
    for argument in relation.arguments:
        span = document.span(argument.span_id)
        if span is not None and span.id != besides:
            parts.append(f"{argument.role} {quoted(span)}")
    return ", ".join(parts)


def _wants_source(relation: RelationLabel, span: Span) -> bool:
    """Tell whether this relation says from which source such a span comes."""
    return relation.role("source") is not None and any(
        role.min and role.max == 1 and role.takes(span.layer, span.label) for role in relation.roles
    )
