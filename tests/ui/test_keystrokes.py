"""How many keys things take, counted with real key events; figures: docs/keystrokes.md."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import mean, median

import pytest
from keyboard import Key, Keyboard, Mod
from pytestqt.qtbot import QtBot
from window_fixtures import a_suggestion, an_article, make_project, open_window

from annotation.codebook_file import default_codebook
from annotation.interruption import without
from annotation.jsonl import entry_from_dict
from annotation.model import Annotations, Relation, Span
from annotation.store import Entry

WORKED = Path(__file__).resolve().parents[2].parent / "shared/articles/atacms.worked.json"
ROOM = (1400, 1000)
BOOK = default_codebook()
needs_example = pytest.mark.skipif(
    not WORKED.is_file(), reason="the worked example is not beside this checkout"
)


class Person(Keyboard):
    """Works through the worked example; `made` has its spans by the names they have there."""

    def __init__(self, window, gold: Annotations) -> None:
        super().__init__(window)
        self.gold = gold
        self.wanted = {span.id: span for span in gold.spans}
        self.made: dict[str, str] = {}

    # -- tagging

    def tag(self, gold_id: str, whole: bool = False) -> None:
        """Select each fragment of a span and tag it; or the whole, gaps included."""
        span = self.wanted[gold_id]
        label = BOOK.label(span.layer, span.label)
        fragments = ((span.start, span.end),) if whole else span.fragments
        for number, fragment in enumerate(fragments):
            self.select(fragment)
            if number:
                self.press("+")
            elif label.key:
                self.press(label.key.lower())
            else:
                self._tag_by_name(label.title)
        picked = next(s for s in self._spans() if s.fragments == fragments
                      and (s.layer, s.label) == (span.layer, span.label))  # fmt: skip
        self.made[gold_id] = picked.id

    def _tag_by_name(self, title: str) -> None:
        """Tag with a label that has no key: find it in the command palette."""
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        QTest.keyClick(self.window, Key.Key_K, Mod.ControlModifier)
        palette = QApplication.focusWidget()
        QTest.keyClicks(palette, title)
        QTest.keyClick(palette, Key.Key_Return)
        self.count += len(title) + 2

    def _spans(self) -> list[Span]:
        return self.canvas.document.spans_between(0, len(self.text))

    # -- attributions, card by card

    def attribute(self, relation: Relation | None, claim: str) -> None:
        """Tag a claim with what its attribution needs, in reading order, and close the card."""
        ids = [a.span_id for a in relation.arguments] if relation else [claim]
        interrupted = self._is_interrupted(ids, claim)
        for gold_id in sorted(ids, key=lambda i: self.wanted[i].start):
            if gold_id not in self.made:
                self.tag(gold_id, whole=interrupted and gold_id == claim)
        if relation is None:
            self.press(Key.Key_Escape)
            return
        self.fill(relation, interrupted)
        if interrupted:
            self.press("x")
        self.press(Key.Key_Return)

    def _is_interrupted(self, ids: list[str], claim: str) -> bool:
        """Tell whether a claim is what is left of a whole without its source and cue."""
        span = self.wanted[claim]
        others = [(self.wanted[i].start, self.wanted[i].end) for i in ids if i != claim]
        left = without(self.text, [(span.start, span.end)], others)
        return len(span.fragments) > 1 and tuple(left) == span.fragments

    def fill(self, relation: Relation, chosen: bool = False) -> None:
        """Choose by letters what the card does not show yet, or all that is not chosen."""
        mode = self.canvas.card_mode
        for argument in relation.arguments:
            span_id = self.made[argument.span_id]
            proposed = span_id in mode.card.proposed.values() and not chosen
            if argument.role != "claim" and not (mode.card.role_of(span_id) or proposed):
                self.type_letter(mode, span_id)

    def attribute_again(self, relation: Relation) -> None:
        """Make another attribution of the claim that is picked still, marked as a duplicate."""
        self.press("k")
        self.press("k")
        for argument in relation.arguments:
            if argument.role != "claim":
                self.tag(argument.span_id)
        self.press(Key.Key_Backtab)
        self.press("y")
        self.press(Key.Key_Return)

    # -- any other relation

    def link(self, relation: Relation) -> None:
        """Choose the relation, then its spans by letters, a role by its number where it matters."""
        while self.canvas.picked or self.canvas.selection():
            self.press(Key.Key_Escape)
        self._begin(relation)
        self._choose(relation, picked="")

    def link_from_picked(self, relation: Relation) -> None:
        """Do the same with the first span picked: it is taken at once."""
        picked = self.made[relation.arguments[0].span_id]
        self.canvas.go_to(picked)
        self._begin(relation)
        self._choose(relation, picked)

    def _begin(self, relation: Relation) -> None:
        mode, label = self.canvas.link_mode, BOOK.relation(relation.label)
        if label.key:
            self.press(label.key.lower())
        else:
            self.press("r")
            letters = {known.name: letter for letter, known in mode.linking.choices()}
            self.press(letters[label.name])

    def _choose(self, relation: Relation, picked: str) -> None:
        mode, label = self.canvas.link_mode, BOOK.relation(relation.label)
        aimed = ""
        for argument in relation.arguments:
            span = self.canvas.document.span(self.made[argument.span_id])
            if span.id == picked:
                continue
            role = mode.linking._free_role(span, after="")
            if role.name != argument.role and aimed != argument.role:
                self.press(str([r.name for r in label.roles].index(argument.role) + 1))
                aimed = argument.role
            self.type_letter(mode, span.id)
        self.press(Key.Key_Return)
        assert mode.linking is None, self.window.status.message.text()


def shapes(spans: dict[str, Span], relations: list[Relation]) -> list[object]:
    """Return relations by what they hold, in any order and not by ids."""
    found = []
    for relation in relations:
        held = [(a.role, spans[a.span_id].label, spans[a.span_id].fragments)
                for a in relation.arguments]  # fmt: skip
        found.append((relation.label, tuple(sorted(held)), tuple(relation.attributes.items())))
    return sorted(found)


def counted(person: Person, step: Callable[[], object]) -> int:
    before = person.count
    step()
    return person.count - before


@needs_example
def test_the_worked_example_by_keyboard_alone(qtbot: QtBot, tmp_path: Path) -> None:
    entry = entry_from_dict(json.loads(WORKED.read_text("utf-8")), BOOK, "ada", "")
    gold = entry.annotations
    window = open_window(qtbot, make_project(tmp_path / "w.pressmark", Entry(entry.article)))
    window.resize(*ROOM)
    person = Person(window, gold)
    of_claim: dict[str, list[Relation]] = {}
    for relation in gold.relations:
        if relation.label == "ATTRIBUTION":
            of_claim.setdefault(relation.span_ids("claim")[0], []).append(relation)
    keys: dict[str, list[int]] = {"attributed": [], "alone": [], "span": [], "relation": []}
    for claim in [s for s in gold.spans if s.label == "CLAIM"]:
        first, *more = of_claim.get(claim.id, [None])
        spent = counted(person, partial(person.attribute, first, claim.id))
        keys["attributed" if first else "alone"].append(spent)
        for relation in more:
            keys["attributed"].append(counted(person, partial(person.attribute_again, relation)))
    for span in gold.spans:
        if span.id not in person.made:
            keys["span"].append(counted(person, partial(person.tag, span.id)))
    for relation in gold.relations:
        if relation.label != "ATTRIBUTION":
            keys["relation"].append(counted(person, partial(person.link, relation)))
    stored = window.workspace.store.annotations(entry.article.id)
    assert len(stored.spans) == len(gold.spans) == 84 and len(stored.relations) == 39
    made = shapes({s.id: s for s in stored.spans}, list(stored.relations))
    assert made == shapes(person.wanted, list(gold.relations))
    figures = {what: (mean(found), median(found), max(found)) for what, found in keys.items()}
    print(figures, person.count)  # what docs/keystrokes.md says
    assert figures["attributed"][1] <= 14 and figures["relation"][1] <= 7
    assert person.count <= 640


@needs_example
def test_a_claim_with_source_and_cue_in_view_takes_at_most_twelve_keys(
    qtbot: QtBot, tmp_path: Path
) -> None:
    entry = entry_from_dict(json.loads(WORKED.read_text("utf-8")), BOOK, "ada", "")
    gold = entry.annotations
    kept = tuple(span for span in gold.spans if span.label in ("SOURCE", "CUE"))
    project = make_project(tmp_path / "w.pressmark", Entry(entry.article, Annotations(kept)))
    window = open_window(qtbot, project)
    window.resize(*ROOM)
    person = Person(window, gold)
    person.made = {span.id: span.id for span in kept}
    spent = {}
    for relation in gold.relations:
        claim = next(iter(relation.span_ids("claim")), "")
        if relation.label == "ATTRIBUTION" and claim not in person.made:
            # The person has read so far: the caret is at the end of what was tagged last.
            at = max((s.end for s in gold.spans if s.end <= person.wanted[claim].start), default=0)
            window.canvas.select(at, at)
            window.canvas.reveal(at)
            spent[relation.id] = counted(person, partial(person.attribute, relation, claim))
    stored = window.workspace.store.annotations(entry.article.id)
    assert len(stored.relations) == len(spent) == 13
    print(spent, mean(spent.values()))
    assert max(spent.values()) <= 12


@needs_example
def test_the_arguments_of_a_picked_event_take_no_more_keys_than_a_claim(
    qtbot: QtBot, tmp_path: Path
) -> None:
    entry = entry_from_dict(json.loads(WORKED.read_text("utf-8")), BOOK, "ada", "")
    gold = entry.annotations
    project = make_project(tmp_path / "w.pressmark", Entry(entry.article, Annotations(gold.spans)))
    window = open_window(qtbot, project)
    window.resize(*ROOM)
    person = Person(window, gold)
    person.made = {span.id: span.id for span in gold.spans}
    events = [relation for relation in gold.relations if relation.label == "ARGUMENTS"]
    spent = [counted(person, partial(person.link_from_picked, relation)) for relation in events]
    stored = window.workspace.store.annotations(entry.article.id)
    assert shapes(person.wanted, list(stored.relations)) == shapes(person.wanted, events)
    print(spent, mean(spent))
    assert max(spent) <= 8


@pytest.mark.parametrize(
    ("keys", "label", "words"),
    [
        (["\t", "2"], "ORG", "Ilse Varga"),
        (["\t", "]", "2"], "ORG", "Ilse Varga said"),
        (["\t", "{", "2"], "ORG", "Varga"),
    ],
)
def test_a_suggestion_is_corrected_with_at_most_four_keys(
    qtbot: QtBot, tmp_path: Path, keys: list[str], label: str, words: str
) -> None:
    article = an_article()
    said = Annotations(suggestions=(a_suggestion(article, "PERSON", "Ilse Varga"),))
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", Entry(article, said)))
    hands = Keyboard(window)
    for key in keys:
        hands.press(Key.Key_Tab if key == "\t" else key)
    (span,) = window.workspace.store.annotations(article.id).spans
    assert (span.label, span.quotation, span.origin) == (label, (words,), "edited")
    assert hands.count <= 4
