"""The licences of what is shipped, as the build wrote them down beside the program."""

import json
from pathlib import Path
from typing import NamedTuple

from annotation.resources import resource_path


class Component(NamedTuple):
    """A library or a model in the installed program, and the file with its licence's text."""

    name: str
    version: str
    licence: str
    file: Path


def shipped() -> list[Component]:
    """Return what is shipped, by name; nothing where the program runs from source."""
    index = resource_path("licences/index.json")
    if not index.is_file():
        return []
    return [
        Component(row["name"], row["version"], row["licence"], index.with_name(row["file"]))
        for row in json.loads(index.read_text("utf-8"))
    ]
