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
    """Markdown with all its marks kept in the text; only the title goes without those of a heading.

    That is the first heading of the first level, else the first line.
    """

    name: str = "markdown"
    title: str = "Markdown"
    extensions: tuple[str, ...] = (".md",)

    def read(self, path: Path, codebook: Codebook, annotator: str) -> Iterator[Entry | Failure]:
        """Yield the one article of the file."""
        text = read_text(path)
        yield _entry(path, text, _markdown_title(text))


_FENCE = re.compile(r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1[`~]* *$|\Z)", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)


def _markdown_title(text: str) -> str:
    """Return the first heading of the first level, else the first line; without marks.

    Headings are those of CommonMark 0.31, 4.2; a fenced block of code has none.
    """
    if "#" in text:
        for marks, words in _HEADING.findall(_FENCE.sub("", text)):
            if marks == "#" and 0 < len(words) <= MAX_TITLE:
                return str(words)
    line = title_of(text)
    heading = _HEADING.fullmatch(line)
    return heading[2] if heading else line


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
