"""What the use cases and the window ask of a project file; `storage/` answers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from annotation.codebook import Codebook
from annotation.model import Annotations, Article, Change, Relation, Review, Span, Suggestion

if TYPE_CHECKING:
    from annotation.codebook_revision import Reckoning, Revision, Uses
    from annotation.dictionary import KeptDictionary
    from annotation.history import Compaction, History
    from annotation.registries import Registries
    from annotation.searching import Looked, Search

ArticleStatus = Literal["new", "started", "complete"]
ARTICLE_STATUSES: tuple[ArticleStatus, ...] = ("new", "started", "complete")

Holder = Literal["this", "live", "silent", "free", "nobody can"]
"""Who may write: this window, another that lives or has long given no sign of life, nobody
just now, or nobody at all (a disk that cannot be written)."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One line of the article list; `number` is the order of import, from 1.

    `status` is "complete" when some annotator has completed every layer of the
    codebook, "started" when there is any span or completed layer, else "new".
    `pending` tells whether suggestions wait for review.
    """

    number: int
    id: str
    title: str
    outlet: str
    published: str
    status: ArticleStatus
    pending: bool


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """What the list shows: what a query finds (`query_language`, as being typed), and a status.

    Of an article that is not in the search index yet only title, outlet, authors and file
    name are looked at.
    """

    words: str = ""
    status: ArticleStatus | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with all that is said about it, as one import brings it in.

    `reopened` tells how many layers that were complete are not, by the codebook used here.
    """

    article: Article
    annotations: Annotations = field(default_factory=Annotations)
    reopened: int = 0


