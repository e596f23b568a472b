"""An article with its annotations as one `pressmark/1` object, and back; `docs/jsonl.md`.

Reading trusts nothing: an object is taken as a whole or refused with its reasons.
"""

import json
from collections.abc import Callable, Collection
from dataclasses import fields as dataclass_fields
from hashlib import sha256
from typing import Literal, TypeVar

from annotation.codebook import Codebook
from annotation.codebook_json import codebook_to_dict
from annotation.codec import (
    REVIEW_STATES,
    read_arguments,
    read_attributes,
    read_facts,
    read_fragments,
    read_score,
    record_to_dict,
    without_empty,
)
from annotation.entry_rules import record_problems
from annotation.errors import ProjectError
from annotation.fields import Fields
from annotation.ids import derived_id, is_id
from annotation.model import (
    ORIGINS,
    REGISTRIES,
    SUGGESTION_STATES,
    Annotations,
    Argument,
    Article,
    Fragment,
    Record,
    RegistryEntry,
    Relation,
    Review,
    Span,
    Suggestion,
)
from annotation.store import Entry
from annotation.titles import title_of

_Kept = TypeVar("_Kept", Span, Relation, Suggestion, Review, RegistryEntry)

FORMAT = "pressmark/1"

SHOWN_PROBLEMS = 10
"""How many reasons a refusal tells; the others are counted."""

LayerStatus = Literal["complete", "open", "missing"]
LAYER_STATUSES: tuple[LayerStatus, ...] = ("complete", "open", "missing")

_TOP = (
    *("format", "codebook", "article", "layers"),
    *("spans", "relations", "suggestions", "review", "registry"),
)
_RECORD = (
    *("id", "label", "annotator", "origin", "author", "codebook_version"),
    *("created_at", "modified_at", "attributes", "note"),
)
_SPAN = (*_RECORD, "layer", "fragments", "quotation", "suggestion_id", "blind", "entry_id")
_RELATION = (*_RECORD, "arguments")
_SUGGESTION = (
    *("id", "layer", "label", "fragments", "quotation"),
    *("author", "created_at", "score", "state"),
)
_REVIEW = ("annotator", "layer", "state", "at")
_ENTRY = (
    *("id", "registry", "name", "annotator", "created_at", "modified_at"),
    *("aliases", "facts", "note", "confidential"),
)
_ARTICLE = tuple(field.name for field in dataclass_fields(Article))
_OFTEN_EMPTY = ("outlet", "authors", "published", "language", "url", "section", "source_file")


# -- writing


def entry_to_dict(entry: Entry, codebook: Codebook) -> dict[str, object]:
    """Return the article and all that is said about it as one object of the format."""
    annotations = entry.annotations
    data: dict[str, object] = {
        "format": FORMAT,
        "codebook": {
            "name": codebook.name,
            "version": codebook.version,
            "sha256": codebook_sha256(codebook),
        },
        "article": _article_to_dict(entry.article),
        "layers": {layer.name: layer_status(layer.name, annotations) for layer in codebook.layers},
        "spans": [_without_place(span) for span in annotations.spans],
        "relations": [_without_place(relation) for relation in annotations.relations],
        "suggestions": [_without_place(suggestion) for suggestion in annotations.suggestions],
        "review": [_without_place(review) for review in annotations.reviews],
        "registry": [_without_place(mentioned) for mentioned in annotations.mentioned],
    }
    return without_empty(data, ("registry",))


def codebook_sha256(codebook: Codebook) -> str:
    """Return the hash of the codebook's content, by which two projects know they share it.

    The last answer is kept: an export asks once for each article.
    """
    global _hashed
    if _hashed is None or _hashed[0] is not codebook:
        text = json.dumps(codebook_to_dict(codebook), ensure_ascii=False, sort_keys=True)
        _hashed = codebook, sha256(text.encode()).hexdigest()
    return _hashed[1]


_hashed: tuple[Codebook, str] | None = None


def _article_to_dict(article: Article) -> dict[str, object]:
    data: dict[str, object] = {name: getattr(article, name) for name in _ARTICLE}
    data["authors"] = list(article.authors)
    return without_empty(data, _OFTEN_EMPTY)


def layer_status(layer: str, annotations: Annotations) -> LayerStatus:
    """Say whether no label in this layer means none, or that nobody looked."""
    if any(r.layer == layer and r.state == "complete" for r in annotations.reviews):
        return "complete"
    return "open" if any(span.layer == layer for span in annotations.spans) else "missing"


