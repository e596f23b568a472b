"""What an export consists of, for programs: counts, states of layers, hashes of the files."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotation import VERSION
from annotation.codebook import Codebook
from annotation.exporting.exporter import ExportOptions, Selected, Written
from annotation.exporting.folder import MANIFEST, MANIFEST_FORMAT, hashes


@dataclass
class Tally:
    """Counts the articles that pass through it, and what they hold."""

    articles: list[dict[str, object]] = field(default_factory=list)
    left_out: int = 0
    spans: dict[str, Counter[str]] = field(default_factory=dict)
    relations: Counter[str] = field(default_factory=Counter)

    def count(self, selection: Iterable[Selected]) -> Iterator[Selected]:
        """Yield the articles that are taken, counting all."""
        for selected in selection:
            if selected.taken:
                self._add(selected)
                yield selected
            else:
                self.left_out += 1

    def _add(self, selected: Selected) -> None:
        article, said = selected.entry.article, selected.entry.annotations
        for span in said.spans:
            self.spans.setdefault(span.layer, Counter())[span.label] += 1
        self.relations.update(relation.label for relation in said.relations)
        self.articles.append(
            {
                "id": article.id,
                "title": article.title,
                "sha256": article.sha256,
                "layers": dict(selected.layers),
            }
        )


def write_manifest(
    folder: Path,
    options: ExportOptions,
    codebook: Codebook,
    tally: Tally,
    written: Written,
    losses: Counter[str],
) -> None:
    """Write `manifest.json`, last of all files; it holds no times, so that bytes repeat."""
    manifest: dict[str, object] = {
        "format": MANIFEST_FORMAT,
        "exporter": options.format,
        "pressmark": VERSION,
        "options": {
            "layers": None if options.layers is None else list(options.layers),
            "everything": options.everything,
            "pseudonymised": options.pseudonymise,
        },
        "codebook": {"name": codebook.name, "version": codebook.version},
        "counts": {
            "articles": len(tally.articles),
            "articles left out": tally.left_out,
            "spans": tally.spans,
            "relations": tally.relations,
            "losses": losses,
        },
        "notes": list(written.notes),
        **(written.facts or {}),
        "files": hashes(folder),
        "articles": tally.articles,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", "utf-8", newline="\n")
