"""What the packages ask of the system: libraries that the program's files are linked to."""

import tomllib
from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, NamedTuple

from resources.packaging import elf
from resources.packaging.component import BuildError

TABLE = Path(__file__).parent / "linux" / "depends.toml"
GCC = {26: "9", 28: "9.3", 29: "11", 30: "12", 31: "13.1", 32: "13.2", 33: "14", 34: "15"}
"""The GCC whose libstdc++ first had GLIBCXX_3.4.N, by N (GCC's libstdc++ manual, ABI)."""


class Needs(NamedTuple):
    """Shared libraries that are not in the program's folder, and the versions of two of them."""

    libraries: list[str]
    glibc: str
    glibcxx: str


class Wishes(NamedTuple):
    """What a package requires and recommends, in the words of its format."""

    required: list[str]
    recommended: list[str]


def needs_of(folder: Path) -> Needs:
    """Return what the files of a frozen folder ask of the system."""
    files = elf.files_of(folder)
    shipped = {path.name for path in folder.rglob("*")}
    linked = {name for file in files for name in elf.linked_to(file)}
    return Needs(
        sorted(linked - shipped),
        _dotted(elf.needed_version(files, "GLIBC")),
        _dotted(elf.needed_version(files, "GLIBCXX")),
    )


def for_debian(needs: Needs) -> Wishes:
    """Return the packages of Debian and Ubuntu; BuildError for a library of no known package."""
    table = _table()
    known: Mapping[str, str] = {**table["packages"], **table["optional"]}
    by_library = {name: _match(known, name) for name in needs.libraries}
    unknown = [name for name, package in by_library.items() if not package]
    if unknown:
        raise BuildError(
            f"The program is linked to {', '.join(unknown)}: say in {TABLE} which Debian package "
            "holds that, or leave out in contents.py what is linked to it."
        )
    least = {"libc6": needs.glibc, "libstdc++6": _gcc(needs.glibcxx)}
    optional = set(table["optional"].values())
    packages = sorted(set(by_library.values()) - optional)
    required = [f"{name} (>= {least[name]})" if name in least else name for name in packages]
    return Wishes(
        required + table["read"]["debian"], sorted({*optional, *table["wanted"]["debian"]})
    )


def for_rpm(needs: Needs) -> Wishes:
    """Return what RPM calls the same on each distribution: names of libraries, not of packages."""
    table = _table()
    required = [
        f"{name}()(64bit)"
        for name in needs.libraries
        if name not in table["optional"] and not name.startswith("ld-linux")
    ]
    required += [
        f"libc.so.6(GLIBC_{needs.glibc})(64bit)",
        f"libstdc++.so.6(GLIBCXX_{needs.glibcxx})(64bit)",
    ]
    optional = [f"{name}()(64bit)" for name in needs.libraries if name in table["optional"]]
    return Wishes(required + table["read"]["rpm"], optional + table["wanted"]["rpm"])


def _table() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text("utf-8"))


def _match(table: Mapping[str, str], name: str) -> str:
    return next((table[pattern] for pattern in table if fnmatch(name, pattern)), "")


def _gcc(glibcxx: str) -> str:
    symbol = int(glibcxx.split(".")[2]) if glibcxx.count(".") == 2 else 0
    return next(
        (gcc for number, gcc in GCC.items() if number >= symbol), max(GCC.values(), key=float)
    )


def _dotted(version: Iterable[int]) -> str:
    return ".".join(map(str, version))
