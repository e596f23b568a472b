"""Where a team puts its releases: a folder, or an address of the web, and never anything unsafe."""

import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from annotation.errors import ProjectError
from annotation.releases.manifest import NAME

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class Source(NamedTuple):
    """A folder or an https address that holds a manifest and the files it tells of.

    `place` is where the files are, `name` what the manifest is called there.
    """

    place: str
    name: str = NAME

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of this computer or its network."""
        return not self.place.startswith("https://")

    def of(self, name: str) -> str:
        """Return the path or address of a file there."""
        if self.is_folder:
            return str(Path(self.place, name))
        parts = urlsplit(self.place)
        return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{quote(name)}"))


def read_source(text: str) -> Source:
    """Return the source that somebody has typed; `ProjectError` where it cannot be one.

    It may lead to the manifest itself, or to the folder that holds it.
    """
    text = text.strip()
    if _ADDRESS.match(text):
        return _address(text)
    path = Path(text).expanduser()
    if not text or not path.is_absolute():
        raise ProjectError(
            f"“{text}” is neither a folder's whole path nor an address that begins with https://."
        )
    return Source(str(path.parent), path.name) if path.suffix == ".json" else Source(str(path))


def _address(text: str) -> Source:
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise ProjectError(f"{text} is not an address: {error}.") from error
    if parts.scheme.lower() == "file":
        raise ProjectError("For a folder, give its path, without file:// before it.")
    if parts.scheme.lower() != "https":
        raise ProjectError(
            f"{text} is not safe: on the way, others can read and change what does not come by "
            "https. Use an address that begins with https://."
        )
    if not host or (port is not None and port < 1) or not text.isascii() or " " in text:
        raise ProjectError(
            f"{text} is not a whole address, such as https://example.org/pressmark/."
        )
    if parts.username is not None:
        raise ProjectError("An address with a name and password in it cannot be used for updates.")
    path, name = parts.path, NAME
    if path.endswith(".json"):
        path, _, name = path.rpartition("/")
    return Source(urlunsplit(parts._replace(scheme="https", path=path, fragment="")), name)
