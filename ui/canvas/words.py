"""Characters, tokens and sentences for caret and mouse: none of them splits a cluster.

Tokens are those of `annotation.tokens`; where one would end inside a grapheme cluster (a
family of emoji, a letter with marks of its own) it is widened to the whole of it. A
hyphenated word is one step and one word here: its parts are reached by character.
"""

from annotation import tokens
from annotation.model import Fragment
from ui.utf16 import Units

PAUSES = (",", ";", ":", "\u3001", "\uff0c", "\uff1b", "\uff1a", "\u060c", "\u061b")
"""Marks that part a sentence; also those of Chinese and Japanese, and of Arabic."""

REACH = 64
"""How far, in code points, a grapheme cluster's neighbourhood is looked at."""


def by_character(text: str, position: int, backward: bool = False) -> int:
    """Return the next or previous boundary between grapheme clusters."""
    units, inside = _around(text, position)
    step = units.previous_cluster if backward else units.next_cluster
    return min(position - inside + step(inside), len(text))


def cluster_start(text: str, position: int) -> int:
    """Return the start of the cluster that a position lies in; a boundary stays."""
    if _plainly_between(text, position):
        return position
    units, inside = _around(text, position)
    return position - inside + units.cluster_start(inside)


def cluster_end(text: str, position: int) -> int:
    """Return the end of the cluster that a position lies in; a boundary stays."""
    if _plainly_between(text, position):
        return position
    units, inside = _around(text, position)
    return position - inside + units.cluster_end(inside)


def token_at(text: str, position: int) -> Fragment | None:
    """Return the token at a caret position, or None among blanks."""
    token = tokens.token_at(text, position)
    return _whole(text, *tokens.hyphenated(text, *token)) if token else None


def sentence_at(text: str, position: int) -> Fragment:
    """Return the sentence around a position without its full stop, which is no part of a claim."""
    start, end = tokens.sentence_at(text, position)
    return _whole(text, start, tokens.before_full_stop(text, end))


def snap(text: str, start: int, end: int) -> Fragment:
    """Widen a stretch to whole tokens and take blanks off its ends."""
    return _whole(text, *tokens.hyphenated(text, *tokens.snap(text, start, end)))


def snap_drag(text: str, start: int, end: int) -> Fragment:
    """Snap what a drag covers; a comma or full stop that it has just reached stays out.

    Hands overshoot: a drag that goes on into the blank behind it takes it along.
    """
    words_end = end - 1 if text[end - 1 : end] in PAUSES else tokens.before_full_stop(text, end)
    return snap(text, start, words_end if text[start:words_end].strip() else end)


def by_token(text: str, position: int, backward: bool = False) -> int:
    """Return where the caret goes by one token: to the next end, or the start before."""
    place = tokens.next_boundary(text, position, backward)
    widen = tokens.start_of_hyphenated if backward else tokens.end_of_hyphenated
    place = widen(text, place)
    return cluster_start(text, place) if backward else cluster_end(text, place)


def by_sentence(text: str, position: int, backward: bool = False) -> int:
    """Return where the caret goes by one sentence: before the next stop, or the start before."""
    place = tokens.next_sentence(text, position, backward)
    if backward:
        return cluster_start(text, place)
    words_end = cluster_end(text, tokens.before_full_stop(text, place))
    if words_end > position or place == len(text):
        return cluster_end(text, place) if words_end <= position else words_end
    return by_sentence(text, place)


def by_paragraph(text: str, position: int, backward: bool = False) -> int:
    """Return where the caret goes by one paragraph: to the next end, or the start before."""
    return tokens.next_paragraph(text, position, backward)


def _whole(text: str, start: int, end: int) -> Fragment:
    return cluster_start(text, start), cluster_end(text, end)


def _plainly_between(text: str, position: int) -> bool:
    """Tell in the usual case, cheaply, that a position is a boundary: ASCII on both sides."""
    return text[max(position - 1, 0) : position + 1].isascii()


def _around(text: str, position: int) -> tuple[Units, int]:
    start = max(position - REACH, 0)
    return Units(text[start : position + REACH]), position - start
