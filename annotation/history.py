"""The history of a project: who did what when, read from its log."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Literal, NamedTuple, Protocol

from annotation.model import Change, Record

Kind = Literal["edit", "undo", "redo", "machine"]


class Logged(NamedTuple):
    """An entry of the log, without its records.

    `target` is the entry that undo or redo was about, else 0; `revises` tells of a change of
    the codebook; `quotation` holds the first words that it is about, where there are any.
    """

    seq: int
    title: str
    article_id: str
    annotator: str
    at: str
    kind: Kind
    state: Literal["done", "undone", "dropped"]
    target: int
    revises: bool
    quotation: str

    @property
    def what(self) -> str:
        """What was done, in words."""
        before = {"undo": "Undo: ", "redo": "Redo: "}.get(self.kind, "")
        return f"{before}{self.title}"

    @property
    def stands(self) -> bool:
        """Whether it is an edit that has not been undone."""
        return self.kind == "edit" and self.state == "done"

    def to_dict(self) -> dict[str, object]:
        """Return it as JSON holds it."""
        return {**self._asdict(), "what": self.what, "target": self.target or None}


class Wanted(NamedTuple):
    """Which entries: those of a span or an article (`record_id`), by somebody, with words.

    `everything_there` adds the changes of the codebook, which concern every article.
    """

    record_id: str = ""
    annotator: str = ""
    words: str = ""
    everything_there: bool = False


class Page(NamedTuple):
    """Entries, the latest first; `before` is where the next page begins, 0 at the end.

    There may be a next page also where this one is empty: so many entries did not fit.
    """

    entries: list[Logged]
    before: int


class Compaction(NamedTuple):
    """How many entries lose their content in a compaction, the bytes of that, and the last's time.

    `until` is ISO 8601 in UTC; empty where there is no such entry.
    """

    entries: int
    content: int
    until: str


class History(Protocol):
    """What a project's log tells; a page costs the same however long the log is."""

    def page(self, wanted: Wanted, before: int = 0, limit: int = 100) -> Page:
        """Return the next entries, the latest first."""
        ...

    def entry(self, seq: int) -> Logged:
        """Return one entry; `ProjectError` where there is none of that number."""
        ...

    def change(self, seq: int) -> Change:
        """Return an edit with its records; without any where the log no longer has them."""
        ...

    def since(self, seq: int) -> Iterator[Change]:
        """Yield what was done after an entry, the oldest first: edits, undo and redo alike."""
        ...

    def last_before(self, at: str) -> int:
        """Return the number of the last entry up to a time (ISO 8601, UTC), 0 for none."""
        ...

    def later(self, record_id: str, seq: int) -> Logged | None:
        """Return the last edit after an entry that concerned a record and still stands."""
        ...

    def stored(self, wanted: Sequence[Record]) -> dict[tuple[type[Record], str], Record]:
        """Return what the project holds now under the names of these records."""
        ...

    def last_compacted(self) -> int:
        """Return the last entry beyond which nothing can be taken back any more, 0 for none."""
        ...

    def origins(self, article_id: str) -> list[tuple[str, str, str]]:
        """Return (when, who, what) of an article's import and of the models' runs through it."""
        ...


def beginning(day: date | None = None) -> str:
    """Return when a day begins here, at the latest today, as the log has times (ISO 8601, UTC).

    What a compaction takes is older than that: what was done today can always be undone.
    """
    at = datetime.combine(min(day or date.max, date.today()), time()).astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.000Z"


def clock(at: str) -> str:
    """Return a time of the log as a date and time of day here."""
    try:
        return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M:%S}"
    except ValueError:
        return at
