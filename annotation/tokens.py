"""Where tokens, sentences and paragraphs begin and end, for the caret and for snapping.

Looks only at the neighbourhood of a position, so a keystroke costs the same in an
article of any length. It cuts at least as finely as spaCy's tokenizer does in the usual
cases (possessives, hyphens, numbers, initials); where spaCy cuts otherwise the export
says so span by span.

Scripts written without blanks have no words to be seen: finding them takes a dictionary for
each language. There a token is the smallest thing that can be tagged: a character in Chinese
and Japanese, what is written around one consonant in Thai and Lao (a leading vowel, marks, a
vowel after it), the syllable in Khmer and Burmese. A selection can still be any run of them.
"""

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import combining

REACH = 512
"""How far from a position, in code points, the start of a token is looked for."""

SENTENCE_REACH = 4096
"""How far from a position, in code points, the ends of its sentence are looked for."""

EN_DASH = "\u2013"
HYPHENS = ("-", "\u2010", "\u2011", EN_DASH)
"""What joins the parts of one word; the en dash only numbers, as in 2022–2023."""

FULL_STOPS = (".", "。")
_NO_WORD = ("", ".", "…", "。")

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0963"
    "\u0966-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ecd\u0f18-\u0f87"
    "\u1000-\u109f\u1780-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u200c\u200d"
)
"""Marks that belong to the letter before them (Unicode category M, by block) and joiners."""

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNSPACED = "\u0e01-\u0e4e\u0e81-\u0ece\u0edc-\u0edf\u1000-\u103f\u1050-\u108f\u1780-\u17d3\u17dd"
"""Thai, Lao, Burmese, Khmer; their digits make numbers as all digits do."""

_SYLLABLE = (
    "[\u0e40-\u0e44\u0ec0-\u0ec4]?[\u0e01-\u0e2e\u0e81-\u0eae\u0edc-\u0edf]"
    "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece]*"
    "[\u0e30\u0e32\u0e33\u0e45\u0eb0\u0eb2\u0eb3]?"
    "|[\u1000-\u102a\u103f\u1050-\u1055](?:\u1039[\u1000-\u1021])*[\u102b-\u1038\u103a-\u103e]*"
    "(?:[\u1000-\u1021]\u103a[\u1037\u1038]*)*"
    "|[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3])*[\u17b4-\u17d1\u17d3\u17dd]*"
)

_LETTER = rf"(?:(?![{_CJK}{_UNSPACED}])[\w{_MARKS}])"
_DRESS = r"[\ufe00-\ufe0f\u20e3\u0300-\u036f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"

_TOKEN = rf"""
      (?:[^\W\d_]\.){{2,}}                              # U.S.
    | [0-9#*]\ufe0f?\u20e3                              # keycap
    | \d+(?:[.,:]\d+)+                                  # 1,000.5  10:30
    | [\U0001f1e6-\U0001f1ff]{{2}}                      # a flag
    | [\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]{_DRESS}
      (?:\u200d[^\s\w]{_DRESS})*                        # emoji, joined or coloured
    | ['’](?i:s|re|ve|ll|d|m)(?!{_LETTER})              # the ’s of Moscow’s
    | {_LETTER}{{1,{REACH}}}                            # a word; don’t, O’Brien
      (?:['’](?!(?i:s|re|ve|ll|d|m)(?!{_LETTER})){_LETTER}{{1,{REACH}}})*
    | {_SYLLABLE}
    | [{_CJK}]{_DRESS}
    | \S{_DRESS}
    """

_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।]+[\"'’”»)\]]*(?=\s+[\"'‘“«(\[]*[^\Wa-z_])|[。！？။។]+")
_NOT_AN_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Sen|Rep|Gov|St|Jr|Sr|No|vs|etc|Inc|Ltd|Co)"
    r"|\b[A-Z])\.$"
)
_WORD = re.compile(r"\w")


def tokens_between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the tokens [start, end) that meet this stretch, in order."""
    for match in _token().finditer(text, _anchor(text, start)):
        if match.start() >= end:
            return
        if match.end() > start:
            yield match.span()


def token_at(text: str, position: int) -> tuple[int, int] | None:
    """Return the token at a caret position, or None among blanks.

    Between two tokens a word wins over punctuation, else the one after the caret.
    """
    touching = [
        span
        for span in tokens_between(text, max(position - 1, 0), position + 1)
        if span[0] <= position <= span[1]
    ]
    words = [span for span in touching if _WORD.search(text, *span)]
    chosen = words or touching
    return chosen[-1] if chosen else None


def next_boundary(text: str, position: int, backward: bool = False) -> int:
    """Return where the caret goes by one token: to the next end, or the start before."""
    if not backward:
        match = next(
            (s for s in tokens_between(text, position, len(text)) if s[1] > position), None
        )
        return match[1] if match else len(text)
    reach = position
    while reach > 0:
        reach = _anchor(text, max(reach - 1, 0))
        starts = [s for s, _ in tokens_between(text, reach, position) if s < position]
        if starts:
            return starts[-1]
    return 0


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch to whole tokens and take blanks off its ends; keep it if all blank."""
    spans = list(tokens_between(text, start, end)) if end - start <= SENTENCE_REACH else None
    if spans is None:
        first = next(tokens_between(text, start, end), None)
        last = list(tokens_between(text, end - REACH, end))[-1:]
        spans = [first, *last] if first else []
    return (spans[0][0], spans[-1][1]) if spans else (start, end)


