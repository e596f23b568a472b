"""Plain text and Markdown: one article a file, the text as it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from annotation.codebook import Codebook
from annotation.ids import new_id, now
from annotation.model import Article
from annotation.readers.decode import read_text
from annotation.readers.reader import Failure
from annotation.store import Entry
from annotation.titles import MAX_TITLE, readable, title_of


@dataclass(frozen=True)
class PlainText:
    """Plain text; the title is the first line, if it is short."""

    name: str = "text"
    title: str = "Plain text"
    extensions: tuple[str, ...] = (".txt",)

    def read(self, path: Path, codebook: Codebook, annotator: str) -> Iterator[Entry | Failure]:
        """Yield the one article of the file."""
        text = read_text(path)
        yield _entry(path, text, title_of(text))


@dataclass(frozen=True)
class Markdown:
    """Markdown with all its marks kept; the title is the first heading of the first level."""

    name: str = "markdown"
    title: str = "Markdown"
    extensions: tuple[str, ...] = (".md",)

    def read(self, path: Path, codebook: Codebook, annotator: str) -> Iterator[Entry | Failure]:
        """Yield the one article of the file."""
        text = read_text(path)
        heading = re.search(r"^# +(.+?)(?: +#+)? *$", text, re.MULTILINE)
        title = heading[1] if heading and len(heading[1]) <= MAX_TITLE else title_of(text)
        yield _entry(path, text, title)


def _entry(path: Path, text: str, title: str) -> Entry:
    name = readable(path.name)
    return Entry(
        Article(
            new_id(),
            text,
            sha256(text.encode()).hexdigest(),
            title or name.removesuffix(path.suffix),
            source_file=name,
            imported_at=now(),
        )
    )
