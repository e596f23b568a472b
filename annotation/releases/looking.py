"""Looking whether there is a newer Pressmark, in a process of its own."""

from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from annotation.errors import ProjectError
from annotation.releases import minisign
from annotation.releases.incoming import read_small
from annotation.releases.manifest import (
    MAX_BYTES,
    SIGNATURE,
    Release,
    is_newer,
    moment,
    read_manifest,
)
from annotation.releases.source import read_source

MAX_SIGNATURE = 4_000
"""Bytes of a signature with its comments."""

SLACK = timedelta(days=2)
"""How far in the future a manifest's date may be: clocks and time zones differ."""


class Found(NamedTuple):
    """What a look has found: the team's newest release, and whether it is newer than this one."""

    release: Release
    is_newer: bool


def looking(source: str, key: str, current: str, seen: str) -> Generator[str, None, Found]:
    """Read the manifest of a source and check it; yields what it is doing.

    `current` is the version that runs, `seen` the date of the newest manifest that was ever
    found with this key, or empty. Raises `ProjectError` for whatever is in the way.
    """
    public, place = minisign.read_key(key), read_source(source)
    yield f"Asking {place.place}"
    data = read_small(place, place.name, MAX_BYTES)
    signature = read_small(place, place.name + SIGNATURE, MAX_SIGNATURE)
    where = place.of(place.name)
    minisign.verify(data, signature.decode("utf-8", "replace"), public, where)
    release = read_manifest(data, where)
    check_time(release, where, seen, datetime.now(UTC))
    return Found(release, is_newer(release.version, current))


def check_time(release: Release, name: str, seen: str, now: datetime) -> None:
    """Refuse a manifest that is older than one seen before, has expired, or is of the future."""
    date = moment(release.date)
    if seen and date < moment(seen):
        raise ProjectError(
            f"{name} is older ({release.date[:10]}) than what your team said before "
            f"({seen[:10]}). Somebody may have put an old one in its place: tell your team."
        )
    if release.expires and moment(release.expires) < now:
        raise ProjectError(
            f"{name} has expired on {release.expires[:10]}. Ask your team for a new one, and see "
            "whether this computer's clock is right."
        )
    if date > now + SLACK:
        raise ProjectError(
            f"{name} is dated {release.date[:10]}, which is yet to come. See whether this "
            "computer's clock is right; else tell your team."
        )
