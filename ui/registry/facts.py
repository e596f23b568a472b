"""What is known of a registry entry, in a line."""

from annotation.model import Registry, RegistryEntry

QUESTIONS: dict[Registry, str] = {"source": "Who", "event": "Which event"}
"""What is asked of a span that can mention an entry."""

TITLES: dict[Registry, str] = {"source": "Sources", "event": "Events"}
"""What the registries are called."""


def in_a_line(entry: RegistryEntry) -> str:
    """Return affiliation and role of a source, or class, days and place of an event."""
    facts = entry.facts
    if entry.registry == "source":
        known = [facts.get("role", ""), facts.get("affiliation", "")]
        known = known if any(known) else [facts.get("kind", "")]
    else:
        days = [facts.get("date", ""), facts.get("until", "")]
        known = [facts.get("class", ""), " – ".join(filter(None, days)), facts.get("place", "")]
    known.append("confidential" if entry.confidential else "")
    return " · ".join(filter(None, known))
