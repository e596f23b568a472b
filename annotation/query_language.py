"""The language of a full-text search: words, "phrases", prefixes, NEAR, filters, OR and -.

    query  = both { "OR" both }
    both   = part { part }
    part   = "-" part | "(" query ")" | NEAR(word word …, distance) | field ":" value
           | word ["*"] | "phrase" ["*"]

What comes of it is a tree of the small records below. Nothing of what somebody typed is ever
part of another program's syntax: who carries a query out quotes each term's words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NoReturn

from annotation.errors import ProjectError
from annotation.store import ARTICLE_STATUSES

Column = Literal["", "title", "outlet", "authors", "section", "source_file", "text"]
Kind = Literal["label", "annotator", "status", "language"]

COLUMNS: dict[str, Column] = {
    "title": "title",
    "outlet": "outlet",
    "author": "authors",
    "section": "section",
    "file": "source_file",
    "text": "text",
}
"""The fields in which words can be looked for alone, and what they are called within."""

KINDS: tuple[Kind, ...] = ("label", "annotator", "status", "language")

FIELDS = (*COLUMNS, "date", *KINDS)

LONGEST = 1_000
"""The most characters of a query."""

MOST_TERMS = 50
DEEPEST = 10
"""How many parts a query may have, and how deep its brackets may be nested."""

FARTHEST = 1_000
"""The most words that NEAR lets stand between."""

USUAL_DISTANCE = 10

HELP = (
    ("bridge budget", "both words, anywhere in an article, its title, outlet, authors or file"),
    ('"port authority"', "these words in this order"),
    ("minist*", "all words that begin so"),
    ("bridge OR tunnel", "one of the two; brackets hold together: (bridge OR tunnel) levy"),
    ("-ferry", "articles without this word"),
    ("NEAR(mayor levy, 5)", "at most five words between them; ten without a number"),
    ("title:bridge", "only in the title; so too outlet: author: section: file: text:"),
    ("date:2024..2025", "published then; also date:2024-05, date:2024-05-03.. and date:..2023"),
    ("label:CLAIM", "articles with a span or relation of this label"),
    ("annotator:maria", "articles in which she has tagged"),
    ("status:complete", "or new, or started"),
    ("language:de", "in this language"),
)
"""The language by example: what is written, and what it finds."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase; with `prefix` its last word is only the beginning of one."""

    words: str
    column: Column = ""
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Terms with at most `distance` words between the first and the last of them."""

    terms: tuple[Term, ...]
    distance: int
    column: Column = ""


@dataclass(frozen=True, slots=True)
class Is:
    """What an article, or any annotation in it, has to be."""

    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class Published:
    """From one date to another (YYYY, YYYY-MM or YYYY-MM-DD, both meant); "" is no bound."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Without:
    """Everything but this."""

    part: "Part"


