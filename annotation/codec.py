"""Records as plain dictionaries, for JSON, and back; the second half trusts nothing."""

from collections.abc import Callable
from dataclasses import fields as dataclass_fields

from annotation.fields import Fields
from annotation.model import (
    ORIGINS,
    REGISTRIES,
    SUGGESTION_STATES,
    Argument,
    Fragment,
    Record,
    RegistryEntry,
    Relation,
    Review,
    ReviewState,
    Span,
    Suggestion,
    Value,
)

REVIEW_STATES: tuple[ReviewState, ...] = ("open", "complete")


def record_to_dict(record: Record) -> dict[str, object]:
    """Return the record as JSON holds it; empty notes, authors and attributes are left out."""
    match record:
        case Span():
            return _span_to_dict(record)
        case Relation():
            return _relation_to_dict(record)
        case Suggestion():
            return _suggestion_to_dict(record)
        case Review():
            return _review_to_dict(record)
        case RegistryEntry():
            return _entry_to_dict(record)


def record_from_dict(data: object) -> Record:
    """Return the record that `record_to_dict` wrote; `ProjectError` names a field that is wrong."""
    kind = Fields(data, "record").one_of("record", tuple(_READERS))
    return _READERS[kind](Fields(data, kind))


def read_fragments(fields: Fields) -> tuple[Fragment, ...]:
    """Return the fragments `[[start, end], …]` in code points; there is at least one."""
    fragments = []
    for item in fields.items("fragments"):
        if not isinstance(item, list | tuple) or len(item) != 2:
            raise fields.refuse("fragments", "[start, end] pairs")
        if type(item[0]) is not int or type(item[1]) is not int:
            raise fields.refuse("fragments", "pairs of whole numbers")
        fragments.append((item[0], item[1]))
    if not fragments:
        raise fields.refuse("fragments", "at least one [start, end] pair")
    return tuple(fragments)


def read_attributes(fields: Fields) -> dict[str, Value]:
    """Return the attributes, which may be missing: names with a text, or with true or false."""
    said = fields.data.get("attributes", {})
    if not isinstance(said, dict):
        raise fields.refuse("attributes", "an object")
    inside = Fields(said, f"{fields.where}.attributes")
    return {
        name: value if isinstance(value, bool) else inside.text(name)
        for name, value in said.items()
    }


def read_facts(fields: Fields) -> dict[str, str]:
    """Return what is known about a registry entry: names with a text; may be missing."""
    inside = Fields(fields.data.get("facts", {}), f"{fields.where}.facts")
    return {name: inside.text(name) for name in inside.data}


def read_arguments(fields: Fields) -> tuple[Argument, ...]:
    """Return the arguments `[{"role", "span"}, …]`; there is at least one."""
    arguments = fields.each("arguments", _argument)
    if not arguments:
        raise fields.refuse("arguments", "at least one role with its span")
    return arguments


def read_score(fields: Fields) -> float | None:
    """Return the score from 0 to 1, or None where there is none."""
    score = fields.data.get("score")
    if score is None:
        return None
    if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 1:
        raise fields.refuse("score", "a number from 0 to 1")
    return float(score)


def fragments_to_list(fragments: tuple[Fragment, ...]) -> list[list[int]]:
    """Return fragments as JSON holds them."""
    return [[start, end] for start, end in fragments]


def arguments_to_list(arguments: tuple[Argument, ...]) -> list[dict[str, str]]:
    """Return arguments as JSON holds them."""
    return [{"role": argument.role, "span": argument.span_id} for argument in arguments]


def without_empty(data: dict[str, object], names: tuple[str, ...]) -> dict[str, object]:
    """Take the named fields out where they say nothing; return the same dictionary."""
    for name in names:
        if not data[name]:
            del data[name]
    return data


# -- writing


def _span_to_dict(span: Span) -> dict[str, object]:
    data: dict[str, object] = {
        "record": "span",
        "id": span.id,
        "article_id": span.article_id,
        "layer": span.layer,
        "label": span.label,
        "fragments": fragments_to_list(span.fragments),
        "quotation": list(span.quotation),
        "annotator": span.annotator,
        "origin": span.origin,
        "codebook_version": span.codebook_version,
        "created_at": span.created_at,
        "modified_at": span.modified_at,
        "attributes": dict(span.attributes),
        "note": span.note,
        "author": span.author,
        "suggestion_id": span.suggestion_id,
        "blind": span.blind,
        "entry_id": span.entry_id,
    }
    often_empty = ("attributes", "note", "author", "suggestion_id", "blind", "entry_id")
    return without_empty(data, often_empty)


def _relation_to_dict(relation: Relation) -> dict[str, object]:
    data: dict[str, object] = {
        "record": "relation",
        "id": relation.id,
        "article_id": relation.article_id,
        "label": relation.label,
        "arguments": arguments_to_list(relation.arguments),
        "annotator": relation.annotator,
        "origin": relation.origin,
        "codebook_version": relation.codebook_version,
        "created_at": relation.created_at,
        "modified_at": relation.modified_at,
        "attributes": dict(relation.attributes),
        "note": relation.note,
        "author": relation.author,
    }
    return without_empty(data, ("attributes", "note", "author"))


