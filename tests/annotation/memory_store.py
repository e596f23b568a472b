"""A project in memory, for tests of what works on a store; and the records they start from."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from annotation.codebook import Codebook
from annotation.codebook_revision import Reckoning, Revision
from annotation.dictionary import Dictionary
from annotation.errors import ConflictError, ProjectError
from annotation.ids import new_id, now
from annotation.model import (
    Annotations,
    Argument,
    Article,
    Change,
    Record,
    Relation,
    Review,
    Span,
    Suggestion,
)
from annotation.searching import Looked, Search, Searcher
from annotation.store import ARTICLE_STATUSES, ArticleFilter, ArticleRow, ArticleStatus, Entry
from tests.annotation.book import BOOK
from tests.annotation.memory_registries import MemoryRegistries
from tests.annotation.revising import revised


def make_article(text: str, **known: object) -> Article:
    digest = sha256(text.encode()).hexdigest()
    return Article(new_id(), text, digest, **{"title": text[:20], **known})  # type: ignore[arg-type]


def make_span(article: Article, layer: str, label: str, *fragments: tuple[int, int]) -> Span:
    at = now()
    quotation = article.quote(fragments)
    return Span(
        *(new_id(), article.id, layer, label, fragments, quotation, "anna", "manual", 1, at, at)
    )


def make_suggestion(article: Article, label: str, start: int, end: int) -> Suggestion:
    fragments = ((start, end),)
    quotation = article.quote(fragments)
    return Suggestion(
        *(new_id(), article.id, "entity", label, fragments, quotation, "model 1", now(), 0.5)
    )


def make_relation(article: Article, label: str, *arguments: tuple[str, Span]) -> Relation:
    at = now()
    given = tuple(Argument(role, span.id) for role, span in arguments)
    return Relation(new_id(), article.id, label, given, "anna", "manual", 1, at, at)


def by_place(record: Span | Suggestion) -> tuple[int, int, str]:
    return record.start, -record.end, record.id


class MemoryDictionary:
    """Keeps the dictionary of a project in memory."""

    def __init__(self, runs: set[tuple[str, str]]) -> None:
        self.kept, self.name, self.runs = Dictionary(), "", runs

    def author(self) -> str:
        return self.name

    def read(self) -> Dictionary:
        return self.kept

    def put(self, dictionary: Dictionary) -> None:
        self.kept, self.name = dictionary, dictionary.author
        self.runs -= {run for run in self.runs if run[1] == self.name}


class MemoryStore:
    """Keeps to the store's protocol, undo included, without a file, and so without its log."""

    path = Path("memory.pressmark")
    read_only = ""

    def __init__(self, codebook: Codebook = BOOK) -> None:
        self.codebooks = {codebook.version: codebook}
        self.articles: dict[str, Article] = {}
        self.records: dict[tuple[str, str], Record] = {}
        self.done: list[Change] = []
        self.undone: list[Change] = []
        self.runs: set[tuple[str, str]] = set()
        self.dictionary = MemoryDictionary(self.runs)
        self.blind: set[str] = set()
        self.transactions = 0
        self.revisions: dict[str, tuple[Codebook, Codebook]] = {}

    def close(self) -> None: ...

    def keep_alive(self) -> None: ...

    def holder(self) -> str:
        return "this"

    def take_over(self) -> bool:
        return True

    def changed_elsewhere(self) -> bool:
        return False

    def codebook(self, version: int | None = None) -> Codebook:
        if version is not None and version not in self.codebooks:
            raise ProjectError(f"The codebook has no version {version}.")
        return self.codebooks[max(self.codebooks) if version is None else version]

    def uses(self) -> dict[tuple[str, ...], int]:
        return {
            ("label" if layer else "relation", *([layer] if layer else []), label): count
            for layer, label, count in self.label_counts()
        }

    def reckon(self, change: Change, revision: Revision) -> Reckoning:
        removed, added = revised(revision, self.records.values(), 0)
        return Reckoning(spans=len(added), spans_gone=len(removed) - len(added))

    def revise(self, change: Change, revision: Revision) -> None:
        version = max(self.codebooks) + 1
        removed, added = revised(revision, self.records.values(), version)
        self.apply(replace(change, removed=removed, added=added))
        self.revisions[change.id] = self.codebook(), replace(revision.after, version=version)
        self.codebooks[version] = self.revisions[change.id][1]

    def interrupt(self) -> None: ...

    # -- articles

    def article(self, article_id: str) -> Article:
        if article_id not in self.articles:
            raise ProjectError(f"The project holds no article {article_id}.")
        return self.articles[article_id]

    def article_rows(
        self, wanted: ArticleFilter, after: int = 0, limit: int = 200
    ) -> list[ArticleRow]:
        rows = [self.article_row(i) for i in self.articles]
        found = [row for row in rows if row.number > after and self._let_through(row, wanted)]
        return found[:limit]

    def article_row(self, article_id: str) -> ArticleRow:
        article = self.articles[article_id]
        said = self.annotations(article_id)
        complete = {r.layer for r in said.reviews if r.state == "complete"}
        status: ArticleStatus = ARTICLE_STATUSES[1 if said.spans or complete else 0]
        if complete >= {layer.name for layer in self.codebook().layers}:
            status = "complete"
        return ArticleRow(
            list(self.articles).index(article_id) + 1,
            *(article_id, article.title, article.outlet, article.published, status),
            pending=self.count_pending(article_id) > 0,
        )

    def rows_of(self, numbers: Sequence[int]) -> list[ArticleRow]:
        rows = self.article_rows(ArticleFilter(), limit=1 << 60)
        return [row for row in rows if row.number in numbers]

    def numbers_found(
        self, wanted: ArticleFilter, stopped: Callable[[], bool]
    ) -> Iterator[list[int]]:
        yield [row.number for row in self.article_rows(wanted, limit=1 << 60)]

    def count_articles(self, wanted: ArticleFilter) -> int:
        return len(self.article_rows(wanted, limit=1 << 60))

    def article_ids(self) -> Iterator[str]:
        yield from list(self.articles)

    def titles_by_sha256(self, hashes: Sequence[str]) -> dict[str, str]:
        return {a.sha256: a.title for a in self.articles.values() if a.sha256 in hashes}

    def add_entries(self, entries: Sequence[Entry], annotator: str) -> None:
        for entry in entries:
            if entry.article.id in self.articles:
                raise ConflictError(f"There is an article {entry.article.id} already.")
        self.transactions += 1
        for entry in entries:
            self.articles[entry.article.id] = entry.article
            said = entry.annotations
            for record in (*said.spans, *said.relations, *said.suggestions, *said.reviews):
                self.records[_key(record)] = record
            for mentioned in said.mentioned:
                self.records.setdefault(_key(mentioned), mentioned)

    # -- annotations

    def annotations(self, article_id: str) -> Annotations:
        spans = [s for s in self._all(Span) if s.article_id == article_id]
        relations = [r for r in self._all(Relation) if r.article_id == article_id]
        return Annotations(
            tuple(sorted(spans, key=by_place)),
            tuple(sorted(relations, key=lambda r: (r.created_at, r.id))),
            tuple(self.all_suggestions(article_id)),
            tuple(self.reviews(article_id)),
            tuple(self.registries.entries([s.entry_id for s in spans])),
        )

    def spans_between(self, article_id: str, start: int, end: int) -> list[Span]:
        found = (s for s in self._all(Span) if s.article_id == article_id)
        return sorted((s for s in found if s.start < end and s.end > start), key=by_place)

    def spans_after(self, article_id: str, last: Span | None, limit: int) -> list[Span]:
        found = self.annotations(article_id).spans
        return [s for s in found if last is None or by_place(s) > by_place(last)][:limit]

    def suggestions_between(self, article_id: str, start: int, end: int) -> list[Suggestion]:
        pending = self.pending_suggestions(article_id)
        return [s for s in pending if s.start < end and s.end > start]

    def spans(self, span_ids: Sequence[str]) -> list[Span]:
        return [s for s in self._all(Span) if s.id in span_ids]

    def relations_of(self, span_ids: Sequence[str]) -> list[Relation]:
        return [r for r in self._all(Relation) if any(a.span_id in span_ids for a in r.arguments)]

    def reviews(self, article_id: str) -> list[Review]:
        return [r for r in self._all(Review) if r.article_id == article_id]

    def neighbour_suggestion(
        self, article_id: str, position: int, backward: bool = False
    ) -> Suggestion | None:
        pending = self.pending_suggestions(article_id)
        if backward:
            return next((s for s in reversed(pending) if s.start < position), None)
        return next((s for s in pending if s.start > position), None)

    def count_pending(self, article_id: str) -> int:
        return len(self.pending_suggestions(article_id))

    def pending_suggestions(self, article_id: str) -> list[Suggestion]:
        return [s for s in self.all_suggestions(article_id) if s.state == "pending"]

    def all_suggestions(self, article_id: str) -> list[Suggestion]:
        found = (s for s in self._all(Suggestion) if s.article_id == article_id)
        return sorted(found, key=by_place)

    def suggestion(self, suggestion_id: str) -> Suggestion | None:
        return next((s for s in self._all(Suggestion) if s.id == suggestion_id), None)

    def count_reviewed(self, article_id: str) -> int:
        return len(self.all_suggestions(article_id)) - self.count_pending(article_id)

    def hides_suggestions(self, article_id: str = "") -> bool:
        return article_id in self.blind

    def hide_suggestions(self, hidden: bool, annotator: str, at: str, article_id: str = "") -> None:
        (self.blind.add if hidden else self.blind.discard)(article_id)

    # -- edits

    def apply(self, change: Change) -> None:
        self._carry_out(change)
        if change.undoable:
            self.done.append(change)
            self.undone.clear()

    def undo(self, annotator: str, at: str) -> Change | None:
        if not self.done:
            return None
        change = self.done.pop()
        self._carry_out(change.inverse())
        self._change_codebook(change, 0)
        self.undone.append(change)
        return change.inverse()

    def redo(self, annotator: str, at: str) -> Change | None:
        if not self.undone:
            return None
        change = self.undone.pop()
        self._carry_out(change)
        self._change_codebook(change, 1)
        self.done.append(change)
        return change

    def _change_codebook(self, change: Change, side: int) -> None:
        if change.id in self.revisions:
            version = max(self.codebooks) + 1
            self.codebooks[version] = replace(self.revisions[change.id][side], version=version)

    def undo_is_large(self) -> bool:
        return False

    def redo_is_large(self) -> bool:
        return False

    def undo_revises(self) -> bool:
        return bool(self.done) and self.done[-1].id in self.revisions

    def redo_revises(self) -> bool:
        return bool(self.undone) and self.undone[-1].id in self.revisions

    def undo_title(self) -> str:
        return self.done[-1].title if self.done else ""

    def redo_title(self) -> str:
        return self.undone[-1].title if self.undone else ""

    # -- registries

    @property
    def registries(self) -> MemoryRegistries:
        return MemoryRegistries(self.records.values(), self.articles)

    # -- searching

    def search(self, wanted: Search) -> Iterator[Looked]:
        searcher = Searcher(wanted, self.codebook())
        for number, article in enumerate(self.articles.values(), 1):
            said = self.annotations(article.id)
            yield Looked(number, tuple(searcher.look(number, article, said.spans, said.relations)))

    def index(self, most: int, anew: bool = False) -> int:
        return 0

    def annotators(self) -> list[str]:
        return sorted({record.annotator for kind in (Span, Relation) for record in self._all(kind)})

    # -- the rest

    def articles_without_run(self, author: str) -> list[str]:
        return [i for i in self.articles if (i, author) not in self.runs]

    def store_run(self, article_id: str, author: str, change: Change) -> None:
        self._carry_out(replace(change, undoable=False))
        self.runs.add((article_id, author))

    def save_copy(self, out: Path, go_on: Callable[[int, int], None]) -> None:
        raise ProjectError("What is in memory has no file to copy.")

    def look_over(self, seconds: float) -> None:
        pass

    def distrust(self, reason: str) -> None:
        self.read_only = reason

    def damage(self) -> list[str]:
        return []

    def counts(self) -> dict[str, int]:
        return {
            "articles": len(self.articles),
            "spans": len(self._all(Span)),
            "relations": len(self._all(Relation)),
        }

    def label_counts(self) -> list[tuple[str, str, int]]:
        keys = [(s.layer, s.label) for s in self._all(Span)]
        keys += [("", r.label) for r in self._all(Relation)]
        return [(*key, keys.count(key)) for key in sorted(set(keys))]

    def _all(self, kind: type) -> list:  # type: ignore[type-arg]
        return [record for record in self.records.values() if isinstance(record, kind)]

    def _let_through(self, row: ArticleRow, wanted: ArticleFilter) -> bool:
        words = f"{row.title} {row.outlet}".casefold()
        return wanted.words.casefold() in words and wanted.status in (None, row.status)

    def _carry_out(self, change: Change) -> None:
        """Do as SQLite does: the same ids, the same values, and no loose ends."""
        updated = {_key(record) for record in change.added}
        for record in change.removed:
            if self.records.get(_key(record)) != record:
                raise ConflictError(f"{record} is not what the project holds.")
        for record in change.removed:
            if _key(record) not in updated:
                del self.records[_key(record)]
        for record in change.added:
            self.records[_key(record)] = record
        spans = {span.id for span in self._all(Span)}
        for relation in self._all(Relation):
            assert all(a.span_id in spans for a in relation.arguments), "a loose end"


def _key(record: Record) -> tuple[str, str]:
    return type(record).__name__, record.id
