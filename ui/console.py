"""What the commands print: sentences for people, JSON for scripts (`--json`).

Each function carries out one command with a project that is open already and returns
the exit code.
"""

import sys
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from annotation.counting import counted
from annotation.errors import ProjectError
from annotation.store import Store
from ui.places import default_annotator
from ui.terminal import complain, show, show_json

if TYPE_CHECKING:
    from tqdm import tqdm

INDEXED = 500
"""How many articles go into the search index in one transaction."""

SHOWN_LOSSES = 20
"""How many losses are printed; the export's folder has the full list."""


def run_import(store: Store, options: Namespace) -> int:
    """Add files and folders; the exit code is 1 when any of them failed."""
    from annotation.importing import import_paths

    with Bar(options) as bar:
        report = import_paths(store, options.paths, _annotator(options), bar.so_far)
    _index(store, options)
    for failure in report.failures:
        _say(options, f"not imported: {failure.path}: {failure.reason}")
    _say(
        options,
        f"{counted(report.articles, 'article')} imported, with {counted(report.spans, 'span')} "
        f"and {counted(report.relations, 'relation')}.",
    )
    if report.reopened:
        _say(options, report.told_of_reopened())
    _json(options, report.to_dict())
    if report.failures:
        return _failed(f"not everything was imported: {counted(len(report.failures), 'failure')}.")
    return 0


def run_prehighlight(store: Store, options: Namespace) -> int:
    """Let the dictionary, then a model, suggest in all articles they have not been through."""
    from ui.console_prehighlight import run_prehighlight

    return run_prehighlight(store, options)


def run_export(store: Store, options: Namespace) -> int:
    """Say what cannot be carried, then write the gold corpus."""
    from annotation.exporting import ExportOptions, export, losses, summary

    layers = tuple(options.layers) if options.layers else None
    wanted = ExportOptions(options.format, layers, options.everything, options.pseudonymise)
    shown = 0
    for shown, loss in enumerate(losses(store, wanted), 1):
        if shown <= SHOWN_LOSSES:
            quoted = f" “{loss.quotation}”" if loss.quotation else ""
            _say(options, f"{loss.what}: {loss.article}{quoted}: {loss.done}")
    if shown > SHOWN_LOSSES:
        _say(options, f"… and {shown - SHOWN_LOSSES} more, all listed in losses.txt.")
    with Bar(options) as bar:
        report = export(store, options.out, wanted, bar.of_total)
    spans = sum(count for labels in report.spans.values() for count in labels.values())
    relations = sum(report.relations.values())
    for line in (*report.notes, *summary(dict(report.losses))):
        _say(options, line)
    _say(
        options,
        f"{counted(report.articles, 'article')} with {counted(spans, 'span')} and "
        f"{counted(relations, 'relation')} written to {report.out}.",
    )
    _json(options, {**asdict(report), "out": str(report.out)})
    return 0


def run_picture(store: Store, options: Namespace) -> int:
    """Draw one article into a file."""
    from ui.headless import draw

    title, files = draw(store, options.article, options.out)
    for path in files:
        _say(options, f"“{title}” is drawn in {path}.")
    _json(options, {"article": title, "files": [str(path) for path in files]})
    return 0


def run_copy(store: Store, options: Namespace) -> int:
    """Save a copy; nothing is written over."""
    if options.out.exists():
        raise ProjectError(f"{options.out} exists already. Choose another name for the copy.")
    store.save_copy(options.out, lambda done, total: None)
    _say(options, f"{store.path} is copied to {options.out}.")
    _json(options, {"project": str(store.path), "copy": str(options.out)})
    return 0


def run_check(store: Store, options: Namespace) -> int:
    """Look for damage and broken rules; the exit code is 1 when there is any."""
    from annotation.checking import check

    with Bar(options) as bar:
        report = check(store, bar.of_total)
    for problem in report.problems:
        _say(options, problem)
    _json(options, report.to_dict())
    if report.problems:
        return _failed(f"{store.path} is not sound: {counted(len(report.problems), 'problem')}.")
    _say(
        options,
        f"{store.path} is sound: {counted(report.articles, 'article')}, "
        f"{counted(report.spans, 'span')}, {counted(report.relations, 'relation')}, "
        f"{counted(report.suggestions, 'suggestion')}.",
    )
    return 0


