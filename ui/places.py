"""Where Pressmark keeps things of its own on this computer, and who uses it."""

import os
import sys
from pathlib import Path

from annotation.errors import ProjectError


def data_folder() -> Path:
    """Return the person's folder for Pressmark's data, made if need be.

    Follows the XDG Base Directory Specification on Linux and each system's habit elsewhere.
    """
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    folder = base / "Pressmark"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectError(
            f"The folder {folder} cannot be made ({error.strerror}). "
            "Give a project's path instead, in a folder where you may write."
        ) from error
    return folder


def models_folder() -> Path:
    """Return the folder of the language models that the person has added."""
    return data_folder() / "models"


def default_annotator() -> str:
    """Return the name under which the person is logged in."""
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError, ImportError):
        return "annotator"


def has_display() -> bool:
    """Tell whether a window can be shown; asked before Qt, which would abort if it cannot."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    display = os.environ.get("DISPLAY", "")
    if not display.startswith(":"):
        return bool(display)
    number = display[1:].split(".")[0]
    return any(_answers(f"{start}/tmp/.X11-unix/X{number}") for start in ("", "\0"))


def _answers(address: str) -> bool:
    import socket

    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        try:
            probe.connect(address)
        except OSError:
            return False
        return True
