"""The formats that articles are imported from; a new one is a reader and its place below."""

from pathlib import Path

from annotation.readers.jsonl import PressmarkJsonl
from annotation.readers.plain import Markdown, PlainText
from annotation.readers.reader import Failure, Reader

__all__ = ["READERS", "Failure", "Reader", "known_extensions", "reader_for"]

READERS: tuple[Reader, ...] = (PlainText(), Markdown(), PressmarkJsonl())

_BY_EXTENSION = {extension: reader for reader in READERS for extension in reader.extensions}


def reader_for(path: Path) -> Reader | None:
    """Return the reader for the ending of a file's name, or None where there is none."""
    return _BY_EXTENSION.get(path.suffix.lower())


def known_extensions() -> str:
    """Return the endings that can be read, as a sentence lists them."""
    return ", ".join(_BY_EXTENSION)
