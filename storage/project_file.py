"""An open project: the store that the use cases and the window talk to."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotation.codebook import Codebook
from annotation.model import Annotations, Article, Change, Relation, Review, Span, Suggestion
from annotation.store import ArticleFilter, ArticleRow, Entry
from storage import (
    annotations,
    articles,
    blindness,
    changes,
    codebooks,
    integrity,
    records,
    registries,
    runs,
    states,
    tallies,
)
from storage.dictionary import ProjectDictionary
from storage.failures import told
from storage.held import HeldFile
from storage.holding import Hold
from storage.upkeep import Upkeep

if TYPE_CHECKING:
    from annotation.codebook_revision import Reckoning, Revision, Uses
    from annotation.history import Compaction
    from annotation.searching import Looked, Search
    from storage.history import ProjectHistory


class ProjectFile(HeldFile, Upkeep):
    """One open project; answers `annotation.store.Store`, which says what each method does."""

    def __init__(self, path: Path, connection: sqlite3.Connection, hold: Hold | str) -> None:
        super().__init__(path, connection, hold)
        self._codebooks: dict[int | None, Codebook] = {}

    def changed_elsewhere(self) -> bool:
        """Tell, once for each change, that another window has written since the last question."""
        changed = super().changed_elsewhere()
        if changed:
            self._codebooks.clear()
        return changed

    # -- codebook

    def codebook(self, version: int | None = None) -> Codebook:
        """Return the codebook in use, or an earlier version."""
        if version not in self._codebooks:
            with told(self._path):
                self._codebooks[version] = codebooks.codebook(self._connection, version)
        return self._codebooks[version]

    def uses(self) -> "Uses":
        """Return how often the annotations use each part of the codebook."""
        from storage import uses

        with told(self._path):
            return uses.uses(self._connection)

    def reckon(self, change: Change, revision: "Revision") -> "Reckoning":
        """Return what `revise` would change; nothing is."""
        with self._writing() as connection:
            return changes.reckon(connection, change, revision)

    def revise(self, change: Change, revision: "Revision") -> None:
        """Put another codebook in place, and change all annotations with it."""
        with self._writing() as connection:
            changes.revise(connection, change, revision)
            self._restate(connection, change)
        self._codebooks.clear()

    def interrupt(self) -> None:
        """Break off what another thread is just writing; it is taken back as a whole."""
        for apart in tuple(self._apart):
            apart.interrupt()

    # -- articles

    def article(self, article_id: str) -> Article:
        """Return an article; `ProjectError` when the project does not hold it."""
        with told(self._path):
            return articles.article(self._connection, article_id)

    def article_rows(
        self, wanted: ArticleFilter, after: int = 0, limit: int = 200
    ) -> list[ArticleRow]:
        """Return the next page of the list."""
        with told(self._path):
            return articles.article_rows(self._connection, wanted, after, limit, self.codebook)

    def article_row(self, article_id: str) -> ArticleRow:
        """Return the one row of an article, whatever the filter."""
        with told(self._path):
            return articles.article_row(self._connection, article_id)

    def rows_of(self, numbers: Sequence[int]) -> list[ArticleRow]:
        """Return the rows of the articles with these numbers, in the order of import."""
        with told(self._path):
            return articles.rows_of(self._connection, numbers)

    def numbers_found(
        self, wanted: ArticleFilter, stopped: Callable[[], bool]
    ) -> Iterator[list[int]]:
        """Yield the numbers of the articles that the filter lets through, in pieces."""
        from storage.numbering import numbers_found

        return numbers_found(self._path, wanted, stopped)

    def count_articles(self, wanted: ArticleFilter) -> int:
        """Return how many articles the filter lets through."""
        with told(self._path):
            return articles.count_articles(self._connection, wanted, self.codebook)

    def article_ids(self) -> Iterator[str]:
        """Yield the ids of all articles in the order of import."""
        with told(self._path):
            yield from articles.article_ids(self._connection)

    def titles_by_sha256(self, hashes: Sequence[str]) -> dict[str, str]:
        """Return which of these texts are there already: text hash to title."""
        with told(self._path):
            return articles.titles_by_sha256(self._connection, hashes)

    def add_entries(self, entries: Sequence[Entry], annotator: str) -> None:
        """Add articles with their annotations, all or nothing."""
        with self._writing():
            articles.add_articles(self._connection, self._layer_names(), entries, annotator)
            said = [entry.annotations for entry in entries]
            parts = ((s.spans, s.relations, s.suggestions, s.reviews) for s in said)
            records.insert(
                self._connection, [one for part in parts for kind in part for one in kind]
            )
            mentioned = (one for entry in entries for one in entry.annotations.mentioned)
            records.insert(self._connection, registries.missing(self._connection, mentioned))

    # -- annotations

    def annotations(self, article_id: str) -> Annotations:
        """Return all that is said about an article."""
        with told(self._path):
            return annotations.annotations(self._connection, article_id)

    def spans_between(self, article_id: str, start: int, end: int) -> list[Span]:
        """Return the spans whose envelope [start, end) meets this stretch."""
        with told(self._path):
            return annotations.spans_between(self._connection, article_id, start, end)

    def spans_after(self, article_id: str, last: Span | None, limit: int) -> list[Span]:
        """Return the spans that follow one in reading order, or with None the first ones."""
        with told(self._path):
            return annotations.spans_after(self._connection, article_id, last, limit)

    def suggestions_between(self, article_id: str, start: int, end: int) -> list[Suggestion]:
        """Return the pending suggestions whose envelope meets this stretch."""
        with told(self._path):
            return annotations.suggestions_between(self._connection, article_id, start, end)

    def spans(self, span_ids: Sequence[str]) -> list[Span]:
        """Return the spans of these ids, leaving out unknown ones."""
        with told(self._path):
            return annotations.spans(self._connection, span_ids)

    def relations_of(self, span_ids: Sequence[str]) -> list[Relation]:
        """Return the relations in which any of these spans takes part."""
        with told(self._path):
            return annotations.relations_of(self._connection, span_ids)

    def reviews(self, article_id: str) -> list[Review]:
        """Return who has completed which layer of the article."""
        with told(self._path):
            return annotations.reviews(self._connection, article_id)

    def neighbour_suggestion(
        self, article_id: str, position: int, backward: bool = False
    ) -> Suggestion | None:
        """Return the next pending suggestion that starts after (or before) the position."""
        with told(self._path):
            return annotations.neighbour_suggestion(
                self._connection, article_id, position, backward
            )

    def count_pending(self, article_id: str) -> int:
        """Return how many suggestions of the article wait for review."""
        with told(self._path):
            return annotations.count_pending(self._connection, article_id)

    def pending_suggestions(self, article_id: str) -> list[Suggestion]:
        """Return the article's pending suggestions in reading order."""
        with told(self._path):
            return annotations.pending_suggestions(self._connection, article_id)

    def count_reviewed(self, article_id: str) -> int:
        """Return how many suggestions of the article have been accepted or rejected."""
        with told(self._path):
            return annotations.count_reviewed(self._connection, article_id)

    def hides_suggestions(self, article_id: str = "") -> bool:
        """Tell whether suggestions are hidden in an article, or with "" in the whole project."""
        with told(self._path):
            return blindness.hides_suggestions(self._connection, article_id)

    def hide_suggestions(self, hidden: bool, annotator: str, at: str, article_id: str = "") -> None:
        """Hide suggestions in an article, or with "" in the whole project; or show them again."""
        with self._writing():
            blindness.hide_suggestions(self._connection, article_id, hidden, annotator, at)

    # -- edits

    def apply(self, change: Change) -> None:
        """Carry out a change and log it; `ConflictError` when a removed record differs."""
        with self._writing() as connection:
            changes.apply(connection, change)
            self._restate(connection, change)

    def undo(self, annotator: str, at: str) -> Change | None:
        """Take the last undoable change back; return its inverse, if there was one."""
        with self._writing() as connection:
            change = self._restate(connection, changes.undo(connection, annotator, at))
        if change is not None and not change.article_id:
            self._codebooks.clear()
        return change

    def redo(self, annotator: str, at: str) -> Change | None:
        """Do again what was undone last; return it, if there was one."""
        with self._writing() as connection:
            change = self._restate(connection, changes.redo(connection, annotator, at))
        if change is not None and not change.article_id:
            self._codebooks.clear()
        return change

    def undo_title(self) -> str:
        """Return what undo would take back, or an empty text."""
        with told(self._path):
            return changes.undo_title(self._connection)

    def redo_title(self) -> str:
        """Return what redo would do again, or an empty text."""
        with told(self._path):
            return changes.redo_title(self._connection)

    def undo_is_large(self) -> bool:
        """Tell whether undo would take back more than goes between two pictures."""
        with told(self._path):
            return changes.undo_is_large(self._connection)

    def redo_is_large(self) -> bool:
        """Tell whether redo would do again more than goes between two pictures."""
        with told(self._path):
            return changes.redo_is_large(self._connection)

    def undo_revises(self) -> bool:
        """Tell whether undo would take a change of the codebook back."""
        with told(self._path):
            return changes.undo_revises(self._connection)

    def redo_revises(self) -> bool:
        """Tell whether redo would do a change of the codebook again."""
        with told(self._path):
            return changes.redo_revises(self._connection)

    # -- pre-highlighting

    def articles_without_run(self, author: str) -> list[str]:
        """Return the ids of articles that this model and version has not been through."""
        with told(self._path):
            return runs.articles_without_run(self._connection, author)

    def store_run(self, article_id: str, author: str, change: Change) -> None:
        """Apply a run's suggestions and note that the article is done, in one transaction."""
        with self._writing():
            runs.store_run(self._connection, article_id, author, change)
            self._restate(self._connection, change)

    def suggestion(self, suggestion_id: str) -> Suggestion | None:
        """Return a suggestion in whatever state, None where there is none of that id."""
        with told(self._path):
            return annotations.suggestion(self._connection, suggestion_id)

    def all_suggestions(self, article_id: str) -> list[Suggestion]:
        """Return the article's suggestions in every state."""
        with told(self._path):
            return annotations.all_suggestions(self._connection, article_id)

    # -- the log

    @property
    def history(self) -> "ProjectHistory":
        """Who did what when."""
        from storage.history import ProjectHistory

        return ProjectHistory(self._path, self._connection)

    def reckon_compaction(self, keep: int, before: str) -> "Compaction":
        """Return what `compact` would take out of the log."""
        from storage import compacting

        with told(self._path):
            last = compacting.last_to_compact(self._connection, keep, before)
            return compacting.reckon(self._connection, last)

    def compact(self, keep: int, before: str, forget: bool = False) -> None:
        """Take the content of edits out of the log, and give the room back."""
        from storage import compacting

        with self._writing() as connection:
            last = compacting.last_to_compact(connection, keep, before)
            compacting.compact(connection, last, forget)
        with told(self._path), self._own() as connection:
            connection.execute("VACUUM")

    # -- registries

    @property
    def registries(self) -> registries.ProjectRegistries:
        """The registries of sources and of events."""
        return registries.ProjectRegistries(self._path, self._connection, self._writing)

    @property
    def dictionary(self) -> ProjectDictionary:
        """The project's dictionary."""
        return ProjectDictionary(self._path, self._connection, self._writing)

    # -- searching

    def search(self, wanted: "Search") -> "Iterator[Looked]":
        """Yield what is found in all articles, in the order of import, as it is found."""
        from storage import searching

        with told(self._path):
            yield from searching.search(self._connection, wanted, self.codebook())

    def annotators(self) -> list[str]:
        """Return the names of all who have tagged or linked anything, in order."""
        with told(self._path):
            return tallies.annotators(self._connection)

    def index(self, most: int, anew: bool = False) -> int:
        """Put up to so many further articles into the search index; return how many are left.

        Any thread may do this; asking how many are left, with 0, is for the store's own.
        """
        from storage import indexing

        if not (most or anew):
            with told(self._path):
                return indexing.waiting(self._connection)
        with self._writing() as connection:
            indexing.index(connection, most, anew)
            return indexing.waiting(connection)

    # -- looking after it

    def distrust(self, reason: str) -> None:
        """Write nothing any more, for this reason."""
        self._hold, self._read_only = None, reason

    def damage(self) -> list[str]:
        """Return what SQLite finds wrong with the file and its references, in words."""
        return integrity.damage(self._connection, self._layer_names(), self._path)

    # -- within

    def _layer_names(self) -> tuple[str, ...]:
        return tuple(layer.name for layer in self.codebook().layers)

    def _restate(self, connection: sqlite3.Connection, change: Change | None) -> Change | None:
        """Note how the articles of a change stand now; return the change.

        One without an article is of the codebook, and reaches all.
        """
        if change is not None and not (change.article_id or change.removed or change.added):
            layers = codebooks.codebook(connection, None).layers
            states.refresh_all(connection, [layer.name for layer in layers])
        elif change is not None:
            states.refresh(connection, self._layer_names(), list(change.article_ids))
        return change
