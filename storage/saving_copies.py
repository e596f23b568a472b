"""Save a copy: a project as it is at this moment in a file of its own, whole or not at all."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from annotation.errors import DamagedError, ProjectError
from annotation.ids import new_id
from storage.copying import copy_out, on_disk
from storage.failures import FAILURES
from storage.guarding import reported
from storage.opening import connect


def save_copy(
    source: sqlite3.Connection, path: Path, out: Path, go_on: Callable[[int, int], None]
) -> None:
    """Copy what a connection to `path` sees to `out`, in the place of what is there.

    The copy is looked at before it gets its name. `go_on` gets the pages done and of all.
    `ProjectError` where `out` is in use or cannot be written, `DamagedError` where the copy
    is not sound; `out` is as it was then.
    """
    _refuse(path, out)
    unfinished = out.with_name(f".{out.name}.{new_id()}.part")
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        copy_out(source, unfinished, go_on)
        _verify(path, unfinished)
        unfinished.replace(out)
        on_disk(out.parent)
    except (OSError, *FAILURES) as error:
        raise ProjectError(
            f"No copy of {path} could be saved as {out} ({error}). Free some space, or choose "
            "another folder."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _refuse(path: Path, out: Path) -> None:
    if out.exists() and (not out.is_file() or out.samefile(path)):
        what = "the project itself" if out.is_file() else "no file"
        raise ProjectError(f"{out} is {what}. Choose another name for the copy.")
    if out.with_name(out.name + "-wal").exists():
        raise ProjectError(
            f"{out} is a project that is open. Close it there, or choose another name for the copy."
        )


def _verify(path: Path, copy: Path) -> None:
    with closing(connect(copy, "mode=ro")) as connection:
        found = reported(connection, "integrity_check(3)")
    if found:
        raise DamagedError(
            f"{path} is damaged, and no copy was saved ({found[0]}). Restore a backup, or save "
            "what can be read with “pressmark check --repair”."
        )
