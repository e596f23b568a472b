"""Which commit a build was made from, when, and with what: for Help ▸ About and `--version`."""

import json
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from annotation.build import LIBRARIES


def commit_time(root: Path) -> int:
    """Return when the commit that is checked out was made, in seconds since 1970.

    Sources without their history count as made when their changelog was last written.
    """
    return int(_git(root, "log", "-1", "--format=%ct") or (root / "CHANGELOG.md").stat().st_mtime)


def write_build_info(target: Path, root: Path) -> None:
    """Write the facts of this build as JSON; only what is the same for the same commit."""
    changed = bool(_git(root, "status", "--porcelain"))
    made = datetime.fromtimestamp(commit_time(root), UTC)
    facts = {
        "commit": (_git(root, "rev-parse", "HEAD") or "unknown") + ("-changed" if changed else ""),
        "date": made.date().isoformat(),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }
    target.write_text(json.dumps(facts, indent=1) + "\n", "utf-8")


def _git(root: Path, *words: str) -> str:
    """Return what git says of these sources; nothing where they are not a repository."""
    if not (root / ".git").exists():
        return ""
    command = ["git", "-C", str(root), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
