"""The files of a spaCy model, looked through before spaCy reads them.

spaCy stores weights and tables as MessagePack (with arrays as numpy's decoder in srsly reads
them), JSON, and vectors as numpy's own files. All of that is data, as long as no array holds
Python objects: numpy would unpickle those, and a pickle runs what it likes. So an array has to
be of plain numbers, exactly as long as it says.
"""

import json
import re
from collections.abc import Iterator, Mapping
from math import prod
from pathlib import Path
from typing import Any

from annotation.errors import ProjectError

NUMBERS = re.compile(r"[<>|=]?[biuf][1248]")
"""How numpy writes the type of plain numbers."""

DEPTH = 20
"""How deep values may lie in each other."""


def check_json(path: Path, kind: type = dict) -> Any:
    """Return what a JSON file holds; `ProjectError` where that is not of this kind."""
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise ProjectError(f"{path.name} is not JSON ({error}).") from error
    if not isinstance(found, kind):
        raise ProjectError(f"{path.name} is not what it should be.")
    return found


def check_lines(path: Path) -> None:
    """Look through a file with an object of JSON on each line."""
    try:
        for line in path.read_bytes().splitlines():
            if line.strip() and not isinstance(json.loads(line), dict):
                raise ProjectError(f"{path.name} has a line that is no pattern.")
    except (ValueError, RecursionError) as error:
        raise ProjectError(f"{path.name} is not JSON in lines ({error}).") from error


def check_strings(path: Path) -> None:
    """Look through the list of words."""
    if not all(isinstance(word, str) for word in check_json(path, list)):
        raise ProjectError(f"{path.name} holds something that is no word.")


def check_table(path: Path) -> Any:
    """Return what a MessagePack file holds: a table with plain values and plain arrays only."""
    found = _unpacked(path.read_bytes(), path.name)
    if not isinstance(found, dict):
        raise ProjectError(f"{path.name} is not what it should be.")
    for value in _inside(found, path.name):
        if isinstance(value, Mapping) and b"nd" in value:
            _check_array(value, path.name)
    return found


def check_weights(path: Path) -> None:
    """Look through a network's weights; settings of its layers are packed in them once more."""
    found = check_table(path)
    names = ("nodes", "attrs", "params", "shims")
    if not all(isinstance(found.get(name), list) for name in names):
        raise ProjectError(f"{path.name} holds no weights of a network.")
    if any(found["shims"]):
        raise ProjectError(
            f"{path.name} holds a network of another library (such as PyTorch), which is not "
            "read: its files can run code."
        )
    for settings in found["attrs"]:
        for value in settings.values() if isinstance(settings, dict) else ():
            if isinstance(value, bytes):
                packed = _unpacked(value, path.name)
                for inner in _inside(packed, path.name):
                    if isinstance(inner, Mapping) and b"nd" in inner:
                        _check_array(inner, path.name)


def check_vectors(path: Path) -> None:
    """Look at the head of an array in numpy's file format: plain numbers, as many as it says."""
    from tokenize import TokenError

    import numpy
    from numpy.lib import format as npy

    try:
        with path.open("rb") as file:
            version = npy.read_magic(file)
            read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
            shape, _, kind = read(file)
            left = path.stat().st_size - file.tell()
    except (ValueError, EOFError, TypeError, SyntaxError, TokenError) as error:
        raise ProjectError(f"{path.name} is no array of numbers ({error}).") from error
    if not NUMBERS.fullmatch(kind.str) or left != prod(shape) * numpy.dtype(kind).itemsize:
        raise ProjectError(f"{path.name} is no array of plain numbers: it is not read.")


def _unpacked(data: bytes, name: str) -> Any:
    """Unpack MessagePack without numpy's decoder: an array stays the table that describes it."""
    from srsly.msgpack._unpacker import unpackb
    from srsly.msgpack.exceptions import UnpackException

    try:
        # Bounds as long as the data, so that a false length cannot ask for more memory.
        return unpackb(data, raw=False, use_list=True, strict_map_key=False)
    except (ValueError, TypeError, UnpackException, RecursionError, OverflowError) as error:
        raise ProjectError(f"{name} is damaged ({error or type(error).__name__}).") from error


def _inside(value: Any, name: str, depth: int = 0) -> Iterator[Any]:
    """Yield a value and all that lie in it; `ProjectError` for what is not plain."""
    if depth > DEPTH:
        raise ProjectError(f"{name} is nested too deeply.")
    yield value
    if isinstance(value, dict):
        for inner in value.values():
            yield from _inside(inner, name, depth + 1)
    elif isinstance(value, list | tuple) and type(value) in (list, tuple):
        for inner in value:
            yield from _inside(inner, name, depth + 1)
    elif not isinstance(value, str | bytes | int | float | None):
        raise ProjectError(f"{name} holds something that is not plain data.")


def _check_array(said: Mapping[Any, Any], name: str) -> None:
    kind, shape, data = said.get(b"type"), said.get(b"shape", []), said.get(b"data")
    if isinstance(kind, bytes):
        kind = kind.decode("ascii", "replace")
    plain = isinstance(kind, str) and NUMBERS.fullmatch(kind) and not said.get(b"kind")
    counted = isinstance(shape, list) and all(isinstance(n, int) and n >= 0 for n in shape)
    size = int(kind[-1]) if plain and isinstance(kind, str) else 0
    if not (plain and counted and isinstance(data, bytes) and len(data) == prod(shape) * size):
        raise ProjectError(f"{name} holds an array that is not of plain numbers: it is not read.")
