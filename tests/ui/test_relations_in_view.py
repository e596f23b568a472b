"""Relations on the canvas: drawn beside the text, led to by chips and by key, at any number."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.canvas_stage import TEXT, Key, article_of, place, relation_of, span_of
from ui.canvas import connectors
from ui.canvas.chips import ROWS
from ui.canvas.connectors import Sight, feet_in_view
from ui.canvas.ties import MOST, Ties


@pytest.fixture
def linked(stage):
    """A claim with source and cue, and an event with a bridge above the claim's tag."""
    article = article_of(TEXT)
    spans = {
        "source": span_of(article, "SOURCE", place(TEXT, "The mayor of Halvik")),
        "bridge": span_of(article, "FAC", place(TEXT, "the bridge")),
        "cue": span_of(article, "CUE", place(TEXT, "said")),
        "claim": span_of(article, "CLAIM", place(TEXT, "the bridge, which divers had seen")),
        "event": span_of(article, "EVENT", place(TEXT, "went home")),
    }
    attribution = [(role, spans[role]) for role in ("claim", "source", "cue")]
    relations = [
        relation_of(article, "ATTRIBUTION", *attribution),
        relation_of(article, "ARGUMENTS", ("event", spans["event"]), ("place", spans["bridge"])),
    ]
    hand = stage(article, spans.values(), relations)
    hand.spans, hand.relations = spans, relations
    return hand


@pytest.fixture
def crowd(stage):
    """One claim restated by 3,000 others, one in a line each."""
    lines = [f"Claim number {n} of many." for n in range(3000)]
    text = "\n".join(lines)
    article = article_of(text)
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    spans = [
        span_of(article, "CLAIM", (at, at + len(line) - 1))
        for at, line in zip(starts, lines, strict=True)
    ]
    relations = [
        relation_of(article, "RESTATES", ("restating", span), ("restated", spans[1500]))
        for span in spans
        if span is not spans[1500]
    ]
    hand = stage(article, spans, relations)
    hand.spans = spans
    return hand


def sight(hand):
    canvas = hand.canvas
    height = canvas.viewport().height()
    return Sight(canvas.shown(), canvas.left, height, canvas.theme, canvas._measures)


def show_all(hand, shown):
    hand.canvas.relations_in_view = shown


def differing(one, other):
    return [
        (x, y)
        for y in range(one.height())
        for x in range(one.width())
        if one.pixel(x, y) != other.pixel(x, y)
    ]


def test_no_connector_touches_the_words_or_a_tag(linked):
    plain = linked.paint()
    show_all(linked, True)
    drawn = differing(plain, linked.paint())
    assert drawn
    glyphs, tags = [], []
    for one in linked.canvas.shown():
        glyphs += [
            (one.top + line.text_top, one.top + line.text_bottom) for line in one.block.lines
        ]
        for piece in one.block.pieces:
            tags.append(piece.tag.translated(linked.canvas.left, one.top).adjusted(2, 2, -2, -2))
    left = linked.canvas.left
    beside = [(x, y) for x, y in drawn if x >= left]
    assert beside
    assert not [(x, y) for x, y in beside if any(a + 1 < y < b - 1 for a, b in glyphs)]
    assert not [(x, y) for x, y in beside if any(t.contains(QPointF(x, y)) for t in tags)]


def test_all_in_view_are_drawn_or_those_of_one_span(linked):
    plain = linked.paint()
    linked.canvas.hovered = linked.spans["bridge"].id
    one = linked.paint()
    linked.canvas.hovered = ""
    show_all(linked, True)
    everything = linked.paint()
    assert len({bytes(i.constBits()) for i in (plain, one, everything)}) == 3
    show_all(linked, False)
    assert linked.paint() == plain


def test_what_is_drawn_follows_an_edit(linked):
    show_all(linked, True)
    linked.paint()
    for name in ("claim", "event"):
        linked.canvas.pick(linked.spans[name].id)
        linked.canvas.delete_picked()
    after = linked.paint()
    show_all(linked, False)
    assert linked.paint() == after


