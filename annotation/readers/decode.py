"""The text of a file: which encoding it has, without byte order mark, lines ended by LF.

Nothing else about the text is changed.
"""

import os
import re
from pathlib import Path

from annotation.errors import ProjectError

MAX_BYTES = 64_000_000
"""The largest file that is read, in bytes; a year of a daily newspaper is a tenth of it."""

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)  # Windows would translate ends of lines

_PIECE = 131_072
"""How many bytes at least are asked for again, until there are no more."""

_SAMPLE = 256_000
"""How many bytes the encoding is guessed from."""

# UTF-32 before UTF-16: the little-endian mark of the one begins with that of the other.
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

_MARKED = tuple(mark for mark, _ in _MARKS)

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

# The same in UTF-8, for a look at the bytes: it costs half as much as one at the text.
_CONTROL_BYTES = bytes(byte for byte in range(128) if _CONTROLS.match(chr(byte)))

# What newsrooms, archives and text editors have written where they did not write Unicode.
_CODE_PAGES = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("koi8_r", "mac_roman", "cp932", "euc_jp", "gb18030", "big5", "cp949"),
]


def read_text(path: Path) -> str:
    """Return the text of a file; `ProjectError` says why it is not one."""
    data = read_bytes(path, MAX_BYTES)
    if not data:
        raise ProjectError("The file is empty.")
    text = decode(data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text or text.isspace():
        raise ProjectError("The file holds nothing but blanks.")
    return text


def read_bytes(path: Path, limit: int) -> bytes:
    """Return what a file holds, if that is not more than `limit` bytes."""
    try:
        # The system's own calls: an object of `open` costs more than an article's bytes.
        descriptor = os.open(path, _READ)
        try:
            size = os.fstat(descriptor).st_size
            data = b"" if size > limit else _all_of(descriptor, size)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise ProjectError(f"The file cannot be read: {error.strerror}.") from error
    if size > limit:
        raise ProjectError(
            f"The file is larger than {limit // 1_000_000} MB; split it into articles first."
        )
    return data


def _all_of(descriptor: int, size: int) -> bytes:
    data = os.read(descriptor, size + 1)
    # Networks give less than was asked for, and pretended files are longer than they say.
    while more := os.read(descriptor, max(size - len(data), _PIECE)):
        data += more
    return data


def decode(data: bytes) -> str:
    """Return the bytes as text, in whichever encoding they are; `ProjectError` if in none."""
    if data.startswith(_MARKED):
        encoding = next(encoding for mark, encoding in _MARKS if data.startswith(mark))
        return _checked(_strictly(data, encoding))
    try:
        text = data.decode("utf-8")
        return text if len(data.translate(None, _CONTROL_BYTES)) == len(data) else _checked(text)
    except UnicodeDecodeError:
        return _checked(_strictly(data, _guessed(data)))
    except ProjectError:
        wide = _wide(data)
        if not wide:
            raise
        return _checked(_strictly(data, wide))


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise ProjectError(
            f"The file looks like {name}, but is damaged at byte {error.start + 1:,}. "
            "Save it again as UTF-8."
        ) from None


def _checked(text: str) -> str:
    """Refuse what no text holds: a NUL anywhere, or more than a stray control character."""
    if _CONTROLS.search(text) and ("\0" in text or len(_CONTROLS.findall(text)) * 200 > len(text)):
        raise ProjectError("This is not a text file: it holds binary data.")
    return text


_PLAIN = frozenset(b"\0\t\n\r") | frozenset(range(32, 127))


def _wide(data: bytes) -> str:
    """Return which UTF-16 this is by where its zero bytes are, or nothing."""
    sample = data[:_SAMPLE]
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    fewer, more = sorted((first, second))
    if len(data) % 2 or fewer * 20 > more or more * 40 < len(sample):
        return ""
    if more * 5 < len(sample) * 2 and _PLAIN.issuperset(sample):
        return ""  # ASCII with a NUL here and there; in UTF-16 every second byte were one
    return "utf-16-le" if second > first else "utf-16-be"


def _guessed(data: bytes) -> str:
    """Return the code page that the bytes were most probably written in.

    Windows-1252 is taken where nothing speaks more clearly for another one: the guess is
    made from the look of the letters, and short texts look like many things.
    """
    from charset_normalizer import from_bytes

    if b"\0" in data:
        wide = _wide(data)
        if not wide:
            raise ProjectError("This is not a text file: it holds binary data.")
        return wide
    sample = data[: data.rfind(b"\n", 0, _SAMPLE) + 1 or _SAMPLE]
    found = list(from_bytes(sample, cp_isolation=_CODE_PAGES, enable_fallback=False))
    if not found:
        return "cp1252"
    best = found[0]
    close = [
        match
        for match in found
        if match.chaos <= best.chaos + 0.06 and match.coherence >= best.coherence - 0.03
    ]
    if any("cp1252" in match.could_be_from_charset for match in close):
        return "cp1252"
    if len(close) > 1:
        raise ProjectError(
            "The encoding of the file is not certain. Save it as UTF-8 and import it again."
        )
    return str(best.encoding)
