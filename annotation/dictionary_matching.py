"""Finding a dictionary's terms in texts: whole tokens, the longest term first."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from unicodedata import normalize

from annotation.dictionary import Term
from annotation.entities import Entity
from annotation.tokens import tokens_between

Trie = dict[str, Any]
"""Tokens lead on to further tries; the empty text leads to the label of a term that ends here."""

Token = tuple[int, int, str]
"""Start, end (code points) and what is compared; that begins with a blank where one is before."""


class Matcher:
    """A dictionary made ready; the time for a text grows with the text, not with the dictionary.

    Terms of one layer never overlap: from left to right the longest that fits is taken, and as
    written goes before any case. White space of any kind matches any other, and letters match
    however they are composed (Unicode NFC and NFD).
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._layers: dict[str, tuple[Trie, Trie]] = {}
        for term in terms:
            tries = self._layers.setdefault(term.layer, ({}, {}))
            node = tries[term.any_case]
            for _, _, word in _tokens(term.term):
                node = node.setdefault(_folded(word) if term.any_case else word, {})
            node.setdefault("", f"{term.layer}/{term.label}")

    def find(self, text: str) -> list[Entity]:
        """Return where terms stand, with `layer/label`, in order of position."""
        written = list(_tokens(text))
        found: list[Entity] = []
        for exact, any_case in self._layers.values():
            folded = [_folded(word) for _, _, word in written] if any_case else []
            found.extend(_scan(written, folded, exact, any_case))
        return sorted(found)


def _scan(
    tokens: Sequence[Token], folded: Sequence[str], exact: Trie, any_case: Trie
) -> Iterator[Entity]:
    words = [word for _, _, word in tokens]
    free = 0
    for at, word in enumerate(words):
        if at < free:
            continue
        end, label = at, ""
        if (node := exact.get(word.lstrip(" "))) is not None:
            end, label = _longest(words, at, node)
        if any_case and (node := any_case.get(folded[at].lstrip(" "))) is not None:
            other, other_label = _longest(folded, at, node)
            if other > end:
                end, label = other, other_label
        if end > at:
            yield tokens[at][0], tokens[end - 1][1], label
            free = end


def _longest(words: Sequence[str], at: int, trie: Trie) -> tuple[int, str]:
    """Return after which token the longest term from here on ends, and its label.

    `trie` is what the token here leads to.
    """
    node: Trie | None = trie
    end, label = at, ""
    while node is not None:
        at += 1
        if "" in node:
            end, label = at, node[""]
        node = node.get(words[at]) if at < len(words) else None
    return end, label


def _tokens(text: str) -> Iterator[Token]:
    before = 0
    for start, end in tokens_between(text, 0, len(text)):
        word = text[start:end]
        if not word.isascii():
            word = normalize("NFC", word)
        yield start, end, f" {word}" if before and start > before else word
        before = end


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else normalize("NFC", word.casefold())
