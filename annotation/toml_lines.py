"""On which line of a TOML file a table or a key stands; the standard parser does not say.

The source must be TOML that the parser has accepted.
"""

import re
from collections.abc import Iterator

TomlPath = tuple[str | int, ...]
"""A place in parsed TOML: `("label", 3, "attribute", 0, "name")`."""

_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[\]{}\n]",
    re.DOTALL,
)
_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEY = rf"({_PART}(?:[ \t]*\.[ \t]*{_PART})*)"
_TABLES = re.compile(rf"[ \t]*\[\[[ \t]*{_KEY}[ \t]*\]\]")
_TABLE = re.compile(rf"[ \t]*\[[ \t]*{_KEY}[ \t]*\]")
_VALUE = re.compile(rf"[ \t]*{_KEY}[ \t]*=")


class TomlLines:
    """The lines of a source, looked up by place."""

    def __init__(self, source: str) -> None:
        self._lines: dict[TomlPath, int] = {}
        counts: dict[TomlPath, int] = {}
        table: TomlPath = ()
        for line, offset in _statements(source):
            if found := _TABLES.match(source, offset):
                table = _counted(_parts(found[1]), counts)
                table = (*table, counts.setdefault(table, 0))
                counts[table[:-1]] += 1
                self._lines.setdefault(table, line)
            elif found := _TABLE.match(source, offset):
                table = _counted(_parts(found[1]), counts)
                self._lines.setdefault(table, line)
            elif found := _VALUE.match(source, offset):
                self._lines.setdefault((*table, *_parts(found[1])), line)

    def line(self, path: TomlPath) -> int:
        """Return the line, from 1, of a place, or of the nearest place that holds it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def _statements(source: str) -> Iterator[tuple[int, int]]:
    """Yield line and offset where each line starts that does not continue a value."""
    yield 1, 0
    line = 1
    depth = 0
    for token in _TOKEN.finditer(source):
        text = token[0]
        line += text.count("\n")
        if text in "[{":
            depth += 1
        elif text in "]}":
            depth -= 1
        elif text == "\n" and depth == 0:
            yield line, token.end()


def _parts(key: str) -> TomlPath:
    return tuple(part.strip("\"'") for part in re.findall(_PART, key))


def _counted(parts: TomlPath, counts: dict[TomlPath, int]) -> TomlPath:
    """Put in which element of each array of tables is meant: the last one so far."""
    path: TomlPath = ()
    for part in parts[:-1]:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path] - 1)
    return (*path, parts[-1])
