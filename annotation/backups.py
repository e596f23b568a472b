"""Backups of a project: which there are, which are kept, and when the next one is due.

`storage/` makes them and answers the protocol `Backups`; window and command line ask it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from annotation.counting import counted

if TYPE_CHECKING:
    from annotation.salvage import SalvageReport

Why = Literal["by itself", "asked for", "before an update", "before a restore"]
WHYS: tuple[Why, ...] = ("by itself", "asked for", "before an update", "before a restore")

GoOn = Callable[[int, int], None]
"""Called between two pieces with the pages copied and of all; may wait, or raise to stop."""

NEWEST, DAYS, WEEKS = 5, 7, 5
"""How many of the newest are kept, and for how many days and weeks the newest of each."""

ROOM = 200_000_000
"""Bytes that the backups of a project may always take; of a large one twice its size."""

HOUR_FOR = 250_000_000
"""Bytes of a project that add an hour to the time between two backups made by themselves."""

RESERVE = 500_000_000
"""Bytes that a backup made by itself leaves free on the disk."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a project as it was: when (UTC), why, of which file, and how much is in it.

    `state` is a mark of what the project held: two copies with the same mark hold the same.
    """

    path: Path
    at: datetime
    why: Why
    of: str
    state: str
    size: int
    counts: dict[str, int]

    def to_dict(self) -> dict[str, object]:
        """Return it as JSON holds it."""
        return {
            "path": str(self.path),
            "at": self.at.isoformat(),
            "why": self.why,
            "of": self.of,
            "bytes": self.size,
            "counts": self.counts,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """How a backup differs from the project now; (backup, now), None where that is unknown.

    `labels` has the spans of each (layer, label) and the relations of each ("", label).
    `gone` are the titles of articles that only the project has, `back` of those that only
    the backup has, `changed` of those in both about which something else is said.
    """

    counts: dict[str, tuple[int, int | None]]
    labels: dict[tuple[str, str], tuple[int, int | None]]
    gone: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unreadable: str = ""

    @property
    def same(self) -> bool:
        """Whether the articles are the same, and the same is said about them."""
        return not (self.gone or self.back or self.changed or self.unreadable)

    def to_dict(self) -> dict[str, object]:
        """Return it as JSON holds it."""
        return {
            "counts": {name: _pair(pair) for name, pair in self.counts.items()},
            "labels": [
                {"layer": layer, "label": label, **_pair(pair)}
                for (layer, label), pair in self.labels.items()
            ],
            "only now": list(self.gone),
            "only in the backup": list(self.back),
            "changed": list(self.changed),
            "project cannot be read": self.unreadable,
        }


class Backups(Protocol):
    """The backups of all projects, and what can be done with one; all may take long.

    `ProjectError` for what a person can mend. Everything may be called from any thread.
    """

    @property
    def folder(self) -> Path:
        """Where they are kept."""
        ...

    def all_of(self, project: Path) -> list[Backup]:
        """Return the backups of a project, the newest first, also of one that is damaged."""
        ...

    def make(self, project: Path, why: Why, go_on: GoOn) -> Backup:
        """Copy a project as it is at this moment, whoever writes to it meanwhile."""
        ...

    def make_if_due(
        self, project: Path, now: datetime, go_on: GoOn, opening: bool = False
    ) -> Backup | None:
        """Make a backup where something changed since the last one and that is long enough ago.

        On `opening` a project an hour less is long enough. `ProjectError` where the disk would
        run full.
        """
        ...

    def remove(self, backup: Backup) -> None:
        """Delete a backup for good."""
        ...

    def compare(self, backup: Backup, project: Path) -> Difference:
        """Return what would change if the backup took the place of the project."""
        ...

    def salvage(self, project: Path, out: Path, go_on: GoOn) -> "SalvageReport":
        """Save what can be read of a damaged project into a new one, which is not there yet."""
        ...

    def restore(self, backup: Backup, project: Path, go_on: GoOn) -> Path | None:
        """Put a backup in the place of a project that nobody has open, all or nothing.

        The present state is kept first: returns where that is, None where there is none.
        """
        ...


def wait(size: int, opening: bool = False) -> timedelta:
    """Return how long after a backup of so many bytes the next one is made by itself."""
    return timedelta(hours=size // HOUR_FOR + (0 if opening else 1))


def room(size: int) -> int:
    """Return how many bytes the backups of a project of this size may take."""
    return max(ROOM, 2 * size)


def superfluous(backups: Iterable[Backup], now: datetime) -> list[Backup]:
    """Return the backups that can go, the oldest first.

    Kept are the newest ones, one of each day of a week and one of each week of a month, the
    latest before an update and before a restore; of these as many as there is room for, the
    newest first. The very newest always stays, and so do those two. Of backups that hold the
    same only the newest counts: who restores one and then another does not push the rest out.
    """
    everything = sorted(backups, key=lambda backup: backup.at, reverse=True)
    ordered = _different(everything)
    if not ordered:
        return []
    safe = [
        ordered[0],
        *_latest(ordered, "before an update"),
        *_latest(ordered, "before a restore"),
    ]
    wanted = [*safe, *ordered[:NEWEST], *_daily(ordered, now), *_weekly(ordered, now)]
    left = room(ordered[0].size)
    kept: set[Path] = set()
    for backup in sorted(wanted, key=lambda b: (b not in safe, -b.at.timestamp())):
        if backup.path in kept:
            continue
        if backup in safe or backup.size <= left:
            kept.add(backup.path)
            left -= backup.size
    return [backup for backup in reversed(everything) if backup.path not in kept]


def in_words(backup: Backup) -> str:
    """Return when a backup was made, here, and how much is in it."""
    local = backup.at.astimezone()
    nouns = ("article", "span")
    counts = ", ".join(counted(backup.counts.get(f"{noun}s", 0), noun) for noun in nouns)
    return f"{local:%Y-%m-%d %H:%M} ({backup.why}): {counts}"


def in_lines(difference: Difference, titles: int) -> list[str]:
    """Return what differs, line by line, with so many titles of articles of each kind."""
    lines = []
    if difference.unreadable:
        lines.append(f"The project now: {difference.unreadable}")
    for name, pair in difference.counts.items():
        lines.append(f"{name}: {_compared(pair)}")
    for (layer, label), pair in difference.labels.items():
        if pair[0] != pair[1]:
            lines.append(f"{f'{layer} {label}'.strip()}: {_compared(pair)}")
    for words, found in (
        ("only in the backup", difference.back),
        ("only in the project now", difference.gone),
        ("in both, with other annotations", difference.changed),
    ):
        if found:
            lines += ["", f"Articles {words}: {len(found):,}"]
            lines += [f"    {title}" for title in found[:titles]]
        if len(found) > titles:
            lines.append(f"    … and {len(found) - titles:,} more")
    if difference.same:
        lines += ["", "The same articles, and the same is said about them."]
    return lines


def _compared(pair: tuple[int, int | None]) -> str:
    if pair[1] is None:
        return f"{pair[0]:,} in the backup"
    return f"{pair[0]:,}" if pair[0] == pair[1] else f"{pair[0]:,} in the backup, {pair[1]:,} now"


def _different(ordered: Sequence[Backup]) -> list[Backup]:
    """Return the newest of those that hold the same, by their marks."""
    seen: set[str] = set()
    found = []
    for backup in ordered:
        if not backup.state or backup.state not in seen:
            found.append(backup)
        seen.add(backup.state)
    return found


def _latest(ordered: Sequence[Backup], why: Why) -> list[Backup]:
    return [backup for backup in ordered if backup.why == why][:1]


def _daily(ordered: Sequence[Backup], now: datetime) -> list[Backup]:
    return _first_of_each(ordered, now - timedelta(days=DAYS), "%Y-%m-%d")


def _weekly(ordered: Sequence[Backup], now: datetime) -> list[Backup]:
    return _first_of_each(ordered, now - timedelta(weeks=WEEKS), "%G-%V")


def _first_of_each(ordered: Sequence[Backup], since: datetime, period: str) -> list[Backup]:
    """Return the newest backup of each period of the local calendar."""
    found: dict[str, Backup] = {}
    for backup in ordered:
        if backup.at >= since:
            found.setdefault(backup.at.astimezone().strftime(period), backup)
    return list(found.values())


def _pair(pair: tuple[int, int | None]) -> dict[str, int | None]:
    return {"backup": pair[0], "now": pair[1]}
