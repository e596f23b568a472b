"""Pseudonyms for registry entries that are marked confidential; every offset stays as it is.

An entry leaves the project as “Source 5F0C19AB”, made from its id: the same in each export, and
only the project says whose it is. Where one of its names stands in a text, each letter becomes
an X: the text keeps its length and its words.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Literal

from annotation.counting import counted
from annotation.exporting.exporter import Loss
from annotation.model import REGISTRIES, Annotations, Article, RegistryEntry, Relation, Span, Value
from annotation.pseudonym import pseudonym
from annotation.store import Entry, Store

HIDDEN = "X"
"""What stands for each letter and digit of a name."""

KEPT_FACTS = ("kind", "role", "class")
"""Facts that many share; affiliation, dates, place and Wikidata id would give an entry away."""

FORMS: tuple[Literal["NFC"], Literal["NFD"]] = ("NFC", "NFD")


def confidential(store: Store) -> Iterator[RegistryEntry]:
    """Yield the entries of both registries that are marked confidential, by name."""
    for registry in REGISTRIES:
        after: RegistryEntry | None = None
        while page := store.registries.page(registry, after=after):
            yield from (listed.entry for listed in page if listed.entry.confidential)
            after = page[-1].entry


class Pseudonyms:
    """Takes the names of a project's confidential entries out of what is exported."""

    def __init__(self, store: Store) -> None:
        entries = list(confidential(store))
        self._of = {entry.id: entry for entry in entries}
        names = {
            r"\s+".join(map(re.escape, unicodedata.normalize(form, name).split()))
            for entry in entries
            for name in entry.names
            for form in FORMS
        }
        longest = sorted(filter(None, names), key=lambda name: (-len(name), name))
        self._names = re.compile(rf"(?<!\w)(?:{'|'.join(longest)})(?!\w)", re.IGNORECASE)
        self._any = bool(longest)

    def hidden(self, entry: Entry) -> tuple[Entry, tuple[Loss, ...]]:
        """Return an article and what is said about it without the names, and what that did."""
        if not self._any:
            return entry, ()
        article, said = self._article(entry.article), entry.annotations
        spans = tuple(self._span(span, article) for span in said.spans)
        annotations = Annotations(
            spans=spans,
            relations=tuple(self._relation(relation) for relation in said.relations),
            suggestions=tuple(
                replace(one, quotation=article.quote(one.fragments)) for one in said.suggestions
            ),
            reviews=said.reviews,
            mentioned=tuple(self._entry(one) for one in said.mentioned),
        )
        found = len(self._names.findall(entry.article.text))
        losses = [self._masked(article, found)] if found else []
        losses += [self._left(article, span) for span in spans if self._tells(span)]
        return Entry(article, annotations), tuple(losses)

    def _mask(self, text: str) -> str:
        return self._names.sub(_letters_hidden, text)

    def _article(self, article: Article) -> Article:
        text = self._mask(article.text)
        return replace(
            article,
            text=text,
            sha256=sha256(text.encode()).hexdigest(),
            title=self._mask(article.title),
            outlet=self._mask(article.outlet),
            authors=tuple(map(self._mask, article.authors)),
            section=self._mask(article.section),
            url="",  # it leads to the text as it was
            source_file="",
        )

    def _span(self, span: Span, article: Article) -> Span:
        return replace(
            span,
            quotation=article.quote(span.fragments),
            attributes=self._attributes(span.attributes),
            note=self._mask(span.note),
        )

    def _relation(self, relation: Relation) -> Relation:
        attributes = self._attributes(relation.attributes)
        return replace(relation, attributes=attributes, note=self._mask(relation.note))

    def _attributes(self, attributes: Mapping[str, Value]) -> dict[str, Value]:
        return {
            name: self._mask(value) if isinstance(value, str) else value
            for name, value in attributes.items()
        }

    def _entry(self, entry: RegistryEntry) -> RegistryEntry:
        if entry.id not in self._of:
            return entry
        facts = {name: value for name, value in entry.facts.items() if name in KEPT_FACTS}
        return replace(entry, name=pseudonym(entry), aliases=(), facts=facts, note="")

    def _masked(self, article: Article, found: int) -> Loss:
        words = counted(found, "name")
        done = (
            f"{words} of confidential entries in the text made unreadable ({HIDDEN}). What else "
            "gives them away in it stays."
        )
        return Loss(article.title, article.id, article.id, "", "pseudonym", done)

    def _tells(self, span: Span) -> bool:
        """Tell whether a confidential entry is mentioned in words that are none of its names."""
        letters = "".join(filter(str.isalnum, "".join(span.quotation)))
        return span.entry_id in self._of and bool(letters.strip(HIDDEN))

    def _left(self, article: Article, span: Span) -> Loss:
        done = (
            f"It mentions {pseudonym(self._of[span.entry_id])} in words that are none of its names "
            "and stay as they are."
        )
        quoted = " … ".join(span.quotation)
        return Loss(article.title, article.id, span.id, quoted, "pseudonym", done)


def _letters_hidden(found: re.Match[str]) -> str:
    """Return as many code points; only what is between the letters stays."""
    return "".join(HIDDEN if c.isalnum() or unicodedata.combining(c) else c for c in found.group())
