"""Finding words or a pattern in one text: what is asked for, and the places where it stands.

Places are code points of the text as it is. Nothing is ever folded or normalised but the
words that are looked for: each of their characters becomes the alternatives that a reader
takes for the same (ß and ss, é in one code point and in two, ’ and '), so no offset shifts.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from unicodedata import normalize

from annotation.errors import ProjectError
from annotation.model import Fragment

PIECE = 32_768
"""How many code points are looked through at a time: a millisecond or two."""

BATCH = 2_000
"""How many hits of a regular expression are told at a time."""

LONGEST = 1_000
"""The most characters that words or a pattern to find may have."""

_WIDEST = 4
"""The most code points that one character of the words can stand for."""

_MARK = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
"""Marks over, under and around a letter: a hit does not end between the letter and them."""

_SEVERAL = (
    *(0xDF, 0x130, 0x149, 0x1F0, 0x390, 0x3B0, 0x587),
    *range(0x1E96, 0x1E9F),
    *range(0x1F50, 0x1FFD),
    *range(0xFB00, 0xFB18),
)
"""Where the characters are whose case folds to several (CaseFolding.txt of Unicode, status F)."""

_QUOTES = {"'": "'’‘ʼ", '"': '"“”„«»'}
"""What a straight quotation mark finds, since news texts have the curly ones."""


@dataclass(frozen=True, slots=True)
class Query:
    """Words to find, or with `regex` a regular expression of Python's `re`.

    Without `match_case` ß finds ss, and straight quotation marks find curly ones; a blank finds
    any kind of blank, a line break too. `^` and `$` of a pattern mean a paragraph's ends.
    """

    words: str
    match_case: bool = False
    whole_word: bool = False
    regex: bool = False


class Matcher:
    """A query made ready; `ProjectError` says what is wrong with its pattern.

    Words take a time in proportion to the text. A regular expression may take for ever,
    and nothing in its own process can stop it: look for one in a process that can be ended.
    """

    def __init__(self, query: Query) -> None:
        self._query = query
        self._pattern = _compiled(query)

    def first(self, text: str) -> Fragment | None:
        """Return the first place [start, end), or None."""
        return next(self.all(text), None)

    def all(self, text: str) -> Iterator[Fragment]:
        """Yield all places [start, end) in order; none is empty, and none overlap."""
        return chain.from_iterable(self.batches(text))

    def batches(self, text: str) -> Iterator[list[Fragment]]:
        """Yield the places bit by bit, an empty list where a stretch of the text has none."""
        return self._by_number(text) if self._query.regex else self._by_piece(text)

    def _by_piece(self, text: str) -> Iterator[list[Fragment]]:
        reach = _WIDEST * len(self._query.words) + 2
        start = 0
        while start < len(text):
            limit = start + PIECE
            found = []
            for match in self._pattern.finditer(text, start, limit + reach):
                if match.start() >= limit:
                    break
                found.append(match.span())
            yield found
            start = max(limit, found[-1][1]) if found else limit

    def _by_number(self, text: str) -> Iterator[list[Fragment]]:
        found: list[Fragment] = []
        for match in self._pattern.finditer(text):
            start, end = match.span()
            if start < end and (not self._query.whole_word or _is_whole(text, start, end)):
                found.append((start, end))
                if len(found) == BATCH:
                    yield found
                    found = []
        yield found


def batches_apart(text: str, query: Query) -> Iterator[list[Fragment]]:
    """Yield what `Matcher.batches` does: a function for a process of its own."""
    yield from Matcher(query).batches(text)


class Hits:
    """Places in a text, in order and without overlaps; a million of them take 8 MB."""

    def __init__(self) -> None:
        self._starts = array("I")
        self._ends = array("I")

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, number: int) -> Fragment:
        return self._starts[number], self._ends[number]

    def add(self, places: Iterable[Fragment]) -> None:
        """Add places that follow those that are there."""
        for start, end in places:
            self._starts.append(start)
            self._ends.append(end)

    def meeting(self, start: int, end: int) -> range:
        """Return the numbers of the hits that meet the stretch [start, end)."""
        return range(bisect_right(self._ends, start), bisect_left(self._starts, end))

    def from_position(self, position: int) -> int:
        """Return the number of the first hit that starts at or after a position."""
        return bisect_left(self._starts, position)

    def number_of(self, place: Fragment | None) -> int | None:
        """Return which hit stands exactly at a place, or None."""
        if place is None:
            return None
        number = self.from_position(place[0])
        return number if number < len(self) and self[number] == place else None


def _compiled(query: Query) -> re.Pattern[str]:
    if len(query.words) > LONGEST:
        raise ProjectError(f"What to find is longer than {LONGEST:,} characters. Make it shorter.")
    flags = re.MULTILINE | (re.NOFLAG if query.match_case else re.IGNORECASE)
    try:
        return re.compile(query.words if query.regex else _literal(query), flags)
    except re.error as error:
        where = "" if error.pos is None else f" at character {error.pos + 1}"
        raise ProjectError(
            f"This is no regular expression: {error.msg}{where}. Mend it, or switch “.*” off."
        ) from error
    except (RecursionError, OverflowError) as error:
        raise ProjectError("The pattern is too deeply nested. Make it simpler.") from error


def _literal(query: Query) -> str:
    """Return a pattern for words; no part of it can be matched in more than one length."""
    words = normalize("NFC", query.words)
    if query.match_case:
        parts = [_alternatives({c, normalize("NFD", c)}) for c in words]
    else:
        parts = list(_folded(words.casefold()))
    before = r"(?<!\w)" if query.whole_word and words[:1].isalnum() else ""
    after = r"(?!\w)" if query.whole_word and words[-1:].isalnum() else ""
    return f"{before}{''.join(parts)}(?!{_MARK}){after}"


def _folded(words: str) -> Iterator[str]:
    """Yield for each folded character, or group that one character folds to, what it finds."""
    place = 0
    while place < len(words):
        for length in (3, 2, 1):
            part = words[place : place + length]
            if length == 1 or part in _foldings():
                break
        composed = normalize("NFC", part)
        forms = {part, composed, normalize("NFD", part), *_foldings().get(part, ())}
        yield _alternatives(forms.union(_QUOTES.get(part, ())))
        place += len(part)


@cache
def _foldings() -> dict[str, str]:
    """Return what folds to several characters, by those: "ss" to "ßẞ"."""
    found: dict[str, str] = {}
    for character in map(chr, _SEVERAL):
        folded = character.casefold()
        if len(folded) > 1:
            found[folded] = found.get(folded, "") + character
    return found


def _alternatives(forms: set[str]) -> str:
    if forms == {" "}:
        return r"\s"
    found = sorted(map(re.escape, forms), key=lambda form: (-len(form), form))
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (
        (start > 0 and text[start].isalnum() and _in_word(text[start - 1]))
        or (end < len(text) and text[end - 1].isalnum() and _in_word(text[end]))
    )


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"