def _without_place(record: Record) -> dict[str, object]:
    data = record_to_dict(record)
    del data["record"]
    data.pop("article_id", None)
    return data


# -- reading


def entry_from_dict(data: object, codebook: Codebook, annotator: str, at: str) -> Entry:
    """Return the article and annotations of an object of the format.

    `annotator` and `at` fill what the object leaves open. Ids that are not UUIDs become
    UUIDs that depend on the text and the id only. Raises `ProjectError` with the first
    ten things that are wrong and the number of the others.
    """
    fields = Fields(data, "object")
    if fields.data.get("format") != FORMAT:
        raise ProjectError(f'It is not an article in the format "{FORMAT}".')
    _only(fields, _TOP)
    reading = _Reading(fields, codebook, annotator, at)
    entry = Entry(
        reading.article,
        Annotations(
            reading.records("spans", reading.span),
            reading.records("relations", reading.relation),
            reading.records("suggestions", reading.suggestion),
            reading.reviews(),
            reading.records("registry", reading.entry),
        ),
    )
    reading.check(entry)
    return entry


def _only(fields: Fields, known: Collection[str]) -> None:
    """Refuse unknown names, except those that others have marked as theirs with "x-"."""
    for name in fields.data:
        if name not in known and not name.startswith("x-"):
            fields.only(known)


def _read_article(fields: Fields, at: str) -> Article:
    _only(fields, _ARTICLE)
    text = fields.text("text")
    if not text or text.isspace():
        raise ProjectError("The article has no text.")
    if "\r" in text or "\0" in text or text.startswith("\ufeff"):
        raise ProjectError(
            "The article's text holds carriage returns, a NUL or a byte order mark. Remove "
            "them before counting offsets; lines end with a line feed only."
        )
    digest = sha256(text.encode()).hexdigest()
    if fields.text("sha256", digest) != digest:
        raise ProjectError("The article's sha256 is not that of its text.")
    given = fields.text("id", "")
    return Article(
        id=given if is_id(given) else derived_id(digest, "article", given),
        text=text,
        sha256=digest,
        title=fields.text("title", "") or title_of(text) or "Untitled",
        outlet=fields.text("outlet", ""),
        authors=fields.texts("authors", ()),
        published=fields.text("published", ""),
        language=fields.text("language", ""),
        url=fields.text("url", ""),
        section=fields.text("section", ""),
        source_file=fields.text("source_file", ""),
        imported_at=fields.time("imported_at", at),
    )


