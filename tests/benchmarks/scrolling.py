"""Scrolling through a large article, frame by frame."""

from collections.abc import Callable

from tests.benchmarks import corpus
from tests.benchmarks.measure import Options, Row, Samples, Target, scratch_folder
from tests.benchmarks.stage import Stage, project_of

WORDS, SPANS = 100_000, 10_000
FLOOR = "the same text with no spans"
NOTCH = 120
"""Pixels that one notch of a wheel scrolls."""

FRAMES = 25
"""Frames in a row before the other article has its turn."""

ROWS = (
    Row(
        "scroll-frame",
        "one notch of the wheel at 100,000 words and 10,000 spans",
        FLOOR,
        "ms",
        Target(ratio=2.0, worst=8.0),
    ),
    Row("scroll-jump", "a jump to text not seen before, same article", FLOOR, "ms", Target()),
)


def measure(options: Options) -> dict[str, Samples]:
    """Scroll through both articles at the same places, some frames each in turn."""
    frames, jumps = Samples(), Samples()
    tagged = corpus.entry(WORDS, SPANS)
    plain = corpus.untagged(tagged)
    turns = options.rounds(20)
    with scratch_folder() as folder:
        stage = Stage(project_of(folder / "scroll.pressmark", [tagged, plain]))
        for turn in range(-1, turns):
            for entry, jump, frame in (
                (plain, jumps.floor, frames.floor),
                (tagged, jumps.ours, frames.ours),
            ):
                stage.bridge.open(entry.article.id)
                stage.settle()
                place = (turn + 2) / (turns + 3)
                first = stage.until_painted(_to(stage, place))
                rest = [stage.until_painted(_by(stage, NOTCH)) for _ in range(FRAMES)]
                if turn >= 0:
                    jump.append(first)
                    frame.extend(rest)
        stage.close()
    frames.note = "20 % of the spans nested or crossing, 5 % discontinuous, relations shown"
    return {"scroll-frame": frames, "scroll-jump": jumps}


def _to(stage: Stage, place: float) -> Callable[[], None]:
    bar = stage.canvas.verticalScrollBar()
    return lambda: bar.setValue(int(bar.maximum() * place))


def _by(stage: Stage, pixels: int) -> Callable[[], None]:
    bar = stage.canvas.verticalScrollBar()
    return lambda: bar.setValue(bar.value() + pixels)
