"""Fetching a file of a release, in a process of its own: it counts when it is whole and right."""

import errno
import shutil
from collections.abc import Generator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from annotation.errors import ProjectError
from annotation.releases.incoming import opened
from annotation.releases.manifest import ReleaseFile
from annotation.releases.source import read_source

PIECE = 1 << 18
"""Bytes between two words about how far it is."""


def half_of(file: ReleaseFile, folder: Path) -> Path:
    """Return what the file is called until it is whole; deleted by whoever ends the process."""
    return folder / f"{file.name}.part"


def fetching(source: str, file: ReleaseFile, folder: Path) -> Generator[int, None, Path]:
    """Fetch a file into a folder, check size and SHA-256; yields how many bytes are there.

    Returns the path, which has a number in it where another file has that name. Raises
    `ProjectError`; then nothing is kept.
    """
    place, half = read_source(source), half_of(file, folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < file.size:
            raise OSError(errno.ENOSPC, f"there is not enough room for {file.size / 1e6:,.0f} MB")
        half.unlink(missing_ok=True)
        with half.open("xb") as target, opened(place, file.name) as came:
            digest, size, said = sha256(), 0, 0
            while piece := came.read(min(PIECE, file.size + 1 - size)):
                target.write(piece)
                digest.update(piece)
                size += len(piece)
                if size - said >= PIECE:
                    said = size
                    yield size
        _check(file, size, digest.hexdigest(), place.of(file.name))
        return _named(half, file, folder)
    except OSError as error:
        raise ProjectError(f"Nothing can be put into {folder}: {error.strerror}.") from error
    finally:
        with suppress(OSError):  # it may be what could not be made
            half.unlink(missing_ok=True)


def _check(file: ReleaseFile, size: int, digest: str, name: str) -> None:
    if size < file.size:
        raise ProjectError(f"{name} came only in part. Nothing was kept; try again later.")
    if size > file.size or digest != file.sha256:
        raise ProjectError(
            f"{name} is not the file that your team has signed: it was changed or damaged. "
            "Nothing was kept. Tell your team."
        )


def _named(half: Path, file: ReleaseFile, folder: Path) -> Path:
    """Give the whole file its name, or the first free one with a number in it."""
    stem, ending = file.name.removesuffix(file.ending), file.ending
    number, target = 1, folder / file.name
    while target.exists():
        if _is_same(target, file):
            return target
        number += 1
        target = folder / f"{stem} ({number}){ending}"
    half.rename(target)
    return target


def _is_same(path: Path, file: ReleaseFile) -> bool:
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    digest = sha256()
    with path.open("rb") as content:
        while piece := content.read(PIECE):
            digest.update(piece)
    return digest.hexdigest() == file.sha256
