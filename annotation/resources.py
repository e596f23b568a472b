"""Where the files that come with the application are."""

import sys
from pathlib import Path


def resource_path(name: str) -> Path:
    """Return the path of a file in `resources/`, from source, installed or frozen.

    A frozen application unpacks its data below `sys._MEIPASS` (PyInstaller's manual,
    "Run-time Information").
    """
    root = getattr(sys, "_MEIPASS", None) or Path(__file__).resolve().parent.parent
    return Path(root, "resources", name)
