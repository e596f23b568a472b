"""The tag of a label that was given none: one to four letters out of its name."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import count

from annotation.codebook import Label

LENGTH = 4
"""The most letters that a tag has on the canvas."""


def with_tags(labels: Iterable[Label]) -> tuple[Label, ...]:
    """Return labels with a tag for each; those that have one keep it."""
    given = tuple(labels)
    taken = {label.tag for label in given}
    found = []
    for label in given:
        tag = label.tag or short_tag(label.name, taken)
        taken.add(tag)
        found.append(label if label.tag else replace(label, tag=tag))
    return tuple(found)


def short_tag(name: str, taken: Collection[str]) -> str:
    """Return the first short form of a name that is not taken; nothing for an empty name."""
    return next((tag for tag in _forms(name) if tag not in taken), "")


def _forms(name: str) -> Iterator[str]:
    """Yield a short name itself, initials, its first letters, its consonants, then numbers."""
    words = "".join(c if c.isalnum() else " " for c in name).upper().split()
    letters = "".join(words)
    if not letters:
        return
    if len(letters) <= LENGTH:
        yield letters
    if len(words) > 1:
        yield "".join(word[0] for word in words)[:LENGTH]
    yield letters[:3]
    yield letters[:LENGTH]
    yield (letters[0] + "".join(c for c in letters[1:] if c not in "AEIOU"))[:LENGTH]
    for number in count(2):
        yield f"{letters[: max(LENGTH - len(str(number)), 1)]}{number}"