def _suggestion_to_dict(suggestion: Suggestion) -> dict[str, object]:
    data: dict[str, object] = {
        "record": "suggestion",
        "id": suggestion.id,
        "article_id": suggestion.article_id,
        "layer": suggestion.layer,
        "label": suggestion.label,
        "fragments": fragments_to_list(suggestion.fragments),
        "quotation": list(suggestion.quotation),
        "author": suggestion.author,
        "created_at": suggestion.created_at,
        "state": suggestion.state,
    }
    if suggestion.score is not None:
        data["score"] = suggestion.score
    return data


def _review_to_dict(review: Review) -> dict[str, object]:
    return {
        "record": "review",
        "article_id": review.article_id,
        "annotator": review.annotator,
        "layer": review.layer,
        "state": review.state,
        "at": review.at,
    }


def _entry_to_dict(entry: RegistryEntry) -> dict[str, object]:
    data: dict[str, object] = {
        "record": "entry",
        "id": entry.id,
        "registry": entry.registry,
        "name": entry.name,
        "annotator": entry.annotator,
        "created_at": entry.created_at,
        "modified_at": entry.modified_at,
        "aliases": list(entry.aliases),
        "facts": dict(entry.facts),
        "note": entry.note,
        "confidential": entry.confidential,
    }
    return without_empty(data, ("aliases", "facts", "note", "confidential"))


# -- reading


def _known(record: type[Record]) -> frozenset[str]:
    return frozenset(field.name for field in dataclass_fields(record)) | {"record"}


_SPAN_FIELDS = _known(Span)
_RELATION_FIELDS = _known(Relation)
_SUGGESTION_FIELDS = _known(Suggestion)
_REVIEW_FIELDS = _known(Review)
_ENTRY_FIELDS = _known(RegistryEntry)


def _argument(fields: Fields) -> Argument:
    fields.only(("role", "span"))
    return Argument(fields.text("role"), fields.text("span"))


def _span(fields: Fields) -> Span:
    fields.only(_SPAN_FIELDS)
    return Span(
        id=fields.text("id"),
        article_id=fields.text("article_id"),
        layer=fields.text("layer"),
        label=fields.text("label"),
        fragments=read_fragments(fields),
        quotation=fields.texts("quotation"),
        annotator=fields.text("annotator"),
        origin=fields.one_of("origin", ORIGINS),
        codebook_version=fields.integer("codebook_version", 1),
        created_at=fields.text("created_at"),
        modified_at=fields.text("modified_at"),
        attributes=read_attributes(fields),
        note=fields.text("note", ""),
        author=fields.text("author", ""),
        suggestion_id=fields.text("suggestion_id", ""),
        blind=fields.flag("blind", False),
        entry_id=fields.text("entry_id", ""),
    )


def _relation(fields: Fields) -> Relation:
    fields.only(_RELATION_FIELDS)
    return Relation(
        id=fields.text("id"),
        article_id=fields.text("article_id"),
        label=fields.text("label"),
        arguments=read_arguments(fields),
        annotator=fields.text("annotator"),
        origin=fields.one_of("origin", ORIGINS),
        codebook_version=fields.integer("codebook_version", 1),
        created_at=fields.text("created_at"),
        modified_at=fields.text("modified_at"),
        attributes=read_attributes(fields),
        note=fields.text("note", ""),
        author=fields.text("author", ""),
    )


def _suggestion(fields: Fields) -> Suggestion:
    fields.only(_SUGGESTION_FIELDS)
    return Suggestion(
        id=fields.text("id"),
        article_id=fields.text("article_id"),
        layer=fields.text("layer"),
        label=fields.text("label"),
        fragments=read_fragments(fields),
        quotation=fields.texts("quotation"),
        author=fields.text("author"),
        created_at=fields.text("created_at"),
        score=read_score(fields),
        state=fields.one_of("state", SUGGESTION_STATES),
    )


def _review(fields: Fields) -> Review:
    fields.only(_REVIEW_FIELDS)
    return Review(
        article_id=fields.text("article_id"),
        annotator=fields.text("annotator"),
        layer=fields.text("layer"),
        state=fields.one_of("state", REVIEW_STATES),
        at=fields.text("at"),
    )


def _entry(fields: Fields) -> RegistryEntry:
    fields.only(_ENTRY_FIELDS)
    return RegistryEntry(
        id=fields.text("id"),
        registry=fields.one_of("registry", REGISTRIES),
        name=fields.text("name"),
        annotator=fields.text("annotator"),
        created_at=fields.text("created_at"),
        modified_at=fields.text("modified_at"),
        aliases=fields.texts("aliases", ()),
        facts=read_facts(fields),
        note=fields.text("note", ""),
        confidential=fields.flag("confidential", False),
    )


_READERS: dict[str, Callable[[Fields], Record]] = {
    "span": _span,
    "relation": _relation,
    "suggestion": _suggestion,
    "review": _review,
    "entry": _entry,
}
