"""The check: whether the file is sound and every annotation is where and what it says it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from annotation.codebook import Codebook
from annotation.entry_rules import article_problems, record_problems
from annotation.errors import ProjectError
from annotation.model import Record, RegistryEntry, Review
from annotation.store import ArticleFilter, Entry, Store, each_entry

Progress = Callable[[int, int], None]
"""Called with the number of articles checked and of all; may raise to stop."""


@dataclass
class CheckReport:
    """What was checked and what is wrong with it, as sentences; empty when nothing is."""

    articles: int = 0
    spans: int = 0
    relations: int = 0
    suggestions: int = 0
    problems: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, object]:
        """Return the report as JSON holds it."""
        return {
            "articles": self.articles,
            "spans": self.spans,
            "relations": self.relations,
            "suggestions": self.suggestions,
            "problems": self.problems,
        }


def check(store: Store, progress: Progress | None = None) -> CheckReport:
    """Check the file, each text, and each annotation against text and codebook."""
    report = CheckReport(problems=list(store.damage()))
    codebooks = _Codebooks(store)
    total = store.count_articles(ArticleFilter())
    for article_id in store.article_ids():
        report.articles += 1
        try:
            (entry,) = each_entry(store, [article_id])
        except ProjectError as error:
            report.problems.append(f"The article {article_id} cannot be read: {error}")
            continue
        report.spans += len(entry.annotations.spans)
        report.relations += len(entry.annotations.relations)
        report.suggestions += len(entry.annotations.suggestions)
        report.problems += _problems(entry, codebooks)
        if progress:
            progress(report.articles, total)
    return report


class _Codebooks:
    """The versions of the project's codebook, each read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[int, Codebook | None] = {}
        self.current = store.codebook()

    def version(self, version: int) -> Codebook | None:
        """Return a version, or None where the project has none of that number."""
        if version not in self._known:
            try:
                self._known[version] = self._store.codebook(version)
            except ProjectError:
                self._known[version] = None
        return self._known[version]


def _problems(entry: Entry, codebooks: _Codebooks) -> Iterator[str]:
    title = entry.article.title
    for text in article_problems(entry.article):
        yield f"“{title}”: {text}"
    for record, text in record_problems(entry, codebooks.current, codebooks.version):
        yield f"“{title}”, {_named(record)}: {text}"


def _named(record: Record) -> str:
    if isinstance(record, Review):
        return f"review of the layer {record.layer} by {record.annotator}"
    if isinstance(record, RegistryEntry):
        return f"{record.registry} “{record.name}” in the registry"
    return f"{type(record).__name__.lower()} {record.label} {record.id}"
