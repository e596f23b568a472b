"""Identifiers and times, made on the laptop without asking a server."""

import os
import time

_last_ms = 0
_counter = 0
_second = (-1, "")
"""The second that `now` told last, and its text: many records are made in one."""


def new_id() -> str:
    """Return a UUID version 7 (RFC 9562 section 5.7) as 36 characters of text.

    Ids of one process sort in the order they were made: the 12 bits after the
    milliseconds are a counter (section 6.2, method 1), the other 62 are random.
    """
    global _last_ms, _counter
    now = time.time_ns() // 1_000_000
    if now > _last_ms:
        _last_ms, _counter = now, 0
    elif _counter < 0xFFF:
        _counter += 1
    else:
        _last_ms, _counter = _last_ms + 1, 0
    head = f"{_last_ms:012x}"
    tail = f"{int.from_bytes(os.urandom(8)) & (1 << 62) - 1 | 2 << 62:016x}"
    return f"{head[:8]}-{head[8:]}-7{_counter:03x}-{tail[:4]}-{tail[4:]}"


def derived_id(*parts: str) -> str:
    """Return the UUID version 8 (RFC 9562 section 5.8) that stands for these words.

    The same words give the same id, so a file with ids of its own ("C1") can be
    read twice, on two laptops, and means the same records.
    """
    from hashlib import sha256

    digest = sha256("\0".join(parts).encode()).digest()
    number = int.from_bytes(digest[:16])
    number = number & ~(0xF << 76) | 8 << 76
    number = number & ~(0x3 << 62) | 2 << 62
    return _text(number)


def is_id(text: str) -> bool:
    """Tell whether the text is a UUID in the spelling used here (lower case, hyphens)."""
    groups = text.split("-")
    return [len(group) for group in groups] == [8, 4, 4, 4, 12] and all(
        character in "0123456789abcdef" for group in groups for character in group
    )


def now() -> str:
    """Return the time as ISO 8601 in UTC, to the millisecond: `2026-03-14T09:26:53.589Z`."""
    global _second
    seconds, nanoseconds = divmod(time.time_ns(), 1_000_000_000)
    second, whole = _second
    if second != seconds:
        whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
        _second = (seconds, whole)
    return f"{whole}.{nanoseconds // 1_000_000:03}Z"


def _text(number: int) -> str:
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
