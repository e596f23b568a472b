import pytest

from tests.ui.canvas_stage import TEXT, Key, Mod, article_of, place, span_of


@pytest.fixture
def three(stage):
    """A claim, a source, a cue, a person in the source and a second claim."""
    article = article_of(TEXT)
    spans = {
        "source": span_of(article, "SOURCE", place(TEXT, "The mayor of Halvik")),
        "town": span_of(article, "GPE", place(TEXT, "Halvik")),
        "cue": span_of(article, "CUE", place(TEXT, "said")),
        "claim": span_of(article, "CLAIM", place(TEXT, "the bridge")),
        "other": span_of(article, "CLAIM", place(TEXT, "It is safe")),
    }
    hand = stage(article, spans.values())
    hand.spans = spans
    return hand


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


def test_letters_choose_and_enter_links(three):
    three.canvas.start_linking("ATTRIBUTION")
    assert three.modes[-1].startswith("Attribution: 1 claim · 2 source")
    assert set(letters(three)) == {"source", "cue", "claim", "other"}
    for name in ("cue", "claim", "source"):
        type_letter(three, name)
    three.key(Key.Key_Return)
    assert linked(three) == ALL
    assert three.modes[-1] == "" and three.canvas.link_mode.linking is None


def test_a_letter_again_takes_a_span_back_out(three):
    three.canvas.start_linking("ATTRIBUTION")
    for name in ("claim", "source", "cue", "cue"):
        type_letter(three, name)
    three.key(Key.Key_Enter)
    assert linked(three) == [("ATTRIBUTION", ALL[0][1][:2])]


def test_a_letter_again_moves_a_span_on_to_the_next_role_it_can_play(three):
    three.canvas.start_linking("RESTATES")
    type_letter(three, "claim")
    assert three.modes[-1].startswith("Restates: 1 restating ✓ · 2 restated.")
    type_letter(three, "claim")
    assert three.modes[-1].startswith("Restates: 1 restating · 2 restated ✓")
    type_letter(three, "other")
    three.key(Key.Key_Return)
    assert linked(three) == [("RESTATES", [("restating", "other"), ("restated", "claim")])]


def test_what_is_picked_is_the_first_argument(three):
    three.canvas.pick(three.spans["claim"].id)
    three.canvas.start_linking("ATTRIBUTION")
    type_letter(three, "source")
    type_letter(three, "cue")
    three.key(Key.Key_Return)
    assert linked(three) == ALL


def test_clicks_choose_the_innermost_span_that_has_a_role(three):
    three.canvas.start_linking("ATTRIBUTION")
    for name in ("claim", "town", "cue"):  # the town is a tint within the source
        three.click(three.spans[name].start + 2)
    three.key(Key.Key_Return)
    assert linked(three) == ALL


def test_a_span_without_a_role_is_refused_in_words(three):
    three.canvas.start_linking("RESTATES")
    three.click(three.spans["cue"].start + 2)
    assert three.refusals == ["RESTATES has no role for a CUE."]


def test_a_second_claim_has_no_room(three):
    three.canvas.start_linking("ATTRIBUTION")
    type_letter(three, "claim")
    type_letter(three, "other")
    assert three.refusals == ["ATTRIBUTION has no room for another CLAIM."]


def test_without_a_claim_it_is_refused_and_the_choosing_goes_on(three):
    three.canvas.start_linking("ATTRIBUTION")
    type_letter(three, "source")
    three.key(Key.Key_Return)
    assert "needs a claim" in three.refusals[0] and not linked(three)
    type_letter(three, "claim")
    three.key(Key.Key_Return)
    assert linked(three) == [("ATTRIBUTION", ALL[0][1][:2])]


def test_the_same_relation_twice_is_refused(three):
    for _ in range(2):
        three.canvas.start_linking("ATTRIBUTION")
        for name in ("claim", "source"):
            type_letter(three, name)
        three.key(Key.Key_Return)
    assert "linked by ATTRIBUTION already" in three.refusals[0] and len(linked(three)) == 1


def test_escape_leaves_nothing_behind(three):
    three.canvas.pick(three.spans["claim"].id)
    before = three.paint()
    three.canvas.start_linking("ATTRIBUTION")
    type_letter(three, "source")
    assert three.paint() != before
    three.key(Key.Key_Escape)
    assert three.canvas.link_mode.linking is None and three.modes[-1] == ""
    assert three.paint() == before
    assert not three.titles and not linked(three)
    assert three.canvas.picked == three.spans["claim"]


