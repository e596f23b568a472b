"""Searching a whole project: what is asked for, and what an article holds of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal

from annotation.codebook import Codebook
from annotation.context import around
from annotation.finding import Matcher, Query
from annotation.model import Article, Fragment, Relation, Span, Value

if TYPE_CHECKING:
    from annotation.store import OpenStore

Field = Literal["text", "label", "attribute", "annotator", "note", "metadata"]
FIELDS: tuple[Field, ...] = ("text", "label", "attribute", "annotator", "note", "metadata")

AROUND = 80
"""How many code points of context are given on each side of a hit."""

QUOTED = 160
"""How many code points of a hit are given at most."""

METADATA = ("title", "outlet", "published", "language", "url", "section", "source_file")
"""The article's fields that are searched as metadata, beside its authors."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for in a project, and where.

    With `by_query` the words are in the query language (`annotation.query_language`), which
    says by itself where to look; nothing else counts then.

    `label` ("layer/LABEL", or "/RELATION") and `annotator` let only such spans and relations
    through: "text" then means their quotations, metadata is left out, and without words all
    of them are found.
    """

    query: Query
    fields: frozenset[Field] = frozenset(FIELDS)
    label: str = ""
    annotator: str = ""
    by_query: bool = False

    @property
    def filters(self) -> bool:
        """Whether only some spans and relations are looked at."""
        return bool(self.label or self.annotator)

    @property
    def asks(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.query.words) or self.filters

    @property
    def needs_annotations(self) -> bool:
        """Whether spans and relations are looked at, and not texts and metadata alone."""
        return self.filters or not self.fields <= {"text", "metadata"}


@dataclass(frozen=True, slots=True)
class Found:
    """A hit in its context.

    `number` and `title` are the article's; `what` says in which field the hit is, with an
    empty text for the article's own text; `start`
    and `end` are its code points in the text, both 0 for metadata. `span_id` is the span
    that it is about, empty where it is about the text or the article alone.
    """

    number: int
    article_id: str
    title: str
    what: str
    start: int
    end: int
    span_id: str
    before: str
    hit: str
    after: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A step of a search: how many articles are done, and what was found since the last."""

    articles: int
    found: tuple[Found, ...] = ()


def search_apart(open_store: "OpenStore", search: Search) -> Iterator[Looked]:
    """Search a project by a connection of its own: a function for a process of its own."""
    store = open_store()
    try:
        yield from store.search(search)
    finally:
        store.close()


