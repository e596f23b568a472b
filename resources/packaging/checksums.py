"""SHA256SUMS: what `sha256sum --check SHA256SUMS` compares downloads with."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

NAME = "SHA256SUMS"


def write_checksums(results: Iterable[Path], dist: Path) -> Path:
    """Write the checksums of the results in `dist`, by name; return the file."""
    lines = []
    for path in sorted(results):
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    target = dist / NAME
    target.write_text("".join(lines), "utf-8", newline="\n")
    return target
