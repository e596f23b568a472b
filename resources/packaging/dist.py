"""Build everything that team members get, into `dist/`: `make dist`."""

import sys

from resources.packaging.freeze import freeze


def main() -> int:
    """Build, and return the exit code."""
    print(freeze())
    return 0


if __name__ == "__main__":
    sys.exit(main())
