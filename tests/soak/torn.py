"""What a disk may hold after the power went: made from the log of `faulty_disk.c`.

The model: what was flushed (fsync, fdatasync) is there. Of what was written to a file
since, any sectors of 512 bytes may be there or not, in any order; its length may be the old or
the new one. Of what was made, renamed or deleted in a folder since that was flushed,
any first part may have happened (file systems with a journal keep that order); a file that was
flushed is there under its name, and so is what came before it. A sector is written whole
or not at all.
"""

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
HEAD = struct.Struct("<c3xIQQ")


@dataclass(frozen=True)
class Call:
    """A call that writes: kind, path, offset or length, and data (of a rename the new path)."""

    kind: str
    path: str
    offset: int
    data: bytes


def read_log(path: Path) -> Iterator[Call]:
    """Yield the calls in their order."""
    with path.open("rb") as file:
        while head := file.read(HEAD.size):
            kind, name, length, offset = HEAD.unpack(head)
            letter = kind.decode()
            place = file.read(name).decode()
            yield Call(letter, place, offset, file.read(length) if letter in "WRA" else b"")


@dataclass
class Inode:
    """A file's bytes: as flushed, and what was done to them since."""

    flushed: bytes = b""
    since: list[Call] = field(default_factory=list)

    def after(self, chance: random.Random, share: float) -> bytes:
        """Return what may be there: of the sectors written since, about this share."""
        content = bytearray(self.flushed)
        for call in self.since:
            if call.kind == "T":
                if chance.random() < share:
                    _cut(content, call.offset)
                continue
            for start in range(0, len(call.data), SECTOR):
                if chance.random() < share:
                    piece = call.data[start : start + SECTOR]
                    _put(content, call.offset + start, piece)
        return bytes(content)

    def flush(self) -> None:
        self.flushed = self.after(random.Random(), 1.0)
        self.since.clear()


class Medium:
    """A disk with the files that were on it, to which calls are made."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._names = {path: Inode(content) for path, content in files.items()}
        self._flushed = dict(self._names)
        self._since: list[tuple[Call, Inode]] = []

    def take(self, call: Call) -> None:
        """Do what a call does."""
        inode = self._names.get(call.path)
        if call.kind in "WT" and inode:
            inode.since.append(call)
        elif call.kind == "S" and inode:
            inode.flush()
            self._flush_names(inode)
        elif call.kind == "S":  # a folder
            self._flush_names(None)
        elif call.kind in "CUR":
            step = (call, inode or Inode())
            self._since.append(step)
            _rename(self._names, *step)

    def _flush_names(self, inode: Inode | None) -> None:
        """Flush what was done to names until a file got its own, or with None everything."""
        last = len(self._since) if inode is None else 0
        for number, (call, other) in enumerate(self._since, 1):
            if call.kind in "CR" and other is inode:
                last = number
        for step in self._since[:last]:
            _rename(self._flushed, *step)
        del self._since[:last]

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Return the files as they may be when the power comes back."""
        names = dict(self._flushed)
        for step in self._since[: chance.randint(0, len(self._since))]:
            _rename(names, *step)
        share = chance.choice((0.0, 0.5, 0.9, 1.0, 1.0))
        return {
            path: inode.after(chance, chance.choice((share, 1.0)))
            for path, inode in names.items()
            if not path.endswith("-shm")  # the index of the log, which never outlives its users
        }


def _rename(names: dict[str, Inode], call: Call, inode: Inode) -> None:
    if call.kind == "C":
        names[call.path] = inode
    elif names.get(call.path) is inode:
        del names[call.path]
        if call.kind == "R":
            names[call.data.decode()] = inode


def _put(content: bytearray, offset: int, piece: bytes) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(piece)] = piece


def _cut(content: bytearray, length: int) -> None:
    del content[length:]
    content.extend(bytes(length - len(content)))
