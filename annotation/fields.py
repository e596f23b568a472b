"""Typed fields out of untrusted data: what JSON or TOML holds before anybody has looked at it."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar, cast

from annotation.errors import ProjectError

Named = TypeVar("Named", bound=str)
Item = TypeVar("Item")

_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)


class Fields:
    """An object of an untrusted file; each method returns one field in its type or refuses it.

    A refusal is a `ProjectError` that names the field, as in "span.fragments[0]: …".
    """

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, dict):
            raise ProjectError(f"{where}: expected an object, not {shown(data)}.")
        self.data: Mapping[str, object] = data
        self.where = where

    def __contains__(self, name: str) -> bool:
        return name in self.data

    def refuse(self, name: str, expected: str) -> ProjectError:
        """Return the refusal of a field, saying what was expected there."""
        if name not in self.data:
            return ProjectError(f"{self.where}: {name} is missing.")
        return ProjectError(
            f"{self.where}.{name}: expected {expected}, not {shown(self.data[name])}."
        )

    def only(self, known: Collection[str]) -> None:
        """Refuse fields that nobody knows: a misspelt name would lose what it holds."""
        for name in self.data:
            if name not in known:
                raise ProjectError(
                    f"{self.where}: nothing is known by the name {shown(name)}. "
                    f"Known are: {', '.join(sorted(known))}."
                )

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text that can be written as UTF-8."""
        value = self.data.get(name, default)
        if not isinstance(value, str):
            raise self.refuse(name, "text")
        if not value.isascii() and has_surrogate(value):
            raise self.refuse(name, "text without half characters (lone surrogates)")
        return value

    def time(self, name: str, default: str | None = None) -> str:
        """Return a time in UTC as ISO 8601 has it; one of another zone is converted.

        An empty one counts as left out.
        """
        value = self.text(name, default)
        if not value and default is not None:
            return default
        time = utc_time(value)
        if time is None:
            raise self.refuse(name, "a time in ISO 8601, such as 2026-03-14T09:26:53Z")
        return time

    def one_of(self, name: str, choices: Sequence[Named], default: Named | None = None) -> Named:
        """Return one of these words."""
        value = self.data.get(name, default)
        if not isinstance(value, str) or value not in choices:
            raise self.refuse(name, f"one of {', '.join(choices)}")
        return cast(Named, value)

    def integer(self, name: str, least: int = 0, default: int | None = None) -> int:
        """Return a whole number that is not smaller than `least` and fits in 63 bits."""
        value = self.data.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value < 1 << 63:
            raise self.refuse(name, f"a whole number from {least}")
        return value

    def flag(self, name: str, default: bool | None = None) -> bool:
        """Return true or false."""
        value = self.data.get(name, default)
        if not isinstance(value, bool):
            raise self.refuse(name, "true or false")
        return value

    def items(self, name: str, default: Sequence[object] | None = None) -> Sequence[object]:
        """Return a list, whatever it holds."""
        value = self.data.get(name, default)
        if not isinstance(value, list | tuple):
            raise self.refuse(name, "a list")
        return value

    def texts(self, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self.items(name, default)
        for value in values:
            if not isinstance(value, str) or has_surrogate(value):
                raise self.refuse(name, "a list of texts")
        return cast(tuple[str, ...], tuple(values))

    def each(self, name: str, read: "Callable[[Fields], Item]") -> tuple[Item, ...]:
        """Read a list of objects, which may be missing, each by the same function."""
        where = f"{self.where}.{name}"
        return tuple(
            read(Fields(item, f"{where}[{number}]"))
            for number, item in enumerate(self.items(name, ()))
        )


def utc_time(text: str) -> str | None:
    """Return a time of ISO 8601 in UTC, as it is where it ends in Z; None if it is no time."""
    from datetime import UTC, datetime

    if not _TIME.fullmatch(text):
        return None
    try:
        time = datetime.fromisoformat(text)
        if text.endswith("Z"):
            return text
        return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return None


def has_surrogate(text: str) -> bool:
    """Tell whether the text holds half of a UTF-16 pair, which UTF-8 and SQLite cannot hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def shown(value: object, length: int = 60) -> str:
    """Return how an untrusted value is shown in a message: as in Python, on one line, short."""
    text = ascii(value) if isinstance(value, str) and has_surrogate(value) else repr(value)
    return text if len(text) <= length else f"{text[: length - 1]}…"
