from dataclasses import replace
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ui.canvas_stage import TEXT, article_of, place, span_of, suggestion_of
from tests.ui.canvas_states import right_to_left
from ui.canvas.grips import grips
from ui.canvas.heights import Heights
from ui.canvas.lanes import Stretch, assign
from ui.canvas.layout import BlockLayout
from ui.canvas.measures import measures

SIZES = st.lists(st.integers(1, 50).map(float), min_size=1, max_size=40)
STRETCHES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 30), st.integers(1, 40)), max_size=14
).map(
    lambda found: [
        Stretch(left, left + width, size, order) for order, (left, width, size) in enumerate(found)
    ]
)


@given(SIZES, st.lists(st.tuples(st.integers(0, 39), st.integers(1, 90)), max_size=20))
def test_heights_add_up_whatever_is_corrected(sizes, corrections):
    heights = Heights(sizes)
    for block, height in corrections:
        if block < len(sizes):
            sizes[block] = float(height)
            heights.set(block, float(height))
    tops = list(accumulate(sizes, initial=0.0))
    assert [heights.above(block) for block in range(len(sizes) + 1)] == tops
    assert heights.total == tops[-1]
    for block, top in enumerate(tops[:-1]):
        assert heights.find(top) == heights.find(tops[block + 1] - 0.5) == block
    assert heights.find(-5) == 0 and heights.find(tops[-1] + 5) == len(sizes) - 1


@given(STRETCHES, st.randoms())
def test_lanes_keep_bars_apart_and_the_inner_nearer_to_the_text(stretches, chance):
    lanes = assign(stretches)
    for i, one in enumerate(stretches):
        for j, other in enumerate(stretches[:i]):
            if one.left < other.right and other.left < one.right:
                assert lanes[i] != lanes[j]
                if one.size != other.size:
                    assert (lanes[i] < lanes[j]) == (one.size < other.size)
    order = list(range(len(stretches)))
    chance.shuffle(order)
    shuffled = assign([stretches[i] for i in order])
    assert [lanes[i] for i in order] == shuffled


def lines_of(hand):
    return [(one.top, line) for one in hand.canvas.shown() for line in one.block.lines]


def test_only_a_line_that_needs_lanes_grows(stage):
    article = article_of(TEXT)
    plain = [line.bottom - line.top for _, line in lines_of(stage(article))]
    other = article_of(TEXT)
    spans = [
        span_of(other, "CLAIM", place(TEXT, "It is safe")),
        span_of(other, "EVENT", place(TEXT, "safe")),
    ]
    grown = [line.bottom - line.top for _, line in lines_of(stage(other, spans))]
    number = next(i for i, height in enumerate(grown) if height > plain[i] + 1)
    assert grown[:number] == plain[:number] and grown[number + 1 :] == plain[number + 1 :]


def test_nested_bars_are_stacked_from_the_inside_out_and_crossing_ones_marked(stage):
    article = article_of(TEXT)
    outer = span_of(article, "CLAIM", place(TEXT, "The mayor of Halvik said on Friday"))
    inner = span_of(article, "SOURCE", place(TEXT, "The mayor of Halvik"))
    crossing = span_of(article, "EVENT", place(TEXT, "on Friday that"))
    hand = stage(article, [outer, inner, crossing])
    found = {}
    for one in hand.canvas.shown():
        for piece in one.block.pieces:
            found.setdefault(piece.mark.id, piece)
    assert found[inner.id].lane == 0 < found[outer.id].lane
    assert found[outer.id].mark.crossing and found[crossing.id].mark.crossing
    assert not found[inner.id].mark.crossing


