"""The command `registry`: the entries of a project's registries and how often each is mentioned."""

from argparse import Namespace
from collections.abc import Iterator

from annotation.model import REGISTRIES, Registry
from annotation.registries import ListedEntry
from annotation.registry import FACTS
from annotation.store import Store
from ui.registry.facts import TITLES, in_a_line
from ui.terminal import show, show_json


def run_registry(store: Store, options: Namespace) -> int:
    """List the entries by name: of both registries, or of the one that is asked for."""
    wanted: tuple[Registry, ...] = (options.registry,) if options.registry else REGISTRIES
    if options.json:
        show_json({registry: [*map(_as_json, _entries(store, registry))] for registry in wanted})
        return 0
    for registry in wanted:
        show(f"{TITLES[registry]}: {store.registries.count(registry):,}")
        for entry, mentions in _entries(store, registry):
            known = in_a_line(entry)
            show(f"{mentions:>7,}  {entry.name}{f' ({known})' if known else ''}")
            if entry.aliases:
                show(f"{'':9}also: {'; '.join(entry.aliases)}")
    return 0


def _entries(store: Store, registry: Registry) -> Iterator[ListedEntry]:
    last = None
    while page := store.registries.page(registry, after=last):
        yield from page
        last = page[-1].entry


def _as_json(listed: ListedEntry) -> dict[str, object]:
    entry = listed.entry
    return {
        "id": entry.id,
        "name": entry.name,
        "aliases": list(entry.aliases),
        "facts": {fact: entry.facts[fact] for fact in FACTS[entry.registry] if fact in entry.facts},
        "note": entry.note,
        "confidential": entry.confidential,
        "mentions": listed.mentions,
    }
