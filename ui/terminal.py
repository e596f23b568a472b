"""What goes to the terminal: one line a sentence, whatever texts and names hold."""

import json
import os
import sys

JOINERS = "\u200c\u200d"
"""Invisible, and yet part of words and emoji."""


def prepare() -> None:
    """Have letters that the terminal's encoding lacks written as escapes, never as errors."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def show(sentence: str) -> None:
    """Print a line; where nobody reads any more (`| head`), the work goes on in silence."""
    try:
        print(printable(sentence), flush=True)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # until the end


def show_json(value: object) -> None:
    """Print a value as JSON."""
    for line in json.dumps(value, ensure_ascii=False, indent=2).splitlines():
        show(line)


def complain(sentence: str) -> None:
    """Print a sentence on standard error; a list of problems stays a list."""
    for number, line in enumerate(sentence.splitlines()):
        print(printable(line if number else f"pressmark: {line}"), file=sys.stderr)


def printable(text: str) -> str:
    """Return a text without what would break the line, colour it or turn it round.

    Those are the characters that Unicode counts as controls or formats (titles and file
    names come from strangers), joiners excepted.
    """
    return "".join(c if c.isprintable() or c in JOINERS else " " for c in text)
