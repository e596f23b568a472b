import pytest
from PySide6.QtGui import QFontMetricsF

from tests.ui.canvas_stage import TEXT, Key, Mod, article_of, place, span_of
from ui.canvas.linking import Linking


def letters(hand):
    """Return the letters that stand on each span, by the name of the span."""
    hand.paint()
    names = {span.id: name for name, span in hand.spans.items()}
    return {names[i]: code for code, i in hand.canvas.link_mode.letters.codes.items()}


def linked(hand):
    names = {span.id: name for name, span in hand.spans.items()}
    return [
        (relation.label, [(a.role, names[a.span_id]) for a in relation.arguments])
        for relation in hand.store.annotations(hand.article.id).relations
    ]


ALL = [("ATTRIBUTION", [("claim", "claim"), ("source", "source"), ("cue", "cue")])]


def type_letter(hand, name):
    hand.key(getattr(Key, f"Key_{letters(hand)[name].upper()}"))


def test_letters_choose_and_enter_links(claims):
    claims.canvas.start_linking("ATTRIBUTION")
    assert claims.modes[-1].startswith("Attribution: 1 claim · 2 source")
    assert set(letters(claims)) == {"source", "cue", "claim", "other"}
    for name in ("cue", "claim", "source"):
        type_letter(claims, name)
    claims.key(Key.Key_Return)
    assert linked(claims) == ALL
    assert claims.modes[-1] == "" and claims.canvas.link_mode.linking is None


def test_a_letter_again_takes_a_span_back_out(claims):
    claims.canvas.start_linking("ATTRIBUTION")
    for name in ("claim", "source", "cue", "cue"):
        type_letter(claims, name)
    claims.key(Key.Key_Enter)
    assert linked(claims) == [("ATTRIBUTION", ALL[0][1][:2])]


def test_a_letter_again_moves_a_span_on_to_the_next_role_it_can_play(claims):
    claims.canvas.start_linking("RESTATES")
    type_letter(claims, "claim")
    assert claims.modes[-1].startswith("Restates: 1 restating ✓ · 2 restated.")
    type_letter(claims, "claim")
    assert claims.modes[-1].startswith("Restates: 1 restating · 2 restated ✓")
    type_letter(claims, "other")
    claims.key(Key.Key_Return)
    assert linked(claims) == [("RESTATES", [("restating", "other"), ("restated", "claim")])]


def test_what_is_picked_is_the_first_argument(claims):
    claims.canvas.pick(claims.spans["claim"].id)
    claims.canvas.start_linking("ATTRIBUTION")
    type_letter(claims, "source")
    type_letter(claims, "cue")
    claims.key(Key.Key_Return)
    assert linked(claims) == ALL


def test_clicks_choose_the_innermost_span_that_has_a_role(claims):
    claims.canvas.start_linking("ATTRIBUTION")
    for name in ("claim", "town", "cue"):  # the town is a tint within the source
        claims.click(claims.spans[name].start + 2)
    claims.key(Key.Key_Return)
    assert linked(claims) == ALL


def test_a_span_without_a_role_is_refused_in_words(claims):
    claims.canvas.start_linking("RESTATES")
    claims.click(claims.spans["cue"].start + 2)
    assert claims.refusals == ["Restates has no role for a Cue."]


def test_a_second_claim_has_no_room(claims):
    claims.canvas.start_linking("ATTRIBUTION")
    type_letter(claims, "claim")
    type_letter(claims, "other")
    assert claims.refusals == ["Attribution has no room for another Claim."]


def test_without_a_claim_it_is_refused_and_the_choosing_goes_on(claims):
    claims.canvas.start_linking("ATTRIBUTION")
    type_letter(claims, "source")
    claims.key(Key.Key_Return)
    assert "needs a claim" in claims.refusals[0] and not linked(claims)
    type_letter(claims, "claim")
    claims.key(Key.Key_Return)
    assert linked(claims) == [("ATTRIBUTION", ALL[0][1][:2])]


def test_the_same_relation_twice_is_refused(claims):
    for _ in range(2):
        claims.canvas.start_linking("ATTRIBUTION")
        for name in ("claim", "source"):
            type_letter(claims, name)
        claims.key(Key.Key_Return)
    assert "linked by Attribution already" in claims.refusals[0] and len(linked(claims)) == 1


