"""From the tree of a query to SQL: what to ask of the index, and of the other tables.

Parts that are of words alone become one MATCH for each table of the index; the rest are
conditions about `article`. Each term goes into a MATCH between quotation marks, with those
within doubled, so that none of it is read as FTS5's own syntax (https://sqlite.org/fts5.html).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from annotation.codebook import Codebook
from annotation.errors import ProjectError
from annotation.query_language import (
    Either,
    Every,
    Is,
    Near,
    Part,
    Published,
    Term,
    Without,
    is_spaceless,
)
from storage import tallies
from storage.index_tables import COLUMNS, TWO

SHORTEST = 3
"""How many characters words must have to be found by `article_trigrams`."""

Condition = tuple[str, list[object]]
"""What goes after WHERE, and its values."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as SQL: the table that is asked first, what is asked of it, and all else.

    Without words there is no table, and `match` is empty.
    """

    table: str
    match: str
    where: str
    values: tuple[object, ...]
    lasts: tuple[Condition, ...]
    """Numbers after which no article can be found."""


def asked(part: Part, codebook: Codebook) -> Asked:
    """Return the query as SQL over `article`; `ProjectError` for a label that is not known."""
    parts = part.parts if isinstance(part, Every) else (part,)
    for table in TWO:
        matches, others = _split(parts, table)
        if matches:
            break
    where, values = _all([_condition(other, codebook) for other in others])
    lasts = tuple(found for other in others if (found := _last(other, codebook)))
    return Asked(table if matches else "", " AND ".join(matches), where, tuple(values), lasts)


def _last(part: Part, codebook: Codebook) -> Condition | None:
    """Return the number of the last article that may have what a part asks for."""
    if isinstance(part, Is) and part.kind == "annotator":
        return tallies.LAST_WITH_ANNOTATOR, [part.value]
    if isinstance(part, Is) and part.kind == "label":
        labels = _labels(part.value, codebook)
        lasts = ", ".join([tallies.LAST_WITH_LABEL] * len(labels))
        return f"max(0, {lasts})", [value for label in labels for value in label]
    return None


def among_the_rest(part: Part, codebook: Codebook) -> Condition:
    """Return a condition for articles that are not indexed: their words are those of `words`.

    Nothing is found in their texts.
    """
    match part:
        case Term(column="text"):
            return "false", []
        case Term(column=""):
            return "instr(words, ?) > 0", [part.words.casefold()]
        case Term():
            # lower() knows ASCII alone: other letters are found as they are written.
            value = f"article.{part.column}"
            where = f"instr(lower({value}), ?) > 0 OR instr({value}, ?) > 0"
            return where, [part.words.lower(), part.words]
        case Near():
            inside = (replace(term, column=part.column) for term in part.terms)
            return _all([among_the_rest(term, codebook) for term in inside])
        case Every():
            return _all([among_the_rest(each, codebook) for each in part.parts])
        case Either():
            return _any([among_the_rest(each, codebook) for each in part.parts])
        case Without():
            where, values = among_the_rest(part.part, codebook)
            return f"NOT ({where})", values
        case _:
            return _condition(part, codebook)


def hits(part: Part, table: str) -> str:
    """Return what is marked of an article that is found, as an expression for one table."""
    return " OR ".join(dict.fromkeys(filter(None, _hits(part, table))))


def _hits(part: Part, table: str) -> Iterator[str]:
    match part:
        case Term() | Near():
            yield _match(part, table)
        case Every() | Either():
            for each in part.parts:
                yield from _hits(each, table)


def is_short(term: Term) -> bool:
    """Tell whether a term is too short for the table that it belongs to."""
    return not _table(term)


def _split(parts: tuple[Part, ...], table: str) -> tuple[list[str], list[Part]]:
    """Return what one table of the index can answer by itself, and all else."""
    found, others = [], []
    for part in parts:
        match = _match(part, table)
        if match:
            found.append(match)
        else:
            others.append(part)
    return found, others


def _match(part: Part, table: str) -> str:
    """Return a part as an expression of FTS5, or an empty text where it cannot be one."""
    match part:
        case Term():
            return _term(part) if _table(part) == table else ""
        case Near():
            words = " ".join(map(_quoted, part.terms))
            column = f"{{{part.column}}} : " if part.column else ""
            near = f"{column}NEAR({words}, {part.distance})"
            return near if table == "article_words" else ""
        case Every() | Either():
            found = [_match(each, table) for each in part.parts]
            between = " AND " if isinstance(part, Every) else " OR "
            return f"({between.join(found)})" if found and all(found) else ""
    return ""


def _table(term: Term) -> str:
    if not is_spaceless(term.words):
        return "article_words"
    return "article_trigrams" if len(term.words.strip()) >= SHORTEST else ""


def _term(term: Term) -> str:
    """Return a term with both spellings of ß and ss, which are different letters to FTS5."""
    folded = term.words.casefold()  # ß is ss in it
    spellings = dict.fromkeys((term.words, folded, folded.replace("ss", "ß")))
    either = [_quoted(replace(term, words=words)) for words in spellings]
    found = either[0] if "ss" not in folded else f"({' OR '.join(either)})"
    return f"{{{term.column}}} : {found}" if term.column else found


def _quoted(term: Term) -> str:
    words = term.words.strip().replace('"', '""')
    star = "*" if term.prefix and _table(term) == "article_words" else ""
    return f'"{words}"{star}'


def _condition(part: Part, codebook: Codebook) -> Condition:
    for table in TWO:
        if match := _match(part, table):
            return (
                f"article.number IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)",
                [match],
            )
    match part:
        case Term():
            return _short(part)
        case Every():
            return _all([_condition(each, codebook) for each in part.parts])
        case Either():
            return _any([_condition(each, codebook) for each in part.parts])
        case Without():
            where, values = _condition(part.part, codebook)
            return f"NOT ({where})", values
        case Published():
            return _published(part)
        case Is(kind="label"):
            found = _labels(part.value, codebook)
            return _any([(tallies.HAS_LABEL, label) for label in found])
    assert isinstance(part, Is), part
    return IS[part.kind], [part.value] * IS[part.kind].count("?")


IS = {
    "status": "article_state.status = ?",
    "language": "article.language = ? COLLATE NOCASE",
    "annotator": tallies.HAS_ANNOTATOR,
}


def _short(term: Term) -> Condition:
    """Return a condition for one or two characters, of which there is no index."""
    wanted = (term.column,) if term.column else COLUMNS.split(", ")
    found = " OR ".join(
        f"instr({'article_text' if column == 'text' else 'article'}.{column}, ?) > 0"
        for column in wanted
    )
    where = f"""
        (article.number IN (SELECT number FROM spaceless)
            OR article.number > (SELECT articles FROM indexed))
        AND EXISTS (SELECT 1 FROM article_text
            WHERE article_text.number = article.number AND ({found}))
    """
    return where, [term.words.strip()] * len(wanted)


def _published(part: Published) -> Condition:
    where, values = ["article.published <> ''"], []
    if part.first:
        where.append("article.published >= ?")
        values.append(part.first)
    if part.last:
        where.append(f"substr(article.published, 1, {len(part.last)}) <= ?")
        values.append(part.last)
    return f"({' AND '.join(where)})", [*values]


def _labels(name: str, codebook: Codebook) -> list[list[object]]:
    """Return (layer, label) of each label of that name, and ("", relation)."""
    wanted = name.casefold()
    labels: list[list[object]] = [
        [label.layer, label.name]
        for label in codebook.labels
        if wanted in (label.name.casefold(), f"{label.layer}/{label.name}".casefold())
    ]
    relations: list[list[object]] = [
        ["", relation.name] for relation in codebook.relations if relation.name.casefold() == wanted
    ]
    if not labels and not relations:
        raise ProjectError(f"The codebook has no label and no relation “{name}”.")
    return [*labels, *relations]


def _all(conditions: list[Condition]) -> Condition:
    return _joined(conditions, " AND ", "true")


def _any(conditions: list[Condition]) -> Condition:
    return _joined(conditions, " OR ", "false")


def _joined(conditions: list[Condition], between: str, none: str) -> Condition:
    where = between.join(f"({where})" for where, _ in conditions) or none
    return where, [value for _, values in conditions for value in values]
