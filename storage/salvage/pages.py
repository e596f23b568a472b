"""The pages of a database file, however damaged, with those of its write-ahead log.

After https://sqlite.org/fileformat2.html; nothing here asks SQLite, which refuses the whole
file for one wrong page. All numbers in the file are big-endian.
"""

import os
import struct
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from annotation.counting import counted
from storage.salvage.sealed import AT_ONCE, USABLE, Opener

USUAL_SIZE = 4096
SIZES = frozenset(1 << bits for bits in range(9, 17))
LOG_MAGIC = 0x377F0682
FRAME = 24
"""Bytes before the page in a frame of the log."""
KEPT = 512
"""How many groups of decrypted pages are kept at hand: 64 MB."""


class Pages:
    """Pages by number, from 1; a page that is not there, or not whole, is filled up with zeros.

    Those of an encrypted file come from an `opener`; one that is not as it was written is
    all zeros, and counted in `unsealed`.
    """

    def __init__(self, path: Path, opener: Opener | None = None) -> None:
        self._file = path.open("rb")
        self._opener = opener
        self.unsealed: set[int] = set()
        self._group = lru_cache(KEPT)(self._opened)
        if opener is None:
            self._begin(path, self._file.read(100).ljust(100, b"\0"))
        else:
            self.size = USUAL_SIZE
            self._log = _Log(Path(f"{path}-wal"), self.size)
            self.count = max(self._length(), self._log.count)
            self._begin(path, self[1][:100])
            self.usable = USABLE

    def _begin(self, path: Path, head: bytes) -> None:
        size = int.from_bytes(head[16:18])
        size = max(SIZES) if size == 1 else size
        sound = head.startswith(b"SQLite format 3\0") and size in SIZES
        self.size = size if sound else USUAL_SIZE
        self.usable = self.size - (head[20] if sound and head[20] <= 32 else 0)
        self.count = self._length()
        self.complaints = [] if sound else ["The head of the file is damaged."]
        promised = int.from_bytes(head[28:32])
        if self._opener is None:
            self._log = _Log(Path(f"{path}-wal"), self.size)
        self.count = max(self.count, self._log.count)
        if sound and promised > self.count:
            self.complaints.append(
                f"The file ends early: {self.count:,} of {counted(promised, 'page')}."
            )

    def __getitem__(self, number: int) -> bytes:
        if self._opener is None:
            return self._raw(number).ljust(self.size, b"\0")
        group, place = divmod(number - 1, AT_ONCE)
        return self._group(group)[place]

    def __contains__(self, number: int) -> bool:
        return 1 <= number <= self.count

    def free(self) -> set[int]:
        """Return the pages that the file says are not in use, as far as that list can be read."""
        head = self[1]
        trunk = int.from_bytes(head[32:36])
        found: set[int] = set()
        while trunk in self and trunk not in found:
            found.add(trunk)
            page = self[trunk]
            trunk, leaves = struct.unpack_from(">II", page)
            if leaves <= self.usable // 4 - 2:
                found.update(struct.unpack_from(f">{leaves}I", page, 8))
        return found

    def _length(self) -> int:
        return -(-os.fstat(self._file.fileno()).st_size // self.size)

    def _raw(self, number: int) -> bytes:
        found = self._log.page(number)
        if found is None:
            self._file.seek((number - 1) * self.size)
            found = self._file.read(self.size)
        return found

    def _opened(self, group: int) -> list[bytes]:
        """Return a group of pages that are next to each other, decrypted."""
        assert self._opener is not None
        first = group * AT_ONCE + 1
        raw = [(number, self._raw(number)) for number in range(first, first + AT_ONCE)]
        found = self._opener.opened(raw)
        for (number, page), clear in zip(raw, found, strict=True):
            if clear is None and any(page):
                self.unsealed.add(number)
        return [(clear or b"").ljust(self.size, b"\0") for clear in found]

    def close(self) -> None:
        """Close the files."""
        self._file.close()
        self._log.close()


class _Log:
    """The pages of a write-ahead log that belong to finished transactions."""

    def __init__(self, path: Path, size: int) -> None:
        self.count = 0
        self._size = size
        self._places: dict[int, int] = {}
        self._file = path.open("rb") if path.is_file() else None
        pending: dict[int, int] = {}
        for number, place, committed in self._frames():
            pending[number] = place
            if committed:
                self._places.update(pending)
                pending.clear()
                self.count = committed

    def page(self, number: int) -> bytes | None:
        """Return a page as the log has it, or None."""
        if self._file is None or number not in self._places:
            return None
        self._file.seek(self._places[number])
        return self._file.read(self._size)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def _frames(self) -> Iterator[tuple[int, int, int]]:
        """Yield (page, place, pages of the file where a transaction ends) while all is sound."""
        head = self._file.read(32) if self._file else b""
        if self._file is None or len(head) < 32:
            return
        magic, _, size, _, *salts = struct.unpack_from(">6I", head)
        if magic & ~1 != LOG_MAGIC or size != self._size:
            return
        order = ">" if magic & 1 else "<"
        sums = _sums(order, head[:24], (0, 0))
        while len(frame := self._file.read(FRAME + self._size)) == FRAME + self._size:
            number, committed, *rest = struct.unpack_from(">6I", frame)
            sums = _sums(order, frame[FRAME:], _sums(order, frame[:8], sums))
            if rest != [*salts, *sums]:
                return
            yield number, self._file.tell() - self._size, committed


def _sums(order: str, data: bytes, start: tuple[int, int]) -> tuple[int, int]:
    """Return the check sums of the log's format after more bytes."""
    first, second = start
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
