"""The article on screen: its text and, loaded block by block, what is said about it."""

from collections.abc import Iterable
from typing import TypeVar

from annotation.model import Article, Change, Record, Relation, Review, Span, Suggestion
from annotation.store import Store

Marked = TypeVar("Marked", Span, Suggestion)

BLOCK = 4096
"""How many code points are loaded at a time; a screen shows about as much."""


class Document:
    """An article with its annotations, loaded where they are looked at.

    Opening costs the same for 100 spans and for 10,000: only blocks that somebody asks
    for are read. Answers always agree with the store, since every change goes through
    `apply` after the store took it. While it is `blind` there are no suggestions to be seen.
    """

    def __init__(self, article: Article, store: Store) -> None:
        self.article = article
        self._store = store
        self._blocks: dict[int, set[str]] = {}
        self._spans: dict[str, Span] = {}
        self._suggestions: dict[str, Suggestion] = {}
        self._relations: dict[str, Relation] = {}
        self._relations_by_span: dict[str, set[str]] = {}
        self.blind = False
        self.look_at_blindness()
        self._reviews = {review.id: review for review in store.reviews(article.id)}

    # -- looking

    def spans_between(self, start: int, end: int) -> list[Span]:
        """Return the spans whose envelope meets [start, end), by position, longest first."""
        return _in_order(self._spans[i] for i in self._ids(start, end) if i in self._spans)

    def suggestions_between(self, start: int, end: int) -> list[Suggestion]:
        """Return the pending suggestions whose envelope meets [start, end), by position."""
        if self.blind:
            return []
        return _in_order(
            self._suggestions[i] for i in self._ids(start, end) if i in self._suggestions
        )

    def spans_after(self, last: Span | None, limit: int) -> list[Span]:
        """Return the spans that follow one in reading order, or with None the first ones."""
        return self._store.spans_after(self.article.id, last, limit)

    def span(self, span_id: str) -> Span | None:
        """Return a span of this article, wherever it is, or None."""
        return next(iter(self.spans([span_id])), None)

    def spans(self, span_ids: Iterable[str]) -> list[Span]:
        """Return the spans of this article among these ids, read at one go."""
        wanted = list(span_ids)
        unknown = [span_id for span_id in wanted if span_id not in self._spans]
        for span in self._store.spans(unknown) if unknown else ():
            if span.article_id == self.article.id:
                self._spans[span.id] = span
        return [self._spans[span_id] for span_id in wanted if span_id in self._spans]

    def suggestion(self, suggestion_id: str) -> Suggestion | None:
        """Return a pending suggestion of a block that has been looked at, or None."""
        return None if self.blind else self._suggestions.get(suggestion_id)

    def is_as_suggested(self, span: Span) -> bool:
        """Tell whether a span says what the suggestion said that it was made of."""
        said = self._store.suggestion(span.suggestion_id) if span.suggestion_id else None
        mine = (span.layer, span.label, span.fragments)
        return said is not None and (said.layer, said.label, said.fragments) == mine

    def relations_of(self, span_id: str) -> list[Relation]:
        """Return the relations the span takes part in, oldest first."""
        if span_id not in self._relations_by_span:
            self._load_relations([span_id])
        return sorted(
            (self._relations[i] for i in self._relations_by_span[span_id]),
            key=lambda relation: (relation.created_at, relation.id),
        )

    def relations_between(self, start: int, end: int) -> list[Relation]:
        """Return the relations of all spans that meet [start, end), oldest first."""
        spans = self.spans_between(start, end)
        unknown = [span.id for span in spans if span.id not in self._relations_by_span]
        self._load_relations(unknown)
        found = {i for span in spans for i in self._relations_by_span[span.id]}
        return sorted((self._relations[i] for i in found), key=lambda r: (r.created_at, r.id))

    def next_suggestion(self, position: int, backward: bool = False) -> Suggestion | None:
        """Return the nearest pending suggestion that starts after (or before) the position."""
        if self.blind:
            return None
        found = self._store.neighbour_suggestion(self.article.id, position, backward)
        if found:
            self._ids(found.start, found.end)
        return found

    def pending_suggestions(self) -> list[Suggestion]:
        """Return all pending suggestions of the article in reading order."""
        return [] if self.blind else self._store.pending_suggestions(self.article.id)

    def count_pending(self) -> int:
        """Return how many suggestions wait for review."""
        return 0 if self.blind else self._store.count_pending(self.article.id)

    def count_reviewed(self) -> int:
        """Return how many suggestions have been accepted or rejected."""
        return 0 if self.blind else self._store.count_reviewed(self.article.id)

    def reviews(self) -> list[Review]:
        """Return the reviews of this article's layers."""
        return list(self._reviews.values())

    def is_complete(self, layer: str, annotator: str) -> bool:
        """Tell whether the annotator has completed the layer."""
        review = self._reviews.get(f"{self.article.id}/{layer}/{annotator}")
        return review is not None and review.state == "complete"

    def look_at_blindness(self) -> None:
        """Find out whether suggestions are hidden, here or in the whole project."""
        self.blind = self._store.hides_suggestions() or self._store.hides_suggestions(
            self.article.id
        )

    # -- following what happens

    def apply(self, change: Change) -> None:
        """Follow a change that the store has carried out."""
        for record in change.removed:
            if record.article_id == self.article.id:
                self._forget(record)
        for record in change.added:
            if record.article_id == self.article.id:
                self._learn(record)

    def _learn(self, record: Record) -> None:
        match record:
            case Span():
                self._spans[record.id] = record
                self._place(record)
            case Suggestion():
                if record.state == "pending":
                    self._suggestions[record.id] = record
                    self._place(record)
            case Relation():
                self._relations[record.id] = record
                for argument in record.arguments:
                    if argument.span_id in self._relations_by_span:
                        self._relations_by_span[argument.span_id].add(record.id)
            case Review():
                self._reviews[record.id] = record

    def _forget(self, record: Record) -> None:
        match record:
            case Span() | Suggestion():
                self._spans.pop(record.id, None)
                self._suggestions.pop(record.id, None)
                for block in _blocks(record.start, record.end):
                    self._blocks.get(block, set()).discard(record.id)
            case Relation():
                self._relations.pop(record.id, None)
                for argument in record.arguments:
                    self._relations_by_span.get(argument.span_id, set()).discard(record.id)
            case Review():
                self._reviews.pop(record.id, None)

    # -- loading

    def _ids(self, start: int, end: int) -> set[str]:
        wanted = _blocks(start, end)
        self._load(block for block in wanted if block not in self._blocks)
        found: set[str] = set()
        for block in wanted:
            found |= self._blocks[block]
        return {i for i in found if self._meets(i, start, end)}

    def _meets(self, record_id: str, start: int, end: int) -> bool:
        record = self._spans.get(record_id) or self._suggestions.get(record_id)
        return record is not None and record.start < end and record.end > start

    def _load(self, blocks: Iterable[int]) -> None:
        missing = sorted(blocks)
        if not missing:
            return
        for block in missing:
            self._blocks[block] = set()
        start, end = missing[0] * BLOCK, (missing[-1] + 1) * BLOCK
        for span in self._store.spans_between(self.article.id, start, end):
            self._spans[span.id] = span
            self._place(span)
        for suggestion in self._store.suggestions_between(self.article.id, start, end):
            self._suggestions[suggestion.id] = suggestion
            self._place(suggestion)

    def _place(self, record: Span | Suggestion) -> None:
        for block in _blocks(record.start, record.end):
            if block in self._blocks:
                self._blocks[block].add(record.id)

    def _load_relations(self, span_ids: list[str]) -> None:
        if not span_ids:
            return
        for span_id in span_ids:
            self._relations_by_span[span_id] = set()
        for relation in self._store.relations_of(span_ids):
            self._relations[relation.id] = relation
            for argument in relation.arguments:
                if argument.span_id in self._relations_by_span:
                    self._relations_by_span[argument.span_id].add(relation.id)


def _blocks(start: int, end: int) -> range:
    return range(start // BLOCK, max(end - 1, start) // BLOCK + 1)


def _in_order(records: Iterable[Marked]) -> list[Marked]:
    return sorted(records, key=lambda record: (record.start, -record.end, record.id))