def test_escape_leaves_nothing_behind(claims):
    claims.canvas.pick(claims.spans["claim"].id)
    before = claims.paint()
    claims.canvas.start_linking("ATTRIBUTION")
    type_letter(claims, "source")
    assert claims.paint() != before
    claims.key(Key.Key_Escape)
    assert claims.canvas.link_mode.linking is None and claims.modes[-1] == ""
    assert claims.paint() == before
    assert not claims.titles and not linked(claims)
    assert claims.canvas.picked == claims.spans["claim"]


def test_the_list_of_relations_is_chosen_from_by_letter(claims):
    claims.canvas.start_linking(None)
    before = claims.paint()
    known = {r.name: letter for letter, r in claims.canvas.link_mode.linking.choices()}
    assert len(set(known.values())) == len(known) == 10
    claims.key(getattr(Key, f"Key_{known['SUPPORTS'].upper()}"))
    assert claims.canvas.link_mode.linking.label.name == "SUPPORTS"
    assert claims.paint() != before
    type_letter(claims, "other")
    type_letter(claims, "claim")
    claims.key(Key.Key_Return)
    ((label, arguments),) = linked(claims)
    assert label == "SUPPORTS" and [name for _, name in arguments] == ["other", "claim"]


@pytest.mark.parametrize(
    ("picked", "offered"),
    [
        ("cue", {"ATTRIBUTION"}),
        ("town", {"ARGUMENTS", "COREFERENCE"}),
        ("claim", {"ATTRIBUTION", "ABOUT", "SUPPORTS", "RESTATES", "CONTRADICTS"}),
    ],
)
def test_only_relations_with_a_role_for_the_picked_span_are_offered(claims, picked, offered):
    claims.canvas.start_linking(None)
    usual = {r.name: letter for letter, r in claims.canvas.link_mode.linking.choices()}
    claims.key(Key.Key_Escape)
    claims.canvas.pick(claims.spans[picked].id)
    claims.canvas.start_linking(None)
    known = {r.name: letter for letter, r in claims.canvas.link_mode.linking.choices()}
    assert set(known) == offered
    assert known.items() <= usual.items(), "each keeps its letter"
    claims.key(getattr(Key, f"Key_{usual['CAUSES'].upper()}"))
    assert claims.canvas.link_mode.linking.label is None, "one that is not offered is not chosen"


def test_a_label_without_any_relation_is_told_so(claims, monkeypatch):
    monkeypatch.setattr(Linking, "choices", lambda linking: [])
    claims.canvas.pick(claims.spans["town"].id)
    claims.canvas.start_linking(None)
    assert claims.canvas.link_mode.linking is None
    assert claims.refusals == ["No relation has a role for a State or town."]


def test_a_span_that_undo_takes_is_no_argument_any_more(claims):
    claims.canvas.select(*place(TEXT, "Nobody"))
    claims.canvas.tag("discourse", "SOURCE")
    claims.canvas.start_linking("ATTRIBUTION")
    assert "source ✓" in claims.modes[-1]
    claims.bridge.undo()
    assert "source ✓" not in claims.modes[-1]
    type_letter(claims, "claim")
    type_letter(claims, "source")
    claims.key(Key.Key_Return)
    assert linked(claims) == [("ATTRIBUTION", ALL[0][1][:2])]


def test_the_caret_keys_still_move_and_controls_choose_nothing(claims):
    claims.canvas.start_linking("ATTRIBUTION")
    letter = letters(claims)["claim"].upper()
    claims.key(getattr(Key, f"Key_{letter}"), Mod.ControlModifier)
    assert not claims.canvas.link_mode.linking.arguments
    claims.key(Key.Key_Right)
    assert claims.canvas.caret == 3


