"""Looking after a project file: copies of it, a look at its pages, how much is in it."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from storage import guarding, integrity, tallies
from storage.failures import told


class Upkeep:
    """The part of `ProjectFile` that writes nothing to the project."""

    _path: Path
    _connection: sqlite3.Connection

    def save_copy(self, out: Path, go_on: Callable[[int, int], None]) -> None:
        """Save all that is stored at this moment as a project of its own, whole or not at all."""
        from storage.saving_copies import save_copy

        save_copy(self._connection, self._path, out, go_on)

    def look_over(self, seconds: float) -> None:
        """Look at the file's pages for so long at most; `DamagedError` where they are not sound."""
        guarding.look_over(self._path, seconds)

    def counts(self) -> dict[str, int]:
        """Return how many articles, spans, relations, … there are, by plain words."""
        with told(self._path):
            return integrity.counts(self._connection, integrity.QUICK)

    def label_counts(self) -> list[tuple[str, str, int]]:
        """Return (layer, label, spans) for each label in use, and ("", relation, n)."""
        with told(self._path):
            return tallies.label_counts(self._connection)
