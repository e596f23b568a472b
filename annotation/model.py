"""The records of a project: articles, what is said about them, registry entries, and changes.

All are immutable values. Offsets are code points, `[start, end)`, counted from the
start of the article's text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Fragment = tuple[int, int]
"""A stretch of text `[start, end)` in code points, never empty."""

Value = str | bool
"""An attribute's value: one of a choice, free text, or yes/no."""

Origin = Literal["manual", "accepted", "edited", "imported"]
ORIGINS: tuple[Origin, ...] = ("manual", "accepted", "edited", "imported")

SuggestionState = Literal["pending", "accepted", "rejected"]
SUGGESTION_STATES: tuple[SuggestionState, ...] = ("pending", "accepted", "rejected")

ReviewState = Literal["open", "complete"]

Registry = Literal["source", "event"]
"""Which of the project's two lists: persons and organisations, or events."""
REGISTRIES: tuple[Registry, ...] = ("source", "event")


@dataclass(frozen=True, slots=True)
class Article:
    """An immutable text and what is known about it; the text never changes after import."""

    id: str
    text: str
    sha256: str
    title: str
    outlet: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    language: str = ""
    url: str = ""
    section: str = ""
    source_file: str = ""
    imported_at: str = ""

    def quote(self, fragments: tuple[Fragment, ...]) -> tuple[str, ...]:
        """Return the text of each fragment."""
        return tuple(self.text[start:end] for start, end in fragments)


@dataclass(frozen=True, slots=True)
class Span:
    """A label on one or more fragments of one article.

    `quotation` holds the text of each fragment and always equals the article's.
    `attributes` holds only what was said; defaults are the codebook's business.
    `author` is who proposed it ("en_core_web_sm 3.8.0"), empty where nobody did.
    `blind` tells that it was made, and never changed but, while suggestions were hidden.
    `entry_id` is the registry entry that it mentions, empty where nobody has said which.
    """

    id: str
    article_id: str
    layer: str
    label: str
    fragments: tuple[Fragment, ...]
    quotation: tuple[str, ...]
    annotator: str
    origin: Origin
    codebook_version: int
    created_at: str
    modified_at: str
    attributes: Mapping[str, Value] = field(default_factory=dict)
    note: str = ""
    author: str = ""
    suggestion_id: str = ""
    blind: bool = False
    entry_id: str = ""

    @property
    def start(self) -> int:
        """The first code point of the first fragment."""
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        """The code point after the last fragment."""
        return self.fragments[-1][1]


@dataclass(frozen=True, slots=True)
class Argument:
    """One span in one role of a relation."""

    role: str
    span_id: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A label with arguments; their order is kept."""

    id: str
    article_id: str
    label: str
    arguments: tuple[Argument, ...]
    annotator: str
    origin: Origin
    codebook_version: int
    created_at: str
    modified_at: str
    attributes: Mapping[str, Value] = field(default_factory=dict)
    note: str = ""
    author: str = ""

    def span_ids(self, role: str) -> tuple[str, ...]:
        """Return the ids of the spans in that role, in order."""
        return tuple(a.span_id for a in self.arguments if a.role == role)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A span that a model, a dictionary or a rule proposes; not part of the corpus.

    `author` names who proposes and in which version ("en_core_web_sm 3.8.0");
    `score` is its confidence from 0 to 1, or None where it gives none.
    """

    id: str
    article_id: str
    layer: str
    label: str
    fragments: tuple[Fragment, ...]
    quotation: tuple[str, ...]
    author: str
    created_at: str
    score: float | None = None
    state: SuggestionState = "pending"

    @property
    def start(self) -> int:
        """The first code point of the first fragment."""
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        """The code point after the last fragment."""
        return self.fragments[-1][1]


@dataclass(frozen=True, slots=True)
class Review:
    """Whether an annotator has looked at everything in one layer of one article."""

    article_id: str
    annotator: str
    layer: str
    state: ReviewState
    at: str

    @property
    def id(self) -> str:
        """The article, annotator and layer, which together are unique."""
        return f"{self.article_id}/{self.layer}/{self.annotator}"


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """A person, an organisation or an event that spans of any article can mention.

    `facts` are those of `registry.FACTS` that are known. What is `confidential` leaves the
    project under a pseudonym where the export is asked for it.
    """

    id: str
    registry: Registry
    name: str
    annotator: str
    created_at: str
    modified_at: str
    aliases: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    confidential: bool = False

    @property
    def article_id(self) -> str:
        """Empty: it belongs to the project, and to no article."""
        return ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name, then the aliases."""
        return self.name, *self.aliases


Record = Span | Relation | Suggestion | Review | RegistryEntry


@dataclass(frozen=True, slots=True)
class Change:
    """One edit: the records it takes away, the records it brings, and what it is called.

    A record with the same id on both sides is an update. Swapping the sides undoes it.
    `article_id` is where it was made; its records can be in other articles, too.
    `undoable` is false for what no person did, such as suggestions arriving.
    """

    id: str
    title: str
    article_id: str
    annotator: str
    at: str
    removed: tuple[Record, ...] = ()
    added: tuple[Record, ...] = ()
    undoable: bool = True

    @property
    def article_ids(self) -> dict[str, None]:
        """The articles of its records, in their order; its own where it has no records."""
        found = dict.fromkeys(record.article_id for record in (*self.removed, *self.added))
        found.pop("", None)
        return found or {self.article_id: None}

    def inverse(self) -> "Change":
        """Return the change that takes this one back; same id, title, annotator and time."""
        return Change(
            self.id,
            self.title,
            self.article_id,
            self.annotator,
            self.at,
            self.added,
            self.removed,
            self.undoable,
        )


@dataclass(frozen=True, slots=True)
class Annotations:
    """Everything said about one article, spans and suggestions in order of position.

    `mentioned` are the registry entries that its spans mention.
    """

    spans: tuple[Span, ...] = ()
    relations: tuple[Relation, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    reviews: tuple[Review, ...] = ()
    mentioned: tuple[RegistryEntry, ...] = ()