class Searcher:
    """Looks through one article after another; `ProjectError` for a pattern that is none."""

    def __init__(self, search: Search, codebook: Codebook) -> None:
        self._search = search
        self._matcher = Matcher(search.query)
        self._titles = {f"{x.layer}/{x.name}": x.title for x in codebook.labels}
        self._titles |= {f"/{x.name}": x.title for x in codebook.relations}

    def look(
        self,
        number: int,
        article: Article,
        spans: Sequence[Span] = (),
        relations: Iterable[Relation] = (),
    ) -> Iterator[Found]:
        """Yield what an article holds: metadata, text, then spans and relations.

        Those given need not pass the filters. A relation is found where its first argument is.
        """
        place = Place(number, article)
        if not self._search.asks:
            return
        if not self._search.filters:
            yield from self._metadata(place)
            if "text" in self._search.fields:
                yield from self._in_text(place, (0, len(article.text)), "", "")
        for span in spans:
            yield from self._in_span(place, span)
        by_id = {span.id: span for span in spans}
        for relation in relations:
            first = next((by_id[a.span_id] for a in relation.arguments if a.span_id in by_id), None)
            yield from self._in_relation(place, relation, first)

    def may_hold(self, label: str, annotator: str, attributes: Mapping[str, Value]) -> bool:
        """Tell whether any of these is found ("layer/LABEL", or "/RELATION"), for a quick look.

        Where it says no, a record can still be found by its note or its quotation.
        """
        said = _said_by(attributes, annotator)
        return self._is_meant(label) or any(
            field in self._search.fields and self._matcher.first(value) for field, _, value in said
        )

    def _metadata(self, place: "Place") -> Iterator[Found]:
        if "metadata" not in self._search.fields:
            return
        article = place.article
        facts = chain(
            ((name, getattr(article, name)) for name in METADATA),
            (("author", name) for name in article.authors),
        )
        for name, value in facts:
            hit = self._matcher.first(value)
            if hit:
                yield place.found(name.replace("_", " "), None, value, hit)

    def _in_text(
        self, place: "Place", within: Fragment, what: str, span_id: str
    ) -> Iterator[Found]:
        text = place.article.text
        start, end = within
        for first, last in self._matcher.all(text[start:end] if start or end < len(text) else text):
            yield place.in_text(what, start + first, start + last, span_id)

    def _in_span(self, place: "Place", span: Span) -> Iterator[Found]:
        if not self._passes(f"{span.layer}/{span.label}", span.annotator):
            return
        if self._is_meant(f"{span.layer}/{span.label}"):
            yield place.in_text(span.label, span.start, span.end, span.id)
        elif "text" in self._search.fields and self._search.filters:
            for fragment in span.fragments:
                yield from self._in_text(place, fragment, span.label, span.id)
        yield from self._said(place, span, span)

    def _in_relation(
        self, place: "Place", relation: Relation, span: Span | None
    ) -> Iterator[Found]:
        if span is None or not self._passes(f"/{relation.label}", relation.annotator):
            return
        if self._is_meant(f"/{relation.label}"):
            yield place.in_text(relation.label, span.start, span.end, span.id)
        yield from self._said(place, relation, span)

    def _said(self, place: "Place", record: Span | Relation, span: Span) -> Iterator[Found]:
        """Yield what is found in a record's attributes, note and annotator."""
        if not self._search.query.words:
            return
        for field, name, value in _sayings(record):
            hit = self._matcher.first(value) if field in self._search.fields else None
            if hit:
                yield place.found(f"{record.label} {name}", span, value, hit)

    def _passes(self, label: str, annotator: str) -> bool:
        wanted = self._search
        return wanted.label in ("", label) and wanted.annotator in ("", annotator)

    def _is_meant(self, label: str) -> bool:
        """Tell whether the label alone makes a hit: nothing else is asked, or it is its name."""
        if not self._search.query.words:
            return True
        names = (label.partition("/")[2], self._titles.get(label, ""))
        return "label" in self._search.fields and any(map(self._matcher.first, names))


class Place:
    """Makes what is found in one article."""

    def __init__(self, number: int, article: Article) -> None:
        self.number = number
        self.article = article

    def in_text(self, what: str, start: int, end: int, span_id: str) -> Found:
        """Return a hit in the text, of the span of that id or of none."""
        before, hit, after = _context(self.article.text, start, end)
        return Found(*self._head(), what, start, end, span_id, before, hit, after)

    def found(self, what: str, span: Span | None, value: str, hit: Fragment) -> Found:
        """Return a hit in what is said about the article, or about a span of it."""
        before, words, after = _context(value, *hit)
        if span is None:
            return Found(*self._head(), what, 0, 0, "", before, words, after)
        said_of = " … ".join(span.quotation)[:QUOTED].translate(_ONE_LINE)
        after = f"{after} · “{said_of}”"
        return Found(*self._head(), what, span.start, span.end, span.id, before, words, after)

    def _head(self) -> tuple[int, str, str]:
        return self.number, self.article.id, self.article.title


def _sayings(record: Span | Relation) -> Iterator[tuple[Field, str, str]]:
    """Yield (field, name, what it says) for each thing said about a record."""
    yield from _said_by(record.attributes, record.annotator)
    if record.note:
        yield "note", "note", record.note


def _said_by(attributes: Mapping[str, Value], annotator: str) -> Iterator[tuple[Field, str, str]]:
    for name, value in attributes.items():
        words = value if isinstance(value, str) else ("yes" if value else "no")
        yield "attribute", name, f"{name}: {words}"
    yield "annotator", "annotator", annotator


def _context(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return what stands before a hit, the hit, and what follows, each on one line."""
    hit = text[start:end] if end - start <= QUOTED else f"{text[start : start + QUOTED]}…"
    before, after = around(text, start, end, AROUND)
    return before.translate(_ONE_LINE), hit.translate(_ONE_LINE), after.translate(_ONE_LINE)


_ONE_LINE = str.maketrans("\n\r\t\u2028\u2029\x0b\x0c", "       ")
"""Line breaks as blanks, one for one."""
