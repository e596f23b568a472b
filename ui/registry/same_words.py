"""Other spans of an article that have the same words and label."""

from collections.abc import Iterator

from annotation.document import Document
from annotation.model import Span

MOST = 500
"""How many places in the text are looked at."""


def same_words(document: Document, span: Span) -> Iterator[Span | None]:
    """Yield those that mention no entry yet; None for a place where there is no such span.

    Discontinuous spans are left out: what stands between their words may make another of them.
    """
    if len(span.fragments) > 1:
        return
    (words,) = span.quotation
    text, place = document.article.text, -1
    for _ in range(MOST):
        place = text.find(words, place + 1)
        if place < 0:
            return
        fragments = ((place, place + len(words)),)
        found = [
            other
            for other in document.spans_between(place, place + len(words))
            if other.fragments == fragments
            and (other.layer, other.label) == (span.layer, span.label)
            and other.id != span.id
            and not other.entry_id
        ]
        yield from found or [None]
