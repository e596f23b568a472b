"""Try what `make dist` has made, where there is nothing else: `make dist-check`.

Needs Linux, the right to make namespaces (root), debootstrap, Xvfb and xdotool. Pictures of
the window go to dist/check. Exit code 1 when anything did not work.
"""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from resources.packaging.checking import elsewhere, installed, limits, odd_places, too_old
from resources.packaging.checking.check import Check
from resources.packaging.checking.machine import bare_debian
from resources.packaging.freeze import DIST, FOLDER

PICTURES = DIST / "check"
TOOLS = {"debootstrap": "debootstrap", "Xvfb": "xvfb", "xdotool": "xdotool"}
"""Programs that are needed, and Debian's packages that hold them."""


def main() -> int:
    """Carry the checks out one after the other; return the exit code."""
    lacking = [package for program, package in TOOLS.items() if not shutil.which(program)]
    if lacking:
        print(f"make dist-check needs: apt-get install {' '.join(lacking)}", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    failed = 0
    with ExitStack() as machines:
        for name, carry_out in _checks(machines):
            begun = time.monotonic()
            try:
                done = carry_out()
            except (SystemExit, OSError) as problem:
                failed += 1
                done = f"FAILED: {problem}"
            print(f"{name:34} {time.monotonic() - begun:6.1f} s  {done}", flush=True)
    print(f"{failed} checks FAILED" if failed else "All of it works.")
    return 1 if failed else 0


def _checks(machines: ExitStack) -> Iterator[Check]:
    package, archive = _result("*.deb"), _result("*.tar.gz")
    yield from limits.checks(DIST, package)
    yield from elsewhere.checks(archive)
    machine = machines.enter_context(bare_debian("bookworm"))
    yield from installed.checks(machine, package, PICTURES)
    yield from odd_places.checks(machine, PICTURES)
    yield from installed.ends(machine, package)
    yield from installed.short_checks(machines.enter_context(bare_debian("trixie")), package)
    yield from too_old.checks(machines.enter_context(bare_debian("bullseye")), FOLDER)


def _result(pattern: str) -> Path:
    for found in sorted(DIST.glob(pattern)):
        return found
    raise SystemExit(f"there is no {pattern} in dist: run `make dist` first")


if __name__ == "__main__":
    sys.exit(main())
