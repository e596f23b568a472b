"""A sentence for somebody who started the program without a terminal, before there is a window."""

import os
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


LINUX_BOXES = (
    ("zenity", "--error", "--title=Pressmark", "--no-markup", "--text={}"),
    ("kdialog", "--title", "Pressmark", "--error", "{}"),
    ("xmessage", "-center", "{}"),
)
"""Programs of Linux desktops that show a sentence, the most usual first."""


def is_needed() -> bool:
    """Tell whether nobody would see what is printed."""
    if not getattr(sys, "frozen", False):
        return False
    if sys.platform == "linux":  # started from the menu, or on a project
        asked = len(sys.argv) < 2 or sys.argv[1].endswith(".pressmark")
        return asked and not os.isatty(2)
    return Path(sys.executable).stem == WINDOWED


def show_box(sentence: str) -> None:
    """Show a sentence, and wait until it is read."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, sentence, "Pressmark", WARNING)
    elif sys.platform == "darwin":
        script = [word for line in ALERT for word in ("-e", line)]
        subprocess.run(["osascript", *script, sentence], check=False, capture_output=True)
    else:
        from shutil import which

        for words in LINUX_BOXES:
            if which(words[0]):
                command = [word.format(sentence) for word in words]
                subprocess.run(command, check=False, capture_output=True)
                return
