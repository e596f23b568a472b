"""The command `search`: hits with what stands around them."""

from argparse import Namespace
from dataclasses import asdict
from itertools import islice

from annotation.finding import Query
from annotation.searching import Search
from annotation.store import Store
from ui.terminal import show, show_json


def run_search(store: Store, options: Namespace) -> int:
    """Print the first hits of a query, with `--json` all that is known about each."""
    steps = store.search(Search(Query(options.query), by_query=True))
    found = list(islice((hit for step in steps for hit in step.found), options.limit + 1))
    shown, more = found[: options.limit], len(found) > options.limit
    if options.json:
        show_json({"hits": [asdict(hit) for hit in shown], "more": more})
        return 0
    article = ""
    for hit in shown:
        if hit.article_id != article:
            article = hit.article_id
            show(f"{hit.number:>6}  {hit.title}")
        where = f"{hit.what}: " if hit.what else ""
        show(f"        {where}{hit.before}[{hit.hit}]{hit.after}")
    if more:
        show(f"These are the first {options.limit} hits; see the others with --limit.")
    elif not shown:
        show("No hits.")
    return 0
