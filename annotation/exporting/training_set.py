"""What one task of spaCy trains on: the articles that can teach it, and its configuration."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotation.exporting.bins import Example, SplitBins
from annotation.exporting.training import Task, coverage, suggested_lengths, training_config

_TAUGHT_BY = {
    "ner": "an entity layer to train on",
    "spancat": "all its other layers complete",
}


@dataclass
class TrainingSet:
    """Collects the Docs of one task and writes its folder."""

    task: Task
    folder: Path
    asked: bool = False
    languages: Counter[str] = field(default_factory=Counter)
    lengths: dict[str, Counter[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Start with empty files."""
        self._bins = SplitBins(self.folder / self.task)

    def add(self, example: Example, language: str, lengths: Iterable[tuple[str, int]]) -> None:
        """Add a Doc, the language of its tokenizer, and its spans' labels and token counts."""
        self._bins.add(example)
        self.languages[language] += 1
        for label, length in lengths:
            self.lengths.setdefault(label, Counter())[length] += 1

    def write(self) -> dict[str, object] | None:
        """Write train, dev and config where there is something to learn; return the facts."""
        self._bins.settle()
        if not self._bins.train_spans:
            return None
        self._bins.write()
        config = training_config(self.task, self.language, self.lengths)
        (self.folder / self.task / "config.cfg").write_text(config, "utf-8", newline="\n")
        train, dev = self._bins.sizes
        facts: dict[str, object] = {"language": self.language, "train": train, "dev": dev}
        return facts | {"dev_articles": self._bins.dev_articles}

    @property
    def language(self) -> str:
        """The language of most of the articles."""
        return min(self.languages, key=lambda code: (-self.languages[code], code))

    def notes(self) -> Iterator[str]:
        """Yield what the reader should know, as sentences."""
        if not self.asked:
            return
        if not self._bins.docs:
            yield f"No files to train {self.task}: no exported article has {_TAUGHT_BY[self.task]}."
        elif not self._bins.train_spans:
            yield f"No files to train {self.task}: its training articles have no spans."
        else:
            yield from self._cautions()

    def _cautions(self) -> Iterator[str]:
        if self._bins.docs == 1:
            yield (
                f"{self.task}: there is one article only, so dev.spacy is a copy of train.spacy "
                "and its scores mean nothing."
            )
        if len(self.languages) > 1:
            others = ", ".join(sorted(set(self.languages) - {self.language}))
            yield (
                f"{self.task}: config.cfg is for “{self.language}”, the language of most "
                f"articles; there are others too ({others})."
            )
        if self.task == "spancat" and coverage(self.lengths) < 1:
            shortest, longest = suggested_lengths(self.lengths)
            yield (
                f"spancat: config.cfg suggests stretches of {shortest} to {longest} tokens, the "
                f"length of {coverage(self.lengths):.0%} of the spans; longer ones are not learnt."
            )
