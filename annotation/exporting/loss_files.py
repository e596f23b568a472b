"""The loss report as files: one for programs, one for people."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from annotation.counting import counted
from annotation.exporting.exporter import Loss

_MEANINGS = {
    "article": ("article left out", "articles left out"),
    "layer": ("layer left out", "layers left out"),
    "relation": ("relation left out", "relations left out"),
    "trimmed": ("span with blanks at an edge", "spans with blanks at an edge"),
    "widened": ("span widened to whole tokens", "spans widened to whole tokens"),
    "discontinuous": (
        "discontinuous span, stored as several",
        "discontinuous spans, stored as several",
    ),
    "merged": ("span that says the same as another", "spans that say the same as another"),
    "overlap": ("entity that overlaps a longer one", "entities that overlap a longer one"),
    "pseudonym": (
        "article or mention with names of confidential entries",
        "articles and mentions with names of confidential entries",
    ),
}


class LossFiles:
    """Writes each loss as it occurs, and counts the kinds."""

    def __init__(self, for_programs: TextIO, for_people: TextIO) -> None:
        self._for_programs = for_programs
        self._for_people = for_people
        self._article_id = ""
        self.counts: Counter[str] = Counter()

    def add(self, loss: Loss) -> None:
        """Write one loss."""
        self.counts[loss.what] += 1
        line = json.dumps(asdict(loss), ensure_ascii=False, sort_keys=True)
        self._for_programs.write(line + "\n")
        if loss.article_id != self._article_id:
            self._article_id = loss.article_id
            self._for_people.write(f"\n{loss.article}\n")
        words = f"“{loss.quotation}”: " if loss.quotation else ""
        self._for_people.write(f"  {loss.what}: {words}{loss.done} [{loss.record_id}]\n")

    def finish(self) -> None:
        """Write the sums."""
        self._for_people.write("\n")
        self._for_people.writelines(f"{line}\n" for line in summary(self.counts))


@contextmanager
def loss_files(folder: Path) -> Iterator[LossFiles]:
    """Open `losses.jsonl` and `losses.txt` in the folder; the sums are written at the end."""
    with (
        (folder / "losses.jsonl").open("w", encoding="utf-8", newline="\n") as for_programs,
        (folder / "losses.txt").open("w", encoding="utf-8", newline="\n") as for_people,
    ):
        for_people.write("What this export could not carry exactly, and what it left out\n")
        files = LossFiles(for_programs, for_people)
        yield files
        files.finish()


def summary(counts: dict[str, int]) -> list[str]:
    """Return a line for each kind of loss, or one line that says there are none."""
    lines = [counted(counts[what], *words) for what, words in _MEANINGS.items() if counts.get(what)]
    return lines or ["Nothing was lost and nothing left out."]
