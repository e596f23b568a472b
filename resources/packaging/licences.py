"""Writes the licences of all that is shipped into the program: Help ▸ About shows them."""

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from resources.packaging.component import Component
from resources.packaging.components import components

Entry = tuple[str, str, str]
"""Where a file lies in the program's folder, where it comes from, and PyInstaller's type."""


def licence_entries(entries: Iterable[Entry], folder: Path) -> list[Entry]:
    """Write the licences of what is in PyInstaller's lists into a folder; return its entries.

    Raises BuildError where something is shipped whose licence is not known.
    """
    sources = {source for _, source, kind in entries if Path(source).is_absolute()}
    write_licences(folder, components(sorted(sources), folder.with_name("models")))
    return [
        (f"resources/licences/{path.name}", str(path), "DATA") for path in sorted(folder.iterdir())
    ]


def write_licences(folder: Path, parts: Sequence[Component]) -> None:
    """Write a text for each component, and `index.json`, which annotation/licences.py reads."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for part in parts:
        name = re.sub(r"[^\w.+-]+", "-", part.name) + ".txt"
        (folder / name).write_text(part.text, "utf-8")
        rows.append({**part._asdict(), "file": name})
        del rows[-1]["text"]
    (folder / "index.json").write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
