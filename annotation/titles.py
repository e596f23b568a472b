"""What articles and files are called, titles within a sentence, and titles as sentences."""

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


DONE = {
    "Accept": "Accepted",
    "Add": "Added",
    "Change": "Changed",
    "Complete": "Completed",
    "Delete": "Deleted",
    "Fill": "Filled",
    "Go": "Went",
    "Link": "Linked",
    "Merge": "Merged",
    "Move": "Moved",
    "Note": "Wrote a note",
    "Reject": "Rejected",
    "Relabel": "Relabelled",
    "Remove": "Removed",
    "Rename": "Renamed",
    "Reopen": "Reopened",
    "Split": "Split",
    "Tag": "Tagged",
    "Take": "Took",
    "Unlink": "Unlinked",
}
"""The verbs with which titles of changes begin, as what has been done."""


def done(title: str) -> str:
    """Return the title of a change as a sentence about what was done: "Tagged Claim “a b”."."""
    verb, blank, rest = title.partition(" ")
    return stopped(f"{DONE.get(verb, verb)}{blank}{rest}")


def stopped(sentence: str) -> str:
    """Return a sentence with a full stop, unless it ends with a mark already."""
    return sentence if not sentence or sentence[-1] in ".!?…" else f"{sentence}."