class _Reading:
    """One object on its way in: who and when to fill in, and what was found wrong so far."""

    def __init__(self, fields: Fields, codebook: Codebook, annotator: str, at: str) -> None:
        self._fields = fields
        self._codebook = codebook
        self._annotator = annotator
        self._at = at
        self._problems: list[str] = []
        self._places: dict[str, str] = {}
        self.article = _read_article(Fields(fields.data.get("article"), "article"), at)
        made_with = fields.data.get("codebook")
        self._same_codebook = isinstance(made_with, dict) and made_with.get(
            "sha256"
        ) == codebook_sha256(codebook)

    def records(self, name: str, read: Callable[[Fields], _Kept]) -> tuple[_Kept, ...]:
        """Read a list of records; what is wrong with one of them is kept for the end."""
        records = []
        for number, item in enumerate(self._fields.items(name, ())):
            place = f"{name}[{number}]"
            try:
                record = read(Fields(item, place))
            except ProjectError as error:
                self._problems.append(str(error))
                continue
            if record.id in self._places:
                self._problems.append(f"{place}: its id is that of {self._places[record.id]}.")
            self._places.setdefault(record.id, place)
            records.append(record)
        return tuple(records)

    def span(self, fields: Fields) -> Span:
        """Read a span."""
        _only(fields, _SPAN)
        fragments, created_at = read_fragments(fields), fields.time("created_at", self._at)
        suggestion = fields.text("suggestion_id", "")
        return Span(
            id=self._id("span", fields),
            article_id=self.article.id,
            layer=fields.text("layer"),
            label=fields.text("label"),
            fragments=fragments,
            quotation=self._quotation(fields, fragments),
            annotator=fields.text("annotator", "") or self._annotator,
            origin=fields.one_of("origin", ORIGINS, "imported"),
            codebook_version=self._version(fields),
            created_at=created_at,
            modified_at=fields.time("modified_at", created_at),
            attributes=read_attributes(fields),
            note=fields.text("note", ""),
            author=fields.text("author", ""),
            suggestion_id=suggestion and self._own_id("suggestion", suggestion),
            blind=fields.flag("blind", False),
            entry_id=self._entry_id(fields.text("entry_id", "")),
        )

    def relation(self, fields: Fields) -> Relation:
        """Read a relation."""
        _only(fields, _RELATION)
        created_at = fields.time("created_at", self._at)
        return Relation(
            id=self._id("relation", fields),
            article_id=self.article.id,
            label=fields.text("label"),
            arguments=tuple(
                Argument(argument.role, self._own_id("span", argument.span_id))
                for argument in read_arguments(fields)
            ),
            annotator=fields.text("annotator", "") or self._annotator,
            origin=fields.one_of("origin", ORIGINS, "imported"),
            codebook_version=self._version(fields),
            created_at=created_at,
            modified_at=fields.time("modified_at", created_at),
            attributes=read_attributes(fields),
            note=fields.text("note", ""),
            author=fields.text("author", ""),
        )

    def suggestion(self, fields: Fields) -> Suggestion:
        """Read a suggestion; one that nobody signs is no use."""
        _only(fields, _SUGGESTION)
        fragments = read_fragments(fields)
        return Suggestion(
            id=self._id("suggestion", fields),
            article_id=self.article.id,
            layer=fields.text("layer"),
            label=fields.text("label"),
            fragments=fragments,
            quotation=self._quotation(fields, fragments),
            author=fields.text("author"),
            created_at=fields.time("created_at", self._at),
            score=read_score(fields),
            state=fields.one_of("state", SUGGESTION_STATES, "pending"),
        )

    def entry(self, fields: Fields) -> RegistryEntry:
        """Read a registry entry."""
        _only(fields, _ENTRY)
        created_at = fields.time("created_at", self._at)
        return RegistryEntry(
            id=self._entry_id(fields.text("id")),
            registry=fields.one_of("registry", REGISTRIES),
            name=fields.text("name"),
            annotator=fields.text("annotator", "") or self._annotator,
            created_at=created_at,
            modified_at=fields.time("modified_at", created_at),
            aliases=fields.texts("aliases", ()),
            facts=read_facts(fields),
            note=fields.text("note", ""),
            confidential=fields.flag("confidential", False),
        )

    def reviews(self) -> tuple[Review, ...]:
        """Read the reviews; where there are none, complete layers count for the annotator."""
        status = Fields(self._fields.data.get("layers", {}), "layers")
        complete = [
            layer for layer in status.data if status.one_of(layer, LAYER_STATUSES) == "complete"
        ]
        if "review" in self._fields:
            return self.records("review", self._review)
        return tuple(
            Review(self.article.id, self._annotator, layer, "complete", self._at)
            for layer in complete
        )

    def check(self, entry: Entry) -> None:
        """Refuse the entry if anything is wrong with it."""
        if not self._problems:
            found = record_problems(entry, self._codebook, lambda _: self._codebook)
            self._problems = [
                f"{self._places.get(record.id, 'layers')}: {text}" for record, text in found
            ]
        if self._problems:
            more = len(self._problems) - SHOWN_PROBLEMS
            told = self._problems[:SHOWN_PROBLEMS] + ([f"And {more} more."] if more > 0 else [])
            raise ProjectError(" ".join(told))

    def _review(self, fields: Fields) -> Review:
        _only(fields, _REVIEW)
        return Review(
            self.article.id,
            fields.text("annotator", "") or self._annotator,
            fields.text("layer"),
            fields.one_of("state", REVIEW_STATES),
            fields.time("at", self._at),
        )

    def _id(self, kind: str, fields: Fields) -> str:
        """Return the record's id; one without is known by its place in the object."""
        return self._own_id(kind, fields.text("id", "") or fields.where)

    def _own_id(self, kind: str, given: str) -> str:
        return given if is_id(given) else derived_id(self.article.sha256, kind, given)

    def _entry_id(self, given: str) -> str:
        """Entries stand in several objects: the same id means the same one in all of them."""
        return given if not given or is_id(given) else derived_id("registry", given)

    def _quotation(self, fields: Fields, fragments: tuple[Fragment, ...]) -> tuple[str, ...]:
        if "quotation" in fields:
            return fields.texts("quotation")
        return self.article.quote(fragments)

    def _version(self, fields: Fields) -> int:
        """Keep the version of a codebook that both projects share; another's means nothing."""
        own = self._codebook.version
        version = fields.integer("codebook_version", 1, own)
        return version if self._same_codebook and version <= own else own
