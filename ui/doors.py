"""The ways to project files, which window and command line are given and do not know themselves."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from annotation.backups import Backups
    from annotation.passwords import Locks
    from annotation.store import OpenStore, Store
    from annotation.updating import Tell


class Doors(NamedTuple):
    """How project files are opened and made, and where their backups are.

    `open` refuses a project of an older Pressmark (`OutdatedError`): `update` brings it up to
    date, tells how far it is, and may take long; any thread may ask for it. `create` takes the
    path, a codebook file, None for the built-in codebook, and a password, None for a project
    that is not encrypted. `backups` and `locks` are asked for where they are used: no start
    waits for them.
    """

    open: "Callable[[Path], Store]"
    create: "Callable[[Path, Path | None, str | None], Store]"
    open_for_reading: "Callable[[Path], OpenStore]"
    sample: Callable[[], Path]
    backups: "Callable[[], Backups]"
    locks: "Callable[[], Locks]"
    update: "Callable[[Path, Tell], None]"
