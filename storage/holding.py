"""One writer at a time, without lock files: the table `writer` names who holds the project."""

import os
import sqlite3
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from annotation.errors import ProjectError
from annotation.ids import new_id, now
from annotation.store import Holder
from storage.transaction import transaction

LIVE = 60.0
"""Seconds after which a holder that gave no sign of life has lost the project."""

BEAT = 20.0
"""Seconds between two signs of life."""

ELSEWHERE = "open in another window"
TAKEN = "it was taken over by another window"
"""How the reasons begin that may go away."""


@dataclass
class Hold:
    """The right to write, as one row with a token that only this window knows."""

    token: str = field(default_factory=new_id)
    beaten: float = field(default_factory=time.monotonic)

    def is_due(self) -> bool:
        """Tell whether it is time for a sign of life."""
        return time.monotonic() - self.beaten > BEAT

    def confirm(self, connection: sqlite3.Connection) -> bool:
        """Inside a transaction: tell whether the hold still stands, with a sign of life if due."""
        if self.is_due():
            connection.execute("UPDATE writer SET beat = ? WHERE token = ?", (now(), self.token))
        sql = "SELECT 1 FROM writer WHERE id = 1 AND token = ?"
        return connection.execute(sql, (self.token,)).fetchone() is not None

    def rest(self) -> None:
        """Wait with the next sign of life, now that one is on disk."""
        self.beaten = time.monotonic()

    def release(self, connection: sqlite3.Connection) -> None:
        """Give the project free, unless somebody else holds it by now."""
        connection.execute("DELETE FROM writer WHERE token = ?", (self.token,))


def take(connection: sqlite3.Connection) -> Hold | str:
    """Take the right to write, or return who has it, in words."""
    with transaction(connection):
        row = connection.execute("SELECT host, user, pid, since, beat FROM writer").fetchone()
        if row is not None and _is_live(row[0], row[2], row[4]):
            here = (row[0], row[1]) == (_host(), _user())
            who = "on this computer" if here else f"by {row[1]} on {row[0]}"
            return f"{ELSEWHERE} since {_clock(row[3])} {who}"
        hold = Hold()
        at = now()
        connection.execute(
            "REPLACE INTO writer (id, token, host, user, pid, since, beat) "
            "VALUES (1, ?, ?, ?, ?, ?, ?)",
            (hold.token, _host(), _user(), os.getpid(), at, at),
        )
        return hold


def holder(connection: sqlite3.Connection) -> Holder:
    """Tell how another window does that has the right to write."""
    row = connection.execute("SELECT host, pid, beat FROM writer").fetchone()
    if row is None or (row[0] == _host() and not _is_running(row[1])):
        return "free"
    return "live" if _is_live(*row) else "silent"


def waits(reason: str) -> bool:
    """Tell whether a project is read-only for no other reason than another window."""
    return reason.startswith((ELSEWHERE, TAKEN))


def lost(connection: sqlite3.Connection) -> ProjectError:
    """Return what to tell somebody whose hold was taken over."""
    row = connection.execute("SELECT user, host, since FROM writer").fetchone()
    who = f" by {row[0]} on {row[1]} at {_clock(row[2])}" if row else ""
    return ProjectError(
        f"The project was taken over{who} while this window gave no sign of life. "
        "Nothing was changed; close this window and open the project again."
    )


def _is_live(host: str, pid: int, beat: str) -> bool:
    try:
        age = (datetime.now(UTC) - datetime.fromisoformat(beat)).total_seconds()
    except (ValueError, TypeError):
        return False
    return abs(age) < LIVE and (host != _host() or _is_running(pid))


def _is_running(pid: int) -> bool:
    """Tell whether a process of this machine lives; on Windows asking would end it."""
    if os.name == "nt":
        return True
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _clock(at: str) -> str:
    """Return a time of day here, with the date unless it is today's."""
    try:
        local = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return at
    today = local.date() == datetime.now().astimezone().date()
    return local.strftime("%H:%M" if today else "%Y-%m-%d %H:%M")


def _host() -> str:
    return os.environ.get("COMPUTERNAME", "?") if os.name == "nt" else os.uname().nodename


def _user() -> str:
    return os.environ.get("USER") or os.environ.get("USERNAME") or "somebody"
