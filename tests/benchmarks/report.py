"""The results as a table for people and as JSON for programs."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.measure import Result

HEADINGS = ("row", "floor", "ours", "ratio", "target", "p99", "at most", "verdict")


def table(results: Sequence[Result]) -> str:
    """Return the table, its columns aligned."""
    lines = [HEADINGS, *map(_cells, results)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, len(HEADINGS) - 1) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def write_json(path: Path, results: Sequence[Result], quick: bool) -> None:
    """Write all that was measured, and on what; times are milliseconds, rates a second."""
    path.parent.mkdir(parents=True, exist_ok=True)
    found = {
        "format": "pressmark-bench/1",
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "quick": quick,
        "machine": machine(),
        "rows": [asdict(result) for result in results],
    }
    path.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def machine() -> dict[str, object]:
    """Return the size of this machine and the versions that count; nothing that names it."""
    return {
        "cores": os.cpu_count(),
        "memory_gib": _memory_gib(),
        "system": platform.system(),
        "architecture": platform.machine(),
        "python": platform.python_version(),
        "qt": version("PySide6-Essentials"),
        "spacy": version("spacy"),
        "screen": os.environ.get("QT_QPA_PLATFORM", "as it is"),
    }


def _memory_gib() -> int | None:
    if not hasattr(os, "sysconf"):  # Windows has no such question
        return None
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def _cells(result: Result) -> tuple[str, ...]:
    rate, target = result.unit == "/s", result.target
    sign = "≥" if rate else "≤"
    asked = [f"{sign} {target['ratio']:g} ×"] if target["ratio"] else []
    asked += [f"{sign} {_number(target['limit'])}"] if target["limit"] else []
    return (
        f"{result.name} ({result.unit})" if result.unit else result.name,
        _number(result.floor_median),
        _number(result.ours_median),
        "" if result.ratio is None else f"{result.ratio:.2f} ×",
        ", ".join(asked),
        _number(result.ours_p99),
        f"{sign} {_number(target['worst'])}" if target["worst"] else "",
        result.verdict,
    )


def _number(value: float | None) -> str:
    if value is None:
        return ""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