def test_many_spans_get_two_letters_each(stage):
    text = " ".join(f"word{number}" for number in range(60))
    article = article_of(text)
    spans = [span_of(article, "SOURCE", place(text, f"word{n}")) for n in range(10, 50)]
    hand = stage(article, spans)
    hand.spans = {f"s{number}": span for number, span in enumerate(spans)}
    hand.canvas.start_linking("COREFERENCE")
    for name in ("s3", "s37"):
        codes = letters(hand)[name]
        assert len(codes) == 2
        for letter in codes:
            hand.key(getattr(Key, f"Key_{letter.upper()}"))
    hand.key(Key.Key_Return)
    assert linked(hand) == [("COREFERENCE", [("member", "s3"), ("member", "s37")])]


def test_another_article_ends_it(claims, stage):
    other = stage("Another text.", store=None)
    claims.canvas.start_linking("ATTRIBUTION")
    claims.canvas._show(other.canvas.document)
    assert claims.canvas.link_mode.linking is None and claims.modes[-1] == ""


def test_the_relations_of_what_is_picked_are_drawn_outside_the_text(claims):
    before = claims.paint()
    claims.canvas.start_linking("ATTRIBUTION")
    for name in ("claim", "source", "cue"):
        type_letter(claims, name)
    claims.key(Key.Key_Return)
    assert claims.paint() == before  # nothing is picked
    claims.canvas.hovered = claims.spans["cue"].id
    hovered = claims.paint()
    assert hovered != before
    block = claims.canvas.shown()[0]
    line = block.block.lines[0]
    for y in range(round(block.top + line.text_top) + 1, round(block.top + line.text_bottom)):
        for x in range(0, hovered.width(), 3):
            assert hovered.pixelColor(x, y) == before.pixelColor(x, y), (x, y)


def test_asked_for_again_the_relation_is_made(claims):
    claims.canvas.start_linking("ATTRIBUTION")
    for name in ("claim", "source", "cue"):
        type_letter(claims, name)
    claims.canvas.start_linking("ATTRIBUTION")
    assert linked(claims) == ALL
    assert claims.canvas.link_mode.linking is None


def test_a_digit_aims_at_a_role(claims):
    claims.canvas.select(*place(TEXT, "would close"))
    claims.canvas.tag("event", "EVENT")
    claims.spans["event"] = claims.canvas.picked
    claims.canvas.start_linking("ARGUMENTS")
    claims.key(Key.Key_5)
    assert "▸5 place" in claims.modes[-1]
    type_letter(claims, "town")
    claims.key(Key.Key_9)
    assert claims.refusals == ["Arguments of an event has no role number 9."]
    claims.key(Key.Key_Return)
    assert linked(claims) == [("ARGUMENTS", [("event", "event"), ("place", "town")])]


def test_a_group_gets_another_member_and_is_not_made_twice(claims):
    claims.canvas.start_linking("COREFERENCE")
    for name in ("source", "town"):
        type_letter(claims, name)
    claims.key(Key.Key_Return)
    claims.canvas.select(*place(TEXT, "Nobody"))
    claims.canvas.tag("discourse", "SOURCE")
    claims.spans["nobody"] = claims.canvas.picked
    claims.canvas.pick(claims.spans["town"].id)
    claims.canvas.start_linking("COREFERENCE")
    assert "member ✓×2" in claims.modes[-1]
    type_letter(claims, "nobody")
    claims.key(Key.Key_Return)
    ((_, members),) = linked(claims)
    assert [name for _, name in members] == ["source", "town", "nobody"]
    claims.bridge.undo()
    ((_, members),) = linked(claims)
    assert len(members) == 2


def test_letters_cover_no_tag_of_another_span(stage):
    text = "He said Varga left. The port stays open, the mayor said."
    article = article_of(text)
    labelled = (("SOURCE", "He"), ("CUE", "said"), ("SOURCE", "Varga"), ("CLAIM", "left"))
    hand = stage(article, [span_of(article, label, place(text, w)) for label, w in labelled])
    hand.canvas.start_linking("ATTRIBUTION")
    hand.paint()
    letters = hand.canvas.link_mode.letters
    metrics = QFontMetricsF(hand.canvas.font())
    assert len(letters.places) == 4
    for span_id in letters.places:
        badge = letters.badge(span_id, "A ✓", metrics)
        own = letters.places[span_id]
        row = [tag for tag in letters.places.values() if tag != own and tag.top() == own.top()]
        assert not any(badge.intersects(tag) for tag in row)
