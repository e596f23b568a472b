"""Licences by their SPDX names, and what metadata does not tell of them (licences/parts.toml)."""

import tomllib
from collections.abc import Mapping
from importlib.metadata import PackageMetadata
from pathlib import Path
from typing import Any, NamedTuple

SPDX = {
    "MIT": "MIT",
    "MIT License": "MIT",
    "BSD-3-Clause": "BSD-3-Clause",
    "Apache-2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "ISC License": "ISC",
    "MPL-2.0": "MPL-2.0",
    "MPL-2.0 AND MIT": "MPL-2.0 AND MIT",
    "GPLv2-or-later with a special exception which allows to use PyInstaller to build and "
    "distribute non-free programs (including commercial ones)": "GPL-2.0-or-later WITH "
    "Bootloader-exception",
}
"""What older metadata calls licences, and how SPDX does; what is not clear is left out."""


class Facts(NamedTuple):
    """The contents of parts.toml: by distribution, by Debian's packages, parts of others."""

    distributions: Mapping[str, dict[str, Any]]
    debian: Mapping[str, str]
    parts: list[dict[str, Any]]


def read_facts(path: Path) -> Facts:
    """Read parts.toml."""
    content = tomllib.loads(path.read_text("utf-8"))
    return Facts(content["distribution"], content["debian"], content["part"])


def spdx(metadata: PackageMetadata) -> str:
    """Return the licence of a distribution as SPDX writes it; nothing where it is not clear.

    Source: core metadata 2.4 (License-Expression), and what was usual before it.
    """
    expression = field(metadata, "License-Expression")
    if expression:
        return expression
    named = " ".join(field(metadata, "License").split())
    classes = [
        line.rpartition(" :: ")[2]
        for line in metadata.get_all("Classifier") or ()
        if line.startswith("License :: ")
    ]
    return next((SPDX[name] for name in [named, *classes] if name in SPDX), "")


def field(metadata: PackageMetadata, name: str) -> str:
    """Return one line of a distribution's metadata; nothing where it has none."""
    found = metadata.get_all(name)
    return str(found[0]) if found else ""
