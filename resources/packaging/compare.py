"""Compare two builds: `python -m resources.packaging.compare ONE OTHER`.

ONE and OTHER are folders, or archives (.tar.gz, .deb, .rpm) that are unpacked for it. Says which
files only one has, which differ, and from which byte on; exits 1 where anything differs.
"""

import io
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO


def differences(one: Path, other: Path) -> Iterator[str]:
    """Yield a sentence for each difference of two folders: names, kinds, rights, contents."""
    ours, theirs = _names(one), _names(other)
    yield from (f"only in {one}: {name}" for name in sorted(ours - theirs))
    yield from (f"only in {other}: {name}" for name in sorted(theirs - ours))
    for name in sorted(ours & theirs):
        found = _difference(one / name, other / name)
        if found:
            yield f"{name}: {found}"


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def _difference(one: Path, other: Path) -> str:
    if one.lstat().st_mode != other.lstat().st_mode:
        return f"kind or rights {one.lstat().st_mode:o} and {other.lstat().st_mode:o}"
    if one.is_symlink():
        return "" if one.readlink() == other.readlink() else "leads elsewhere"
    if one.is_dir():
        return ""
    ours, theirs = one.read_bytes(), other.read_bytes()
    if ours == theirs:
        return ""
    pairs = enumerate(zip(ours, theirs, strict=False))
    first = next((at for at, (a, b) in pairs if a != b), min(len(ours), len(theirs)))
    return f"{len(ours)} and {len(theirs)} bytes, different from byte {first} on"


def unpacked(source: Path, into: Path) -> Path:
    """Return a folder as it is, and an archive unpacked into a new folder."""
    if source.is_dir():
        return source
    into.mkdir()
    if source.suffix == ".deb":
        subprocess.run(["dpkg-deb", "--raw-extract", str(source), str(into)], check=True)
    elif source.suffix == ".rpm":
        with source.open("rb") as file:
            done = subprocess.run(["rpm2archive", "-"], stdin=file, capture_output=True, check=True)
        _extract(io.BytesIO(done.stdout), into)
    else:
        with source.open("rb") as file:
            _extract(file, into)
    return into


def _extract(file: BinaryIO, into: Path) -> None:
    with tarfile.open(fileobj=file) as archive:
        archive.extractall(into, filter="tar")


def main(arguments: Sequence[str]) -> int:
    """Compare what the two arguments name, print what differs, and return the exit code."""
    one, other = map(Path, arguments)
    with TemporaryDirectory() as space:
        folders = [unpacked(one, Path(space, "one")), unpacked(other, Path(space, "other"))]
        found = list(differences(*folders))
    print(*found, sep="\n", end="\n" if found else "")
    same = one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()
    print("the same bytes" if same else f"{len(found)} differences inside")
    return 0 if not found and (same or one.is_dir()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