def test_a_key_goes_along_the_relations_and_comes_back(linked):
    linked.canvas.pick(linked.spans["cue"].id)
    seen = []
    for _ in range(3):
        linked.canvas.relation_view.go_along()
        seen.append(linked.canvas.picked.id)
    wanted = [linked.spans[name].id for name in ("source", "claim", "cue")]
    assert seen == wanted


def test_the_key_says_where_there_is_no_way(linked, stage):
    linked.canvas.relation_view.go_along()
    assert linked.refusals == ["Pick a span first."]
    linked.canvas.select(*place(TEXT, "winter"))
    linked.canvas.tag("event", "EVENT")
    linked.canvas.relation_view.go_along()
    assert linked.refusals[-1] == "No relation ties this span to another one."


def test_chips_lead_to_the_nearest_out_of_view_and_count_the_rest(crowd):
    crowd.canvas.pick(crowd.spans[1500].id)
    crowd.canvas.reveal(crowd.spans[1500].start)
    crowd.paint()
    chips = crowd.canvas.chips
    assert len(chips) == 2 * ROWS
    up = [chip for chip in chips if chip.words.startswith("↑")]
    assert up[0].rect.top() < up[1].rect.top() and " +" in up[-1].words
    counted = [int(c.words.split("+")[-1].replace(",", "")) for c in (up[-1], chips[-1])]
    shown = len(feet_in_view(_ties(crowd), sight(crowd)))
    assert 0 <= len(crowd.spans) - shown - 2 * ROWS - sum(counted) <= 2, "but for a cut line"
    crowd.click(up[0].rect.center().toPoint())
    picked = crowd.canvas.picked
    assert picked.id != crowd.spans[1500].id
    assert 0 < crowd.canvas.caret_rect(picked.start).center().y() < 700


def _ties(hand):
    document = hand.canvas.document
    span = hand.spans[1500]
    book = hand.bridge.session.codebook
    return Ties(document, book, document.relations_of(span.id), span.id)


def test_a_frame_draws_no_more_for_thousands_of_relations(crowd, monkeypatch):
    ties = _ties(crowd)
    everywhere = [span.id for span in crowd.spans]
    assert len(ties.strands(everywhere)) == MOST
    assert len(ties.strands([crowd.spans[1500].id])) == MOST
    drawn = []
    draw = connectors._draw_strand
    monkeypatch.setattr(connectors, "_draw_strand", lambda *all_: (drawn.append(1), draw(*all_)))
    crowd.canvas.pick(crowd.spans[1500].id)
    for everything in (False, True):
        show_all(crowd, everything)
        crowd.canvas.reveal(crowd.spans[1500].start)
        drawn.clear()
        crowd.paint()
        assert 0 < len(drawn) <= 2 * MOST
        assert len(crowd.canvas.chips) <= 2 * ROWS


def test_the_relations_of_a_page_are_read_once(crowd, monkeypatch):
    show_all(crowd, True)
    crowd.paint()
    monkeypatch.setattr(Ties, "__init__", None)  # reading again would call it
    crowd.paint()
    crowd.key(Key.Key_Right)
    crowd.paint()


def test_names_of_roles_in_crowded_lines_do_not_meet(linked):
    view = sight(linked)
    ends = [
        connectors.End(connectors.Foot(200.0, gutter - 8, gutter), role, "#0072B2")
        for gutter, role in ((50.0, "claim"), (50.0, "source"), (54.0, "cue"), (58.0, "event"))
    ]
    rows = [top for top, _, _ in connectors.role_rows([ends], view)]
    row = view.measures.tag_ascent * connectors.ROLE_ROW
    assert len(rows) == 4 and all(b - a >= row - 0.01 for a, b in pairwise(rows))


def test_what_the_mouse_has_left_is_hovered_no_longer(linked):
    canvas = linked.canvas
    claim = linked.spans["claim"].id
    piece = next(p for one in canvas.shown() for p in one.block.pieces if p.mark.id == claim)
    tag = piece.tag.center() + QPointF(canvas.left, canvas.shown()[0].top)
    QTest.mouseMove(canvas.viewport(), tag.toPoint())
    assert canvas.hovered == linked.spans["claim"].id
    QApplication.sendEvent(canvas.viewport(), QEvent(QEvent.Type.Leave))
    assert canvas.hovered == ""
