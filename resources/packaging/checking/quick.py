"""Freeze the program, and run its self-test from another folder: `make dist-try`."""

import sys

from resources.packaging.checking.elsewhere import self_test_of
from resources.packaging.freeze import freeze
from resources.packaging.tree import size_of


def main() -> int:
    """Build and try; a failure ends the process with its reason."""
    folder = freeze()
    print(f"{folder.name}: {size_of(folder) / 1e6:.1f} MB")
    print(self_test_of(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
