"""Freeze Pressmark: make the folder `dist/pressmark`, which runs without Python.

Run in the environment of `make dist`: python -m resources.packaging.freeze
"""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from resources.packaging import launcher, macos, stripping, windows
from resources.packaging.build_info import commit_time, write_build_info
from resources.packaging.model import write_bundled_model, write_more_models

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "dist"
FOLDER = DIST / "pressmark"
WORK = ROOT / "build"
GENERATED = WORK / "resources"
"""The resources as they are shipped: those of the repository, and what is made for a build."""

OURS_ALONE = ("packaging", "__pycache__", "*.py")
"""What lies in `resources` for those who build, and not for the program."""


def freeze() -> Path:
    """Make the folder anew and return it; what an earlier run left behind goes first."""
    for old in (WORK, FOLDER):
        shutil.rmtree(old, ignore_errors=True)
    gather_resources()
    if sys.platform == "win32":
        windows.prepare(WORK)
    if sys.platform == "darwin":
        macos.prepare(WORK)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(DIST), "--workpath", str(WORK / "pyinstaller"), "build.spec"]
    subprocess.run(command, cwd=ROOT, env=repeatable(os.environ), check=True)
    if sys.platform == "linux":
        stripping.strip_libraries(FOLDER)
        launcher.write_launcher(FOLDER)
    return FOLDER


def gather_resources() -> None:
    """Bring together what is to lie in the frozen `resources`."""
    shutil.copytree(ROOT / "resources", GENERATED, ignore=shutil.ignore_patterns(*OURS_ALONE))
    write_bundled_model(GENERATED / "models" / "en_core_web_sm")
    more = shlex.split(os.environ.get("PRESSMARK_MODELS", ""))
    write_more_models([ROOT / path for path in more], GENERATED / "models")
    write_build_info(GENERATED / "build.json", ROOT)


def repeatable(environment: "os._Environ[str] | dict[str, str]") -> dict[str, str]:
    """Return an environment in which the same sources give the same bytes."""
    return {
        **environment,
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(commit_time(ROOT)),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


if __name__ == "__main__":
    print(freeze())
