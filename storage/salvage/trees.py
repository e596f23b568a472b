"""Rows out of single pages: each page is read for what it is, and a wrong one costs only itself."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from storage.salvage.pages import Pages

INNER_INDEX, INNER_TABLE, INDEX_LEAF, TABLE_LEAF = 2, 5, 10, 13
KINDS = (INNER_INDEX, INNER_TABLE, INDEX_LEAF, TABLE_LEAF)
FIXED = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}
"""Bytes of each serial type that is no text and no blob."""

Value = int | float | str | bytes | None


class Damaged(Exception):
    """Bytes that are not what they should be."""


class Row(NamedTuple):
    """One row: its number (0 in a table without them) and its values."""

    number: int
    values: tuple[Value, ...]


@dataclass
class Found:
    """What one walk through a tree has found; `lost` counts pages and rows that were wrong."""

    rows: list[Row] = field(default_factory=list)
    lost: int = 0


class Trees:
    """Reads trees, and remembers which pages belong to one."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self.seen: set[int] = set()

    def walk(self, root: int) -> Iterator[Found]:
        """Yield what each page of a tree holds, from left to right."""
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number not in self._pages or number in self.seen:
                yield Found(lost=1)
                continue
            self.seen.add(number)
            try:
                found, children = self._page(number)
            except Damaged:
                yield Found(lost=1)
                continue
            waiting += reversed(children)
            yield found

    def leaf(self, number: int) -> tuple[int, Found]:
        """Return the kind of a page that no tree leads to, and its rows if it is a leaf."""
        try:
            kind = self._header(number)[0]
            return (kind, self._page(number)[0]) if kind >= INDEX_LEAF else (kind, Found())
        except Damaged:
            return 0, Found()

    def _header(self, number: int) -> tuple[int, int, int, bytes]:
        """Return kind, count of cells, where the list of cells begins, and the page."""
        page = self._pages[number]
        start = 100 if number == 1 else 0
        kind = page[start]
        if kind not in KINDS:
            raise Damaged(f"page {number} is none of a tree")
        cells = int.from_bytes(page[start + 3 : start + 5])
        first = start + (12 if kind in (INNER_INDEX, INNER_TABLE) else 8)
        if first + 2 * cells > self._pages.usable:
            raise Damaged(f"page {number} has too many cells")
        return kind, cells, first, page

    def _page(self, number: int) -> tuple[Found, list[int]]:
        kind, cells, first, page = self._header(number)
        found, children = Found(), []
        for place in struct.unpack_from(f">{cells}H", page, first):
            try:
                if place < first + 2 * cells or place > self._pages.usable - 4:
                    raise Damaged("a cell that is not there")
                if kind in (INNER_INDEX, INNER_TABLE):
                    children.append(int.from_bytes(page[place : place + 4]))
                    place += 4
                if kind != INNER_TABLE:
                    found.rows.append(self._row(page, place, kind))
            except (Damaged, struct.error, IndexError):
                found.lost += 1
        if kind in (INNER_INDEX, INNER_TABLE):
            children.append(int.from_bytes(page[first - 4 : first]))
        return found, children

    def _row(self, page: bytes, place: int, kind: int) -> Row:
        length, place = varint(page, place)
        number = 0
        if kind == TABLE_LEAF:
            number, place = varint(page, place)
            number -= (number >> 63) << 64
        if length > self._pages.count * self._pages.size:
            raise Damaged("a row longer than the file")
        local = self._local(length, kind)
        payload = page[place : place + local]
        if place + local > self._pages.usable:
            raise Damaged("a row beyond its page")
        if local < length:
            payload += self._overflow(
                int.from_bytes(page[place + local : place + local + 4]), length - local
            )
        return Row(number, values(payload))

    def _local(self, length: int, kind: int) -> int:
        """Return how many bytes of a row are on its own page."""
        usable = self._pages.usable
        most = usable - 35 if kind == TABLE_LEAF else (usable - 12) * 64 // 255 - 23
        if length <= most:
            return length
        least = (usable - 12) * 32 // 255 - 23
        fitting = least + (length - least) % (usable - 4)
        return fitting if fitting <= most else least

    def _overflow(self, number: int, length: int) -> bytes:
        parts, chain = [], []
        while length > 0:
            if number not in self._pages or number in self.seen or number in chain:
                raise Damaged("a row whose rest is not there")
            chain.append(number)
            page = self._pages[number]
            parts.append(page[4 : 4 + min(length, self._pages.usable - 4)])
            length -= len(parts[-1])
            number = int.from_bytes(page[:4])
        self.seen.update(chain)
        return b"".join(parts)


def varint(data: bytes, place: int) -> tuple[int, int]:
    """Return the number of one to nine bytes at a place, and the place after it."""
    number = 0
    for at in range(place, place + 8):
        byte = data[at]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + 1
    return number << 8 | data[place + 8], place + 9


def values(payload: bytes) -> tuple[Value, ...]:
    """Return the values of a record; `Damaged` where it is not whole to the byte."""
    if not payload:
        raise Damaged("an empty row")
    end, place = varint(payload, 0)
    if end > len(payload):
        raise Damaged("a row without values")
    types = []
    while place < end:
        kind, place = varint(payload, place)
        types.append(kind)
    if place != end:
        raise Damaged("a row with half a header")
    found: list[Value] = []
    for kind in types:
        size = FIXED.get(kind, (kind - 12) // 2)
        if kind in (10, 11) or place + size > len(payload):
            raise Damaged("a value beyond its row")
        found.append(_value(kind, payload[place : place + size]))
        place += size
    if place != len(payload):
        raise Damaged("a row that is too long")
    return tuple(found)


def _value(kind: int, data: bytes) -> Value:
    if kind == 0:
        return None
    if kind <= 6:
        return int.from_bytes(data, signed=True)
    if kind == 7:
        return float(struct.unpack(">d", data)[0])
    if kind <= 9:
        return kind - 8
    return data.decode("utf-8", "replace") if kind % 2 else data
