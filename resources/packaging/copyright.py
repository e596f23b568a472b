"""The file `copyright` of the packages, in Debian's machine-readable form.

https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
"""

import json
from collections.abc import Iterable
from pathlib import Path

from resources.packaging.changes import ROOT

LICENCES = "_internal/resources/licences"


def debian_copyright_file(folder: Path) -> str:
    """Return the terms of Pressmark, and where those of all else in a frozen folder stand."""
    title, holder, *rest = (ROOT / "LICENSE").read_text("utf-8").strip().split("\n\n")
    rows = json.loads((folder / LICENCES / "index.json").read_text("utf-8"))
    parts = [
        f"{row['name']} {row['version']}: {row['licence']}"
        for row in rows
        if row["name"] != "Pressmark"
    ]
    lines = [
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/",
        "Upstream-Name: Pressmark",
        "Comment: The program's folder holds works of others, too. Their terms, in full, are in",
        f" /usr/lib/pressmark/{LICENCES}. In short:",
        *_indented(parts),
        "",
        "Files: *",
        f"Copyright: {holder.removeprefix('Copyright (c) ')}",
        "License: Expat",
        *_indented("\n\n".join(rest).splitlines()),
    ]
    assert title == "MIT License"
    return "\n".join(lines) + "\n"


def _indented(lines: Iterable[str]) -> list[str]:
    return [f" {line}" if line.strip() else " ." for line in lines]
