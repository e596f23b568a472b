"""The name under which a confidential entry of a registry leaves the project."""

from hashlib import sha256

from annotation.model import Registry, RegistryEntry

WORDS: dict[Registry, str] = {"source": "Source", "event": "Event"}


def pseudonym(entry: RegistryEntry) -> str:
    """Return the name under which a confidential entry is exported."""
    return f"{WORDS[entry.registry]} {sha256(entry.id.encode()).hexdigest()[:8].upper()}"
