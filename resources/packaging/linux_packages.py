"""What people of Linux install, made of the frozen folder."""

import platform
import shutil
from collections.abc import Callable
from pathlib import Path

from resources.packaging import debian, rpm, tarball
from resources.packaging.tree import settle

Pack = Callable[[Path, Path, Path, str], Path]
PACKERS: dict[str, Pack] = {
    "dpkg-deb": debian.write_deb,
    "rpmbuild": rpm.write_rpm,
    "": tarball.write_tarball,
}
"""Each kind of package by the system's tool that packs it."""


def package(folder: Path, dist: Path, work: Path, say: Callable[[str], None]) -> list[Path]:
    """Pack a frozen folder in all ways that this computer has tools for; return the results.

    `work` is a folder for what is needed on the way. `say` hears what was left out.
    """
    settle(folder)
    results = []
    for tool, pack in PACKERS.items():
        if tool and shutil.which(tool) is None:
            say(f"no package by {tool}: it is not installed (Debian: apt install {tool_of(tool)})")
            continue
        results.append(pack(folder, dist, work / pack.__name__, platform.machine()))
        say(f"{results[-1].name}: {results[-1].stat().st_size / 1e6:.1f} MB")
    return results


def tool_of(program: str) -> str:
    """Return the Debian package that holds a packing program."""
    return {"dpkg-deb": "dpkg", "rpmbuild": "rpm"}[program]
