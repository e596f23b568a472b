"""Edits that reach all mentions of an entry: of many, a thread reads them meanwhile."""

from collections.abc import Callable
from threading import Event

from PySide6.QtWidgets import QWidget

from annotation.errors import RefusedEdit
from annotation.model import Change, Span
from annotation.registries import Mention, Registries
from annotation.registry_edits import Mentioned
from annotation.store import OpenStore

MANY = 400
"""From how many mentions on reading them takes longer than a picture."""


def change_of_mentions(
    parent: QWidget,
    open_store: OpenStore,
    registries: Registries,
    mentions: int,
    make: Callable[[Mentioned], Change],
) -> Change:
    """Return what `make` returns; the window stays alive, and a person can break it off."""
    if mentions <= MANY:
        return make(registries)
    from ui.waiting import in_a_thread

    stopped = Event()

    def work() -> Change:
        store = open_store()  # of this thread's own
        try:
            return make(_UntilStopped(store.registries, stopped))
        finally:
            store.close()

    return in_a_thread(parent, "Looking at the mentions", work, stopped.set)


class _UntilStopped:
    """The mentions in a registry, until somebody has had enough."""

    def __init__(self, registries: Registries, stopped: Event) -> None:
        self._registries = registries
        self._stopped = stopped

    def mentions(self, entry_id: str, after: Span | None = None, limit: int = 200) -> list[Mention]:
        """Return the next page; `RefusedEdit` once it was stopped."""
        if self._stopped.is_set():
            raise RefusedEdit("Stopped; nothing was changed.")
        return self._registries.mentions(entry_id, after, limit)
