"""Take out of Linux libraries what only a debugger reads."""

import subprocess
from pathlib import Path

MOVED = "numpy.libs"
"""Where `strip` does damage: the tool that made the wheels has moved program headers there."""


def strip_libraries(folder: Path) -> None:
    """Strip all libraries of a frozen folder in place but Qt's, which are, and numpy.libs."""
    libraries = [
        path
        for path in sorted((folder / "_internal").rglob("*.so*"))
        if not path.is_symlink() and not {MOVED, "PySide6", "shiboken6"} & set(path.parts)
    ]
    subprocess.run(["strip", "--strip-unneeded", *map(str, libraries)], check=True)
