"""One thing that is shipped, with its licence; and what stops a build."""

from collections.abc import Iterable
from typing import NamedTuple


class BuildError(Exception):
    """A build cannot go on; the message says why, and what is to be done."""


class Component(NamedTuple):
    """Something that is shipped: `licence` is SPDX (or Debian's name), `purl` a package URL.

    `kind` is what CycloneDX calls it.
    """

    name: str
    version: str
    licence: str
    purl: str
    text: str
    kind: str = "library"


def joined(texts: Iterable[str], source: str = "") -> str:
    """Return texts of licences as one, after where the source code is; nothing without texts."""
    found = [text.strip() for text in texts if text.strip()]
    first = [f"Source code: {source}"] if source and found else []
    return "\n\n\n".join(first + found) + "\n" if found else ""
