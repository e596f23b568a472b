"""Codebooks as TOML files, which people write by hand; `docs/codebook.md` describes them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from annotation.codebook import Attribute, Choice, Codebook, Label, RelationLabel, Role
from annotation.codebook_problems import Problem, codebook_problems
from annotation.codebook_tables import FORMAT, codebook_of
from annotation.errors import ProjectError
from annotation.resources import resource_path
from annotation.toml_lines import TomlLines

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
    return "\n".join(_lines(codebook)) + "\n"


def save_codebook(codebook: Codebook, path: Path) -> None:
    """Write a codebook into a TOML file; `ProjectError` when that cannot be done."""
    try:
        path.write_bytes(write_codebook(codebook).encode())
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be written: {error.strerror}. Choose another name or folder."
        ) from error


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


# -- writing


def _lines(codebook: Codebook) -> Iterator[str]:
    yield f'format = "{FORMAT}"'
    yield f"name = {_quoted(codebook.name)}"
    yield from _texts(definition=codebook.definition)
    for layer in codebook.layers:
        yield from ("", "[[layer]]", f"name = {_quoted(layer.name)}")
        yield from _texts(title=layer.title, definition=layer.definition, drawn=layer.drawn)
    for label in codebook.labels:
        yield from _label(label)
    for relation in codebook.relations:
        yield from _relation(relation)


def _label(label: Label) -> Iterator[str]:
    yield from ("", "[[label]]", f"layer = {_quoted(label.layer)}")
    yield from _texts(name=label.name, title=label.title, tag=label.tag)
    yield from _texts(key=label.key, color=label.color)
    yield from _flags(discontinuous=label.discontinuous, nests_in_itself=label.nests_in_itself)
    yield from _texts(definition=label.definition, example=label.example)
    for attribute in label.attributes:
        yield from _attribute("label.attribute", attribute)


def _relation(relation: RelationLabel) -> Iterator[str]:
    yield from ("", "[[relation]]", f"name = {_quoted(relation.name)}")
    yield from _texts(title=relation.title, key=relation.key)
    yield from _flags(symmetric=relation.symmetric)
    yield from _texts(definition=relation.definition, example=relation.example)
    for role in relation.roles:
        yield from _role(role)
    for attribute in relation.attributes:
        yield from _attribute("relation.attribute", attribute)


def _role(role: Role) -> Iterator[str]:
    yield from ("", "  [[relation.role]]", f"  name = {_quoted(role.name)}")
    yield f"  accepts = {_list(role.accepts)}"
    yield f"  min = {role.min}"
    if role.max is not None:
        yield f"  max = {role.max}"


def _attribute(header: str, attribute: Attribute) -> Iterator[str]:
    yield from ("", f"  [[{header}]]", f"  name = {_quoted(attribute.name)}")
    for line in _texts(
        title=attribute.title,
        type=attribute.type,
        definition=attribute.definition,
        default=attribute.default,
    ):
        yield f"  {line}"
    for choice in attribute.values:
        yield from ("", f"    [[{header}.value]]", f"    name = {_quoted(choice.name)}")
        for line in _choice(choice):
            yield f"    {line}"


def _choice(choice: Choice) -> Iterator[str]:
    yield from _texts(definition=choice.definition, example=choice.example)
    if choice.only_with:
        conditions = ", ".join(
            f"{_key(name)} = {_list(allowed)}" for name, allowed in choice.only_with.items()
        )
        yield f"only_with = {{ {conditions} }}"


def _texts(**texts: str) -> Iterator[str]:
    return (f"{name} = {_quoted(text)}" for name, text in texts.items() if text)


def _flags(**flags: bool) -> Iterator[str]:
    return (f"{name} = true" for name, flag in flags.items() if flag)


def _list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(_quoted(text) for text in texts)}]"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _quoted(text: str) -> str:
    """Return a basic string; JSON escapes what TOML has escaped, except the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