def hyphenated(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch at either end to the whole of a hyphenated word: long-range, COVID-19.

    People mean all of it. Tokenizers part some of these words and not others, so both
    edges of the whole are edges of tokens whatever the tokenizer.
    """
    return start_of_hyphenated(text, start), end_of_hyphenated(text, end)


def end_of_hyphenated(text: str, end: int) -> int:
    """Return where the hyphenated word ends that a place is in or at the end of a part of."""
    reach = min(end + REACH, len(text))
    while end < reach:
        hyphen = end - 1 if end and text[end - 1] in HYPHENS else end
        if not _joins(text, hyphen):
            break
        end = next(tokens_between(text, hyphen + 1, hyphen + 2))[1]
    return end


def start_of_hyphenated(text: str, start: int) -> int:
    """Return where the hyphenated word begins that a place is in or at the start of a part of."""
    reach = max(start - REACH, 0)
    while start > reach:
        hyphen = start if text[start : start + 1] in HYPHENS else start - 1
        if not _joins(text, hyphen):
            break
        start = next(tokens_between(text, hyphen - 1, hyphen))[0]
    return start


def before_full_stop(text: str, end: int) -> int:
    """Return where the words of a sentence end that ends there: before its full stop.

    A stop that belongs to a word (U.S., Inc.) stays, and so does all that means something
    or closes a quotation: ?, !, …, .”
    """
    before = text[max(end - 2, 0) : end - 1]
    if text[end - 1 : end] not in FULL_STOPS or before in _NO_WORD or before.isspace():
        return end
    if _NOT_AN_END.search(text, max(end - REACH, 0), end):
        return end
    alone = next(tokens_between(text, end - 1, end)) == (end - 1, end)
    return end - 1 if alone else end


def paragraph_at(text: str, position: int) -> tuple[int, int]:
    """Return the paragraph [start, end) around a position, without its line break."""
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return start, len(text) if end < 0 else end


def sentence_at(text: str, position: int) -> tuple[int, int]:
    """Return the sentence [start, end) around a position, never past its paragraph."""
    start, end = paragraph_at(text, position)
    start = max(start, position - SENTENCE_REACH)
    end = min(end, position + SENTENCE_REACH)
    for match in _SENTENCE_END.finditer(text, start, end):
        if _NOT_AN_END.search(text, start, match.start() + 1):
            continue
        after = match.end()
        while after < end and text[after].isspace():
            after += 1
        if after > position:
            end = match.end()
            break
        start = after
    return start, end


def next_sentence(text: str, position: int, backward: bool = False) -> int:
    """Return where the caret goes by one sentence: to the next end, or the start before."""
    if backward:
        before = position - 1
        while before > 0 and text[before].isspace():
            before -= 1
        return sentence_at(text, before)[0] if before > 0 else 0
    while position < len(text) and text[position].isspace():
        position += 1
    end = sentence_at(text, position)[1] if position < len(text) else len(text)
    if end > position or end == len(text):
        return end
    return next_sentence(text, position + 1)


def next_paragraph(text: str, position: int, backward: bool = False) -> int:
    """Return where the caret goes by one paragraph: to the next end, or the start before."""
    if backward:
        before = position
        while before > 0 and text[before - 1].isspace():
            before -= 1
        return paragraph_at(text, before)[0]
    while position < len(text) and text[position].isspace():
        position += 1
    return paragraph_at(text, position)[1]


def _joins(text: str, place: int) -> bool:
    """Tell whether there is a hyphen at a place, with a letter or digit on both sides."""
    around = text[max(place - 1, 0) : place + 2]
    if len(around) != 3 or around[1] not in HYPHENS:
        return False
    between_numbers = around[0].isdecimal() and around[2].isdecimal()
    return between_numbers or (around[1] != EN_DASH and _in_word(around[0], around[2]))


def _in_word(*characters: str) -> bool:
    return all(character.isalnum() or combining(character) for character in characters)


@cache
def _token() -> re.Pattern[str]:
    """Compile the pattern at the first key, not before the first picture: it takes 10 ms.

    Case is ignored only where it matters; for all of these ranges it would take 20 ms.
    """
    return re.compile(_TOKEN, re.VERBOSE)


def _anchor(text: str, position: int) -> int:
    """Return a place at or before the position from which tokens can be counted.

    That is the last blank within reach; in text without blanks a fixed grid, so that
    the same place always gives the same tokens.
    """
    lowest = max(position - REACH, 0)
    for place in range(min(position, len(text)) - 1, lowest - 1, -1):
        if text[place].isspace():
            return place
    return lowest if lowest == 0 else position // REACH * REACH
