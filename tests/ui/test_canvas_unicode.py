"""Text whose characters are not code points, and text that is nothing but one word."""

import random
from itertools import pairwise
from unicodedata import bidirectional

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QTextBoundaryFinder

from tests.ui.canvas_stage import Key, Mod, article_of, span_of
from ui.canvas.blocks import LONGEST, Blocks
from ui.canvas.grips import grips
from ui.canvas.words import (
    by_character,
    by_sentence,
    by_token,
    cluster_end,
    cluster_start,
    sentence_at,
    snap,
    token_at,
)

FAMILY = "👨‍👩‍👧‍👦"
TEXTS = {
    "emoji": "So 😀 Acme 😀😀 sold 👍🏽 shares. 🇺🇦🇵🇱 signed ❤️ it.",
    "family": f"The {FAMILY}{FAMILY} family of {FAMILY} left. {FAMILY}",
    "marks": "Cafe\u0301 Z\u0327\u0308a\u0301lgo\u0301 re\u0301sume\u0301 q\u0323\u0307 end",
    "right to left": "שלום עולם, אמר השר ליאיר NATO ב-2025.\nقال الوزير إن الجسر مغلق 😀.",
    "chinese": "外交部长说桥已关闭。记者问了两次。𠀀𠀁東京都",
    "thai and hindi": "นายกรัฐมนตรีกล่าวว่า สะพานปิด क्षत्रिय मन्त्री ने कहा",
    "odd": "a\tb\u2028c\u00ad\u200bd \u0301x \ufeffe\x0bf\x00g 👩‍ ‍",
    "empty": "",
}


def clusters(text):
    """Return all boundaries between grapheme clusters, as code points."""
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if ord(character) > 0xFFFF else 1))
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    found = {0, len(text)}
    points = {unit: point for point, unit in enumerate(units)}
    while (unit := finder.toNextBoundary()) >= 0:
        if unit in points:  # Qt may see a boundary within a pair of surrogates
            found.add(points[unit])
    return found


@pytest.mark.parametrize("name", TEXTS)
def test_keys_clicks_and_drags_never_stand_inside_a_cluster(stage, name):
    text = TEXTS[name]
    hand, allowed = stage(text), clusters(text)
    chance = random.Random(name)
    keys = [Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End, Key.Key_Up, Key.Key_Down]
    modifiers = [Mod.NoModifier, Mod.AltModifier, Mod.ControlModifier, Mod.ShiftModifier]
    for _ in range(60):
        hand.key(chance.choice(keys), chance.choice(modifiers))
        assert hand.canvas.caret in allowed
    block = hand.canvas.shown()[0].block
    for line in block.lines:
        y = hand.canvas.caret_rect(line.start).center().y()
        for x in range(hand.canvas.viewport().width() // 7):
            hand.click(QPoint(x * 7, round(y)))
            assert hand.canvas.caret in allowed
    places = sorted(allowed)
    for modifier in (Mod.NoModifier, Mod.AltModifier):
        for _ in range(6):
            ends = chance.choice(places), chance.choice(places)
            hand.canvas.select(0, 0)
            hand.drag([hand.point(ends[0]), hand.point(ends[1])], modifier)
            assert set(hand.canvas.selection() or ()) <= allowed
    hand.paint()


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "empty"])
def test_each_half_of_a_character_leads_to_its_own_edge(stage, name):
    hand = stage(TEXTS[name])
    places = sorted(clusters(TEXTS[name]))
    tried = 0
    for start, end in pairwise(places):
        block, line, top = hand.canvas.place_of(start)
        runs = block.extents(line, start, end)
        if not runs or runs[0][1] - runs[0][0] < 2 or end >= line.end:
            continue
        direction = bidirectional(TEXTS[name][start])
        if name == "right to left" and direction not in ("L", "R", "AL"):
            continue  # its neighbours decide where it goes
        ((left, right),) = runs
        leading, trailing = (right, left) if direction in ("R", "AL") else (left, right)
        y = top + line.text_top + 5
        for share, expected in ((0.2, start), (0.8, end)):
            x = hand.canvas.left + leading + (trailing - leading) * share
            assert hand.canvas.position_under(QPointF(x, y)) == expected
        tried += 1
    assert tried >= 8


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("emoji", "Acme"),
        ("emoji", "sold"),
        ("family", FAMILY),
        ("marks", "re\u0301sume\u0301"),
        ("right to left", "NATO"),
        ("right to left", "השר"),
        ("chinese", "𠀁"),
        ("thai and hindi", "मन्त्री"),
    ],
)
def test_what_is_tagged_is_what_was_pointed_at(stage, name, word):
    text = TEXTS[name]
    hand = stage(text)
    start = text.rindex(word)
    hand.double_click(start) if len(word) > 1 else hand.canvas.select(start, start + 1)
    assert hand.selected() == word
    hand.canvas.tag("discourse", "CLAIM")
    assert hand.stored() == [("CLAIM", (word,))]
    assert hand.drawn(hand.canvas.picked.id) == {(start, start + len(word))}
    for edge, outward in (("end", True), ("start", True), ("end", False), ("start", False)):
        hand.canvas.move_edge(edge, outward)
        ((_, (quotation,)),) = hand.stored()
        fragment = hand.canvas.picked.fragments[0]
        assert set(fragment) <= clusters(text) and text[slice(*fragment)] == quotation
    hand.paint()


