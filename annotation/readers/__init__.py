"""The formats that articles are imported from; a new one is a reader and its place below."""

from pathlib import Path

from annotation.readers.jsonl import PressmarkJsonl
from annotation.readers.plain import Markdown, PlainText
from annotation.readers.reader import Failure, Reader

__all__ = ["READERS", "Failure", "Reader", "known_extensions", "reader_for"]

READERS: tuple[Reader, ...] = (PlainText(), Markdown(), PressmarkJsonl())


def reader_for(path: Path) -> Reader | None:
    """Return the reader for the ending of a file's name, or None where there is none."""
    extension = path.suffix.lower()
    return next((reader for reader in READERS if extension in reader.extensions), None)


def known_extensions() -> str:
    """Return the endings that can be read, as a sentence lists them."""
    return ", ".join(extension for reader in READERS for extension in reader.extensions)
