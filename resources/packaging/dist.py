"""Build everything that team members get, into `dist/`: `make dist`."""

import subprocess
import sys
import time
from pathlib import Path

from resources.packaging import linux_packages, macos, windows
from resources.packaging.build_info import commit_time
from resources.packaging.checksums import write_checksums
from resources.packaging.component import BuildError
from resources.packaging.freeze import DIST, FOLDER, ROOT, WORK, freeze
from resources.packaging.sbom import write_sbom
from resources.packaging.tree import size_of

STARTED = time.monotonic()


def main() -> int:
    """Build, and return the exit code."""
    try:
        freeze()
        say(f"{FOLDER.relative_to(ROOT)}: {size_of(FOLDER) / 1e6:.1f} MB")
        results = packages()
    except BuildError as error:
        print(f"make dist: {error}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"make dist: {error.cmd[0]} ended with {error.returncode}.", file=sys.stderr)
        return 1
    results.append(write_sbom(FOLDER, FOLDER / "_internal" / "resources", DIST))
    say(results[-1].name)
    say(write_checksums(results, DIST).name)
    return 0


def packages() -> list[Path]:
    """Make of the frozen program what people of this system install; return the paths."""
    if sys.platform == "win32":
        return windows.package(FOLDER, DIST, commit_time(ROOT))
    if sys.platform == "darwin":
        return macos.package(DIST / "Pressmark.app", DIST)
    return linux_packages.package(FOLDER, DIST, WORK / "packages", say)


def say(done: str) -> None:
    """Print what is done, after how many seconds."""
    print(f"{time.monotonic() - STARTED:6.1f} s  {done}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
