"""What CHANGELOG.md says of releases, for the formats that want to know."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from annotation import VERSION
from resources.packaging.build_info import commit_time

ROOT = Path(__file__).resolve().parents[2]
HEADING = re.compile(r"^## \[(?P<version>[^]]+)\](?: - (?P<date>\d{4}-\d\d-\d\d))?$", re.M)


class Release(NamedTuple):
    """A version, the day it was released or built, and whether it has been released."""

    version: str
    date: str
    released: bool


def releases(changelog: str, built: datetime) -> list[Release]:
    """Return the releases that a changelog names, the newest first.

    The section of what is not released yet counts as the version at hand, of the day it was
    built; it is left out where that version has a section of its own.
    """
    dated = (match for match in HEADING.finditer(changelog) if match["date"])
    found = [Release(match["version"], match["date"], True) for match in dated]
    if VERSION not in {release.version for release in found}:
        found.insert(0, Release(VERSION, built.date().isoformat(), False))
    return found


def our_releases() -> list[Release]:
    """Return the releases of CHANGELOG.md and the one that is built from this commit."""
    return releases((ROOT / "CHANGELOG.md").read_text("utf-8"), built())


def built() -> datetime:
    """Return the time that a build counts as made: that of its commit."""
    return datetime.fromtimestamp(commit_time(ROOT), UTC)
