"""Reading the files of a source, piece by piece, from a folder or by https.

Only https is spoken, to the address itself and wherever it leads. Which certificates count is
the system's own choice, so that a company's or university's own are among them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from annotation.errors import ProjectError
from annotation.releases.source import Source

if TYPE_CHECKING:
    from http.client import HTTPException, HTTPResponse
    from urllib.request import OpenerDirector

    Told = Callable[[OSError | HTTPException], str]

SILENCE = 20.0
"""Seconds for which a server may say nothing."""

PATIENCE = 60.0
"""Seconds that a small file may take altogether."""

PIECE = 1 << 16
"""Bytes read at a time."""


class ReadableOnce(Protocol):
    """What an open file and the answer of a server have in common."""

    def read1(self, size: int, /) -> bytes:
        """Return what has come, at most so many bytes."""
        ...


class Incoming:
    """A file of a source while it is read; `ProjectError` says where that goes wrong."""

    def __init__(self, file: ReadableOnce, told: "Told") -> None:
        self._file = file
        self._told = told

    def read(self, most: int) -> bytes:
        """Return what is there, at least one byte and at most so many; nothing at the end."""
        from http.client import HTTPException

        try:
            return self._file.read1(most)
        except (OSError, HTTPException) as error:
            raise ProjectError(self._told(error)) from error


@contextmanager
def opened(source: Source, name: str) -> Iterator[Incoming]:
    """Open a file of the source for reading; `ProjectError` says what is in the way."""
    from http.client import HTTPException

    where = source.of(name)

    def told(error: OSError | HTTPException) -> str:
        from annotation.releases import told

        return (told.in_folder if source.is_folder else told.at_address)(where, error)

    try:  # by itself, for what fails while the file is read is told by `Incoming`
        file = Path(where).open("rb") if source.is_folder else _at_address(where)  # noqa: SIM115
    except (OSError, HTTPException) as error:
        raise ProjectError(told(error)) from error
    with file:
        yield Incoming(file, told)


def read_small(source: Source, name: str, limit: int) -> bytes:
    """Return what is in a file of at most `limit` bytes; `ProjectError` for a larger one."""
    until = monotonic() + PATIENCE
    data = b""
    with opened(source, name) as file:
        while piece := file.read(min(PIECE, limit + 1 - len(data))):
            data += piece
            if len(data) > limit:
                raise ProjectError(
                    f"{source.of(name)} is larger than such a file can be ({limit:,} bytes). "
                    "Ask your team."
                )
            if monotonic() > until:
                raise ProjectError(f"{source.of(name)} comes too slowly. Try again later.")
    return data


def _at_address(address: str) -> "HTTPResponse":
    from urllib.request import Request

    headers = {"User-Agent": "Pressmark", "Cache-Control": "no-cache"}
    answer: HTTPResponse = _opener().open(Request(address, headers=headers), timeout=SILENCE)
    return answer


def _opener() -> "OpenerDirector":
    """Return what speaks https and nothing else, by the proxy that the system names."""
    import ssl
    from urllib import request

    import truststore

    class StaysSafe(request.HTTPRedirectHandler):
        """Follows a redirect only to where https is spoken, too."""

        def redirect_request(self, asked, answer, code, words, headers, address):  # type: ignore[no-untyped-def]
            if not address.lower().startswith("https://"):
                raise ProjectError(
                    f"{asked.full_url} leads on to {address}, which is not safe. Tell your team."
                )
            return super().redirect_request(asked, answer, code, words, headers, address)

    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler(),
        request.HTTPSHandler(context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)),
        request.HTTPDefaultErrorHandler(),
        request.HTTPErrorProcessor(),
        StaysSafe(),
    ):
        opener.add_handler(handler)
    return opener
