"""The connection of an open project and the right to write, which can be lost and won."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident

from annotation.errors import ProjectError
from annotation.store import Holder
from storage import holding
from storage.failures import FAILURES, told
from storage.holding import TAKEN, Hold, lost
from storage.journal import fold_up
from storage.opening import begun, connect
from storage.transaction import transaction


class HeldFile:
    """A project file that is open, and whether this window may write to it."""

    def __init__(self, path: Path, connection: sqlite3.Connection, hold: Hold | str) -> None:
        self._path = path
        self._connection = connection
        self._hold = hold if isinstance(hold, Hold) else None
        self._read_only = hold if isinstance(hold, str) else ""
        self._thread = get_ident()
        self._apart: set[sqlite3.Connection] = set()
        try:
            with told(path):
                self._seen = self._data_version()
        except ProjectError:
            with suppress(*FAILURES):
                if self._hold is not None:
                    self._hold.release(connection)
            connection.close()
            raise

    @property
    def path(self) -> Path:
        """The project file."""
        return self._path

    @property
    def read_only(self) -> str:
        """Why nothing can be written, in words; empty when it can."""
        return self._read_only

    def close(self) -> None:
        """Leave one single file behind; closing twice does no harm.

        Where another window still reads, the write-ahead log stays until it is closed.
        """
        hold, self._hold = self._hold, None
        try:
            with told(self._path):
                if hold is not None:
                    fold_up(self._connection, hold)
        finally:
            self._connection.close()

    def keep_alive(self) -> None:
        """Give a sign of life when one is due; who is just writing gives one anyway."""
        if self._hold is not None and self._hold.is_due() and not self._apart:
            with self._writing():
                pass

    def holder(self) -> Holder:
        """Tell how the window does that writes, for one that would like to."""
        if self._hold is not None:
            return "this"
        if not holding.waits(self._read_only):
            return "nobody can"
        with told(self._path):
            return holding.holder(self._connection)

    def take_over(self) -> bool:
        """Take the right to write where nobody living has it; true when it is here."""
        if self.holder() in ("free", "silent"):
            with told(self._path):
                self._connection.execute("PRAGMA query_only = OFF")
                hold = begun(self._connection)
            self._hold = hold if isinstance(hold, Hold) else None
            self._read_only = hold if isinstance(hold, str) else ""
            if self._hold is None:
                self._connection.execute("PRAGMA query_only = ON")
            self.changed_elsewhere()
        return self._hold is not None

    def changed_elsewhere(self) -> bool:
        """Tell, once for each change, that another window has written since the last question."""
        with told(self._path):
            before, self._seen = self._seen, self._data_version()
        return before != self._seen

    def _data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction of a window that still has the right to write."""
        if self._hold is None:
            raise ProjectError(
                f"{self._path} cannot be changed: {self._read_only or 'it is closed'}."
            )
        due = self._hold.is_due()
        with told(self._path), self._own() as mine, transaction(mine):
            if not self._hold.confirm(mine):
                self._hold = None
                self._read_only = TAKEN
                raise lost(mine)
            yield mine
        if due:
            self._hold.rest()  # only now: a sign of life that a full disk ate was none

    @contextmanager
    def _own(self) -> Iterator[sqlite3.Connection]:
        """The connection of the thread that asks: SQLite's belong to one thread each."""
        if get_ident() == self._thread:
            yield self._connection
            return
        apart = connect(self._path, "mode=rw")
        self._apart.add(apart)
        try:
            yield apart
        finally:
            self._apart.discard(apart)
            apart.close()
