"""What a check is, and what most of them ask."""

import subprocess
from collections.abc import Callable

Check = tuple[str, Callable[[], str]]
"""The name of a check, and what carries it out: returns what was seen, or raises `SystemExit`."""

Ended = subprocess.CompletedProcess[str]


def expect(true: bool, otherwise: str) -> None:
    """Fail a check with a reason where something is not as it should be."""
    if not true:
        raise SystemExit(otherwise)


def said(ended: Ended) -> str:
    """Return the last lines that a program has said."""
    lines = (ended.stdout + ended.stderr).strip().splitlines()
    return " / ".join(lines[-3:])


def went_well(ended: Ended) -> str:
    """Return the last line of a program that ended with 0; fail on any other end."""
    expect(ended.returncode == 0, f"ended with {ended.returncode}: {said(ended)}")
    return (ended.stdout.strip().splitlines() or [""])[-1]


def refused(ended: Ended, *words: str) -> str:
    """Return the sentence of a program that ended with 1; fail where these words lack in it."""
    expect("Traceback" not in ended.stderr, f"a traceback: {said(ended)}")
    expect(ended.returncode == 1, f"ended with {ended.returncode}: {said(ended)}")
    sentence = ended.stderr.strip()
    for word in words:
        expect(word in sentence, f"“{word}” is not in: {sentence}")
    return sentence
