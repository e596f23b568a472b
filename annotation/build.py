"""Which Pressmark this is: its version, the build it comes from, and what it is made of."""

import json
import platform
from typing import Any

from annotation import VERSION
from annotation.resources import resource_path

LIBRARIES = ("PySide6-Essentials", "spacy", "sqlite-utils", "sqlcipher3", "rapidfuzz")
"""The libraries whose versions a support person asks for, as their packages are called."""


def named_version() -> str:
    """Return the version with the build: `0.1.0 (build 1a2b3c4d of 2026-11-23)`."""
    facts = _facts()
    if not facts:
        return f"{VERSION} (from source)"
    changed = ", changed" if facts["commit"].endswith("-changed") else ""
    return f"{VERSION} (build {facts['commit'][:8]}{changed} of {facts['date']})"


def versions() -> dict[str, str]:
    """Return what this is made of, by name, without importing any of it."""
    libraries = _facts().get("libraries") or {name: _installed(name) for name in LIBRARIES}
    return {
        "Pressmark": named_version(),
        "Python": platform.python_version(),
        **{name: version for name, version in libraries.items() if version},
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}",
    }


def _facts() -> dict[str, Any]:
    """Return what was written down when this was built; nothing where it runs from source."""
    path = resource_path("build.json")
    facts: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return facts


def _installed(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""