def test_a_grip_never_splits_a_cluster(stage):
    text = TEXTS["family"]
    article = article_of(text)
    claim = span_of(article, "CLAIM", (4, 4 + len(FAMILY)))
    hand = stage(article, [claim])
    hand.canvas.pick(claim.id)
    end = next(grip for grip in grips(hand.canvas, claim) if grip.edge == "end")
    for to in range(5, len(text), 3):
        hand.hold([end.line.center().toPoint(), hand.point(to)], Mod.AltModifier)
        ((start, last),) = hand.drawn(claim.id)
        assert {start, last} <= clusters(text)
        hand.key(Key.Key_Escape)
        hand.let_go(hand.point(to))


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "empty"])
@pytest.mark.parametrize("edge", ["start", "end"])
@pytest.mark.parametrize("modifier", [Mod.AltModifier, Mod.NoModifier], ids=["exact", "token"])
def test_a_boundary_dragged_through_any_text_is_stored_as_drawn(stage, name, edge, modifier):
    text = TEXTS[name].split("\n")[0]
    allowed = sorted(clusters(text))
    article = article_of(text)
    claim = span_of(article, "CLAIM", (allowed[3], allowed[-3]))
    hand = stage(article, [claim])
    chance = random.Random(f"{name} {edge}")
    for _ in range(4):
        record = hand.canvas.document.span(claim.id)
        hand.canvas.pick(claim.id)
        grip = next(grip for grip in grips(hand.canvas, record) if grip.edge == edge)
        hand.drag([grip.line.center().toPoint(), hand.point(chance.choice(allowed))], modifier)
        ((_, (quotation,)),) = hand.stored()
        (fragment,) = hand.canvas.document.span(claim.id).fragments
        assert set(fragment) <= set(allowed) and text[slice(*fragment)] == quotation
        assert hand.drawn(claim.id) == {fragment}


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "empty"])
def test_a_click_picks_what_is_under_it(stage, name):
    text = TEXTS[name].split("\n")[0]
    edges = sorted(clusters(text))
    article = article_of(text)
    words = [(a, b) for a, b in pairwise(edges) if not text[a:b].isspace()][1:-1:3]
    spans = [span_of(article, "ORG", word) for word in words]
    hand = stage(article, spans)
    tried = 0
    for span in spans:
        block, line, top = hand.canvas.place_of(span.start)
        runs = block.extents(line, span.start, span.end)
        if not runs or runs[0][1] - runs[0][0] < 4:
            continue  # nothing to be seen of it in this font
        ((left, right),) = runs
        middle = QPointF(hand.canvas.left + (left + right) / 2, top + line.text_top + 6)
        hand.click(middle.toPoint())
        assert hand.canvas.picked.id == span.id
        tried += 1
    assert tried >= 3


ODD = st.text(
    st.sampled_from(
        [*"ab .\n’-1", "\u0301", "\u200d", "😀", "👩", "🏽", "🇺", "🇦", "é", "漢", "ש", "\u0e33"]
    ),
    max_size=40,
)


