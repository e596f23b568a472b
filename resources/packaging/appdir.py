"""The folder that an AppImage is made of; the tool that packs it is not on any registry.

The layout: https://docs.appimage.org/reference/appdir.html. With appimagetool at hand:
`python -m resources.packaging.appdir && appimagetool build/Pressmark.AppDir`.
"""

import shutil
from pathlib import Path

from resources.packaging.freeze import FOLDER, WORK
from resources.packaging.tree import settle, write_tree

APPDIR = WORK / "Pressmark.AppDir"
START = """\
#!/bin/sh
exec "$(dirname -- "$(readlink -f -- "$0")")/usr/lib/pressmark/pressmark" "$@"
"""


def write_appdir(folder: Path, target: Path) -> Path:
    """Lay a frozen folder out as an AppDir, and return it; `target` is written anew."""
    write_tree(target, folder)
    (target / "AppRun").write_text(START, "utf-8")
    (target / "AppRun").chmod(0o755)
    share = target / "usr/share"
    shutil.copy(share / "applications/pressmark.desktop", target)
    shutil.copy(share / "icons/hicolor/256x256/apps/pressmark.png", target)
    (target / ".DirIcon").symlink_to("pressmark.png")
    settle(target)
    return target


if __name__ == "__main__":
    print(write_appdir(FOLDER, APPDIR))
