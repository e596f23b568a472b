"""System libraries that Qt lacks on Linux, told with the command that installs them."""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

NOT_FOUND = re.compile(r"^(\S+\.so[.\d]*): cannot open shared object file")
"""How the dynamic loader says it (glibc, elf/dl-load.c)."""


def told_of(error: ImportError) -> str:
    """Return the sentence for a library that the system lacks; empty where it is another fault."""
    found = NOT_FOUND.match(str(error))
    return _sentence([found[1]]) if found else ""


@contextmanager
def explained_start() -> Iterator[None]:
    """Where Qt would end the program since it cannot show windows, say why, and exit with 1.

    Qt aborts then (QGuiApplication's documentation, "platform plugin"), which no exception
    handler hears of: only its message can be caught.
    """
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    def hear(kind: QtMsgType, context: object, words: str) -> None:
        if kind != QtMsgType.QtFatalMsg:
            print(words, file=sys.stderr)
            return
        from ui.told import refuse

        refuse(_why(words))
        sys.stderr.flush()
        os._exit(1)

    qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(None)


def _why(words: str) -> str:
    from pathlib import Path

    from PySide6.QtCore import QLibraryInfo

    from resources.system_packages import missing_libraries

    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms")
    kind = "wayland" if os.environ.get("WAYLAND_DISPLAY") else "xcb"
    lacking = missing_libraries(plugins.glob(f"libq{kind}*.so"))
    if lacking:
        return _sentence(lacking)
    reason = words.split("\n")[0].removesuffix(".")
    return (
        f"The window cannot be shown: {reason}. Look whether the screen that DISPLAY names "
        f"({os.environ.get('DISPLAY') or 'none'}) is yours, and try again."
    )


def _sentence(libraries: Sequence[str]) -> str:
    from resources.system_packages import advice, distribution

    are = "libraries are" if len(libraries) > 1 else "library is"
    return (
        f"The window cannot be shown: the system's {are} missing that Qt needs "
        f"({', '.join(libraries)}). To install what is missing, "
        f"{advice(list(libraries), distribution())}."
    )
