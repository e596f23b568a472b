"""How large the results may be, in millions of bytes."""

from collections.abc import Iterator
from pathlib import Path

from resources.packaging.checking.check import Check, expect
from resources.packaging.tree import size_of

MB = 1_000_000
FOLDER = 250
PACKAGE = 78


def checks(dist: Path, package: Path) -> Iterator[Check]:
    """Yield these checks."""
    yield "size of the folder", lambda: _within(size_of(dist / "pressmark"), FOLDER)
    yield "size of the .deb", lambda: _within(package.stat().st_size, PACKAGE)


def _within(size: int, limit: int) -> str:
    words = f"{size / MB:.1f} MB of {limit} MB"
    expect(size <= limit * MB, words)
    return words
