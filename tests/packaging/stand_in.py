"""A small folder in the shape of the frozen program, for what packs and installs it."""

import json
import shutil
from pathlib import Path

ROW = {"name": "x", "version": "1", "licence": "MIT", "purl": "pkg:pypi/x@1", "file": "x.txt"}


def frozen_folder(parent: Path) -> Path:
    """Make a program that only knows its version, with a real Linux program beside it."""
    folder = parent / "pressmark"
    licences = folder / "_internal" / "resources" / "licences"
    licences.mkdir(parents=True)
    (licences / "index.json").write_text(json.dumps([ROW]))
    (folder / "_internal" / "libx.so.1").symlink_to("libx.so.1.0")
    shutil.copy("/bin/true", folder / "_internal" / "libx.so.1.0")
    for name in ("pressmark", "pressmark-bin"):
        (folder / name).write_text('#!/bin/sh\necho "Pressmark 9"\n')
        (folder / name).chmod(0o755)
    return folder