def test_the_list_of_relations_is_chosen_from_by_letter(three):
    three.canvas.start_linking(None)
    before = three.paint()
    known = {r.name: letter for letter, r in three.canvas.link_mode.linking.choices()}
    assert len(set(known.values())) == len(known) == 10
    three.key(getattr(Key, f"Key_{known['SUPPORTS'].upper()}"))
    assert three.canvas.link_mode.linking.label.name == "SUPPORTS"
    assert three.paint() != before
    type_letter(three, "other")
    type_letter(three, "claim")
    three.key(Key.Key_Return)
    ((label, arguments),) = linked(three)
    assert label == "SUPPORTS" and [name for _, name in arguments] == ["other", "claim"]


def test_a_span_that_undo_takes_is_no_argument_any_more(three):
    three.canvas.select(*place(TEXT, "Nobody"))
    three.canvas.tag("discourse", "SOURCE")
    three.canvas.start_linking("ATTRIBUTION")
    assert "source ✓" in three.modes[-1]
    three.bridge.undo()
    assert "source ✓" not in three.modes[-1]
    type_letter(three, "claim")
    type_letter(three, "source")
    three.key(Key.Key_Return)
    assert linked(three) == [("ATTRIBUTION", ALL[0][1][:2])]


def test_the_caret_keys_still_move_and_controls_choose_nothing(three):
    three.canvas.start_linking("ATTRIBUTION")
    letter = letters(three)["claim"].upper()
    three.key(getattr(Key, f"Key_{letter}"), Mod.ControlModifier)
    assert not three.canvas.link_mode.linking.arguments
    three.key(Key.Key_Right)
    assert three.canvas.caret == 3


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


def test_another_article_ends_it(three, stage):
    other = stage("Another text.", store=None)
    three.canvas.start_linking("ATTRIBUTION")
    three.canvas._show(other.canvas.document)
    assert three.canvas.link_mode.linking is None and three.modes[-1] == ""


def test_the_relations_of_what_is_picked_are_drawn_outside_the_text(three):
    before = three.paint()
    three.canvas.start_linking("ATTRIBUTION")
    for name in ("claim", "source", "cue"):
        type_letter(three, name)
    three.key(Key.Key_Return)
    assert three.paint() == before  # nothing is picked
    three.canvas.hovered = three.spans["cue"].id
    hovered = three.paint()
    assert hovered != before
    block = three.canvas.shown()[0]
    line = block.block.lines[0]
    for y in range(round(block.top + line.text_top) + 1, round(block.top + line.text_bottom)):
        for x in range(0, hovered.width(), 3):
            assert hovered.pixelColor(x, y) == before.pixelColor(x, y), (x, y)


def test_asked_for_again_the_relation_is_made(three):
    three.canvas.start_linking("ATTRIBUTION")
    for name in ("claim", "source", "cue"):
        type_letter(three, name)
    three.canvas.start_linking("ATTRIBUTION")
    assert linked(three) == ALL
    assert three.canvas.link_mode.linking is None


def test_a_digit_aims_at_a_role(three):
    three.canvas.select(*place(TEXT, "would close"))
    three.canvas.tag("event", "EVENT")
    three.spans["event"] = three.canvas.picked
    three.canvas.start_linking("ARGUMENTS")
    three.key(Key.Key_5)
    assert "▸5 place" in three.modes[-1]
    type_letter(three, "town")
    three.key(Key.Key_9)
    assert three.refusals == ["Arguments of an event has no role number 9."]
    three.key(Key.Key_Return)
    assert linked(three) == [("ARGUMENTS", [("event", "event"), ("place", "town")])]


def test_a_group_gets_another_member_and_is_not_made_twice(three):
    three.canvas.start_linking("COREFERENCE")
    for name in ("source", "town"):
        type_letter(three, name)
    three.key(Key.Key_Return)
    three.canvas.select(*place(TEXT, "Nobody"))
    three.canvas.tag("discourse", "SOURCE")
    three.spans["nobody"] = three.canvas.picked
    three.canvas.pick(three.spans["town"].id)
    three.canvas.start_linking("COREFERENCE")
    assert "member ✓×2" in three.modes[-1]
    type_letter(three, "nobody")
    three.key(Key.Key_Return)
    ((_, members),) = linked(three)
    assert [name for _, name in members] == ["source", "town", "nobody"]
    three.bridge.undo()
    ((_, members),) = linked(three)
    assert len(members) == 2
