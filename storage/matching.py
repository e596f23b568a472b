"""From the tree of a query to expressions of FTS5: what each of the two indexes can answer.

Each term goes into a MATCH between quotation marks, with those within doubled, so that none of
it is read as FTS5's own syntax (https://sqlite.org/fts5.html).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from annotation.query_language import Either, Every, Near, Part, Term, Without, is_spaceless
from storage.known import Known

SHORTEST = 3
"""How many characters words must have to be found by `article_trigrams`."""


def split(parts: Sequence[Part], table: str, known: Known) -> tuple[str, list[Part]]:
    """Return what one table of the index can answer by itself, and all else."""
    found, without, others = [], [], []
    for part in parts:
        if match := matching(part, table, known):
            found.append(match)
        elif isinstance(part, Without) and (match := matching(part.part, table, known)):
            without.append((match, part))
        else:
            others.append(part)
    if not found:
        return "", list(parts)
    both = " AND ".join(f"({match})" for match in found)
    if without:
        both = f"({both}) NOT ({' OR '.join(match for match, _ in without)})"
    return both, others


def matching(part: Part, table: str, known: Known) -> str:
    """Return a part as an expression for one table, or an empty text where it cannot be one."""
    match part:
        case Term():
            return _term(part, known) if _table(part) == table else ""
        case Near():
            words = " ".join(map(_quoted, part.terms))
            column = f"{{{part.column}}} : " if part.column else ""
            near = f"{column}NEAR({words}, {part.distance})"
            return near if table == "article_words" else ""
        case Every() | Either():
            found = [matching(each, table, known) for each in part.parts]
            between = " AND " if isinstance(part, Every) else " OR "
            return f"({between.join(found)})" if found and all(found) else ""
    return ""


def hits(part: Part, table: str, known: Known) -> str:
    """Return what is marked of an article that is found, as an expression for one table."""
    return " OR ".join(dict.fromkeys(filter(None, _hits(part, table, known))))


def _hits(part: Part, table: str, known: Known) -> Iterator[str]:
    match part:
        case Term() | Near():
            yield matching(part, table, known)
        case Every() | Either():
            for each in part.parts:
                yield from _hits(each, table, known)


def is_short(term: Term) -> bool:
    """Tell whether a term is too short for the table that it belongs to."""
    return not _table(term)


def _table(term: Term) -> str:
    if not is_spaceless(term.words):
        return "article_words"
    return "article_trigrams" if len(term.words.strip()) >= SHORTEST else ""


def _term(term: Term, known: Known) -> str:
    """Return a term with both spellings of ß and ss, which are different letters to FTS5."""
    folded = term.words.casefold()  # ß is ss in it
    spellings = dict.fromkeys((term.words, folded, folded.replace("ss", "ß")))
    terms = [replace(term, words=words) for words in spellings]
    either = [
        word for one in terms[: len(terms) if "ss" in folded else 1] for word in _all(one, known)
    ]
    found = either[0] if len(either) == 1 else f"({' OR '.join(either)})"
    return f"{{{term.column}}} : {found}" if term.column else found


def _all(term: Term, known: Known) -> list[str]:
    """Return a term, or where it is the beginning of a word all words that it may be."""
    endings = known.endings(term.words) if term.prefix and _table(term) == "article_words" else []
    return [_quoted(Term(words)) for words in endings] or [_quoted(term)]


def _quoted(term: Term) -> str:
    words = term.words.strip().replace('"', '""')
    star = "*" if term.prefix and _table(term) == "article_words" else ""
    return f'"{words}"{star}'
