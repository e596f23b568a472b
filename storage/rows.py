"""A record as a row of its table, and back.

Rows of a sound file passed the tables' own checks. A damaged one, or one made by somebody
else, can hold anything anywhere, so types and the shape of the JSON columns are looked at
here: such a file ends in words.
"""

from collections.abc import Iterable, Iterator, Sequence
from json import JSONDecoder, JSONEncoder
from json.encoder import encode_basestring as quoted
from typing import Any

from annotation.errors import DamagedError, ProjectError
from annotation.model import (
    Argument,
    Article,
    Fragment,
    Record,
    RegistryEntry,
    Relation,
    Review,
    Span,
    Suggestion,
    Value,
)
from annotation.registry import folded

Row = Sequence[Any]

# The columns stand in the order of the record's fields, so that a row unfolds into one.

SPAN_COLUMNS = (
    "id, article_id, layer, label, fragments, quotation, annotator, origin, codebook_version, "
    "created_at, modified_at, attributes, note, author, suggestion_id, blind, entry_id, "
    'start, "end"'
)
SUGGESTION_COLUMNS = (
    "id, article_id, layer, label, fragments, quotation, author, created_at, score, state, "
    'start, "end"'
)
RELATION_COLUMNS = (
    "id, article_id, label, annotator, origin, codebook_version, created_at, modified_at, "
    "attributes, note, author"
)
REVIEW_COLUMNS = "article_id, annotator, layer, state, at"
ENTRY_COLUMNS = (
    "id, registry, name, annotator, created_at, modified_at, aliases, facts, note, confidential"
)
ARTICLE_COLUMNS = (
    "id, text, sha256, title, outlet, authors, published, language, url, section, source_file, "
    "imported_at"
)


_SPAN_TYPES = (*[str] * 8, int, *[str] * 6, int, type(None), int, int)
_ENTERED_TYPES = (*[str] * 8, int, *[str] * 6, int, str, int, int)
_SUGGESTION_TYPES = (*[str] * 8, float, str, int, int)
_UNSCORED_TYPES = (*[str] * 8, type(None), str, int, int)
_RELATION_TYPES = (*[str] * 5, int, *[str] * 5)
_ENTRY_TYPES = (*[str] * 9, int)
ARTICLE_TYPES = (str,) * 12

compact = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Return JSON without blanks, with letters as they are."""

_decode = JSONDecoder().raw_decode
"""Read JSON without blanks around it in half the time of `loads`; tells where it ended."""

_VALUES = frozenset((str, bool))
"""The types that an attribute's value may have."""


def record_row(record: Record) -> Row:
    """Return the row of a record, in the order of its `…_COLUMNS`."""
    match record:
        case Span():
            return span_row(record)
        case Relation():
            return relation_row(record)
        case Suggestion():
            return suggestion_row(record)
        case Review():
            return review_row(record)
        case RegistryEntry():
            return entry_row(record)


def span_row(span: Span) -> Row:
    """Return the row of a span."""
    return (
        span.id,
        span.article_id,
        span.layer,
        span.label,
        _fragments_column(span.fragments),
        _texts_column(span.quotation),
        span.annotator,
        span.origin,
        span.codebook_version,
        span.created_at,
        span.modified_at,
        compact(dict(span.attributes)) if span.attributes else "{}",
        span.note,
        span.author,
        span.suggestion_id,
        int(span.blind),
        span.entry_id or None,
        span.start,
        span.end,
    )


def suggestion_row(suggestion: Suggestion) -> Row:
    """Return the row of a suggestion."""
    return (
        suggestion.id,
        suggestion.article_id,
        suggestion.layer,
        suggestion.label,
        _fragments_column(suggestion.fragments),
        _texts_column(suggestion.quotation),
        suggestion.author,
        suggestion.created_at,
        suggestion.score,
        suggestion.state,
        suggestion.start,
        suggestion.end,
    )


def relation_row(relation: Relation) -> Row:
    """Return the row of a relation; its arguments are rows of their own."""
    return (
        relation.id,
        relation.article_id,
        relation.label,
        relation.annotator,
        relation.origin,
        relation.codebook_version,
        relation.created_at,
        relation.modified_at,
        compact(dict(relation.attributes)) if relation.attributes else "{}",
        relation.note,
        relation.author,
    )


def argument_rows(relation: Relation) -> list[Row]:
    """Return (relation, position, role, span) for each argument."""
    return [
        (relation.id, position, argument.role, argument.span_id)
        for position, argument in enumerate(relation.arguments)
    ]


def review_row(review: Review) -> Row:
    """Return the row of a review."""
    return (review.article_id, review.annotator, review.layer, review.state, review.at)


def entry_row(entry: RegistryEntry) -> Row:
    """Return the row of a registry entry, and at its end by what it is sorted and found."""
    return (
        entry.id,
        entry.registry,
        entry.name,
        entry.annotator,
        entry.created_at,
        entry.modified_at,
        compact(entry.aliases),
        compact(dict(entry.facts)),
        entry.note,
        int(entry.confidential),
        folded(entry.name),
        "\n".join(map(folded, entry.names)),
    )


