"""Codebooks as TOML files, which people write by hand; `docs/codebook.md` describes them."""

import re
from collections.abc import Mapping
from pathlib import Path

from annotation.codebook import Codebook
from annotation.codebook_json import codebook_to_dict
from annotation.codebook_problems import Problem, codebook_problems
from annotation.codebook_tables import FORMAT, codebook_of
from annotation.errors import ProjectError
from annotation.resources import resource_path
from annotation.toml_lines import TomlLines

TABLES = {
    "layers": "layer",
    "labels": "label",
    "relations": "relation",
    "roles": "role",
    "attributes": "attribute",
    "values": "value",
}
MAX_BYTES = 4_000_000
"""A codebook of a thousand labels with long definitions is a tenth of this."""


def default_codebook() -> Codebook:
    """Return the codebook that a new project starts with."""
    return read_codebook(resource_path("codebook.toml"))


def read_codebook(path: Path) -> Codebook:
    """Return the codebook of a TOML file.

    Raises `ProjectError` with every problem of the file, one a line and each with its
    line number, or saying why the file cannot be read.
    """
    return parse_codebook(_source(path), path.name)


def parse_codebook(source: str, name: str) -> Codebook:
    """Return the codebook of TOML text; `name` is what the problems call the text."""
    import tomllib

    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(_syntax_problem(name, source, error)) from None
    except RecursionError:
        raise ProjectError(f"{name}: the values are nested too deeply for a codebook.") from None
    codebook, problems = codebook_of(data)
    problems += codebook_problems(codebook)
    if problems:
        raise ProjectError("\n".join(_located(name, source, problems)))
    return codebook


def write_codebook(codebook: Codebook) -> str:
    """Return the TOML text of a codebook; reading it gives the same codebook, as version 1."""
    import tomli_w

    return tomli_w.dumps({"format": FORMAT, **_in_singular(codebook_to_dict(codebook))})


def save_codebook(codebook: Codebook, path: Path) -> None:
    """Write a codebook into a TOML file; `ProjectError` when that cannot be done."""
    try:
        path.write_bytes(write_codebook(codebook).encode())
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be written: {error.strerror}. Choose another name or folder."
        ) from error


def _in_singular(data: Mapping[str, object]) -> dict[str, object]:
    """Call lists as TOML does, where each of their tables has a header: `[[label]]`."""
    return {
        TABLES.get(name, name): [_in_singular(item) for item in value]
        if name in TABLES and isinstance(value, list)
        else value
        for name, value in data.items()
    }


def _source(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ProjectError(f"{path} cannot be read: {error.strerror}.") from error
    if len(data) > MAX_BYTES:
        raise ProjectError(f"{path} is larger than {MAX_BYTES:,} bytes; is it a codebook?")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ProjectError(
            f"{path.name}:{line}: this is not UTF-8. Save the file with the encoding UTF-8."
        ) from None


def _syntax_problem(name: str, source: str, error: ValueError) -> str:
    """Put the line that the parser names at the end of its message to the front."""
    text = str(error)
    found = re.search(r" \(at line (\d+), column \d+\)$", text)
    line = int(found[1]) if found else source.rstrip().count("\n") + 1
    reason = text[: found.start()] if found else text.removesuffix(" (at end of document)")
    return f"{name}:{line}: this is not TOML: {reason[:1].lower()}{reason[1:]}."


def _located(name: str, source: str, problems: list[Problem]) -> list[str]:
    lines = TomlLines(source)
    found = []
    for problem in problems:
        other = lines.line(problem.other) if problem.other else ""
        text = problem.text.replace("{line}", str(other))
        found.append((lines.line(problem.path), f"{name}:{lines.line(problem.path)}: {text}"))
    return [text for _, text in sorted(found, key=lambda item: item[0])]
