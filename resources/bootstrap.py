"""Prepare what `make run`, `make test` or `make dist` needs, or say what is missing.

Standard library only, in the syntax of Python 3.8: this runs before anything is
installed, and perhaps on a Python that is too old for Pressmark itself.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from resources.system_packages import SetupError, ensure_libraries, provide

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = {
    "run": ["requirements.lock"],
    "test": ["requirements.lock", "requirements-dev.lock"],
    "dist": ["requirements-build.lock"],
}
BUILDERS = {"binutils": "objdump", "git": "git"}  # Debian's package and its program
SUPPORTED = [(3, 13), (3, 12), (3, 11)]  # the most wanted first
WANTED = "Pressmark needs Python 3.11, 3.12 or 3.13"
BUILT = ["build", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"]
BUILT += [".venv", ".venv-dist"]
PROBE = """import sys
try: import ensurepip, venv
except ImportError: print("no")
else: print("yes")
print("%d %d" % sys.version_info[:2]); print(sys.executable)"""


class Interpreter(NamedTuple):
    """A Python that answered when it was run."""

    path: str
    version: tuple[int, int]
    has_venv: bool


class Environment(NamedTuple):
    """A folder with a Python and libraries of its own."""

    folder: Path

    @property
    def python(self) -> Path:
        """The program to start there."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def stamp(self) -> Path:
        """The file that says which locks a finished installation came from."""
        return self.folder / "installed.txt"


def environment_for(mode: str) -> Environment:
    """Return where a mode works; what is frozen holds no tool of the tests."""
    return Environment(VENV.with_name(".venv-dist") if mode == "dist" else VENV)


def say(step: str) -> None:
    """Print one line of progress, at once."""
    print(step, flush=True)


def requested() -> list[str]:
    """Split $PYTHON into a command: a path, which may hold spaces, or words as `py -3.12`."""
    asked = os.environ.get("PYTHON", "")
    return [asked] if shutil.which(asked) else asked.split()


def candidates() -> list[list[str]]:
    """List the commands that may start a suitable Python, the most wanted first."""
    commands = [requested()] if requested() else []
    commands += [[f"python3.{minor}"] for _, minor in SUPPORTED] + [["python3"], ["python"]]
    if os.name == "nt":
        commands += [["py", f"-3.{minor}"] for _, minor in SUPPORTED]
    return [*commands, [sys.executable]]


def probe(command: Sequence[str]) -> Interpreter | None:
    """Run a Python to learn what it is; None if it does not start (a shim may exit 127)."""
    try:
        done = subprocess.run(
            [*command, "-c", PROBE], capture_output=True, text=True, timeout=20, check=True
        )
        has_venv, version, path = done.stdout.splitlines()
        major, minor = version.split()
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return Interpreter(path, (int(major), int(minor)), has_venv == "yes")


def choose(commands: Sequence[Sequence[str]]) -> Interpreter:
    """Pick the first supported Python, before all one that can make an environment."""
    lacking, others = None, set()
    for found in filter(None, map(probe, commands)):
        if found.version not in SUPPORTED:
            others.add("{}.{}".format(*found.version))
        elif found.has_venv:
            return found
        else:
            lacking = lacking or found
    if lacking:
        return lacking
    seen = f"only found {', '.join(sorted(others))}" if others else "found none"
    raise SetupError(f"{WANTED}, and {seen}: install one, or set PYTHON to its path.")


def create_environment(environment: Environment) -> None:
    """Make an environment anew; what an interrupted set-up left behind is cleared away."""
    python = choose(candidates())
    if not python.has_venv:
        name = "python{}.{}-venv".format(*python.version)
        provide([name], f"Python at {python.path} cannot make environments (venv, ensurepip)")
    say("Creating {} with Python {}.{}".format(environment.folder.name, *python.version))
    command = [python.path, "-m", "venv", "--clear", str(environment.folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        raise SetupError(f"`{' '.join(command)}` failed: run it to see why.")


def usable_environment(environment: Environment) -> bool:
    """Tell whether an environment was finished once, still starts, and is of the Python asked for.

    Without its stamp an installation was interrupted; it is not mended but made anew.
    """
    python = probe([str(environment.python)]) if environment.stamp.is_file() else None
    if python is None or python.version not in SUPPORTED:
        return False
    asked = probe(requested()) if requested() else None
    return asked is None or asked.version == python.version


def install(environment: Environment, locks: Sequence[Path]) -> None:
    """Bring an environment to the locked versions, unless the stamp says that it has them.

    The stamp goes before the first change and comes back after the last. The last
    lock holds the ones before it, so it is the only one to install.
    """
    wanted = [hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks]
    stamp = environment.stamp
    if not usable_environment(environment):
        create_environment(environment)
    elif set(wanted) <= set(stamp.read_text("ascii").split()):
        return
    else:
        stamp.unlink()
    say(f"Installing {locks[-1].name} (the first time takes a few minutes)")
    pip = [str(environment.python), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    pip += ["install", "--only-binary=:all:", "--require-hashes", "-r", str(locks[-1])]
    done = subprocess.run(pip, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        reasons = re.findall(r"^ERROR: (.+)", done.stderr, re.M) or ["pip gave no reason"]
        raise SetupError(
            f"Could not install {locks[-1].name} (if the network was away, run make again): "
            + reasons[-1]
        )
    stamp.write_text("\n".join(wanted), "ascii")


def clean() -> None:
    """Remove the environment, what was built and what the tools remember."""
    for path in [*(ROOT / name for name in BUILT), *ROOT.glob("*/**/__pycache__")]:
        shutil.rmtree(path, ignore_errors=True)


def prepare(mode: str) -> None:
    """Do all that `make run`, `make test` or `make dist` needs done first."""
    environment = environment_for(mode)
    install(environment, [ROOT / name for name in LOCKS[mode]])
    if sys.platform == "linux" and mode == "dist":
        needs = [package for package, name in BUILDERS.items() if not shutil.which(name)]
        if needs:
            provide(needs, "Building Pressmark takes tools that are not here")
    elif sys.platform == "linux":
        pyside = next(environment.folder.glob("lib/python3*/site-packages/PySide6"))
        ensure_libraries(pyside, for_tests=mode == "test")


def main(arguments: Sequence[str]) -> int:
    """Run one step, and turn every failure that can be foreseen into a sentence."""
    if len(arguments) != 1 or arguments[0] not in (*LOCKS, "clean"):
        print("usage: python -m resources.bootstrap run|test|dist|clean", file=sys.stderr)
        return 2
    try:
        clean() if arguments[0] == "clean" else prepare(arguments[0])
    except (SetupError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted: the next run starts over.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
