"""The import: which files, which articles in them, and what of it the project does not take."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotation.codebook import Codebook
from annotation.errors import ConflictError, ProjectError
from annotation.model import Annotations
from annotation.readers import Failure, known_extensions, reader_for
from annotation.store import Entry, Store
from annotation.titles import readable

BATCH_ARTICLES = 200
"""How many articles one transaction takes at most; a commit is dear, a lost batch too."""

BATCH_CHARACTERS = 8_000_000
"""How much text waits in memory for its transaction at most, in code points."""

Progress = Callable[[int, int], None]
"""Called with the numbers of articles imported and of failures so far; may raise to stop."""


@dataclass(frozen=True, slots=True)
class FoundEntry(Entry):
    """An article that also knows the file it was found in."""

    path: Path = Path()


@dataclass
class ImportReport:
    """What an import has done; `failures` says what it could not, and why.

    `reopened` counts layers of articles that were complete under a codebook with fewer labels.
    """

    articles: int = 0
    spans: int = 0
    relations: int = 0
    suggestions: int = 0
    reopened: int = 0
    failures: list[Failure] = field(default_factory=list)

    def told_of_reopened(self) -> str:
        """Say what is complete no longer, as a sentence; nothing where all is."""
        what = (
            "1 layer of an article is"
            if self.reopened == 1
            else (f"{self.reopened:,} layers of articles are")
        )
        why = "complete no longer: this codebook has labels that nobody looked for there."
        return f"{what} {why}" if self.reopened else ""

    def to_dict(self) -> dict[str, object]:
        """Return the report as JSON holds it."""
        return {
            "articles": self.articles,
            "spans": self.spans,
            "relations": self.relations,
            "suggestions": self.suggestions,
            "reopened": self.reopened,
            "failures": [
                {"path": readable(failure.path), "reason": failure.reason}
                for failure in self.failures
            ],
        }


def import_paths(
    store: Store, paths: Iterable[Path], annotator: str, progress: Progress | None = None
) -> ImportReport:
    """Import files and folders; annotations that name no annotator are this one's."""
    items = read_entries(paths, store.codebook(), annotator)
    return import_entries(store, items, annotator, progress)


def read_entries(
    paths: Iterable[Path], codebook: Codebook, annotator: str
) -> Iterator[Entry | Failure]:
    """Yield each article of files and folders, or why there is none; needs no project.

    So it can run in a process of its own: what it yields can be pickled.
    """
    for found in find_files(paths):
        if isinstance(found, Failure):
            yield found
            continue
        reader = reader_for(found)
        if reader is None:
            yield Failure(
                found, f"This format cannot be read. Formats that can: {known_extensions()}."
            )
            continue
        try:
            for item in reader.read(found, codebook, annotator):
                yield item if isinstance(item, Failure) else _found(item, found)
        except ProjectError as error:
            yield Failure(found, str(error))


def find_files(paths: Iterable[Path]) -> Iterator[Path | Failure]:
    """Yield the files, and of folders all files in a known format, sorted by name.

    Hidden files and folders are passed over unless they are named themselves; a folder
    that links back to one above it is entered once; of an export only the corpus counts.
    """
    for path in paths:
        if os.path.isdir(path):
            yield from _files_in(path, frozenset())
        elif os.path.lexists(path):
            yield _finite(path)
        else:
            yield Failure(path, "There is no such file or folder, or its folder is closed to you.")


def import_entries(
    store: Store,
    items: Iterable[Entry | Failure],
    annotator: str,
    progress: Progress | None = None,
) -> ImportReport:
    """Add articles to the project, many in one transaction, and report.

    An article whose text the project holds already is a failure. Where a transaction
    fails, its articles are tried one by one. What is in a finished transaction stays
    when `items` or `progress` raise.
    """
    return _Import(store, annotator, progress).run(items)


