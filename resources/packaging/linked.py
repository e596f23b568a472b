"""Which shared libraries lie beside the frozen program on Linux, and which are the system's."""

from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path, PurePath

from resources.packaging import elf

Entry = tuple[str, str, str]
"""Where a file lies in the program's folder, where it comes from, and PyInstaller's type."""

FROM_THE_SYSTEM = (
    # Drivers for the screen are linked to these, and may want newer ones than the builder's.
    *("libstdc++.so.*", "libgcc_s.so.*", "libX11.so.*", "libX11-xcb.so.*", "libz.so.*"),
    # They read the system's configuration, or talk to its services.
    *("libfontconfig.so.*", "libfreetype.so.*", "libglib-2.0.so.*", "libgthread-2.0.so.*"),
    *("libdbus-1.so.*", "libcups.so.*", "libwayland-*.so.*"),
)
"""Libraries that each Linux desktop has; linux/depends.txt names the packages that hold them."""


def without_unneeded(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries without the libraries that no kept file is linked to.

    So those go that only the system's libraries need, or plugins that are not shipped (GTK
    and its family). Only libraries at the top of the folder or in Qt's own can go: the rest is
    imported by name.
    """
    entries = list(entries)
    optional = {PurePath(entry[0]).name: entry for entry in entries if _is_optional(entry)}
    queue = [entry for entry in entries if not _is_optional(entry)]
    kept = []
    while queue:
        entry = queue.pop()
        kept.append(entry)
        for name in elf.linked_to(Path(entry[1])):
            needed = optional.pop(name, None)
            if needed and not _is_the_systems(needed):
                queue.append(needed)
    return sorted(kept)


def _is_the_systems(entry: Entry) -> bool:
    name = PurePath(entry[0]).name
    return any(fnmatch(name, pattern) for pattern in FROM_THE_SYSTEM)


def _is_optional(entry: Entry) -> bool:
    place = PurePath(entry[0])
    if place.name.startswith("libpython"):
        return False
    return entry[2] == "BINARY" and place.parent.as_posix() in (".", "PySide6/Qt/lib")
