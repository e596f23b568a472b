"""Opening an article in the real window, until its text is painted."""

from annotation.store import Entry
from tests.benchmarks import corpus
from tests.benchmarks.measure import (
    Options,
    Row,
    Samples,
    Side,
    Target,
    interleaved,
    scratch_folder,
)
from tests.benchmarks.stage import Stage, project_of

SIZES = {"1k": (1_000, 100), "10k": (10_000, 1_000), "100k": (100_000, 10_000)}
FLOOR = "an article of 1,000 words and 100 spans"
FLAT = Target(ratio=1.5, limit=33.0)

ROWS = (
    Row("open-10k", "open an article of 10,000 words and 1,000 spans", FLOOR, "ms", FLAT),
    Row("open-100k", "open an article of 100,000 words and 10,000 spans", FLOOR, "ms", FLAT),
)


def measure(options: Options) -> dict[str, Samples]:
    """Open a small and a large article in turn, a third one on screen before each."""
    with scratch_folder() as folder:
        entries = {name: corpus.entry(*size) for name, size in SIZES.items()}
        other = corpus.entry(500, 40)
        stage = Stage(project_of(folder / "open.pressmark", [other, *entries.values()]))
        small = opening(stage, other, entries["1k"])
        found = {
            f"open-{name}": interleaved(
                small, opening(stage, other, entries[name]), options.rounds(30), warm_up=2
            )
            for name in ("10k", "100k")
        }
        stage.close()
    return found


def opening(stage: Stage, other: Entry, wanted: Entry) -> Side:
    """Return what opens an article while another one is on screen."""

    def side() -> float:
        stage.bridge.open(other.article.id)
        stage.settle()
        return stage.until_painted(lambda: stage.bridge.open(wanted.article.id))

    return side