def spans(found: Iterable[Row]) -> list[Span]:
    """Return the spans of rows with `SPAN_COLUMNS`; `ProjectError` for one that is damaged."""
    return [
        Span(
            *(
                *row[:4],
                _fragments(row[4], row[17], row[18], row[0]),
                texts(row[5], row[0]),
                *row[6:11],
                attributes(row[11], row[0]),
                *row[12:15],
                row[15] == 1,
                row[16] or "",
            )
        )
        for row in typed(found, _SPAN_TYPES, _ENTERED_TYPES)
    ]


def suggestions(found: Iterable[Row]) -> list[Suggestion]:
    """Return the suggestions of rows with `SUGGESTION_COLUMNS`, like `spans`."""
    return [
        Suggestion(
            *(
                *row[:4],
                _fragments(row[4], row[10], row[11], row[0]),
                texts(row[5], row[0]),
                *row[6:10],
            )
        )
        for row in typed(found, _SUGGESTION_TYPES, _UNSCORED_TYPES)
    ]


def relation(row: Row, arguments: Sequence[Argument]) -> Relation:
    """Return the relation of a row with `RELATION_COLUMNS` and its arguments in order."""
    (row,) = typed([row], _RELATION_TYPES)
    said = attributes(row[8], row[0])
    return Relation(*(*row[:3], tuple(arguments), *row[3:8], said, *row[9:]))


def reviews(found: Iterable[Row]) -> list[Review]:
    """Return the reviews of rows with `REVIEW_COLUMNS`."""
    return [Review(*row) for row in typed(found, (str,) * 5)]


def entries(found: Iterable[Row]) -> list[RegistryEntry]:
    """Return the registry entries of rows with `ENTRY_COLUMNS`, like `spans`."""
    return [
        RegistryEntry(
            *(*row[:6], texts(row[6], row[0]), _facts(row[7], row[0]), row[8], row[9] == 1)
        )
        for row in typed(found, _ENTRY_TYPES)
    ]


def article(row: Row) -> Article:
    """Return the article of a row with `ARTICLE_COLUMNS`."""
    (row,) = typed([row], ARTICLE_TYPES)
    return Article(*(*row[:5], texts(row[5], row[0]), *row[6:]))


def number(row: Row | None, owner: str) -> int:
    """Return the one whole number of a row; `ProjectError` names the owner if damaged."""
    if row is None or type(row[0]) is not int:
        raise damaged(owner, "number")
    return row[0]


def typed(found: Iterable[Row], *types: tuple[object, ...]) -> Iterator[Row]:
    """Yield rows whose values are of one of these types each; `ProjectError` for any other."""
    for row in found:
        if tuple(map(type, row)) not in types:
            raise damaged(f"{row[0]!s:.40}", "record")
        yield row


# Most spans are one fragment, and most quotations hold nothing that JSON escapes: those
# are told by their look, since a screenful of spans is read while somebody waits, and
# written without an encoder, since what a model found is stored between two pictures.


def _fragments_column(fragments: tuple[Fragment, ...]) -> str:
    if len(fragments) == 1:
        ((start, end),) = fragments
        return f"[[{start},{end}]]"
    return compact(fragments)


def _texts_column(texts: tuple[str, ...]) -> str:
    return f"[{quoted(texts[0])}]" if len(texts) == 1 else compact(texts)


def _fragments(content: str, start: int, end: int, owner: str) -> tuple[Fragment, ...]:
    if content == f"[[{start},{end}]]":
        return ((start, end),)
    try:
        found = tuple([(start, end) for start, end in _json(content, owner)])
    except (ValueError, TypeError) as error:
        raise damaged(owner, "fragments") from error
    if not found or any(type(n) is not int for fragment in found for n in fragment):
        raise damaged(owner, "fragments")
    return found


def texts(content: str, owner: str) -> tuple[str, ...]:
    """Return the texts that a column holds; `ProjectError` names the owner if damaged."""
    if type(content) is not str:  # a page of another table
        raise damaged(owner, "texts")
    if content.count('"') == 2 and content[:2] + content[-2:] == '[""]' and "\\" not in content:
        return (content[2:-2],)
    found = _json(content, owner)
    if not isinstance(found, list) or any(type(text) is not str for text in found):
        raise damaged(owner, "texts")
    return tuple(found)


def attributes(content: str, owner: str) -> dict[str, Value]:
    """Return the attributes that a column holds; `ProjectError` names the owner if damaged."""
    if content == "{}":
        return {}
    found = _json(content, owner)
    if not isinstance(found, dict) or not _VALUES.issuperset(map(type, found.values())):
        raise damaged(owner, "attributes")
    return found


def _facts(content: str, owner: str) -> dict[str, str]:
    found = _json(content, owner)
    if not isinstance(found, dict) or any(type(fact) is not str for fact in found.values()):
        raise damaged(owner, "facts")
    return found


def _json(content: str, owner: str) -> Any:
    try:
        found, length = _decode(content)
    except (ValueError, TypeError, RecursionError) as error:
        raise damaged(owner, "content") from error
    if length != len(content):
        raise damaged(owner, "content")
    return found


def damaged(owner: str, what: str) -> ProjectError:
    """Return the failure to read what a row of a record holds."""
    return DamagedError(
        f"The project is damaged: the {what} of {owner} cannot be read. "
        "Nothing was changed; restore a backup, or repair the project into a new file."
    )
