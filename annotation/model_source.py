"""Where a language model is added from: a folder, or a wheel, which is a zip of such a folder.

Only files that somebody asks for by name are read, up to a number of bytes, and none that
leads out of the folder. So nothing in an archive chooses where it is written.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from annotation.errors import ProjectError

CONFIG, META = "config.cfg", "meta.json"
"""The files that make a folder a spaCy pipeline."""

DEPTH = 3
"""How many folders deep a pipeline may lie in what is given."""

MAX_ENTRIES = 20_000
"""How many files a wheel or folder may hold; a model has some thirty."""


class Source(Protocol):
    """A pipeline's folder, wherever that is."""

    def copy(self, name: str, target: Path, most: int) -> int:
        """Copy a file below the pipeline's folder; return its bytes, 0 where there is none.

        Raises `ProjectError` where it is larger than `most` or cannot be read.
        """
        ...

    def names(self) -> list[str]:
        """Return the names of the files that lie directly in the pipeline's folder."""
        ...


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Open a folder or wheel that holds one spaCy pipeline; `ProjectError` if it does not."""
    if not path.exists():
        raise ProjectError(f"There is no {path}.")
    if path.is_dir():
        yield _Folder(path)
    elif path.suffix in (".whl", ".zip"):
        try:
            with zipfile.ZipFile(path) as archive:
                yield _Wheel(archive, path)
        except (zipfile.BadZipFile, OSError) as error:
            raise ProjectError(
                f"{path.name} cannot be read ({error}). Download it again."
            ) from error
    else:
        raise ProjectError(
            f"{path.name} is neither a folder nor a wheel. Give the model's .whl file, or the "
            f"folder that holds its {CONFIG}."
        )


class _Folder:
    """A folder on this computer."""

    def __init__(self, path: Path) -> None:
        self._root = path.resolve()
        self._inner = _only(path.name, [str(folder) for folder in self._pipelines()])

    def copy(self, name: str, target: Path, most: int) -> int:
        path = Path(self._inner, name)
        if not path.exists():
            return 0
        if not path.resolve().is_relative_to(self._root) or not path.is_file():
            raise ProjectError(f"{path} leads elsewhere: a model's files must be its own.")
        try:
            with path.open("rb") as file:
                return _copy(file, target, most, name)
        except OSError as error:
            raise ProjectError(f"{path} cannot be read: {error.strerror}.") from error

    def names(self) -> list[str]:
        return [path.name for path in Path(self._inner).iterdir() if path.is_file()]

    def _pipelines(self) -> Iterator[Path]:
        """Look for pipelines, not deep, so that somebody's home is soon refused."""
        level = [self._root]
        seen = 0
        for _ in range(DEPTH):
            deeper: list[Path] = []
            for folder in level:
                if (folder / CONFIG).is_file() and (folder / META).is_file():
                    yield folder
                    continue
                for entry in folder.iterdir():
                    seen += 1
                    if seen > MAX_ENTRIES:
                        raise ProjectError(f"{self._root} holds too much to be a model.")
                    if entry.is_dir() and not entry.is_symlink():
                        deeper.append(entry)
            level = deeper


class _Wheel:
    """A wheel: one package with the pipeline's folder in it."""

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self._archive = archive
        self._file = path.name
        names = archive.namelist()
        if len(names) > MAX_ENTRIES:
            raise ProjectError(f"{path.name} holds too much to be a model.")
        folders = [n.removesuffix(CONFIG) for n in names if n.split("/")[-1] == CONFIG]
        known = set(names)
        self._inner = _only(path.name, [f for f in folders if f + META in known])

    def copy(self, name: str, target: Path, most: int) -> int:
        try:
            entry = self._archive.getinfo(self._inner + name)
        except KeyError:
            return 0
        try:
            with self._archive.open(entry) as file:
                return _copy(file, target, most, name)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as e:
            raise ProjectError(f"{self._file} is damaged at {name} ({e}).") from e

    def names(self) -> list[str]:
        inner = [n.removeprefix(self._inner) for n in self._archive.namelist()]
        return [name for name in inner if name and "/" not in name]


def _only(where: str, folders: list[str]) -> str:
    if not folders:
        raise ProjectError(
            f"{where} holds no spaCy model: no folder in it has the files {CONFIG} and {META}."
        )
    if len(folders) > 1:
        raise ProjectError(f"{where} holds {len(folders)} models. Give one of them.")
    return folders[0]


def _copy(file: IO[bytes], target: Path, most: int, name: str) -> int:
    """Copy what is really there, whatever an archive says of its size."""
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with target.open("wb") as out:
        while block := file.read(1 << 20):
            size += len(block)
            if size > most:
                raise ProjectError(f"{name} is larger than {most:,} bytes: that is no such file.")
            out.write(block)
    return size
