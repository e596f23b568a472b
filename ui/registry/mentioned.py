"""Whom or what spans mention: the names of registry entries, each read once."""

from annotation.model import Change, RegistryEntry, Span
from annotation.registries import Registries
from annotation.registry import folded


class MentionedNames:
    """Tells the name of the entry that a span mentions; renamed ones are read anew."""

    def __init__(self, registries: Registries) -> None:
        self._registries = registries
        self._names: dict[str, str] = {}

    def name(self, span: Span) -> str:
        """Return the name of the entry that a span mentions, or an empty text."""
        if not span.entry_id:
            return ""
        if span.entry_id not in self._names:
            found = self._registries.entries([span.entry_id])
            self._names[span.entry_id] = found[0].name if found else ""
        return self._names[span.entry_id]

    def besides(self, span: Span) -> str:
        """Return the same where it says more than the words of the span do."""
        name = self.name(span)
        return "" if folded(name) == folded(" ".join(span.quotation)) else name

    def forget(self) -> None:
        """Read all names anew when they are asked for."""
        self._names.clear()

    def follow(self, change: Change) -> None:
        """Forget the names of the entries that a change touches."""
        for record in (*change.removed, *change.added):
            if isinstance(record, RegistryEntry):
                self._names.pop(record.id, None)
