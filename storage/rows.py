"""A record as a row of its table, and back.

Rows of a sound file passed the tables' own checks; what those cannot see (the shape of
the JSON columns) is checked here, so that a damaged file ends in words.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from json import JSONEncoder, loads
from typing import Any

from annotation.errors import ProjectError
from annotation.model import (
    Argument,
    Article,
    Fragment,
    Record,
    Relation,
    Review,
    Span,
    Suggestion,
    Value,
)

Row = Sequence[Any]

# The columns stand in the order of the record's fields, so that a row unfolds into one.

SPAN_COLUMNS = (
    "id, article_id, layer, label, fragments, quotation, annotator, origin, codebook_version, "
    'created_at, modified_at, attributes, note, author, suggestion_id, start, "end"'
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
ARTICLE_COLUMNS = (
    "id, text, sha256, title, outlet, authors, published, language, url, section, source_file, "
    "imported_at"
)


compact = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Return JSON without blanks, with letters as they are."""


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


def span_row(span: Span) -> Row:
    """Return the row of a span."""
    return (
        span.id,
        span.article_id,
        span.layer,
        span.label,
        compact(span.fragments),
        compact(span.quotation),
        span.annotator,
        span.origin,
        span.codebook_version,
        span.created_at,
        span.modified_at,
        compact(dict(span.attributes)) if span.attributes else "{}",
        span.note,
        span.author,
        span.suggestion_id,
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
        compact(suggestion.fragments),
        compact(suggestion.quotation),
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


def spans(found: Iterable[Row]) -> list[Span]:
    """Return the spans of rows with `SPAN_COLUMNS`; `ProjectError` for one that is damaged."""
    return [Span(*_with(row[:15], {4: _fragments, 5: _texts, 11: _attributes})) for row in found]


def suggestions(found: Iterable[Row]) -> list[Suggestion]:
    """Return the suggestions of rows with `SUGGESTION_COLUMNS`, like `spans`."""
    return [Suggestion(*_with(row[:10], {4: _fragments, 5: _texts})) for row in found]


def relation(row: Row, arguments: Sequence[Argument]) -> Relation:
    """Return the relation of a row with `RELATION_COLUMNS` and its arguments in order."""
    values = _with(row, {8: _attributes})
    values.insert(3, tuple(arguments))
    return Relation(*values)


def reviews(found: Iterable[Row]) -> list[Review]:
    """Return the reviews of rows with `REVIEW_COLUMNS`."""
    return [Review(*row) for row in found]


def article(row: Row) -> Article:
    """Return the article of a row with `ARTICLE_COLUMNS`."""
    return Article(*_with(row, {5: _texts}))


def _with(row: Row, readers: Mapping[int, Callable[[str, str], object]]) -> list[Any]:
    """Return the row with its JSON columns read; the first column names it in a complaint."""
    values = list(row)
    for column, read in readers.items():
        values[column] = read(values[column], values[0])
    return values


def _fragments(content: str, owner: str) -> tuple[Fragment, ...]:
    try:
        found = tuple([(start, end) for start, end in loads(content)])
    except (ValueError, TypeError, RecursionError) as error:
        raise _damaged(owner, "fragments") from error
    if not found or any(type(n) is not int for fragment in found for n in fragment):
        raise _damaged(owner, "fragments")
    return found


def _texts(content: str, owner: str) -> tuple[str, ...]:
    found = _json(content, owner)
    if not isinstance(found, list) or any(type(text) is not str for text in found):
        raise _damaged(owner, "texts")
    return tuple(found)


def _attributes(content: str, owner: str) -> dict[str, Value]:
    if content == "{}":
        return {}
    found = _json(content, owner)
    if not isinstance(found, dict) or any(type(v) not in (str, bool) for v in found.values()):
        raise _damaged(owner, "attributes")
    return found


def _json(content: str, owner: str) -> object:
    try:
        return loads(content)
    except (ValueError, RecursionError) as error:
        raise _damaged(owner, "content") from error


def _damaged(owner: str, what: str) -> ProjectError:
    return ProjectError(
        f"The project is damaged: the {what} of {owner} cannot be read. "
        "Nothing was changed; go back to a backup or a copy of the file."
    )
