"""Whatever a researcher does in whatever order, the screen shows what the project holds."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.ui.canvas_stage import (
    TEXT,
    CanvasStage,
    article_of,
    place,
    relation_of,
    span_of,
    suggestion_of,
)

LABELS = [
    ("discourse", "CLAIM"),
    ("discourse", "SOURCE"),
    ("discourse", "CUE"),
    ("entity", "ORG"),
    ("event", "EVENT"),
]
POSITIONS = st.integers(0, len(TEXT))
STEPS = st.one_of(
    st.tuples(st.just("select"), POSITIONS, POSITIONS),
    st.tuples(st.just("tag"), st.sampled_from(LABELS)),
    st.tuples(st.just("tag"), st.sampled_from(LABELS)),
    st.tuples(st.just("pick"), POSITIONS),
    st.tuples(st.just("edge"), st.sampled_from(["start", "end"]), st.booleans()),
    st.tuples(st.just("fragment"), POSITIONS, POSITIONS),
    st.tuples(st.sampled_from(["delete", "accept", "reject", "next", "undo", "redo", "link"])),
)


@pytest.fixture(scope="module")
def hand(qapp, tmp_path_factory):
    article = article_of(TEXT)
    claim = span_of(article, "CLAIM", place(TEXT, "the bridge"), place(TEXT, "would close"))
    source = span_of(article, "SOURCE", place(TEXT, "The mayor of Halvik"))
    tie = relation_of(article, "ATTRIBUTION", ("claim", claim), ("source", source))
    found = [
        suggestion_of(article, "ORG", place(TEXT, words))
        for words in ("The", "Halvik", "Ilse Varga", "winter")
    ]
    made = CanvasStage(tmp_path_factory.mktemp("random"), article, [claim, source], [tie], found)
    yield made
    made.close()


def pick(hand, position):
    hand.canvas.select(position, position)
    hand.canvas.cycle_pick()


def fragment(hand, start, end):
    hand.canvas.select(start, end)
    hand.canvas.add_fragment()


def link(hand):
    hand.canvas.start_linking("ATTRIBUTION")
    for span in hand.canvas.document.spans_between(0, len(TEXT))[:3]:
        hand.canvas.link_mode.take(span)
    hand.canvas.link_mode.finish()
    hand.canvas.escape()


ACTIONS = {
    "select": lambda hand, start, end: hand.canvas.select(start, end),
    "tag": lambda hand, label: hand.canvas.tag(*label),
    "pick": pick,
    "edge": lambda hand, edge, outward: hand.canvas.move_edge(edge, outward),
    "fragment": fragment,
    "delete": lambda hand: hand.canvas.delete_picked(),
    "accept": lambda hand: hand.canvas.accept_picked(),
    "reject": lambda hand: hand.canvas.reject_picked(),
    "next": lambda hand: hand.canvas.next_suggestion(),
    "undo": lambda hand: hand.bridge.undo(),
    "redo": lambda hand: hand.bridge.redo(),
    "link": link,
}


def held(hand):
    """Return what the project file holds: each record's id, label and fragments."""
    found = hand.store.annotations(hand.article.id)
    waiting = [s for s in found.suggestions if s.state == "pending"]
    return {(r.id, r.label, r.fragments) for r in (*found.spans, *waiting)}


def drawn(hand):
    """Return what is on the screen, and check that each fragment has a place there."""
    marks = {}
    for one in hand.canvas.shown():
        for piece in one.block.pieces:
            marks.setdefault(piece.mark.id, (piece.mark, []))[1].extend(piece.runs)
    assert all(runs for _, runs in marks.values())
    return {(m.id, m.record.label, m.fragments) for m, _ in marks.values()}


def bars_apart(hand):
    """Tell that no bar or tag of a line covers another one."""
    for one in hand.canvas.shown():
        bars = [piece.band for piece in one.block.pieces if piece.kind == "bar"]
        tags = [piece.tag for piece in one.block.pieces if piece.kind == "tint" and piece.parts]
        for places in (bars, tags):
            for i, place_ in enumerate(places):
                if any(place_.intersects(other) for other in places[i + 1 :]):
                    return False
    return True


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=4, max_size=14))
def test_the_screen_shows_what_the_project_holds(hand, steps):
    start = held(hand), hand.store.annotations(hand.article.id).relations
    top = hand.canvas.top_of(0)
    for name, *details in steps:
        ACTIONS[name](hand, *details)
        assert drawn(hand) == held(hand)
        picked = hand.canvas.picked
        assert picked is None or picked.id in {i for i, _, _ in held(hand)}
        assert bars_apart(hand)
        assert hand.canvas.top_of(0) == top
    hand.paint()
    while hand.store.undo_title():
        hand.bridge.undo()
        assert drawn(hand) == held(hand)
    assert (held(hand), hand.store.annotations(hand.article.id).relations) == start
    assert hand.store.article(hand.article.id).text == hand.canvas.document.article.text == TEXT
