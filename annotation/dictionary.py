"""A project's dictionary: terms that are suggested wherever they stand, each with its label."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, Protocol
from unicodedata import normalize

from annotation.errors import ProjectError

if TYPE_CHECKING:
    from annotation.store import Store

MOST = 200_000
"""How many terms a dictionary may have."""

LONGEST = 200
"""How long a term may be, in code points."""

KIND = "dictionary"
"""The first word of the author of what a dictionary suggests."""


class Term(NamedTuple):
    """Words to look for and their label; `any_case`: also in capitals, or without."""

    term: str
    layer: str
    label: str
    any_case: bool = False

    @property
    def key(self) -> tuple[str, str, bool]:
        """What there is one term of: one label for the same words in one layer."""
        return self.layer, self.term.casefold() if self.any_case else self.term, self.any_case


class Dictionary(NamedTuple):
    """Terms in order, and what the dictionary is called; a name may be missing."""

    terms: tuple[Term, ...] = ()
    name: str = ""

    @property
    def author(self) -> str:
        """How suggestions name the dictionary: `dictionary ministries 1f3a9c0e`.

        The version follows from the terms: the same ones have it in every project.
        """
        from hashlib import sha256

        digest = sha256()
        for term in sorted(self.terms):
            digest.update("\t".join(map(str, term)).encode() + b"\n")
        name = self.name if self.name != KIND else ""  # the usual file is called so
        return " ".join(filter(None, (KIND, name, digest.hexdigest()[:8])))

    def with_terms(self, terms: Iterable[Term]) -> "Dictionary":
        """Return the dictionary with these terms; of the same words the new label counts.

        Raises `ProjectError` where they are too many.
        """
        found = {term.key: term for term in (*self.terms, *map(checked, terms))}
        if len(found) > MOST:
            raise ProjectError(
                f"A dictionary can have {MOST:,} terms, these would be {len(found):,}. Nothing was "
                "added."
            )
        return self._replace(terms=tuple(sorted(found.values(), key=_place)))

    def without(self, terms: Iterable[Term]) -> "Dictionary":
        """Return the dictionary without these terms."""
        gone = {term.key for term in terms}
        return self._replace(terms=tuple(term for term in self.terms if term.key not in gone))


class KeptDictionary(Protocol):
    """A project's dictionary, as `Store` keeps it."""

    def author(self) -> str:
        """Return how suggestions name it, empty where the project never had one."""
        ...

    def read(self) -> Dictionary:
        """Return it; one without terms where there is none."""
        ...

    def put(self, dictionary: Dictionary) -> None:
        """Put another in its place; any thread may do it, and no undo takes it back.

        All articles are then ones that the dictionary has not been through.
        """
        ...


class Terms(NamedTuple):
    """What the looking process gets: the terms as one text, which is quickly handed over."""

    text: str

    def listed(self) -> list[Term]:
        """Return the terms again."""
        fields = (line.split("\t") for line in self.text.split("\n") if line)
        return [
            Term(term, layer, label, any_case == "1") for term, layer, label, any_case in fields
        ]


class DictionaryProposer(NamedTuple):
    """A project's dictionary as what pre-highlights; a label names its layer: `discourse/CUE`."""

    author: str
    source: Terms
    layers: frozenset[str]

    def owns(self, author: str) -> bool:
        """Tell whether a suggestion comes from the dictionary, in any version and of any name."""
        return is_of_dictionary(author)

    def placed(self, label: str) -> tuple[str, str]:
        """Return the layer and the label of something found."""
        layer, _, name = label.partition("/")
        return layer, name

    def overtakes(self, author: str) -> bool:
        """Tell whether that author's pending suggestion of the same is taken over: a model's is."""
        return not is_of_dictionary(author)


def is_of_dictionary(author: str) -> bool:
    """Tell whether a suggestion's author is a dictionary."""
    return author.startswith(f"{KIND} ")


def proposer_of(store: "Store") -> DictionaryProposer | None:
    """Return the project's dictionary as what pre-highlights, None where it never had one.

    An emptied dictionary is one, too: what it suggested goes.
    """
    author = store.dictionary.author()
    if not author:
        return None
    terms = store.dictionary.read().terms
    text = "\n".join(f"{t.term}\t{t.layer}\t{t.label}\t{t.any_case:d}" for t in terms)
    return DictionaryProposer(author, Terms(text), frozenset(term.layer for term in terms))


def sorted_dictionary(terms: Iterable[tuple[str, str, str, bool]], name: str = "") -> Dictionary:
    """Return these terms as a dictionary, in order."""
    return Dictionary(tuple(sorted((Term(*term) for term in terms), key=_place)), name)


def checked(term: Term) -> Term:
    """Return a term with single blanks between its words; `ProjectError` where it is none."""
    words = " ".join(normalize("NFC", term.term).split())
    if not words:
        raise ProjectError("the term is missing.")
    if len(words) > LONGEST:
        raise ProjectError(f"the term is longer than {LONGEST} characters.")
    if not words.replace("\u200c", "").replace("\u200d", "").isprintable():
        raise ProjectError("the term holds characters that cannot be seen.")
    return term._replace(term=words)


def _place(term: Term) -> tuple[str, Term]:
    return term.term.casefold(), term
