"""The archive, unpacked somewhere else on this computer, and run with an empty environment."""

import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from resources.packaging.checking.check import Check, Ended, expect, said, went_well

FOLDER = "Mäppchen with blanks"
SECONDS = 20
"""How long the self-test may take on two cores."""


def checks(archive: Path) -> Iterator[Check]:
    """Yield these checks."""
    yield "archive: self-test", lambda: _self_test(archive)
    yield "archive: install and uninstall", lambda: _installed(archive)


def self_test_of(folder: Path) -> str:
    """Run the self-test of a copy of a frozen folder; return its last line."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(shutil.copytree(folder, Path(place, FOLDER), symlinks=True))
        return _tried(copy, Path(place))


def _self_test(archive: Path) -> str:
    with tempfile.TemporaryDirectory() as place:
        return _tried(_unpacked(archive, Path(place, FOLDER)), Path(place))


def _tried(folder: Path, home: Path) -> str:
    begun = time.monotonic()
    line = went_well(_run(home, str(folder / "pressmark"), "--self-test"))
    taken = time.monotonic() - begun
    expect(taken <= SECONDS, f"{taken:.1f} s are more than {SECONDS}")
    return line


def _installed(archive: Path) -> str:
    with tempfile.TemporaryDirectory() as place:
        home = Path(place, "Zoë's home")
        home.mkdir()
        folder = _unpacked(archive, Path(place, FOLDER))
        (folder / "team").mkdir()
        (folder / "team" / "team.toml").write_text('name = "Lab"\n', "utf-8")
        went_well(_run(home, str(folder / "install.sh")))
        went_well(_run(home, str(folder / "install.sh")))  # once more, over the first
        program = home / ".local/bin/pressmark"
        version = went_well(_run(home, str(program), "--version"))
        expect((home / ".local/opt/pressmark/team/team.toml").is_file(), "the team's set-up lacks")
        went_well(_run(home, str(program), "new", str(home / "study.pressmark")))
        went_well(_run(home, str(folder / "install.sh"), "--uninstall"))
        left = [str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()]
        ours = [path for path in left if "pressmark-bin" in path or path.endswith(".desktop")]
        expect(not ours and not program.exists(), f"still there: {ours}")
        expect("study.pressmark" in left, "the project is gone")
    return f"{version}; the project stayed"


def _unpacked(archive: Path, folder: Path) -> Path:
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    [inside] = folder.iterdir()
    return inside


def _run(home: Path, *words: str) -> Ended:
    """Run a program with hardly any environment."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home)}
    ended = subprocess.run(
        words, env=environment, cwd="/", capture_output=True, text=True, check=False
    )
    expect("Traceback" not in ended.stderr, f"a traceback: {said(ended)}")
    return ended
