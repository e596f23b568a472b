"""A long paragraph full of spans: an edit lays out the lines that it touches, and only those."""

import random
from dataclasses import replace

import pytest

from tests.ui.canvas_stage import article_of, span_of, suggestion_of
from ui.canvas import layout
from ui.canvas.page import Page

WORDS = 700
LABELS = ("PERSON", "ORG", "SOURCE", "CUE", "EVENT")


@pytest.fixture
def dense(stage):
    """A paragraph of 700 words in which almost every word is tagged, some twice."""
    chance = random.Random(7)
    words = [chance.choice(["minister", "said", "on", "the", "ports"]) for _ in range(WORDS)]
    text = " ".join(words)
    article, ends, place = article_of(text), [], 0
    for word in words:
        ends.append((place, place + len(word)))
        place += len(word) + 1
    spans = [span_of(article, LABELS[i % 5], ends[i]) for i in range(0, WORDS, 2)]
    for _ in range(60):
        first = chance.randrange(WORDS - 30)
        last = first + chance.randrange(5, 30)
        spans.append(span_of(article, "CLAIM", (ends[first][0], ends[last][1])))
    spans.append(span_of(article, "CLAIM", ends[20], ends[30], ends[200]))
    hand = stage(article, spans, suggestions=[suggestion_of(article, "DATE", ends[101])])
    hand.ends = ends
    return hand


def geometry(block):
    """Return all that is drawn of a block, in an order of its own."""
    return sorted(
        (
            piece.mark.record.id, piece.mark.crossing, piece.lane, piece.band.getRect(),
            piece.tag.getRect(), [run.getRect() for run in piece.runs], piece.ties,
        )
        for piece in block.pieces
    )  # fmt: skip


def test_an_edit_makes_the_pieces_of_the_lines_it_touches(dense, monkeypatch):
    made = []
    make = layout.Piece

    def counting(*given):
        made.append(given)
        return make(*given)

    monkeypatch.setattr(layout, "Piece", counting)
    dense.canvas.select(*dense.ends[11])
    dense.canvas.tag("discourse", "CUE")
    dense.paint()
    there = sum(len(one.block.pieces) for one in dense.canvas.shown())
    assert 0 < len(made) < there / 5


def test_what_is_laid_out_line_by_line_is_what_is_laid_out_at_once(dense):
    chance, canvas = random.Random(3), dense.canvas
    for _ in range(40):
        first = chance.randrange(WORDS - 25)
        what = chance.randrange(5)
        canvas.select(dense.ends[first][0], dense.ends[first + chance.randrange(1, 25)][1])
        if what < 3:
            layer, label = chance.choice(
                [("discourse", "CLAIM"), ("entity", "ORG"), ("event", "EVENT")]
            )
            canvas.pick("")
            canvas.tag(layer, label)
        elif what == 3:
            dense.bridge.undo()
        else:
            canvas.cycle_pick()
            canvas.delete_picked()
        dense.paint()
        fresh = Page(canvas.document, canvas.page.codebook, canvas.page.measures, canvas.page.width)
        for one in canvas.shown():
            new = fresh.block(one.number)
            assert geometry(one.block) == geometry(new)
            assert [line.top for line in one.block.lines] == [line.top for line in new.lines]
            assert one.block.height == new.height
    assert len(dense.stored()) > 400


def test_a_codebook_that_changed_is_seen_everywhere(dense):
    page = dense.canvas.page
    labels = tuple(replace(x, tag="SAY") if x.name == "CUE" else x for x in page.codebook.labels)
    page.codebook = replace(page.codebook, labels=labels)
    page.forget_all_marks()
    dense.paint()
    tags = {piece.mark.tag for one in dense.canvas.shown() for piece in one.block.pieces}
    assert "SAY" in tags and "CUE" not in tags