def test_no_mark_covers_the_letters(stage):
    article = article_of(TEXT)
    spans = [
        span_of(article, "CLAIM", (0, TEXT.index("\n"))),
        span_of(article, "SOURCE", place(TEXT, "The mayor of Halvik")),
        span_of(article, "GPE", place(TEXT, "Halvik")),
        span_of(article, "ORG", place(TEXT, "mayor of Halvik")),
    ]
    waiting = [suggestion_of(article, "DATE", place(TEXT, "Friday"))]
    hand = stage(article, spans, suggestions=waiting)
    for one in hand.canvas.shown():
        for piece in one.block.pieces:
            mark = piece.tag if piece.kind == "tint" else piece.band
            assert mark.top() >= 0 and mark.bottom() <= one.block.height
            for line in one.block.lines:
                assert mark.bottom() <= line.text_top or mark.top() >= line.text_bottom


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 3), st.sampled_from([0.5, 1.0, 2.5]))
def test_what_is_drawn_fits_at_every_size(number, zoom):
    m = measures(zoom)
    text = TEXT[: len(TEXT) // (number + 1)]
    block = BlockLayout(text, 0, m, 300)
    block.dress([], m.gap)
    for line, following in zip(block.lines, block.lines[1:], strict=False):
        assert line.top < line.text_top < line.text_bottom < line.bottom == following.top
        assert line.end == following.start
    assert block.lines[0].start == 0 and block.lines[-1].end == len(text)


def test_text_of_both_directions_is_covered_without_gaps():
    text = "قال الوزير إن الجسر مغلق منذ NATO يوم 12 الجمعة ב-2025."
    block = BlockLayout(text, 0, measures(), 900)
    (line,) = block.lines
    for position in range(len(text)):
        ((left, right),) = block.extents(line, position, position + 1)
        assert right - left > 1, text[position]
    assert len(block.extents(line, 0, len(text))) == 1
    start = text.index("NATO")
    ((left, right),) = block.extents(line, start, start + 4)
    letters = [block.extents(line, at, at + 1)[0] for at in range(start, start + 4)]
    assert letters == sorted(letters) and (letters[0][0], letters[-1][1]) == (left, right)


def test_a_tag_stands_where_reading_begins(stage):
    article, spans, _ = right_to_left()
    hand = stage(article, spans)
    for one in hand.canvas.shown():
        for piece in one.block.pieces:
            assert piece.tag.right() == piece.right and piece.from_right


def test_fragments_of_a_tint_are_tied_too(stage):
    article = article_of("The Ministry, newly renamed, of Transport said so.")
    parts = place(article.text, "Ministry"), place(article.text, "of Transport")
    hand = stage(article, [span_of(article, "ORG", *parts)])
    ((piece,),) = [one.block.pieces for one in hand.canvas.shown()]
    assert (piece.kind, len(piece.ties)) == ("tint", 1)
    (left, right) = piece.ties[0]
    y = round(hand.canvas.shown()[0].top + piece.band.bottom() - 1)
    image = hand.paint()
    row = {
        image.pixelColor(x, y).name()
        for x in range(round(hand.canvas.left + left), round(hand.canvas.left + right))
    }
    assert len(row) > 1, "a dotted line runs from one to the other"


def test_a_tag_tells_accepted_and_edited_from_all_others(stage):
    pictures = {}
    for origin in ("manual", "accepted", "edited", "imported"):
        article = article_of("Halvik is a port.")
        hand = stage(article, [replace(span_of(article, "GPE", (0, 6)), origin=origin)])
        piece = hand.canvas.shown()[0].block.pieces[0]
        area = piece.tag.translated(hand.canvas.left, hand.canvas.shown()[0].top)
        image = hand.paint().copy(area.adjusted(-1, -1, 9, 1).toAlignedRect())
        pictures[origin] = bytes(image.constBits())
    assert len(set(pictures.values())) == 3
    assert pictures["manual"] == pictures["imported"], "no noise in an imported corpus"


def test_grips_stand_outside_on_the_side_where_reading_begins_and_ends(stage):
    article, spans, _ = right_to_left()
    hand = stage(article, spans)
    hebrew = next(span for span in spans if span.quotation == ("אילזה ורגה",))
    start, end = grips(hand.canvas, hebrew)
    assert start.line.center().x() > end.line.center().x()
    assert start.knob.center().x() > start.line.center().x()
    assert end.knob.center().x() < end.line.center().x()
    latin = next(span for span in spans if span.quotation == ("NATO",))
    start, end = grips(hand.canvas, latin)
    assert start.knob.center().x() < start.line.center().x() < end.line.center().x()
