"""The command `prehighlight`: the dictionary goes through the articles, then a model."""

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from annotation.counting import counted
from annotation.dictionary import proposer_of
from annotation.models import find_model
from annotation.prehighlight import PreHighlight, Report
from annotation.store import Store
from ui.places import default_annotator, models_folder
from ui.terminal import complain, show, show_json

if TYPE_CHECKING:
    from annotation.proposers import Proposer


def run_prehighlight(store: Store, options: Namespace) -> int:
    """Go through all articles that the one or the other has not seen; 1 when some were not."""
    dictionary = proposer_of(store)
    before = {}
    failed = 0
    if dictionary is not None:
        report = _run(store, options, dictionary)
        before["dictionary"] = {"author": dictionary.author, **asdict(report)}
        failed += len(report.failed)
    model = find_model(options.model, models_folder())
    report = _run(store, options, model)
    failed += len(report.failed)
    if options.json:
        show_json({"model": model.author, **asdict(report), **before})
    if failed:
        complain(f"not every article was highlighted: {counted(failed, 'failure')}.")
    return 1 if failed else 0


def _run(store: Store, options: Namespace, proposer: "Proposer") -> Report:
    from ui.console import Bar

    annotator = options.annotator or default_annotator()
    job = PreHighlight(
        store, store.codebook(), proposer, annotator, options.workers, again=options.again
    )
    with Bar(options) as bar:
        report = job.run(bar.of_total)
    if not options.json:
        for line in _lines(store, report, proposer.author):
            show(line)
    return report


def _lines(store: Store, report: Report, author: str) -> list[str]:
    lines = [
        f"not highlighted: {store.article_row(article_id).title}: {reason}"
        for article_id, reason in report.failed
    ]
    lines += report.messages
    lines += [
        f"passed over: {count} × {label}, which the codebook does not have."
        for label, count in report.unknown.items()
    ]
    if report.skipped:
        lines.append(f"passed over, since reviewed: {counted(report.skipped, 'article')}.")
    done = counted(report.articles, "article")
    return [*lines, f"{counted(report.suggestions, 'suggestion')} in {done} by {author}."]
