"""One paragraph of a million letters, with blanks and without; and 2,000 spans in view."""

import re
import time
from collections.abc import Sequence
from contextlib import closing

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QStaticText

from annotation.model import Fragment
from tests.benchmarks import corpus
from tests.benchmarks.extremes import crowded, one_paragraph
from tests.benchmarks.measure import (
    Options,
    Row,
    Samples,
    Target,
    interleaved,
    scratch_folder,
)
from tests.benchmarks.opening import FLOOR as SMALL
from tests.benchmarks.opening import SIZES, opening
from tests.benchmarks.scrolling import FLOOR as PLAIN
from tests.benchmarks.scrolling import scrolled
from tests.benchmarks.stage import Stage, project_of
from tests.benchmarks.tagging import FLOOR as COMMIT
from tests.benchmarks.tagging import (
    TAG,
    adding,
    bare_database,
    committing,
    doing,
    free_words,
    go_to,
)

LETTERS = 1_000_000
WORDS, SPANS = 170_000, 17_000
PARAGRAPHS = {
    "paragraph": f"one paragraph of {LETTERS:,} letters and {SPANS:,} spans",
    "unbroken": "the same without a blank in it",
}
CROWD = "2,000 spans in view: a screen of 3840 × 2160, lines of 190 letters, half the usual size"
DRAWN = "the same text, and as many boxes, strokes and words drawn by bare Qt"
LONG_FRAME = Target(ratio=2.0, worst=16.0)
"""Where 4,000 letters of a paragraph come into view they are laid out at once: in one frame."""

SCREEN = (3840, 2160)
READING = {"zoom": 0.5, "characters": 190}
CROWDED_WORDS = 8_000

ROWS = (
    *(
        row
        for name, what in PARAGRAPHS.items()
        for row in (
            Row(f"open-{name}", f"open {what}", SMALL, "ms", Target(limit=33.0)),
            Row(f"scroll-{name}", f"one notch in {what}", PLAIN, "ms", LONG_FRAME),
            Row(f"tag-{name}", f"tag a word in {what}", COMMIT, "ms", TAG),
        )
    ),
    Row("scroll-crowd", f"one notch, {CROWD}", DRAWN, "ms", Target(ratio=2.0)),
    Row("tag-crowd", f"tag a word, {CROWD}", COMMIT, "ms", Target(ratio=2.0)),
)


def measure(options: Options) -> dict[str, Samples]:
    """Open, scroll and tag what is as large as a paragraph or as crowded as a screen can be."""
    usual = corpus.entry(WORDS, SPANS)
    small, other = corpus.entry(*SIZES["1k"]), corpus.entry(500, 40)
    paragraphs = {name: one_paragraph(usual, name == "paragraph") for name in PARAGRAPHS}
    crowd = crowded(CROWDED_WORDS)
    plain = {e.article.id: corpus.untagged(e) for e in (*paragraphs.values(), crowd)}
    found: dict[str, Samples] = {}
    with scratch_folder() as folder, closing(bare_database(folder / "bare.db")) as bare:
        entries = [other, small, *paragraphs.values(), crowd, *plain.values()]
        stage = Stage(project_of(folder / "crowd.pressmark", entries))
        stage.canvas.relations_in_view = True

        def work(name: str, article_id: str, words: Sequence[Fragment]) -> None:
            ids = article_id, plain[article_id].article.id
            _, found[f"scroll-{name}"] = scrolled(stage, *ids, options.rounds(20))
            go_to(stage, article_id, words[0])
            sides = committing(stage, bare), doing(stage, [adding(word) for word in words])
            found[f"tag-{name}"] = interleaved(*sides, options.rounds(100), warm_up=3)

        for name, entry in paragraphs.items():
            sides = (opening(stage, other, wanted) for wanted in (small, entry))
            found[f"open-{name}"] = interleaved(*sides, options.rounds(30), warm_up=2)
            work(name, entry.article.id, free_words(usual))
        stage.window.resize(*SCREEN)
        stage.canvas.read_as(stage.canvas.reading._replace(**READING))
        middle = len(crowd.article.text) // 2
        words = re.compile(r"\w{3,}").finditer(crowd.article.text, middle, middle + 600)
        work("crowd", crowd.article.id, [word.span() for word in words])
        spans = _spans_in_view(stage)
        frames = found["scroll-crowd"]
        frames.note = f"{spans:,} spans in view"
        frames.floor = [plain_text + _bare_marks(stage, spans) for plain_text in frames.floor]
        stage.close()
    return found


def _bare_marks(stage: Stage, count: int) -> float:
    """Return the milliseconds that Qt takes for a stroke, a box and a word so many times."""
    size = stage.canvas.viewport().size()
    picture = QImage(size, QImage.Format.Format_RGB32)
    word = QStaticText("CLM")
    across = size.width() // 40
    places = [QPointF(40.3 * (n % across), 20.3 * (n // across)) for n in range(count)]
    started = time.perf_counter()
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.GlobalColor.darkBlue)
    for place in places:
        painter.drawLine(place, place + QPointF(40, 0))
        painter.drawRoundedRect(QRectF(place, QSizeF(20, 9)), 3, 3)
        painter.drawStaticText(place, word)
    painter.end()
    return (time.perf_counter() - started) * 1000


def _spans_in_view(stage: Stage) -> int:
    bottom = stage.canvas.viewport().height()
    return len(
        {
            piece.mark.id
            for one in stage.canvas.shown()
            for piece in one.block.pieces
            if 0 < one.top + piece.band.center().y() < bottom
        }
    )