def run_stats(store: Store, options: Namespace) -> int:
    """Count what is in the project."""
    from annotation.stats import stats

    found = stats(store)
    _table(options, found.counts.items())
    _table(options, [(f"articles {word}", number) for word, number in found.statuses.items()])
    _table(options, [(f"{row.layer} {row.label}".strip(), row.count) for row in found.labels])
    _json(options, found.to_dict())
    return 0


def run_search(store: Store, options: Namespace) -> int:
    """Print what a query finds, a line a hit; the exit code is 0 also when there is none."""
    from ui.console_search import run_search

    return run_search(store, options)


def run_index(store: Store, options: Namespace) -> int:
    """Bring the search index up to date, or make it anew."""
    if options.anew:
        store.index(0, anew=True)
    count = _index(store, options)
    _say(options, f"{counted(count, 'article')} put into the search index.")
    _json(options, {"indexed": count})
    return 0


def run_codebook(store: Store, options: Namespace) -> int:
    """Bring a codebook into the project or write its own out."""
    from ui.console_codebook import run_codebook

    return run_codebook(store, options)


def run_registry(store: Store, options: Namespace) -> int:
    """List the entries of the registries."""
    from ui.console_registry import run_registry

    return run_registry(store, options)


def show_new(store: Store, options: Namespace) -> int:
    """Say that a project was made."""
    codebook = store.codebook()
    store.close()
    _say(options, f"{store.path} is ready, with the codebook “{codebook.name}”.")
    _json(options, {"project": str(store.path), "codebook": codebook.name})
    return 0


def show_formats(options: Namespace) -> int:
    """List what can be imported and exported."""
    from annotation.exporting import EXPORTERS
    from annotation.readers import READERS

    _say(options, "Import:")
    for reader in READERS:
        _say(options, f"  {', '.join(reader.extensions):16} {reader.title}")
    _say(options, "Export:")
    for exporter in EXPORTERS:
        _say(options, f"  {exporter.name:16} {exporter.title}. {exporter.carries}")
    _json(
        options,
        {
            "import": [
                {"name": r.name, "title": r.title, "extensions": list(r.extensions)}
                for r in READERS
            ],
            "export": [{"name": e.name, "title": e.title, "carries": e.carries} for e in EXPORTERS],
        },
    )
    return 0


class Bar:
    """A progress bar where a person is watching, and nothing elsewhere."""

    def __init__(self, options: Namespace) -> None:
        self._bar: tqdm[None] | None = None
        if sys.stderr.isatty() and not options.json:
            from tqdm import tqdm as bar

            self._bar = bar(unit=" articles", leave=False)

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def of_total(self, done: int, total: int) -> None:
        """Show how many of all are done."""
        if self._bar is not None:
            self._bar.total = total
            self._bar.update(done - self._bar.n)

    def so_far(self, articles: int, failures: int) -> None:
        """Show how many have been dealt with where nobody knows how many there are."""
        if self._bar is not None:
            self._bar.update(articles + failures - self._bar.n)


def _index(store: Store, options: Namespace) -> int:
    """Put what is not in the search index into it; return how many articles these were."""
    total = waiting = store.index(0)
    with Bar(options) as bar:
        while waiting:
            waiting = store.index(INDEXED)
            bar.of_total(total - waiting, total)
    return total


def _annotator(options: Namespace) -> str:
    return options.annotator or default_annotator()


def _say(options: Namespace, sentence: str) -> None:
    if not options.json:
        show(sentence)


def _json(options: Namespace, value: object) -> None:
    if options.json:
        show_json(value)


def _failed(sentence: str) -> int:
    complain(sentence)
    return 1


def _table(options: Namespace, rows: Iterable[tuple[str, int]]) -> None:
    for words, number in rows:
        _say(options, f"{words:28} {number:>9,}")
    _say(options, "")
