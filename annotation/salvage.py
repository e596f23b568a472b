"""What becomes of a damaged project: how much was saved, and what was not, in words."""

from dataclasses import dataclass, field
from pathlib import Path

SAVED = ("articles", "spans", "relations", "suggestions", "reviews", "changes")
"""What is counted."""


@dataclass
class SalvageReport:
    """What was saved of a damaged project, of how much that is known of, and what was lost.

    `known` counts what rows, indexes or the log tell of; more can be lost than anything tells.
    `lost` names what is not in the new file, `notes` what is in it otherwise than it was.
    """

    out: Path
    saved: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SAVED, 0))
    known: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SAVED, 0))
    damage: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, object]:
        """Return it as JSON holds it."""
        return {
            "out": str(self.out),
            "saved": self.saved,
            "known": self.known,
            "damage": self.damage,
            "lost": self.lost,
            "notes": self.notes,
        }


def in_lines(report: SalvageReport) -> list[str]:
    """Return the report line by line."""
    lines = [f"Saved in {report.out}:"]
    for name, number in report.saved.items():
        known = max(number, report.known.get(name, 0))
        lines.append(f"    {name}: {number:,}" + (f" of {known:,}" if known > number else ""))
    for title, found in (
        ("What was damaged:", report.damage),
        ("Not saved:", report.lost),
        ("Saved otherwise than it was:", report.notes),
    ):
        if found:
            lines += ["", title, *(f"    {line}" for line in found)]
    return lines
