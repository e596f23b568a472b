"""New parts of a codebook: their colour, their tag; and what a change of several is called."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_store import BOOK

from annotation.codebook_draft import Draft
from annotation.codebook_draft_problems import draft_problems
from annotation.codebook_entries import Entry
from annotation.codebook_file import default_codebook
from annotation.codebook_summary import revision_title
from annotation.label_colors import COLORS, free_color, luminance
from annotation.short_tags import short_tag

CLAIM = ("discourse", "CLAIM")


def part(draft: Draft, *names: str) -> Entry:
    return next(entry for entry in draft.root.walk() if entry.origin == names)


def write(draft: Draft, *names: str, **said: str) -> Entry:
    entry = part(draft, *names)
    entry.part = replace(entry.part, **said)
    return entry


def test_new_labels_have_colours_that_nobody_confuses() -> None:
    draft = Draft(default_codebook())
    layer = draft.root.of("layer")[0]
    taken = {label.part.color.upper() for label in draft.labels()}
    for _ in range(30):
        color = draft.add(layer, "label").part.color
        assert color.upper() not in taken
        # 3 : 1 on white and on black (WCAG 1.4.11), or one of the well-known set
        assert color in COLORS or 0.1 <= luminance(color) <= 0.3
        taken.add(color.upper())


def test_a_colour_close_to_another_is_not_the_first_choice() -> None:
    assert free_color([]) == COLORS[0]
    assert free_color(["#0073B4"]) != COLORS[0]
    assert free_color(["#", "#12", ""]) in COLORS


@pytest.mark.parametrize(
    ("name", "taken", "tag"),
    [
        ("ACTOR", (), "ACT"),
        ("actor", ("ACT",), "ACTO"),
        ("ACTOR", ("ACT", "ACTO"), "ACTR"),
        ("NEW_LABEL", (), "NL"),
        ("WHO", (), "WHO"),
        ("A", ("A",), "A2"),
        ("", (), ""),
        ("///", (), ""),
    ],
)
def test_a_tag_is_a_short_form_of_the_name(name: str, taken: tuple[str, ...], tag: str) -> None:
    assert short_tag(name, taken) == tag


@given(st.text(min_size=1), st.sets(st.text("ABC", max_size=4)))
def test_a_tag_is_free_and_short(name: str, taken: set[str]) -> None:
    tag = short_tag(name, taken)
    assert tag not in taken or not tag
    assert len(tag) <= 4


def test_an_empty_tag_becomes_a_short_one_that_is_free() -> None:
    draft = Draft(default_codebook())
    for name in ("STATEMENT_OF_FACT", "STATEMENT_OF_FAITH"):
        new = draft.add(part(draft, "discourse"), "label")
        new.part = replace(new.part, name=name)
    book = draft.codebook()
    assert book.label("discourse", "STATEMENT_OF_FACT").tag == "SOF"
    assert book.label("discourse", "STATEMENT_OF_FAITH").tag == "STA"
    assert draft_problems(draft, {}) == []


def test_a_key_that_an_action_has_is_told_once() -> None:
    draft = Draft(BOOK)
    write(draft, *CLAIM, key="N")
    told = [p.text for p in draft_problems(draft, {"N": "Write a note"})]
    assert told == ["The label CLAIM has the key N, which the action “Write a note” has."]


def rename(draft: Draft) -> None:
    write(draft, *CLAIM, name="STATEMENT")


def rename_more(draft: Draft) -> None:
    rename(draft)
    write(draft, "entity", "ORG", definition="Something else")
    draft.add(part(draft, "entity"), "label")


def remove(draft: Draft) -> None:
    draft.remove(part(draft, "entity", "ORG"), part(draft, "entity", "GPE"))


def value(draft: Draft) -> None:
    write(draft, *CLAIM, "kind", "plan", name="intent")
    write(draft, *CLAIM, color="#123456")


def reorder(draft: Draft) -> None:
    draft.move(part(draft, "entity", "ORG"), 1) or draft.move(part(draft, "entity", "ORG"), -1)


@pytest.mark.parametrize(
    ("edit", "title"),
    [
        (rename, "Rename CLAIM to STATEMENT"),
        (remove, "Codebook change: label ORG removed"),
        (reorder, "Codebook change"),
        (value, "Codebook change: label CLAIM changed, 1 more"),
    ],
)
def test_undo_says_what_was_changed(edit: Callable[[Draft], None], title: str) -> None:
    draft = Draft(BOOK)
    edit(draft)
    assert revision_title(draft.revision()) == title


def test_undo_counts_the_other_parts() -> None:
    draft = Draft(BOOK)
    rename_more(draft)
    title = revision_title(draft.revision())
    assert title.startswith("Codebook change: label ") and title.endswith(", 2 more")
