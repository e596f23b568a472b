"""A sentence for somebody who started the program without a terminal, before there is a window."""

import subprocess
import sys
from pathlib import Path

WINDOWED = "pressmark-app"
"""How the frozen program without a terminal is called, on Windows and macOS."""

WARNING = 0x30
"""MB_OK | MB_ICONWARNING (https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-messageboxw)."""

ALERT = (
    "on run sentences",
    'display alert "Pressmark" message (item 1 of sentences) as warning',
    "end run",
)
"""AppleScript; the sentence is its argument, and so never part of the script."""


def is_needed() -> bool:
    """Tell whether nobody would see what is printed."""
    return bool(getattr(sys, "frozen", False)) and Path(sys.executable).stem == WINDOWED


def show_box(sentence: str) -> None:
    """Show a sentence, and wait until it is read."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, sentence, "Pressmark", WARNING)
    elif sys.platform == "darwin":
        script = [word for line in ALERT for word in ("-e", line)]
        subprocess.run(["osascript", *script, sentence], check=False, capture_output=True)