@settings(max_examples=200, deadline=None, database=None)
@given(text=ODD, data=st.data())
def test_words_of_any_text_end_between_clusters(text, data):
    allowed = clusters(text)
    position = data.draw(st.integers(0, len(text)))
    other = data.draw(st.integers(position, len(text)))
    at = cluster_start(text, position)
    assert {at, cluster_end(text, position)} <= allowed
    assert at <= position <= cluster_end(text, position)
    for step in (by_character, by_token, by_sentence):
        assert step(text, at, True) in allowed and step(text, at) in allowed
        assert step(text, at, True) < at or at == 0
        assert step(text, at) > at or at == len(text)
    assert set(token_at(text, position) or ()) <= allowed
    assert set(sentence_at(text, position)) <= allowed
    if position < other:
        assert set(snap(text, position, other)) <= allowed


@settings(max_examples=40, deadline=None, database=None)
@given(
    unit=st.sampled_from(["x", FAMILY, "e\u0301", "漢", "word ", "word \u0301"]),
    shift=st.text("ab ", max_size=5),
)
def test_a_very_long_paragraph_is_cut_between_clusters(unit, shift):
    text = shift + unit * (3 * LONGEST // len(unit))
    blocks = Blocks(f"First.\n{text}\n\nLast.")
    parts = [blocks.text_of(number) for number in range(len(blocks))]
    ends = [blocks.ends_paragraph(number) for number in range(len(blocks))]
    joined = "".join(part + "\n" * end for part, end in zip(parts, ends, strict=True))
    assert joined == f"{blocks.text}\n"
    assert max(map(len, parts)) <= LONGEST and len(parts) < 9
    allowed = clusters(text[:10000])
    offset = len("First.\n")
    assert all(
        blocks.start(n) - offset in allowed
        for n in range(1, len(blocks))
        if 0 < blocks.start(n) - offset < 9000
    )


@pytest.mark.parametrize("unit", ["x", FAMILY, "漢"])
def test_a_megabyte_without_blanks_is_worked_on_like_any_text(stage, unit):
    text = unit * (1_000_000 // len(unit.encode()))
    hand = stage(text)
    for key in (Key.Key_PageDown, Key.Key_Down, Key.Key_Right, Key.Key_Left):
        hand.key(key)
        assert hand.canvas.caret % len(unit) == 0
    hand.canvas.select(20 * len(unit), 20 * len(unit))
    hand.key(Key.Key_Right, Mod.ShiftModifier | Mod.AltModifier)
    assert hand.selected() == unit
    hand.canvas.tag("discourse", "CLAIM")
    assert hand.stored() == [("CLAIM", (unit,))]
    hand.click(hand.point(10 * len(unit), inside=True))
    assert hand.canvas.caret % len(unit) == 0
    hand.drag([hand.point(0), hand.point(7 * len(unit))], Mod.AltModifier)
    assert hand.selected() == unit * 7
    hand.key(Key.Key_End, Mod.ControlModifier)
    assert hand.canvas.caret == len(text)
    hand.paint()


def test_an_empty_article_takes_everything_and_does_nothing(stage):
    hand = stage("")
    for key in (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_PageDown, Key.Key_End):
        hand.key(key, Mod.ShiftModifier)
        assert (hand.canvas.caret, hand.canvas.selection()) == (0, None)
    hand.double_click(0)
    hand.canvas.tag("entity", "ORG")
    hand.canvas.next_suggestion()
    hand.canvas.start_linking("ATTRIBUTION")
    hand.key(Key.Key_A)
    hand.key(Key.Key_Return)
    hand.key(Key.Key_Escape)
    hand.canvas.zoom_in()
    hand.paint()
    assert not hand.stored()


def test_a_paragraph_read_from_the_right_begins_at_the_right(stage):
    hand = stage(article_of("A bridge.\n" + TEXTS["right to left"].split("\n")[0]))
    column, left = hand.canvas.page.width, hand.canvas.left
    first, second = hand.canvas.caret_rect(0), hand.canvas.caret_rect(10)
    assert first.center().x() == pytest.approx(left, abs=2)
    assert second.center().x() == pytest.approx(left + column, abs=2)
