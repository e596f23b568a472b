"""Only what somebody looks at is laid out, only what an edit touches is drawn anew."""

import pytest
from PySide6.QtCore import QPoint

from tests.benchmarks import corpus
from tests.ui.canvas_stage import CanvasStage
from ui.canvas.layout import BlockLayout


@pytest.fixture(scope="module")
def large(qapp, tmp_path_factory):
    """An article of 100,000 words with 10,000 spans."""
    entry = corpus.entry(100_000, 10_000)
    folder = tmp_path_factory.mktemp("large")
    made = CanvasStage(folder, entry.article, entry.annotations.spans, entry.annotations.relations)
    yield made
    made.close()


@pytest.fixture
def counted(monkeypatch):
    """Count how many blocks are shaped and how many are given their marks."""
    calls = {"shaped": [], "dressed": []}
    shape, dress = BlockLayout.__init__, BlockLayout.dress

    def shaping(block, text, start, *rest):
        calls["shaped"].append(start)
        shape(block, text, start, *rest)

    def dressing(block, *rest):
        calls["dressed"].append(block.start)
        dress(block, *rest)

    monkeypatch.setattr(BlockLayout, "__init__", shaping)
    monkeypatch.setattr(BlockLayout, "dress", dressing)
    return calls


def test_opening_lays_out_what_is_in_view(large, counted):
    other = corpus.untagged(corpus.entry(100, 10))
    large.store.add_entries([other], "ada")
    large.bridge.open(other.article.id)
    counted["shaped"].clear()
    counted["dressed"].clear()
    large.bridge.open(large.article.id)
    large.paint()
    in_view = len(large.canvas.shown())
    assert len(large.canvas.page.blocks) > 1000
    assert len(counted["shaped"]) == len(counted["dressed"]) == in_view < 12


def test_a_notch_of_the_wheel_lays_out_what_comes_into_view(large, counted):
    before = {one.number for one in large.canvas.shown()}
    large.canvas.scroll_by(120)
    large.paint()
    come = {one.number for one in large.canvas.shown()} - before
    assert len(counted["shaped"]) <= max(len(come), 1)
    large.canvas.scroll_by(-120)
    counted["shaped"].clear()
    large.paint()
    assert not counted["shaped"] and not counted["dressed"][1:]


@pytest.mark.parametrize("middle", [0, 300_000])
def test_an_edit_gives_only_its_own_block_new_marks(large, counted, middle):
    large.canvas.reveal(middle)
    large.paint()
    block = large.canvas.shown()[1].block
    start = block.start + block.text.index(" ") + 1
    for calls in counted.values():
        calls.clear()
    large.canvas.select(start, start + 3)
    large.canvas.tag("entity", "PRODUCT")
    large.paint()
    assert counted == {"shaped": [], "dressed": [block.start]}
    counted["dressed"].clear()
    large.bridge.undo()
    large.paint()
    assert counted == {"shaped": [], "dressed": [block.start]}


def test_looking_around_lays_nothing_out(large, counted):
    large.canvas.reveal(0)
    large.paint()
    span = large.canvas.document.spans_between(0, 200)[0]
    for calls in counted.values():
        calls.clear()
    large.canvas.pick(span.id)
    large.paint()
    for x in range(0, 900, 60):
        large.hold([QPoint(x, 100), QPoint(x, 200), QPoint(x + 5, 300)])
        large.let_go(QPoint(x + 5, 300))
    large.canvas.select(0, 5000)
    large.paint()
    large.canvas.escape()
    large.canvas.escape()
    assert counted == {"shaped": [], "dressed": []}


def test_what_is_laid_out_is_forgotten_again(large):
    for _ in range(400):
        large.canvas.scroll_by(700)
        large.canvas.shown()
    assert len(large.canvas.page._laid_out) <= 240
