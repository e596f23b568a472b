"""The manifest of a release: what a team says, signed, about the newest version.

Its form is described in docs/packaging.md, for those who write one.
"""

import json
import re
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple

from annotation.errors import ProjectError
from annotation.fields import Fields

NAME = "pressmark-release.json"
"""What the file is called; its signature is called the same with `.minisig` behind it."""

SIGNATURE = ".minisig"

FORMAT, PRODUCT = "pressmark-release/1", "pressmark"

MAX_BYTES, MAX_NOTES, MAX_FILES = 256_000, 20_000, 100
"""Bytes of the manifest, code points of the notes, and how many files there can be."""

MAX_SIZE = 4_000_000_000
"""Bytes of a file that is offered."""

SYSTEMS = ("linux", "windows", "macos")

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+~-]{0,150}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NEED = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}")
_ENDINGS = (".tar.gz", ".deb", ".rpm", ".AppImage", ".exe", ".msi", ".zip", ".dmg")


class ReleaseFile(NamedTuple):
    """A file that is offered: for which computers, how large (bytes), and its SHA-256.

    `needs` has the least versions of what the system must have, by name: `glibc`, `windows`
    or `macos`.
    """

    name: str
    system: str
    architecture: str
    size: int
    sha256: str
    needs: dict[str, str]

    @property
    def ending(self) -> str:
        """The kind of the package, by the end of its name; empty for an unknown one."""
        return next((ending for ending in _ENDINGS if self.name.endswith(ending)), "")


class Release(NamedTuple):
    """The newest version, as its team describes it; times are UTC, in ISO 8601."""

    version: str
    date: str
    expires: str
    notes: str
    files: tuple[ReleaseFile, ...]


def read_manifest(data: bytes, name: str) -> Release:
    """Return the release that a manifest describes; the signature has been checked before.

    Raises `ProjectError`, which calls the file `name`, where it is damaged, about something
    else, or of a form that this program does not know.
    """
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ProjectError(f"{name} is damaged: it is not JSON. Tell your team.") from error
    fields = Fields(found, name)
    if fields.data.get("product") != PRODUCT:
        raise ProjectError(f"{name} is about another program, not about Pressmark.")
    if fields.data.get("format") != FORMAT:
        raise ProjectError(
            f"{name} has a form that this version of Pressmark cannot read. Get the newest one "
            "from your team by hand."
        )
    notes = fields.text("notes", "")
    if len(notes) > MAX_NOTES:
        raise fields.refuse("notes", f"at most {MAX_NOTES:,} characters")
    if len(fields.items("files")) > MAX_FILES:
        raise fields.refuse("files", f"at most {MAX_FILES} files")
    _version_of(fields)
    return Release(
        fields.text("version"),
        fields.time("date"),
        fields.time("expires", ""),
        notes,
        fields.each("files", _read_file),
    )


def is_newer(version: str, than: str) -> bool:
    """Tell whether a version is newer than another; versions are ordered as PEP 440 says."""
    from packaging.version import Version

    return Version(version) > Version(than)


def moment(time: str) -> datetime:
    """Return a time of a manifest, by which two can be compared."""
    return datetime.fromisoformat(time)


def _version_of(fields: Fields) -> None:
    from packaging.version import InvalidVersion, Version

    text = fields.text("version")
    try:
        Version(text)
    except InvalidVersion as error:
        raise fields.refuse("version", "a version, such as 1.2.0") from error
    if len(text) > 40:
        raise fields.refuse("version", "a version of at most 40 characters")


def _read_file(fields: Fields) -> ReleaseFile:
    name, digest = fields.text("name"), fields.text("sha256")
    if not _FILE_NAME.fullmatch(name):
        raise fields.refuse("name", "the name of a file, without a folder")
    if not _DIGEST.fullmatch(digest):
        raise fields.refuse("sha256", "64 hexadecimal digits in small letters")
    size = fields.integer("size", 1)
    if size > MAX_SIZE:
        raise fields.refuse("size", f"at most {MAX_SIZE:,} bytes")
    needs = Fields(fields.data.get("needs", {}), f"{fields.where}.needs")
    for what in needs.data:
        if not _NEED.fullmatch(needs.text(what)):
            raise needs.refuse(what, "a version in numbers, such as 2.36")
    return ReleaseFile(
        PurePosixPath(name).name,
        fields.one_of("system", SYSTEMS),
        fields.text("architecture"),
        size,
        digest,
        {what: needs.text(what) for what in needs.data},
    )
