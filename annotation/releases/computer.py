"""Which of a release's files are for this computer, the one that fits best first."""

import os
import platform
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from annotation.releases.manifest import Release, ReleaseFile

_MACHINES = {"amd64": "x86_64", "x64": "x86_64", "aarch64": "arm64"}
_SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}
_CALLED = {"glibc": "glibc", "windows": "Windows", "macos": "macOS"}

KINDS = {
    ".deb": "package for Debian, Ubuntu and Mint",
    ".rpm": "package for Fedora, openSUSE and Red Hat",
    ".tar.gz": "folder to unpack anywhere",
    ".AppImage": "one file to run",
    ".exe": "installer",
    ".msi": "installer",
    ".zip": "folder to unpack anywhere",
    ".dmg": "disk image",
}
"""What the kinds of packages are, by the ends of their names."""


class Computer(NamedTuple):
    """A computer, as far as it decides which file runs there.

    `has` holds versions by what they are of: `glibc`, `windows` or `macos`. `prefers` are kinds
    of packages (ends of their names), the best first.
    """

    system: str
    architecture: str
    has: dict[str, str]
    prefers: tuple[str, ...]

    @property
    def described(self) -> str:
        """The computer in a few words."""
        versions = [f"{_CALLED[what]} {version}" for what, version in self.has.items() if version]
        system = _CALLED.get(self.system, self.system.capitalize())
        return ", ".join([f"{system} on {self.architecture}", *versions])


def this_computer() -> Computer:
    """Return the computer that this runs on."""
    system = _SYSTEMS.get(sys.platform, sys.platform)
    has = {
        "linux": lambda: {"glibc": platform.libc_ver()[1]},
        "windows": lambda: {"windows": platform.version()},
        "macos": lambda: {"macos": platform.mac_ver()[0]},
    }.get(system, dict)()
    return Computer(system, architecture(platform.machine()), has, _preferred())


def architecture(machine: str) -> str:
    """Return one name for a processor that systems call differently (`amd64`, `aarch64`)."""
    return _MACHINES.get(machine.lower(), machine.lower())


def fitting(release: Release, computer: Computer) -> list[ReleaseFile]:
    """Return the files that run on this computer, the best first."""
    files = [file for file in release.files if not missing(file, computer)]
    order = {ending: number for number, ending in enumerate(computer.prefers)}
    return sorted(files, key=lambda file: order.get(file.ending, len(order)))


def why_none(release: Release, computer: Computer) -> str:
    """Return the sentence why no file fits this computer."""
    ours = [file for file in release.files if file.system == computer.system]
    same = [file for file in ours if architecture(file.architecture) == computer.architecture]
    lacking = missing(same[0], computer) if same else ""
    reason = f" {lacking}" if lacking else ""
    return f"There is no file of it for this computer ({computer.described}).{reason}"


def missing(file: ReleaseFile, computer: Computer) -> str:
    """Return the sentence why a file does not run on a computer; empty where it does."""
    if file.system != computer.system:
        return f"It is for {file.system}."
    if architecture(file.architecture) != computer.architecture:
        return f"It is for processors of the kind {file.architecture}."
    for what, least in file.needs.items():
        here = computer.has.get(what, "")
        if here and _numbers(here) < _numbers(least):
            return f"It needs {_CALLED.get(what, what)} {least}, and here is {here}."
    return ""


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdigit()]


def _preferred() -> tuple[str, ...]:
    """Return which kinds of packages somebody who uses this one most likely wants next."""
    if sys.platform == "win32":
        return (".exe", ".msi", ".zip")
    if sys.platform == "darwin":
        return (".dmg", ".zip")
    package = ".deb" if shutil.which("dpkg") else ".rpm"
    if os.environ.get("APPIMAGE"):
        return (".AppImage", ".tar.gz", package)
    unpacked = getattr(sys, "frozen", False) and not _is_the_systems(Path(sys.executable))
    return (".tar.gz", package) if unpacked else (package, ".tar.gz", ".AppImage")


def _is_the_systems(program: Path) -> bool:
    return str(program.resolve()).startswith(("/usr/", "/opt/"))
