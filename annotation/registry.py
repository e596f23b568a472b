"""Registries: the project's lists of sources and of events, and what an entry of them may say.

Knowledge bases call such entries authority records: one for each person, organisation or
event, whatever the articles call it.
"""

import re
import unicodedata

from annotation.codebook import Codebook
from annotation.model import Registry, RegistryEntry

KINDS = ("person", "organisation", "group", "other")
"""What a source can be."""

FACTS: dict[Registry, tuple[str, ...]] = {
    "source": ("kind", "affiliation", "role", "wikidata"),
    "event": ("class", "date", "until", "place"),
}
"""What can be known of an entry beside its name, in the order of forms.

`date` and `until` are ISO 8601 dates of which day, or day and month, may be missing; `until`
is the last day of a range. `wikidata` is an item's number such as Q42.
"""

LONGEST = 500
"""How long a name, an alias or a fact can be, in code points."""

MOST_ALIASES = 200

_DATE = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_WIKIDATA = r"Q[1-9][0-9]{0,11}"


def registry_of(codebook: Codebook, layer: str, label: str) -> Registry | None:
    """Return the registry whose entries spans of this label mention, or None.

    In a codebook that says nothing of registries, SOURCE and EVENT have theirs, but not the
    named entities that are called so.
    """
    found = codebook.label(layer, label)
    if found is None:
        return None
    if found.registry:
        return found.registry
    home = codebook.layer(layer)
    if home is None or home.drawn == "tint" or any(other.registry for other in codebook.labels):
        return None
    named: dict[str, Registry] = {"SOURCE": "source", "EVENT": "event"}
    return named.get(label)


def folded(name: str) -> str:
    """Return a name as it is compared and sorted: without case, accents and surplus blanks."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def entry_problems(entry: RegistryEntry) -> list[str]:
    """Say what is wrong with an entry taken by itself."""
    problems = [
        f"“{name[:40]}…” is longer than {LONGEST} characters."
        for name in (*entry.names, *entry.facts.values())
        if len(name) > LONGEST
    ]
    if not entry.name.strip():
        problems.append("An entry needs a name.")
    if any(not alias.strip() for alias in entry.aliases):
        problems.append("An alias is empty.")
    if len(entry.aliases) > MOST_ALIASES:
        problems.append(f"An entry can have {MOST_ALIASES} aliases, not {len(entry.aliases)}.")
    known = FACTS[entry.registry]
    problems += [
        f"{name} is not known of a {entry.registry}." for name in entry.facts.keys() - known
    ]
    return problems + [
        problem
        for name in known
        if (value := entry.facts.get(name, "")) and (problem := _fact_problem(name, value))
    ]


def mention_problems(
    codebook: Codebook, layer: str, label: str, entry: RegistryEntry | None
) -> list[str]:
    """Say why a span of this label cannot mention that entry; None is one that is not there."""
    if entry is None:
        return ["The registry entry that it mentions is not there."]
    wanted = registry_of(codebook, layer, label)
    if wanted is None:
        return [f"{codebook.called(layer, label)} has no registry, so it mentions no entry."]
    if wanted != entry.registry:
        return [
            f"“{entry.name}” is in the registry of {entry.registry}s; "
            f"{codebook.called(layer, label)} mentions {wanted}s."
        ]
    return []


def _fact_problem(name: str, value: str) -> str:
    if name == "kind" and value not in KINDS:
        return f"A source is one of {', '.join(KINDS)}, not “{value}”."
    if name == "wikidata" and not re.fullmatch(_WIKIDATA, value):
        return f"A Wikidata number looks like Q42, not “{value}”."
    if name in ("date", "until") and not re.fullmatch(_DATE, value):
        return f"A date looks like 2024-05-17, 2024-05 or 2024, not “{value}”."
    return ""
