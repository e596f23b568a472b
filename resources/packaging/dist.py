"""Build everything that team members get, into `dist/`: `make dist`."""

import sys
from pathlib import Path

from resources.packaging import macos, windows
from resources.packaging.build_info import commit_time
from resources.packaging.freeze import DIST, ROOT, freeze


def main() -> int:
    """Build, and return the exit code."""
    for path in [freeze(), *packages()]:
        print(path)
    return 0


def packages() -> list[Path]:
    """Make of the frozen program what people of this system install; return the paths."""
    if sys.platform == "win32":
        return windows.package(DIST / "pressmark", DIST, commit_time(ROOT))
    if sys.platform == "darwin":
        return macos.package(DIST / "Pressmark.app", DIST)
    return []


if __name__ == "__main__":
    sys.exit(main())