class _Import:
    """One import under way."""

    def __init__(self, store: Store, annotator: str, progress: Progress | None) -> None:
        self._store = store
        self._annotator = annotator
        self._progress = progress
        self._report = ImportReport()
        self._waiting: dict[str, Entry] = {}
        self._characters = 0

    def run(self, items: Iterable[Entry | Failure]) -> ImportReport:
        for item in items:
            if isinstance(item, Failure):
                self._report.failures.append(item)
            else:
                self._take(item)
        self._flush()
        return self._report

    def _take(self, entry: Entry) -> None:
        """Let an article wait for its transaction, unless the same text waits already."""
        first = self._waiting.setdefault(entry.article.sha256, entry)
        if first is not entry:
            self._duplicate(entry, first.article.title)
            return
        self._characters += len(entry.article.text)
        if len(self._waiting) >= BATCH_ARTICLES or self._characters >= BATCH_CHARACTERS:
            self._flush()

    def _flush(self) -> None:
        known = self._store.titles_by_sha256(list(self._waiting)) if self._waiting else {}
        for digest, title in known.items():
            self._duplicate(self._waiting.pop(digest), title)
        self._add(list(self._waiting.values()))
        self._waiting.clear()
        self._characters = 0
        if self._progress:
            self._progress(self._report.articles, len(self._report.failures))

    def _add(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        try:
            self._store.add_entries(entries, self._annotator)
        except ProjectError as error:
            self._add_singly(entries, error)
        else:
            self._count(entries)

    def _add_singly(self, entries: Sequence[Entry], error: ProjectError) -> None:
        """Find which articles make a transaction fail.

        Where each of several fails, and not because of what the project holds, the fault
        is the project's (a full disk), and there is no use in going on.
        """
        if len(entries) == 1:
            self._fail(entries[0], str(error))
            return
        failures: list[tuple[Entry, ProjectError]] = []
        for entry in entries:
            try:
                self._store.add_entries([entry], self._annotator)
            except ProjectError as refusal:
                failures.append((entry, refusal))
            else:
                self._count([entry])
        if len(failures) == len(entries) and not isinstance(error, ConflictError):
            raise ProjectError(f"{error} Articles imported before this: {self._report.articles}.")
        for entry, reason in failures:
            self._fail(entry, str(reason))

    def _count(self, entries: Sequence[Entry]) -> None:
        self._report.articles += len(entries)
        for entry in entries:
            self._report.spans += len(entry.annotations.spans)
            self._report.relations += len(entry.annotations.relations)
            self._report.suggestions += len(entry.annotations.suggestions)
            self._report.reopened += entry.reopened

    def _duplicate(self, entry: Entry, title: str) -> None:
        reason = f"The same text as “{title}”, which is in the project."
        if entry.annotations != Annotations():
            reason += " Its annotations were not imported either."
        self._fail(entry, reason)

    def _fail(self, entry: Entry, reason: str) -> None:
        path = entry.path if isinstance(entry, FoundEntry) else Path(entry.article.source_file)
        self._report.failures.append(Failure(path, reason))


def _found(entry: Entry, path: Path) -> FoundEntry:
    return FoundEntry(entry.article, entry.annotations, entry.reopened, path)


def _files_in(folder: Path, above: frozenset[tuple[int, int]]) -> Iterator[Path | Failure]:
    try:
        status = folder.stat()
        place = (status.st_dev, status.st_ino)
        if place in above:
            return
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(folder, f"The folder cannot be read: {error.strerror}.")
        return
    if any(entry.name == "manifest.json" for entry in entries) and _is_export(folder):
        yield _corpus_in(folder)
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        # What a listing says of its own entries is free; a link has to be followed.
        linked = entry.is_symlink()
        if os.path.isdir(path) if linked else entry.is_dir():
            yield from _files_in(path, above | {place})
        elif reader_for(path):
            yield path if not linked and entry.is_file() else _finite(path)


def _is_export(folder: Path) -> bool:
    from annotation.exporting.folder import is_export

    return is_export(folder)


def _corpus_in(folder: Path) -> Path | Failure:
    """Of an export's folder, return the corpus: the rest of it is about the corpus."""
    corpus = folder / "corpus.jsonl"
    if corpus.is_file():
        return corpus
    return Failure(folder, "This export is for training. Import one in the format jsonl instead.")


def _finite(path: Path) -> Path | Failure:
    """Return the path, unless reading there would wait or go on for ever."""
    if os.path.isfile(path) or not os.path.exists(path):
        return path
    return Failure(path, "This is not a file that holds text, but a device or a pipe.")
