"""What every reader of a file format promises, and what it says about what it cannot read."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from annotation.codebook import Codebook
from annotation.store import Entry


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or an article in a file, that was not imported, with the reason in sentences."""

    path: Path
    reason: str


class Reader(Protocol):
    """Reads one format; `extensions` are in lower case, with the dot."""

    @property
    def name(self) -> str:
        """The word for the format on the command line."""
        ...

    @property
    def title(self) -> str:
        """The name of the format for people."""
        ...

    @property
    def extensions(self) -> tuple[str, ...]:
        """The file name endings by which the format is known."""
        ...

    def read(self, path: Path, codebook: Codebook, annotator: str) -> Iterator[Entry | Failure]:
        """Yield the articles of a file, and a `Failure` for each that is refused.

        Annotations have to conform to the codebook; those without an annotator get this
        one. Raises `ProjectError` when the file as a whole cannot be read.
        """
        ...
