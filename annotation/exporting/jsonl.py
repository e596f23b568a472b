"""The lossless export: one article a line in the form `pressmark/1`."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from annotation.codebook import Codebook
from annotation.exporting.exporter import Loss, Selected, Written
from annotation.jsonl import entry_to_dict


class JsonlExporter:
    """Writes `corpus.jsonl`, which imports into the same articles and annotations."""

    name = "jsonl"
    title = "Pressmark JSONL (pressmark/1)"
    carries = (
        "Everything that is exported, exactly: articles, spans, relations, attributes, notes, "
        "who made them and when, suggestions and reviews."
    )

    def losses(self, articles: Iterable[Selected], codebook: Codebook) -> Iterator[Loss]:
        """Yield nothing, as this form holds everything; goes through the articles all the same."""
        for _ in articles:
            yield from ()

    def write(
        self,
        articles: Iterable[Selected],
        codebook: Codebook,
        folder: Path,
        report: Callable[[Loss], None],
    ) -> Written:
        """Write the articles into an empty folder; there are no losses to report."""
        with (folder / "corpus.jsonl").open("w", encoding="utf-8", newline="\n") as file:
            for selected in articles:
                data = entry_to_dict(selected.entry, codebook)
                file.write(json.dumps(data, ensure_ascii=False) + "\n")
        return Written()
