"""Offsets are code points; one module alone makes Qt's UTF-16 units of them, and back.

Qt counts units in its text classes. Whoever asks those must go through `Units.unit` and
`Units.point` of ui/utf16.py, and nobody else may count units in any way.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EDGE = ROOT / "ui" / "utf16.py"
FROM_UNITS = {"textStart", "textLength", "xToCursor", "capturedStart", "capturedEnd"}
"""What Qt answers in units: stands inside a call of `point`, or where text is known as plain."""

TO_UNITS = {"cursorToX", "glyphRuns"}
"""What Qt wants units for: the first argument is a `unit(…)` or a name for one."""

CLASSES = {"QTextBoundaryFinder", "QSyntaxHighlighter", "QStringDecoder"}
"""Classes of Qt that speak of nothing but units."""

NUMBERS = {0xFFFF, 0x10000, 0x10FFFF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0x3FF}
"""What a program that counts units by hand compares with."""

CODECS = ("utf-16", "utf_16", "utf16", "utf-16-le", "utf-16-be", "utf-16le", "utf-16be")


def offences(source: str) -> list[str]:
    """Return what in a module's source counts units without the edge module."""
    tree = ast.parse(source)
    for parent in ast.walk(tree):
        for child in ast.iter_child_nodes(parent):
            child.parent = parent  # type: ignore[attr-defined]
    return sorted({word for node in ast.walk(tree) for word in _wrong(node)})


def _wrong(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.ImportFrom(names=names):
            yield from (alias.name for alias in names if alias.name in CLASSES)
        case ast.Attribute(attr=name) if name in CLASSES:
            yield name
        case ast.Constant(value=int(number)) if number in NUMBERS and number is not True:
            yield hex(number)
        case ast.Constant(value=str(text)) if text.lower() in CODECS:
            yield text
        case ast.Call(func=ast.Attribute(attr=name)) if name in FROM_UNITS and not _made_point(
            node
        ):
            yield name
        case ast.Call(func=ast.Attribute(attr=name), args=[first, *_]) if name in TO_UNITS:
            yield from [] if _is_unit(first) else [name]


def _made_point(node: ast.AST) -> bool:
    """Tell whether an answer in units goes into `point`, or is asked for of plain text only."""
    while (parent := getattr(node, "parent", None)) is not None:
        if isinstance(parent, ast.Call) and getattr(parent.func, "attr", "") == "point":
            return True
        if isinstance(parent, ast.If) and ast.unparse(parent.test).endswith(".plain"):
            return node in parent.body
        node = parent
    return False


def _is_unit(argument: ast.expr) -> bool:
    if isinstance(argument, ast.Call):
        return getattr(argument.func, "attr", "") == "unit"
    return isinstance(argument, ast.Name) and argument.id == "unit"


@pytest.mark.parametrize("package", ["ui", "annotation", "storage"])
def test_nobody_else_counts_units(package: str) -> None:
    wrong = {}
    for path in sorted((ROOT / package).rglob("*.py")):
        found = offences(path.read_text("utf-8")) if path != EDGE else []
        if path.name == "decode.py":  # files may be in UTF-16; that is bytes, not offsets
            found = [word for word in found if word not in CODECS]
        if found:
            wrong[path.relative_to(ROOT).as_posix()] = found
    assert not wrong


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from PySide6.QtCore import QTextBoundaryFinder", ["QTextBoundaryFinder"]),
        ("from PySide6 import QtCore\nQtCore.QTextBoundaryFinder(t)", ["QTextBoundaryFinder"]),
        ("start = expression.match(text).capturedStart()", ["capturedStart"]),
        ("n = sum(2 if ord(c) > 0xFFFF else 1 for c in text)", ["0xffff"]),
        ("n = sum(1 + (ord(c) >= 0x10000) for c in text)", ["0x10000"]),
        ("n = len(text.encode('utf-16-le')) // 2", ["utf-16-le"]),
        ("start = line.textStart()", ["textStart"]),
        ("start = self.units.point(line.textStart())", []),
        ("position = self.start + line.xToCursor(x)", ["xToCursor"]),
        ("if self.units.plain:\n    p = line.xToCursor(x)\nelse:\n    p = 0", []),
        ("if self.units.plain:\n    p = 0\nelse:\n    p = line.xToCursor(x)", ["xToCursor"]),
        ("x = line.cursorToX(position)", ["cursorToX"]),
        ("x = line.cursorToX(position - self.start)", ["cursorToX"]),
        ("x = line.cursorToX(self.units.unit(position - self.start))", []),
    ],
)
def test_whoever_counts_units_is_found(source: str, found: list[str]) -> None:
    assert offences(source) == found