@dataclass(frozen=True, slots=True)
class Every:
    """All of these together; with none of them, every article."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    parts: tuple["Part", ...]


Part = Term | Near | Is | Published | Without | Every | Either

_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u1a20-\u1aaf\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\uff66-\uff9f"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
"""Thai, Lao, Myanmar, Khmer, Tai Tham, Han and Kana (scripts of the class SA, and ideographs,
of UAX 14): their words are written without blanks between them."""

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")

_TOKEN = re.compile(
    r"""
    (?P<space>\s+) | (?P<open>\() | (?P<close>\)) | (?P<minus>-(?=[^\s\-)]))
    | (?P<near>NEAR\() | (?P<or>OR(?=[\s(]|$))
    | (?P<field>[A-Za-z_]+):(?!//) | (?P<phrase>"(?:[^"]*)"\*?) | (?P<unclosed>")
    | (?P<word>[^\s()"]+)
    """,
    re.VERBOSE,
)


def is_spaceless(text: str) -> bool:
    """Tell whether a text has letters of a script that puts no blanks between words."""
    return not text.isascii() and _SPACELESS.search(text) is not None


_TELLING = re.compile(
    rf"""(^|[\s(-])({"|".join(FIELDS)}):[^\s/] | (^|\s)-?"[^"]*\S[^"]*"\*?(\s|$)
        | \bNEAR\( | \w\*(\s|$) | \S\sOR\s\S""",
    re.VERBOSE,
)


def looks_like_a_query(text: str) -> bool:
    """Tell whether words say more to the query language than what they are letter by letter."""
    return _TELLING.search(text[:LONGEST]) is not None


def parse(text: str, typing: bool = False) -> Part:
    """Return what a query asks for; `ProjectError` says what is wrong with it.

    While somebody is `typing`, a last word with nothing after it is the beginning of one, and
    a quotation mark or a bracket that is still open is taken as closed.
    """
    if len(text) > LONGEST:
        raise ProjectError(f"The query is longer than {LONGEST:,} characters. Make it shorter.")
    return _Reader(_sound(text), typing).read()


def terms(part: Part) -> Iterator[Term]:
    """Yield the words that a hit can hold: all but those that it must not."""
    match part:
        case Term():
            yield part
        case Near():
            yield from part.terms
        case Every() | Either():
            for each in part.parts:
                yield from terms(each)


def _sound(text: str) -> str:
    """Return the text without what no database takes: NUL and half code points."""
    return "".join(" " if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)


class _Reader:
    """Reads a query from left to right, one token of look-ahead."""

    def __init__(self, text: str, typing: bool) -> None:
        self._text = text
        self._typing = typing
        self._place = 0
        self._depth = 0
        self._count = 0

    def read(self) -> Part:
        found = self._either()
        if self._place < len(self._text):
            self._refuse("a bracket “)” closes what no “(” has opened")
        return found

    def _either(self) -> Part:
        parts = [self._every()]
        while self._take("or"):
            parts.append(self._every())
            if Every(()) in parts[-2:]:
                if self._typing:
                    return parts[0]
                self._refuse("OR needs something to look for on each side")
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _every(self) -> Part:
        parts: list[Part] = []
        while (name := self._ahead()) not in ("", "or", "close"):
            part = self._part(name)
            if part is not None:
                parts.append(part)
                self._count += 1
                if self._count > MOST_TERMS:
                    self._refuse(f"it has more than {MOST_TERMS} parts")
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _part(self, name: str) -> Part | None:
        token = self._take(name)
        readers: dict[str, Callable[[], Part | None]] = {
            "minus": self._without,
            "open": self._bracket,
            "near": lambda: self._near(""),
            "field": lambda: self._field(token[:-1]),
        }
        return readers[name]() if name in readers else self._term(name, token, "")

    def _without(self) -> Part | None:
        part = self._part(self._ahead())
        return None if part is None else Without(part)

    def _bracket(self) -> Part | None:
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse(f"brackets are nested more than {DEEPEST} deep")
        found = self._either()
        if not self._take("close") and not self._typing:
            self._refuse("a bracket “(” is not closed")
        self._depth -= 1
        return None if found == Every(()) else found

    def _near(self, column: Column) -> Part | None:
        close = self._text.find(")", self._place)
        if close < 0 and not self._typing:
            self._refuse("the bracket of NEAR( is not closed")
        end = close if close >= 0 else len(self._text)
        inside = self._text[self._place : end]
        self._place = min(end + 1, len(self._text))
        words, comma, number = inside.rpartition(",") if "," in inside else (inside, "", "")
        distance = USUAL_DISTANCE
        if comma and (number.strip() or not self._typing):
            if not (number.strip().isascii() and number.strip().isdigit()) or len(number) > 9:
                self._refuse("after the comma NEAR wants a number: NEAR(mayor levy, 5)")
            distance = min(int(number), FARTHEST)
        found = tuple(_Reader(words, self._typing)._words_alone())
        if len(found) == 1 and self._typing:
            return Term(found[0].words, column, found[0].prefix)
        if len(found) < 2 and not self._typing:
            self._refuse("NEAR wants two words or more: NEAR(mayor levy, 5)")
        return Near(found, distance, column) if found else None

    def _words_alone(self) -> Iterator[Term]:
        while name := self._ahead():
            if name not in ("word", "phrase", "or", "minus"):
                self._refuse("NEAR takes words and “phrases” only: NEAR(mayor levy, 5)")
            found = self._term(name, self._take(name), "")
            if isinstance(found, Term):
                if is_spaceless(found.words):
                    self._refuse(
                        "NEAR counts words, and there are no blanks between the words of "
                        f"“{found.words}”"
                    )
                yield found

    def _field(self, name: str) -> Part | None:
        name = name.lower()
        if name not in FIELDS:
            self._refuse(
                f"there is no field “{name}:”. The fields are {', '.join(FIELDS)}; words with a "
                "colon go between quotation marks"
            )
        spaced = self._text[self._place : self._place + 1].isspace()
        ahead = "" if spaced else self._ahead()
        if name in COLUMNS and ahead == "near":
            self._take("near")
            return self._near(COLUMNS[name])
        if ahead not in ("word", "phrase", "or", "minus", "unclosed"):
            if self._typing and self._place >= len(self._text):
                return None
            self._refuse(f"after “{name}:” comes a word or a “phrase”, without a blank between")
        start = self._place
        token = self._take(ahead)
        if ahead in ("or", "minus"):
            self._place = start
            token = self._word()
            ahead = "word"
        if name in COLUMNS:
            return self._term(ahead, token, COLUMNS[name])
        value = self._open_phrase() if ahead == "unclosed" else token.strip('"')
        return self._condition(name, value)

    def _condition(self, name: str, value: str) -> Part | None:
        if name == "date":
            return self._published(value)
        if name == "status" and value not in ARTICLE_STATUSES:
            if self._typing and any(status.startswith(value) for status in ARTICLE_STATUSES):
                return None
            self._refuse(f"a status is {', '.join(ARTICLE_STATUSES)}, not “{value}”")
        if not value.strip():
            self._refuse(f"after “{name}:” comes a name")
        return Is(next(kind for kind in KINDS if kind == name), value)

    def _published(self, value: str) -> Part | None:
        first, dots, last = value.partition("..")
        bounds = (first, last) if dots else (value, value)
        if not any(bounds) or not all(not b or _DATE.fullmatch(b) for b in bounds):
            if self._typing and self._place >= len(self._text):
                return None
            self._refuse(
                f"“{value}” is no date. Write date:2024, date:2024-05-03 or date:2024..2025"
            )
        return Published(*bounds)

    def _term(self, name: str, token: str, column: Column) -> Part | None:
        if name == "unclosed":
            words = self._open_phrase()
            return Term(words, column) if _says_something(words) else None
        prefix = token.endswith("*")
        words = token.strip('*"') if name == "phrase" else token.rstrip("*")
        if not _says_something(words):
            return None  # a dash or a dot that stands alone
        last = name != "phrase" and self._place >= len(self._text)
        return Term(words, column, prefix or (self._typing and last and words[-1:].isalnum()))

    def _open_phrase(self) -> str:
        if not self._typing:
            self._refuse("a quotation mark is not closed")
        words, self._place = self._text[self._place :], len(self._text)
        return words

    # -- tokens

    def _word(self) -> str:
        match = re.compile(r'[^\s()"]+').match(self._text, self._place)
        assert match is not None, "there is a token ahead"
        self._place = match.end()
        return match.group()

    def _ahead(self) -> str:
        """Return the name of the next token, or an empty text at the end."""
        match = _TOKEN.match(self._text, self._place)
        while match is not None and match.lastgroup == "space":
            self._place = match.end()
            match = _TOKEN.match(self._text, self._place)
        return "" if match is None else str(match.lastgroup)

    def _take(self, name: str) -> str:
        """Return the next token if it is of that name and go on behind it, or an empty text."""
        if not name or self._ahead() != name:
            return ""
        match = _TOKEN.match(self._text, self._place)
        assert match is not None, "the look-ahead has found it"
        self._place = match.end()
        return match.group()

    def _refuse(self, reason: str) -> NoReturn:
        raise ProjectError(f"The query cannot be read: {reason}.")


def _says_something(words: str) -> bool:
    return any(character.isalnum() for character in words)
