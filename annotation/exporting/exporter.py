"""What an export is asked for, what it reports, and what an export format must be able to do."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from annotation.codebook import Codebook
from annotation.jsonl import LayerStatus
from annotation.store import Entry

ENTITY_LAYER = "entity"
"""The layer whose spans become named entities (`doc.ents`)."""

LossKind = Literal[
    "article",
    "layer",
    "relation",
    "trimmed",
    "widened",
    "discontinuous",
    "merged",
    "overlap",
    "pseudonym",
]


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What to export: a format's name, some layers (None: all), and open layers too or not.

    With `pseudonymise` without the names of registry entries that are confidential.
    """

    format: str
    layers: tuple[str, ...] | None = None
    everything: bool = False
    pseudonymise: bool = False


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the export's form cannot hold exactly, or that stays behind.

    `article` is a title, `done` a sentence for the reader. `quotation` is empty where
    a whole article or layer is meant, and `record_id` then is the article's id.
    """

    article: str
    article_id: str
    record_id: str
    quotation: str
    what: LossKind
    done: str


@dataclass(frozen=True, slots=True)
class Selected:
    """One article with what is exported of it, and what stays behind.

    `layers` says of every layer what an absent label means; `wanted` are those asked for;
    `taken` is false for an article that is left out.
    """

    entry: Entry
    layers: Mapping[str, LayerStatus]
    wanted: frozenset[str]
    left_behind: tuple[Loss, ...]
    taken: bool


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export has written.

    `spans` counts by layer and label, `relations` by label, `losses` by kind; `files`
    are relative to `out`; `notes` are sentences that the reader should see.
    """

    out: Path
    format: str
    articles: int
    left_out: int
    spans: Mapping[str, Mapping[str, int]]
    relations: Mapping[str, int]
    losses: Mapping[str, int]
    notes: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What a format adds to the report: sentences, and facts for the manifest (JSON types)."""

    notes: tuple[str, ...] = ()
    facts: Mapping[str, object] | None = None


Progress = Callable[[int, int], None]
"""Called with how many articles are done and how many there are."""


class Exporter(Protocol):
    """One export format."""

    @property
    def name(self) -> str:
        """The word for it on the command line."""
        ...

    @property
    def title(self) -> str:
        """Its name for the reader."""
        ...

    @property
    def carries(self) -> str:
        """What it holds and what it does not, in a sentence or two."""
        ...

    def losses(self, articles: Iterable[Selected], codebook: Codebook) -> Iterator[Loss]:
        """Yield what this format cannot hold exactly; writes nothing."""
        ...

    def write(
        self,
        articles: Iterable[Selected],
        codebook: Codebook,
        folder: Path,
        report: Callable[[Loss], None],
    ) -> Written:
        """Write the articles into an empty folder, reporting each loss as it occurs."""
        ...
