"""The folder an export is written into: never half done, never over someone else's files."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path

from annotation.errors import ProjectError
from annotation.ids import new_id

MANIFEST = "manifest.json"
MANIFEST_FORMAT = "pressmark-export/1"


@contextmanager
def replaced_folder(out: Path) -> Iterator[Path]:
    """Yield an empty folder beside `out` that takes its place when all went well.

    `out` may be new, empty, or hold an earlier export that nobody has touched since;
    that one stays until the new one is whole. What an export that was killed has left is
    put right first. Raises `ProjectError` for anything else, and when the disk refuses.
    """
    out = Path(os.path.realpath(out))  # unlike Path.resolve, it bears a loop of links
    with _told(out):
        tidy_up(out)
        refuse_foreign(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        unfinished = out.parent / f".{out.name}.{new_id()}.unfinished"
        unfinished.mkdir()
    try:
        with _told(out):
            yield unfinished
            _put_in_place(unfinished, out)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def tidy_up(out: Path) -> None:
    """Take away what an export that was killed has left beside `out`.

    What `out` held before it is there again, should it have been put aside.
    """
    out = Path(os.path.realpath(out))  # unlike Path.resolve, it bears a loop of links
    if not out.parent.is_dir():
        return
    for path in sorted(out.parent.iterdir()):
        if path.name.startswith(f".{out.name}."):
            if path.suffix == ".former" and not out.exists():
                path.rename(out)
            elif path.suffix in (".former", ".unfinished"):
                shutil.rmtree(path, ignore_errors=True)


def refuse_foreign(out: Path) -> None:
    """Raise `ProjectError` unless `out` is new, empty, or an export as it was written."""
    if not out.exists():
        return
    if not out.is_dir():
        raise ProjectError(f"{out} is a file; an export needs a folder. Choose another name.")
    found = set(files_in(out))
    if not found and not any(out.iterdir()):
        return
    listed = _listed_files(out)
    if listed is None:
        raise ProjectError(
            f"{out} is not empty and holds no earlier export. Choose a new or empty folder."
        )
    strange = sorted(found - set(listed) - {MANIFEST})
    changed = [name for name in listed if name in found and _sha256(out / name) != listed[name]]
    for names, what in ((strange, "files of your own"), (changed, "files changed since")):
        if names:
            raise ProjectError(
                f"{out} holds an earlier export with {what} ({_some(names)}). "
                "Move them away, or choose a new folder."
            )


def files_in(folder: Path) -> list[str]:
    """Return the files of a folder and its subfolders, sorted, with `/` between names."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()
    )


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file, in hexadecimal digits."""
    return {name: _sha256(folder / name) for name in files_in(folder)}


def _put_in_place(unfinished: Path, out: Path) -> None:
    if not out.exists():
        unfinished.rename(out)
        return
    former = out.parent / f".{out.name}.{new_id()}.former"
    out.rename(former)
    try:
        unfinished.rename(out)
    except OSError:
        former.rename(out)
        raise
    shutil.rmtree(former, ignore_errors=True)


def is_export(folder: Path) -> bool:
    """Tell whether a folder holds an export, by its manifest."""
    return _listed_files(folder) is not None


def _listed_files(out: Path) -> dict[str, str] | None:
    """Return the files that the manifest of an earlier export lists, with their hashes."""
    try:
        manifest = json.loads((out / MANIFEST).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    if not isinstance(manifest, dict) or manifest.get("format") != MANIFEST_FORMAT:
        return None
    files = manifest.get("files")
    return files if isinstance(files, dict) else None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _some(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


@contextmanager
def _told(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ProjectError(
            f"The export could not be written to {out}: {error.strerror or error}. "
            "What was there before is as it was. Make room or choose another folder."
        ) from error
