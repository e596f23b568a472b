"""Pressmark JSONL files: one article with its annotations a line; `docs/jsonl.md`."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from annotation.codebook import Codebook
from annotation.errors import ProjectError
from annotation.ids import now
from annotation.jsonl import entry_from_dict
from annotation.readers.decode import read_bytes
from annotation.readers.reader import Failure
from annotation.readers.reopening import reopened, unsought_layers
from annotation.store import Entry
from annotation.titles import readable

MAX_LINE = 256_000_000
"""The longest line, in bytes: the largest text with more annotations than anybody makes."""


@dataclass(frozen=True)
class PressmarkJsonl:
    """`pressmark/1`: an article a line in `.jsonl`, or one object in `.json`."""

    name: str = "jsonl"
    title: str = "Pressmark JSONL"
    extensions: tuple[str, ...] = (".jsonl", ".json")

    def read(self, path: Path, codebook: Codebook, annotator: str) -> Iterator[Entry | Failure]:
        """Yield each article of the file, or why it is refused; one line at a time."""
        at, fewer = now(), unsought_layers(path, codebook)
        if path.suffix.lower() == ".json":
            data = read_bytes(path, MAX_LINE)
            if not data.strip():
                raise ProjectError("The file is empty.")
            entry = entry_from_dict(_parsed(data), codebook, annotator, at)
            yield reopened(_named(path, entry), fewer)
            return
        empty = True
        for number, line in _lines(path):
            empty = False
            try:
                if len(line) > MAX_LINE:
                    raise ProjectError(f"It is longer than {MAX_LINE // 1_000_000} MB.")
                entry = entry_from_dict(_parsed(line), codebook, annotator, at)
                yield reopened(_named(path, entry), fewer)
            except ProjectError as error:
                yield Failure(path, f"Line {number}: {error}")
        if empty:
            raise ProjectError("The file is empty.")


def _named(path: Path, entry: Entry) -> Entry:
    if entry.article.source_file:
        return entry
    return replace(entry, article=replace(entry.article, source_file=readable(path.name)))


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the bytes of each line that is not blank; a mark at the start goes."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(_bounded(file), 1):
                content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                if content.strip():
                    yield number, content
    except OSError as error:
        raise ProjectError(f"The file cannot be read: {error.strerror}.") from error


def _bounded(file: BinaryIO) -> Iterator[bytes]:
    """Yield lines; of one that is too long only so much that its length can be told."""
    while line := file.readline(MAX_LINE + 1):
        rest = line
        while not rest.endswith(b"\n") and (rest := file.readline(1 << 20)):
            pass
        yield line


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise ProjectError("It is not UTF-8.") from None
    except json.JSONDecodeError as error:
        raise ProjectError(
            f"It is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        ) from None
    except RecursionError:
        raise ProjectError("It is not an article: its values are nested too deeply.") from None
    except ValueError as error:
        raise ProjectError(f"It is not JSON: {error}.") from None


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a number there")
