"""The names in the registries, kept at hand for looking words up in them."""

from collections.abc import Callable, Iterator
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotation.errors import ProjectError
from annotation.model import Change, Registry, RegistryEntry
from annotation.registry_matching import Names, Proposal, load
from ui.aside import in_a_thread
from ui.bridge import SessionBridge

if TYPE_CHECKING:
    from concurrent.futures import Future

SLICE = 0.004
"""How many seconds of a turn of the event loop are taken."""

AT_ONCE = 200
"""How many names are taken up between two looks at the clock."""


class KnownNames(QObject):
    """The names of both registries, read once, a little between two pictures; kept up to date."""

    def __init__(self, bridge: SessionBridge) -> None:
        super().__init__(bridge)
        self._bridge = bridge
        self._names: dict[Registry, Names] = {}
        self._reading: dict[Registry, Iterator[tuple[str, str]]] = {}
        self._missed: list[Change] = []
        self._matching: Future[None] | None = None
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._read_on)
        bridge.changed.connect(self._follow)
        bridge.imported.connect(self._forget)

    @classmethod
    def of(cls, bridge: SessionBridge) -> "KnownNames":
        """Return the names of a project: the same for all who ask."""
        found = bridge.findChild(cls)
        return found if isinstance(found, cls) else cls(bridge)

    def names(self, registry: Registry) -> Names | None:
        """Return the names of a registry; None while they are being read."""
        if registry not in self._names:
            self._names[registry] = Names()
            self._reading[registry] = self._bridge.session.store.registries.names(registry)
            self._turn.start()
        if self._matching is None:
            self._matching = in_a_thread(load)
        ready = registry not in self._reading and self._matching.done()
        return self._names[registry] if ready else None

    def _read_on(self) -> None:
        until = perf_counter() + SLICE
        while self._reading and perf_counter() < until:
            registry, names = next(iter(self._reading.items()))
            try:
                part = list(islice(names, AT_ONCE))
            except ProjectError as error:
                self._bridge.refused.emit(str(error))
                part = []
            self._names[registry].add(part)
            if len(part) < AT_ONCE:
                del self._reading[registry]
        if not self._reading:
            self._turn.stop()
            missed, self._missed = self._missed, []
            for change in missed:
                self._follow(change)

    def _forget(self) -> None:
        """Read all names anew when they are asked for: an import may have brought some."""
        self._turn.stop()
        self._names, self._reading, self._missed = {}, {}, []

    def _follow(self, change: Change) -> None:
        """Take up what a change has made of the names."""
        if self._reading:
            self._missed.append(change)  # what was read may be older or newer than that
            return
        for records, gone in ((change.removed, True), (change.added, False)):
            for record in records:
                if isinstance(record, RegistryEntry) and record.registry in self._names:
                    self._names[record.registry].put(record.id, () if gone else record.names)


class Lookup(QObject):
    """Looks words up among the names, slice by slice; what comes last is handed over."""

    def __init__(self, bridge: SessionBridge, found: Callable[[list[Proposal]], None]) -> None:
        super().__init__(bridge)
        self._known = KnownNames.of(bridge)
        self._found = found
        self._asked: tuple[Registry, str, bool] | None = None
        self._coming: Iterator[list[Proposal]] | None = None
        self._best: list[Proposal] = []
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)

    @property
    def is_looking(self) -> bool:
        """Whether an answer is still to come."""
        return self._turn.isActive()

    def look(self, registry: Registry, words: str, typing: bool) -> None:
        """Look words up; an answer that was still to come never does."""
        self._asked = (registry, words, typing)
        self._coming = None
        self._best = []
        self._turn.start()

    def stop(self) -> None:
        """Look no further, and say nothing."""
        self._turn.stop()

    def _go_on(self) -> None:
        assert self._asked is not None
        registry, words, typing = self._asked
        names = self._known.names(registry)
        if names is None:
            return  # still being read; that needs the turns more
        if self._coming is None:
            self._coming = names.proposing(words, typing=typing)
        until = perf_counter() + SLICE
        while perf_counter() < until:
            best = next(self._coming, None)
            if best is None:
                self._turn.stop()
                self._found(self._best)
                return
            self._best = best
