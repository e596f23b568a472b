"""Programs that try to break a project: `python -m tests.soak kill --runs 500 --seed 1`.

Each prints what it did, and ends with 1 when anything was lost. docs/reliability.md has
the figures of long runs.
"""

import argparse
import os
import sys
import time
from importlib import import_module

COUNTS = {"kill": 500, "faults": 3000, "powerloss": 4000, "fuzz": 10_000, "repair": 200}
"""How often each program does what it does, unless told otherwise."""

ENCRYPTED = ("kill", "faults", "powerloss", "repair")
"""What can be done to projects with a password."""


def main() -> int:
    """Run what was asked for."""
    asked = _parser().parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    failures = 0
    for program in [asked.program] if asked.program else COUNTS:
        began = time.monotonic()
        more = {"encrypted": True} if asked.encrypted and program in ENCRYPTED else {}
        tally = import_module(f"tests.soak.{program}").run(
            asked.runs or COUNTS[program], asked.seed, asked.model, **more
        )
        for line in tally.lines():
            print(f"{program}: {line}")
        print(f"{program}: {time.monotonic() - began:.0f} s")
        failures += len(tally.failures)
    return 1 if failures else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("program", nargs="?", choices=tuple(COUNTS), help="all where none is named")
    parser.add_argument("--runs", type=int, default=0, help="how many times")
    parser.add_argument("--seed", type=int, default=1, help="what the choices begin with")
    parser.add_argument(
        "--model", choices=("fake", "real"), default="fake", help="what `kill` pre-highlights with"
    )
    parser.add_argument(
        "--encrypted", action="store_true", help=f"give the projects a password ({_names()})"
    )
    return parser


def _names() -> str:
    return ", ".join(ENCRYPTED)


if __name__ == "__main__":
    sys.exit(main())
