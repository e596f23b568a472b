"""The keys of encrypted projects: made from passwords, kept in memory only, found by the file.

An encrypted file begins with 16 random bytes, its salt, and has no other mark. Password and
salt make the key, by the parameters of SQLCipher 4 (https://www.zetetic.net/sqlcipher/design/):
so any SQLCipher opens the file with the password. That takes a tenth of a second, on purpose;
here it is done once, and each connection is given the key itself.
"""

import os
import unicodedata
from pathlib import Path
from typing import NamedTuple

from annotation.errors import LockedError, ProjectError

MAGIC = b"SQLite format 3\0"
"""The first 16 bytes of a file that is not encrypted (https://sqlite.org/fileformat2.html)."""

ITERATIONS = 256_000
"""Rounds of PBKDF2-HMAC-SHA512, as in SQLCipher 4."""

SALT = 16
LENGTH = 32
PAGE = 4096
"""Bytes of a salt, of a key (AES-256), and of a page, of which an encrypted file has whole ones."""

DISTINCT = 250
"""Different bytes that a page has when it is noise; letters and SQLite's own pages have fewer."""

SAMPLES = 8
"""About how many pages of a file are looked at to tell."""


class Key(NamedTuple):
    """A key with the salt that it was made with; shows neither when it is printed."""

    secret: bytes
    salt: bytes

    def __repr__(self) -> str:
        return "Key(…)"

    def sql(self) -> str:
        """Return the key as SQLCipher takes it: a blob literal that needs no derivation."""
        return f"x'{self.secret.hex()}{self.salt.hex()}'"


_by_salt: dict[bytes, Key] = {}
_by_file: dict[str, tuple[int, Key | None]] = {}
"""What is known of files: their inode when they were looked at, and their key."""


def derive(password: str, salt: bytes = b"") -> Key:
    """Return the key of a password; without a salt, with a new one."""
    from hashlib import pbkdf2_hmac

    while not salt or _is_no_salt(salt):
        salt = os.urandom(SALT)
    letters = unicodedata.normalize("NFC", password).encode()
    return Key(pbkdf2_hmac("sha512", letters, salt, ITERATIONS, LENGTH), salt)


def add(key: Key) -> None:
    """Open files of this key from now on."""
    _by_salt[key.salt] = key


def of(path: Path) -> Key | None:
    """Return the key of a file, None for one that is not encrypted.

    Looks at the file once only: closing it would take away the locks of this process's
    connections to it. `LockedError` where the password has not been given.
    """
    try:
        inode = os.stat(path).st_ino
    except (OSError, ValueError):
        return None
    known = _by_file.get(os.path.realpath(path))
    if known is not None and known[0] == inode:
        return known[1]
    try:
        with open(path, "rb") as file:
            header = file.read(SALT)
    except OSError:
        return None  # SQLite, or whoever asked, says what is wrong with it
    return look(path, header)


def of_known(path: Path) -> Key | None:
    """Return the key of a file, None also where it is not known or the file is damaged."""
    try:
        return of(path)
    except LockedError:
        return None


def look(path: Path, header: bytes) -> Key | None:
    """Return the key of a file that begins like this, and remember it; as `of`."""
    key = None
    if is_encrypted(path, header):
        key = _by_salt.get(header[:SALT])
        if key is None:
            raise LockedError(
                f"{path} has a password, or is no Pressmark project. Give its password to open it."
            )
    give(path, key)
    return key


def give(path: Path, key: Key | None) -> None:
    """Use this key for a file, which may still be empty."""
    if key is not None:
        add(key)
    _by_file[os.path.realpath(path)] = (os.stat(path).st_ino, key)


def is_encrypted(path: Path, header: bytes) -> bool:
    """Tell whether a file that begins like this can be an encrypted one, or was before a damage."""
    size = os.stat(path).st_size
    whole = size % PAGE == 0 or path.suffix == ".pressmark"  # which may have been cut off
    return whole and not _is_no_salt(header[:SALT]) and is_noise(path)


def is_noise(path: Path) -> bool:
    """Tell whether most pages of a file are noise, as those of an encrypted one are."""
    noise = taken = 0
    with open(path, "rb") as file:
        pages = file.seek(0, os.SEEK_END) // PAGE
        for number in range(0, pages, max(1, pages // SAMPLES)):
            file.seek(number * PAGE)
            noise += len(set(file.read(PAGE))) >= DISTINCT
            taken += 1
    return noise * 2 > taken


def _is_no_salt(header: bytes) -> bool:
    """Tell whether bytes are SQLite's mark, a damaged one, a hole in a file, or plain letters."""
    like = sum(byte == own for byte, own in zip(header, MAGIC, strict=False))
    return like > SALT / 4 or not any(header) or all(9 <= byte < 127 for byte in header)


def keep_only(path: Path) -> None:
    """Forget all keys but that of one project."""
    place = os.path.realpath(path)
    _, key = _by_file.get(place, (0, None))
    for salt in [salt for salt in _by_salt if key is None or salt != key.salt]:
        del _by_salt[salt]
    for other in [other for other, (_, held) in list(_by_file.items()) if held not in (None, key)]:
        del _by_file[other]


def checked(password: str) -> str:
    """Return a new password; refuse one that protects nothing."""
    from annotation.passwords import LEAST

    if len(password) < LEAST:
        raise ProjectError(
            f"A password has at least {LEAST} characters. Several words that do not belong "
            "together are both strong and easy to keep in mind."
        )
    return password