class Store(Protocol):
    """One open project.

    Every method that writes is one transaction, durable when it returns. Methods raise
    `ProjectError` for what a person can mend (full disk, read-only project, …).
    """

    @property
    def path(self) -> Path:
        """The project file."""
        ...

    @property
    def read_only(self) -> str:
        """Why nothing can be written, in words; empty when it can."""
        ...

    def close(self) -> None:
        """Leave one single file behind and give the project free for others."""
        ...

    def keep_alive(self) -> None:
        """Tell other windows, now and then, that this one still holds the project."""
        ...

    def holder(self) -> Holder:
        """Tell who may write."""
        ...

    def take_over(self) -> bool:
        """Take the right to write where nobody living has it; true when it is here."""
        ...

    def changed_elsewhere(self) -> bool:
        """Tell, once for each change, that another window has written since the last question."""
        ...

    # -- codebook

    def codebook(self, version: int | None = None) -> Codebook:
        """Return the codebook in use, or an earlier version."""
        ...

    def uses(self) -> "Uses":
        """Return how often the annotations use each part of the codebook; looks at all of them."""
        ...

    def reckon(self, change: Change, revision: "Revision") -> "Reckoning":
        """Return how much `revise` would change; may be called from another thread, too."""
        ...

    def revise(self, change: Change, revision: "Revision") -> None:
        """Put another codebook in place, and change all annotations with it; one step of undo.

        `change` has no records and no article. It takes long where there is much to change:
        this, `undo` and `redo` may be called from another thread, while nobody else writes.
        `ConflictError` when the codebook in use is not the one that was revised.
        """
        ...

    def interrupt(self) -> None:
        """Break off what another thread is just writing; it is taken back as a whole."""
        ...

    # -- articles

    def article(self, article_id: str) -> Article:
        """Return an article; `ProjectError` when the project does not hold it."""
        ...

    def article_rows(
        self, wanted: ArticleFilter, after: int = 0, limit: int = 200
    ) -> list[ArticleRow]:
        """Return the next page of the list: rows with a number greater than `after`."""
        ...

    def article_row(self, article_id: str) -> ArticleRow:
        """Return the one row of an article, whatever the filter."""
        ...

    def rows_of(self, numbers: Sequence[int]) -> list[ArticleRow]:
        """Return the rows of the articles with these numbers, in the order of import."""
        ...

    def numbers_found(
        self, wanted: ArticleFilter, stopped: Callable[[], bool]
    ) -> Iterator[list[int]]:
        """Yield the numbers of the articles that the filter lets through, in order, in pieces.

        The first piece is a short one. Any thread may ask; it ends early once `stopped` says so.
        """
        ...

    def count_articles(self, wanted: ArticleFilter) -> int:
        """Return how many articles the filter lets through; with words it looks at all of them."""
        ...

    def article_ids(self) -> Iterator[str]:
        """Yield the ids of all articles in the order of import."""
        ...

    def titles_by_sha256(self, hashes: Sequence[str]) -> dict[str, str]:
        """Return which of these texts are there already: text hash to title."""
        ...

    def add_entries(self, entries: Sequence[Entry], annotator: str) -> None:
        """Add articles with their annotations, all or nothing."""
        ...

    # -- annotations

    def annotations(self, article_id: str) -> Annotations:
        """Return all that is said about an article."""
        ...

    def spans_between(self, article_id: str, start: int, end: int) -> list[Span]:
        """Return the spans whose envelope [start, end) meets this stretch."""
        ...

    def spans_after(self, article_id: str, last: Span | None, limit: int) -> list[Span]:
        """Return the spans that follow one in reading order, or with None the first ones."""
        ...

    def suggestions_between(self, article_id: str, start: int, end: int) -> list[Suggestion]:
        """Return the pending suggestions whose envelope meets this stretch."""
        ...

    def spans(self, span_ids: Sequence[str]) -> list[Span]:
        """Return the spans of these ids, leaving out unknown ones."""
        ...

    def relations_of(self, span_ids: Sequence[str]) -> list[Relation]:
        """Return the relations in which any of these spans takes part."""
        ...

    def reviews(self, article_id: str) -> list[Review]:
        """Return who has completed which layer of the article."""
        ...

    def neighbour_suggestion(
        self, article_id: str, position: int, backward: bool = False
    ) -> Suggestion | None:
        """Return the next pending suggestion that starts after (or before) the position."""
        ...

    def count_pending(self, article_id: str) -> int:
        """Return how many suggestions of the article wait for review."""
        ...

    def pending_suggestions(self, article_id: str) -> list[Suggestion]:
        """Return the article's pending suggestions in reading order."""
        ...

    def suggestion(self, suggestion_id: str) -> Suggestion | None:
        """Return a suggestion in whatever state, None where the project has none of that id."""
        ...

    def count_reviewed(self, article_id: str) -> int:
        """Return how many suggestions of the article have been accepted or rejected."""
        ...

    def hides_suggestions(self, article_id: str = "") -> bool:
        """Tell whether suggestions are hidden in an article, or with "" in the whole project."""
        ...

    def hide_suggestions(self, hidden: bool, annotator: str, at: str, article_id: str = "") -> None:
        """Hide suggestions in an article, or with "" in the whole project; or show them again."""
        ...

    # -- edits

    def apply(self, change: Change) -> None:
        """Carry out a change and log it; `ConflictError` when a removed record differs."""
        ...

    def undo(self, annotator: str, at: str) -> Change | None:
        """Take the last undoable change back; return what was done (its inverse), if any."""
        ...

    def redo(self, annotator: str, at: str) -> Change | None:
        """Do again what was undone last; return what was done, if any."""
        ...

    def undo_title(self) -> str:
        """Return what undo would take back, or an empty text."""
        ...

    def redo_title(self) -> str:
        """Return what redo would do again, or an empty text."""
        ...

    def undo_is_large(self) -> bool:
        """Tell whether undo would take back more than goes between two pictures."""
        ...

    def redo_is_large(self) -> bool:
        """Tell whether redo would do again more than goes between two pictures."""
        ...

    def undo_revises(self) -> bool:
        """Tell whether undo would take a change of the codebook back, which may take long."""
        ...

    def redo_revises(self) -> bool:
        """Tell whether redo would do a change of the codebook again, which may take long."""
        ...

    # -- pre-highlighting

    def articles_without_run(self, author: str) -> list[str]:
        """Return the ids of articles that this model and version has not been through."""
        ...

    def store_run(self, article_id: str, author: str, change: Change) -> None:
        """Apply a run's suggestions and note that the article is done, in one transaction."""
        ...

    def all_suggestions(self, article_id: str) -> list[Suggestion]:
        """Return the article's suggestions in every state."""
        ...

    # -- the log, which only a file has: the tests' store in memory leaves this part out

    @property
    def history(self) -> "History":
        """Who did what when."""
        ...

    def reckon_compaction(self, keep: int, before: str) -> "Compaction":
        """Return what `compact` would take out of the log."""
        ...

    def compact(self, keep: int, before: str, forget: bool = False) -> None:
        """Take the content of edits out of the log, and give the room back.

        So many that stand are kept whole, and all from a time on (`history.beginning`). The
        log goes on telling who did what when, unless it shall `forget` that, too. What has
        lost its content cannot be undone.
        """
        ...

    # -- registries

    @property
    def registries(self) -> "Registries":
        """The registries of sources and of events, which spans mention."""
        ...

    @property
    def dictionary(self) -> "KeptDictionary":
        """The project's dictionary, whose terms are suggested wherever they stand."""
        ...

    # -- searching

    def search(self, wanted: "Search") -> "Iterator[Looked]":
        """Yield what is found in all articles, in the order of import, as it is found.

        `ProjectError` for a pattern that is none. A pattern may take for ever: run it in a
        process that can be ended.
        """
        ...

    def annotators(self) -> list[str]:
        """Return the names of all who have tagged or linked anything, in order."""
        ...

    def index(self, most: int, anew: bool = False) -> int:
        """Put up to so many further articles into the search index; return how many are left.

        Importing does not do it: whoever has imported calls this until nothing is left. With
        `anew` the index is emptied first. `index(0)` only tells, and writes nothing.
        """
        ...

    # -- looking after it

    def save_copy(self, out: Path, go_on: Callable[[int, int], None]) -> None:
        """Save all that is stored at this moment as a project of its own, whole or not at all.

        In the place of what `out` holds; `go_on` gets the pieces done and of all. `ProjectError`
        where it cannot be written, or is open itself.
        """
        ...

    def look_over(self, seconds: float) -> None:
        """Look for damage in the whole file for so long at most; any thread may ask for it.

        `DamagedError` says what was found. One that is small was looked at when it was opened.
        """
        ...

    def distrust(self, reason: str) -> None:
        """Write nothing any more; `read_only` gives this reason."""
        ...

    def damage(self) -> list[str]:
        """Return what SQLite finds wrong with the file and its references, in words."""
        ...

    def counts(self) -> dict[str, int]:
        """Return how many articles, spans, relations, pending suggestions, … there are.

        Keys are plain words ("articles", "spans", "relations", "suggestions pending",
        "suggestions accepted", "suggestions rejected", "sources in the registry",
        "events in the registry", "layers complete", "changes").
        """
        ...

    def label_counts(self) -> list[tuple[str, str, int]]:
        """Return (layer, label, spans) for each label in use, and ("", relation, n)."""
        ...


class OpenStore(Protocol):
    """How a background process opens the project by itself; must be picklable."""

    def __call__(self) -> Store:
        """Open the project for reading."""
        ...


def each_entry(store: Store, article_ids: Iterable[str] | None = None) -> Iterator[Entry]:
    """Yield the project's articles with their annotations, in the order of import."""
    for article_id in store.article_ids() if article_ids is None else article_ids:
        yield Entry(store.article(article_id), store.annotations(article_id))
