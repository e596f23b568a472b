"""The pages of an encrypted file one by one: whether each is as it was written, and what it says.

Each page ends with an initialisation vector and an HMAC over its content and its number
(https://www.zetetic.net/sqlcipher/design/). The HMAC is held against the page here; the
decrypting is SQLCipher's own. It opens whole files only, so the pages are lent to a small
sound one of the same key, as overflow pages of its rows, of which it reads all bytes but the
first four. Nothing of that is ever on the disk in clear.
"""

import hmac
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from hashlib import pbkdf2_hmac
from pathlib import Path

from storage.keys import LENGTH, MAGIC, PAGE, SALT, Key

IV, HMAC = 16, 64
USABLE = PAGE - IV - HMAC
"""Bytes of a page that SQLite uses."""

LEAF = 8
"""Rows on a page of the carrier; each has one overflow page."""

TREES = 8
AT_ONCE = LEAF * TREES // 2
"""How many pages are read in one go; each is lent twice, the second time for its first bytes."""

ROW = (USABLE - 12) * 32 // 255 - 23 + USABLE - 4 - 4
"""Bytes of a blob that fills its overflow page (https://sqlite.org/fileformat2.html#cellformat)."""

SHOWN = USABLE - 4
"""Bytes of an overflow page that are the row's; the first four are the number of the next."""


class Seal:
    """The HMAC of pages under one key."""

    def __init__(self, key: Key) -> None:
        salt = bytes(byte ^ 0x3A for byte in key.salt)
        self._secret = pbkdf2_hmac("sha512", key.secret, salt, 2, LENGTH)

    def of(self, number: int, content: bytes) -> bytes:
        """Return the HMAC of a page's content and initialisation vector."""
        start = SALT if number == 1 else 0
        return hmac.digest(self._secret, content[start:] + number.to_bytes(4, "little"), "sha512")

    def holds(self, number: int, page: bytes) -> bool:
        """Tell whether a page is as it was written with this key, and where it was."""
        return len(page) == PAGE and hmac.compare_digest(
            self.of(number, page[:-HMAC]), page[-HMAC:]
        )


class Opener:
    """Decrypts single pages, through a file in a folder that the caller removes."""

    def __init__(self, key: Key, folder: Path) -> None:
        self._key = key
        self._seal = Seal(key)
        self._path = folder / "carrier"
        self._carrier = self._made()

    def opened(self, pages: Sequence[tuple[int, bytes]]) -> list[bytes | None]:
        """Return what so many numbered pages say, in clear; None for each that is not sound."""
        sound = [self._seal.holds(number, page) for number, page in pages]
        lent = [page for page, is_sound in zip(pages, sound, strict=True) if is_sound]
        clear = iter(self._read(lent) if lent else ())
        return [next(clear) if is_sound else None for is_sound in sound]

    def _read(self, pages: Sequence[tuple[int, bytes]]) -> list[bytes]:
        for place, (number, page) in enumerate(pages):
            begin = SALT if number == 1 else 0
            iv = page[USABLE : USABLE + IV]
            # Moved by a block, the vector stands before the first block, as the decrypting has it.
            moved = iv + page[begin : USABLE - IV + begin]
            self._lend(2 * place, moved + bytes(IV))
            self._lend(2 * place + 1, page[: USABLE + IV])
        self._path.write_bytes(self._carrier)
        with closing(self._connected("immutable=1")) as carrier:
            sql = " UNION ALL ".join(
                f"SELECT {tree} AS tree, id, substr(b, {ROW - SHOWN + 1}) AS b FROM t{tree}"
                for tree in range(TREES)
            )
            shown = [bytes(row[2]) for row in carrier.execute(f"{sql} ORDER BY tree, id")]
        skipped = IV - 4
        return [
            MAGIC + shown[2 * place][skipped:]
            if number == 1
            else shown[2 * place][skipped : skipped + 4] + shown[2 * place + 1]
            for place, (number, _) in enumerate(pages)
        ]

    def _lend(self, place: int, content: bytes) -> None:
        """Put content with its vector in the place of an overflow page."""
        number = 2 + TREES + place
        start = (number - 1) * PAGE
        self._carrier[start : start + PAGE] = content + self._seal.of(number, content)

    def _made(self) -> bytearray:
        """Make the carrier: trees of one page each, then the overflow pages in order."""
        self._path.touch(0o600)
        with closing(self._connected("mode=rw")) as carrier:
            carrier.execute("PRAGMA auto_vacuum = NONE")
            carrier.execute("PRAGMA journal_mode = MEMORY")
            carrier.execute("BEGIN")
            for tree in range(TREES):
                carrier.execute(f"CREATE TABLE t{tree} (id INTEGER PRIMARY KEY, b BLOB)")
            for tree in range(TREES):
                carrier.executemany(
                    f"INSERT INTO t{tree} VALUES (?, zeroblob({ROW}))",
                    [(n,) for n in range(LEAF)],
                )
            carrier.execute("COMMIT")
        return bytearray(self._path.read_bytes())

    def _connected(self, mode: str) -> sqlite3.Connection:
        from storage import cipher

        connection = cipher.connect(f"{self._path.absolute().as_uri()}?{mode}", self._key)
        connection.isolation_level = None
        return connection


def fits(path: Path, key: Key) -> bool:
    """Tell whether any page of a file was written with this key."""
    seal = Seal(key)
    with path.open("rb") as file:
        number = 0
        while page := file.read(PAGE):
            number += 1
            if seal.holds(number, page):
                return True
    return False
