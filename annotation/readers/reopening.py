"""Layers that were completed by a codebook with fewer labels: here they are open again."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from annotation.codebook import Codebook
from annotation.codebook_file import read_codebook
from annotation.errors import ProjectError
from annotation.store import Entry


def unsought_layers(corpus: Path, codebook: Codebook) -> frozenset[str]:
    """Return the layers with labels that whoever made a corpus file could not look for.

    The codebook that it was made with stands beside it as `codebook.toml` in every export;
    where there is none, or none that can be read, nobody knows, and there are no such layers.
    """
    beside = corpus.with_name("codebook.toml")
    made_with = _known(beside, beside.stat().st_mtime_ns) if beside.is_file() else None
    if made_with is None:
        return frozenset()
    return frozenset(x.layer for x in codebook.labels if made_with.label(x.layer, x.name) is None)


def reopened(entry: Entry, layers: frozenset[str]) -> Entry:
    """Return an article in which these layers are complete no longer, where they were."""
    reviews = entry.annotations.reviews
    turned = tuple(
        replace(review, state="open") if review.layer in layers else review for review in reviews
    )
    count = sum(one != other for one, other in zip(reviews, turned, strict=True))
    if not count:
        return entry
    annotations = replace(entry.annotations, reviews=turned)
    return replace(entry, annotations=annotations, reopened=count)


@lru_cache(maxsize=1)
def _known(path: Path, changed_at: int) -> Codebook | None:
    """Read a codebook once for all the files beside it."""
    try:
        return read_codebook(path)
    except ProjectError:
        return None
