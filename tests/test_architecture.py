"""The rules of the house: who may know whom, and how large a file may grow."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
QT = ("PySide6", "shiboken6")
SQL = ("sqlite3", "sqlite_utils")
HEAVY = ("spacy", "thinc", "numpy", "charset_normalizer", "sqlite_utils")

FORBIDDEN = {
    "annotation": (*QT, *SQL, "ui", "storage", "main"),
    "storage": (*QT, "ui", "main"),
    "ui": (*SQL, "storage", "main"),
}


def modules(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield the top-level name of every import, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.split(".")[0]


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("package", FORBIDDEN)
def test_a_layer_knows_only_what_it_may(package: str) -> None:
    wrong = [
        f"{short(path)} imports {name}"
        for path in modules(package)
        for name in imports(ast.parse(path.read_text("utf-8")))
        if name in FORBIDDEN[package]
    ]
    assert not wrong


def test_nothing_imports_main() -> None:
    everywhere = modules("annotation", "storage", "ui", "tests", "resources")
    wrong = [short(p) for p in everywhere if "main" in imports(ast.parse(p.read_text("utf-8")))]
    assert not wrong


def test_what_is_slow_to_import_is_imported_where_it_is_used() -> None:
    wrong = [
        f"{short(path)} imports {name} at its top"
        for path in [*modules("annotation", "storage", "ui"), ROOT / "main.py"]
        for node in ast.parse(path.read_text("utf-8")).body
        for name in imports(node)
        if isinstance(node, ast.Import | ast.ImportFrom) and name in HEAVY
    ]
    assert not wrong


@pytest.mark.parametrize("package", ["annotation", "storage"])
def test_a_layer_works_where_qt_is_not_installed(package: str) -> None:
    names = [
        short(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in modules(package)
    ]
    program = (
        "import sys, importlib\n"
        "sys.modules['PySide6'] = None\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=60)


def test_one_module_alone_counts_in_utf_16() -> None:
    spellings = ("utf-16", "utf_16", "utf16le", "0x10000", "0xFFFF", "\\uffff")
    wrong = [
        short(path)
        for path in modules("ui")
        if short(path) != "ui/utf16.py"
        and any(word in path.read_text("utf-8").lower() for word in map(str.lower, spellings))
    ]
    assert not wrong


def test_files_stay_small() -> None:
    def lines(path: Path) -> int:
        return len(path.read_text("utf-8").splitlines())

    everything = modules("annotation", "storage", "ui", "tests")
    assert not [f"{short(p)}: {lines(p)} lines" for p in everything if lines(p) > 400]
    assert lines(ROOT / "main.py") < 150, "main.py is where parts are joined, nothing more"


def test_the_tests_of_annotation_need_no_window_and_no_database() -> None:
    folder = ROOT / "tests" / "annotation"
    wrong = [
        f"{short(path)} imports {name}"
        for path in sorted(folder.rglob("*.py"))
        for name in imports(ast.parse(path.read_text("utf-8")))
        if name in (*FORBIDDEN["annotation"], "pytestqt")
    ]
    assert not wrong
