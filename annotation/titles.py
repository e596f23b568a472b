"""What articles and files are called, and titles within a sentence."""

import os
from pathlib import Path

MAX_TITLE = 120
"""The longest line, in code points, that is taken for a title."""


def title_of(text: str) -> str:
    """Return the first line that is not blank, or nothing where it is too long for a title."""
    start = len(text) - len(text.lstrip())
    line = text[start : start + MAX_TITLE + 1].partition("\n")[0].rstrip()
    return line if len(line) <= MAX_TITLE else ""


def readable(path: Path | str) -> str:
    """Return a path as text; bytes of its name that are no UTF-8 become replacement marks."""
    return os.fsencode(path).decode("utf-8", "replace")


def with_article(title: str) -> str:
    """Return the title of a label with "a" or "an", as a sentence wants it."""
    return f"{'an' if title[:1].upper() in tuple('AEIOU') else 'a'} {title}"
