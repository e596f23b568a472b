"""The text under the eyes stays where it is."""

import random

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from annotation import edits
from tests.ui.canvas_stage import article_of, span_of
from ui.canvas.scrolling import PAD


@pytest.fixture
def uneven(stage):
    """Paragraphs of all lengths, tagged so that no estimate of their heights is right."""
    chance = random.Random(5)
    words = ["bridge", "in", "harbourmaster", "a", "wwwwwww", "iiii"]
    text = "\n".join(" ".join(chance.choices(words, k=chance.randint(1, 160))) for _ in range(120))
    article = article_of(text)
    spans = [
        span_of(article, label, (start, min(start + chance.randint(1, 300), len(text))))
        for start in range(0, len(text), 450)
        for label in ("CLAIM", "SOURCE", "EVENT")
        if not text[start : start + 300].isspace()
    ]
    return stage(article, spans)


def eyes(hand):
    """Return which line is nearest to the middle of the view, and where it is."""
    middle = hand.canvas.viewport().height() / 2
    shown, line, _ = hand.canvas.line_under(QPointF(300, middle))
    return line.start, shown.top + line.text_top


def where(hand, position):
    _, line, top = hand.canvas.place_of(position)
    return top + line.text_top


@pytest.mark.parametrize("notch", [40, 120, 333, -40, -120, -333])
def test_scrolling_moves_the_text_by_just_that_much(uneven, notch):
    bar = uneven.canvas.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    uneven.paint()
    for _ in range(12):
        line, y = eyes(uneven)
        uneven.canvas.scroll_by(notch)
        uneven.paint()
        assert where(uneven, line) == pytest.approx(y - notch, abs=0.01)


def test_the_scroll_bar_and_the_wheel_do_the_same(uneven):
    bar = uneven.canvas.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    uneven.paint()
    line, y = eyes(uneven)
    bar.setValue(bar.value() - 200)
    uneven.paint()
    assert where(uneven, line) == pytest.approx(y + 200, abs=1)
    view = uneven.canvas.viewport()
    line, y = eyes(uneven)
    wheel = QWheelEvent(
        QPointF(300, 300), QPointF(view.mapToGlobal(QPoint(300, 300))), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(view, wheel)
    assert where(uneven, line) > y + 30


def test_the_ends_are_the_ends(uneven):
    bar = uneven.canvas.verticalScrollBar()
    last = len(uneven.text)
    for _ in range(3):
        bar.setValue(bar.maximum())
        uneven.paint()
        _, line, top = uneven.canvas.place_of(last)
        room = uneven.canvas.viewport().height() - (top + line.bottom)
        assert PAD <= room < PAD + 40
        bar.setValue(0)
        uneven.paint()
        assert uneven.canvas.top_of(0) == PAD


def test_an_edit_far_above_moves_nothing(uneven):
    far = uneven.canvas.document.spans_between(0, 300)[0]
    bar = uneven.canvas.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    uneven.paint()
    line, y = eyes(uneven)
    uneven.canvas.bridge.perform(lambda desk: edits.delete(desk, [far]))
    uneven.paint()
    assert where(uneven, line) == pytest.approx(y)
    uneven.bridge.undo()
    uneven.paint()
    assert where(uneven, line) == pytest.approx(y)


def test_an_edit_above_in_the_same_paragraph_moves_nothing(stage):
    hand = stage("A word and another of them. " * 120)
    hand.canvas.scroll_by(400)
    hand.paint()
    line, y = eyes(hand)
    hand.canvas.select(2, 6)
    hand.canvas.tag("discourse", "CLAIM")
    hand.paint()
    assert where(hand, line) == pytest.approx(y)
    hand.bridge.undo()
    hand.paint()
    assert where(hand, line) == pytest.approx(y)


@pytest.mark.parametrize("width", [500, 1300])
def test_resizing_and_zooming_keep_the_place(uneven, width):
    bar = uneven.canvas.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    uneven.paint()
    first = uneven.canvas.shown()[0].block.start
    last = uneven.canvas.shown()[-1].block.end
    uneven.canvas.resize(width, 700)
    uneven.paint()
    assert uneven.canvas.shown()[0].block.start <= last
    assert uneven.canvas.shown()[-1].block.end >= first
    top = uneven.canvas.shown()[0].block.start
    for zoom in (uneven.canvas.zoom_in, uneven.canvas.zoom_in, uneven.canvas.zoom_out):
        zoom()
        uneven.paint()
        assert uneven.canvas.shown()[0].block.start == top
    uneven.canvas.zoom_reset()
    assert uneven.canvas.reading.zoom == 1


def test_revealing_brings_a_place_into_view_from_anywhere(uneven):
    chance = random.Random(3)
    for _ in range(40):
        place = chance.randrange(len(uneven.text))
        uneven.canvas.reveal(place)
        uneven.paint()
        rect = uneven.canvas.caret_rect(place)
        assert rect.top() >= 0 and rect.bottom() <= uneven.canvas.viewport().height()


def test_revealing_what_is_in_view_scrolls_nothing(uneven):
    before = uneven.canvas.top_of(0)
    uneven.canvas.reveal(10)
    uneven.canvas.reveal(0, 9000)
    assert uneven.canvas.top_of(0) == before


@pytest.mark.parametrize("size", [(60, 40), (200, 90), (2500, 1600)])
def test_any_size_of_the_view_will_do(uneven, size):
    uneven.canvas.resize(*size)
    span = uneven.canvas.document.spans_between(0, 300)[0]
    uneven.canvas.pick(span.id)
    uneven.paint()
    uneven.canvas.reveal(len(uneven.text))
    uneven.canvas.start_linking(None)
    uneven.paint()
    assert uneven.canvas.shown()
