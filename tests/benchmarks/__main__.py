"""Measures Pressmark against floors of the same run: `python -m tests.benchmarks`.

Each family of rows runs in a process of its own, so that none is slowed by what another
left behind.
"""

import argparse
import dataclasses
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from tests.benchmarks.measure import Options, Result, failed, judge, scratch_folder
from tests.benchmarks.report import table, write_json

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "bench.json"

SCREEN = "offscreen:configfile=tests/screen.json"
"""A laptop's screen of 1920 by 1080: on the usual one, 800 wide, the text would have 200 pixels."""

HOMES = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA")
"""Where settings go; each family gets a folder of its own, so that nobody's are touched."""

FAMILIES = (
    "start",
    "opening",
    "scrolling",
    "tagging",
    "crowding",
    "memory",
    "prehighlighting",
    "stalling",
    "importing",
    "exporting",
    "project",
    "frozen",
)
"""The modules here that hold rows: each has `ROWS`, and `measure` that returns their samples."""


ON_DEMAND = ("frozen",)
"""What is measured only where it is named: the frozen program has to be built before."""


def main() -> int:
    """Measure what was asked for; return 0 unless there is no such family of rows."""
    asked = _parser().parse_args()
    options = Options(asked.quick, asked.full)
    os.environ.setdefault("QT_QPA_PLATFORM", SCREEN)
    usual = [name for name in FAMILIES if name not in ON_DEMAND]
    families = [name for name in FAMILIES if name == asked.only] if asked.only else usual
    if not families:
        print(
            f"There is nothing called {asked.only}; there are: {', '.join(FAMILIES)}.",
            file=sys.stderr,
        )
        return 1
    if asked.here:
        found = [dataclasses.asdict(result) for result in _measured(families[0], options)]
        print(json.dumps(found))
        return 0
    results = []
    for family in families:
        print(f"measuring {family} …", file=sys.stderr, flush=True)
        results += _measured_apart(family, options)
    print(table(results))
    for result in results:
        if result.note:
            print(f"  {result.name}: {result.note}")
    write_json(asked.out, results, asked.quick)
    return 0


def _measured(family: str, options: Options) -> list[Result]:
    module = import_module(f"tests.benchmarks.{family}")
    samples = module.measure(options)
    return [judge(row, samples[row.name]) for row in module.ROWS]


def _measured_apart(family: str, options: Options) -> list[Result]:
    flags = [f"--{name}" for name in ("quick", "full") if getattr(options, name)]
    command = [sys.executable, "-m", "tests.benchmarks", "--here", "--only", family, *flags]
    with scratch_folder() as home:
        places = dict.fromkeys(HOMES, str(home))
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | places,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        reason = (done.stderr.strip().splitlines() or ["ended without a word"])[-1]
        return [failed(family, reason)]
    return [Result(**found) for found in json.loads(done.stdout.splitlines()[-1])]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", metavar="NAME", default="", help="one family of rows")
    parser.add_argument("--quick", action="store_true", help="fewer samples, smaller projects")
    parser.add_argument("--full", action="store_true", help="the project of 100,000 articles too")
    parser.add_argument("--out", type=Path, default=OUT, help="where the JSON goes")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
