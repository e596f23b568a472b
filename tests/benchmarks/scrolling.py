"""Scrolling through articles, frame by frame, without and with the relations in view."""

from tests.benchmarks import corpus
from tests.benchmarks.measure import Options, Row, Samples, Target, scratch_folder
from tests.benchmarks.opening import SIZES
from tests.benchmarks.stage import Stage, project_of

FLOOR = "the same text with no spans"
FRAMES = 25
"""Frames in a row before the other article has its turn."""

FRAME = Target(ratio=2.0, worst=8.0)

ROWS = (
    Row("scroll-frame", "one notch at 100,000 words and 10,000 spans", FLOOR, "ms", FRAME),
    Row("scroll-jump", "a jump to text not seen before, same article", FLOOR, "ms", Target()),
    *(
        Row(
            f"scroll-{name}",
            f"one notch at {words:,} words and {spans:,} spans, all relations in view drawn",
            FLOOR,
            "ms",
            FRAME,
        )
        for name, (words, spans) in SIZES.items()
    ),
)


def measure(options: Options) -> dict[str, Samples]:
    """Scroll through tagged and plain articles at the same places, some frames each in turn."""
    tagged = {name: corpus.entry(*size) for name, size in SIZES.items()}
    plain = {name: corpus.untagged(entry) for name, entry in tagged.items()}
    turns = options.rounds(20)
    with scratch_folder() as folder:
        entries = [*tagged.values(), *plain.values()]
        stage = Stage(project_of(folder / "scroll.pressmark", entries))
        stage.canvas.relations_in_view = False
        ids = tagged["100k"].article.id, plain["100k"].article.id
        jumps, frames = scrolled(stage, *ids, turns)
        found = {"scroll-frame": frames, "scroll-jump": jumps}
        stage.canvas.relations_in_view = True
        for name in SIZES:
            ids = tagged[name].article.id, plain[name].article.id
            _, found[f"scroll-{name}"] = scrolled(stage, *ids, turns)
        stage.close()
    frames.note = "20 % of the spans nested or crossing, 5 % discontinuous"
    return found


def scrolled(stage: Stage, tagged: str, plain: str, turns: int) -> tuple[Samples, Samples]:
    """Return the milliseconds of jumps and of frames in two articles, given by their ids."""
    jumps, frames = Samples(), Samples()
    for turn in range(-1, turns):
        for article_id, jump, frame in (
            (plain, jumps.floor, frames.floor),
            (tagged, jumps.ours, frames.ours),
        ):
            stage.bridge.open(article_id)
            stage.settle()
            place = (turn + 2) / (turns + 3)
            first = stage.until_painted(lambda place=place: stage.scroll_to(place))
            rest = [stage.notch() for _ in range(FRAMES)]
            if turn >= 0:
                jump.append(first)
                frame.extend(rest)
    return jumps, frames
