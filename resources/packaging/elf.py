"""What Linux programs and libraries ask of the system, as binutils' objdump tells it."""

import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

Version = tuple[int, ...]


def files_of(folder: Path) -> list[Path]:
    """Return the programs and libraries in a folder, without links, sorted."""
    return [path for path in sorted(folder.rglob("*")) if _is_elf(path)]


def linked_to(file: Path) -> list[str]:
    """Return the names of the libraries that a file itself is linked to."""
    return re.findall(r"^ +NEEDED +(\S+)", _headers([file]), re.M)


def needed_version(files: Sequence[Path], symbols: str) -> Version:
    """Return the newest version of those symbols (GLIBC, GLIBCXX) that any file asks for."""
    found: Iterator[str] = (
        match[1] for match in re.finditer(rf"\b{symbols}_(\d+(?:\.\d+)+)", _headers(files))
    )
    return max((tuple(map(int, version.split("."))) for version in found), default=(0, 0))


def _is_elf(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _headers(files: Sequence[Path]) -> str:
    command = ["objdump", "--private-headers", *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
