"""Saying whom a source mentions: by W, letters, arrows and Enter, in a real window."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_fixtures import (
    CONTROL,
    a_span,
    an_article,
    make_project,
    open_window,
)

from annotation import registry_edits
from annotation.model import Annotations, RegistryEntry, Span
from annotation.store import Entry
from ui.main_window import MainWindow
from ui.registry.who_field import ENTRY, WhoField

Key = Qt.Key
TEXT = "Varga said no. Oren denied it. Varga left. The flood came. Varga is back."


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    article = an_article(TEXT)
    spans = [a_span(article, "SOURCE", "Varga"), a_span(article, "SOURCE", "Oren")]
    spans += [
        a_span(article, "CUE", "said"),
        a_span(article, "CLAIM", "no"),
        a_span(article, "EVENT", "The flood", layer="event"),
    ]
    for start in (TEXT.index("Varga left"), TEXT.index("Varga is")):
        other = a_span(article, "SOURCE", "Varga")
        spans.append(moved(other, start))
    path = make_project(tmp_path / "study.pressmark", Entry(article, Annotations(tuple(spans))))
    return open_window(qtbot, path)


def moved(span: Span, start: int) -> Span:
    return replace(span, fragments=((start, start + len(span.quotation[0])),))


def spans(window: MainWindow, words: str) -> list[Span]:
    found = window.bridge.document.spans_between(0, 999)
    return [span for span in found if span.quotation == (words,)]


def entry(window: MainWindow, name: str, *aliases: str, **facts: str) -> RegistryEntry:
    made = registry_edits.new_entry("source", name, "ada", aliases, facts)
    assert window.bridge.carry_out(lambda: registry_edits.add("ada", made))
    return made


def ask(qtbot: QtBot, window: MainWindow, words: str) -> WhoField:
    """Pick a span, press W in the text, and wait for the proposals."""
    window.canvas.pick(spans(window, words)[0].id)
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Key.Key_W)
    who = window.inspector.span.who
    qtbot.waitUntil(lambda: who.words.hasFocus() and who.list.count() > 0)
    return who


def lines(who: WhoField) -> list[str]:
    return [who.list.item(row).text() for row in range(who.list.count())]


def type_in(qtbot: QtBot, who: WhoField, words: str) -> None:
    before = who.list.item(0)
    qtbot.keyClicks(who.words, words)
    qtbot.waitUntil(lambda: not who._lookup.is_looking and who.list.item(0) is not before)


def test_enter_makes_an_entry_of_the_spans_own_words(qtbot: QtBot, window: MainWindow) -> None:
    who = ask(qtbot, window, "Oren")
    assert lines(who) == ["New: “Oren”"]
    qtbot.keyClick(who.words, Key.Key_Return)
    qtbot.waitUntil(window.canvas.hasFocus)
    (listed,) = window.bridge.session.store.registries.page("source")
    assert (listed.entry.name, listed.mentions) == ("Oren", 1)
    qtbot.waitUntil(lambda: who.words.text() == "Oren" and who.list.isHidden())
    window.actions_here.by_name["undo"].trigger()
    assert window.bridge.session.store.registries.page("source") == []
    qtbot.waitUntil(lambda: who.words.text() == "" and who.forget.isHidden())


def test_the_likeliest_is_proposed_first(qtbot: QtBot, window: MainWindow) -> None:
    varga = entry(window, "Ilse Varga", role="minister")
    entry(window, "Tomas Oren")
    who = ask(qtbot, window, "Varga")
    assert lines(who) == ["Ilse Varga", "New: “Varga”"]
    qtbot.keyClick(who.words, Key.Key_Return)
    qtbot.waitUntil(window.canvas.hasFocus)
    assert [s.entry_id for s in spans(window, "Varga")] == [varga.id, "", ""]
    qtbot.waitUntil(lambda: who.known.text() == "minister" and who.known.isVisible())


def test_typing_finds_by_beginnings_and_aliases(qtbot: QtBot, window: MainWindow) -> None:
    entry(window, "Ilse Varga")
    oren = entry(window, "Tomas Oren", "The Speaker", affiliation="Harbour List")
    who = ask(qtbot, window, "Varga")
    type_in(qtbot, who, "the sp")
    assert lines(who)[0] == "Tomas Oren"
    assert "The Speaker" in who.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    qtbot.keyClick(who.words, Key.Key_Return)
    qtbot.waitUntil(window.canvas.hasFocus)
    assert spans(window, "Varga")[0].entry_id == oren.id


def test_arrows_lead_to_a_new_entry(qtbot: QtBot, window: MainWindow) -> None:
    entry(window, "Ilse Varga")
    who = ask(qtbot, window, "Varga")
    type_in(qtbot, who, "Ilse V.")
    assert lines(who)[-1] == "New: “Ilse V.”"
    for _ in lines(who):
        qtbot.keyClick(who.words, Key.Key_Down)
    assert who.list.currentItem().data(ENTRY) is None
    qtbot.keyClick(who.words, Key.Key_Return)
    page = window.bridge.session.store.registries.page("source")
    assert [(one.entry.name, one.mentions) for one in page] == [("Ilse V.", 1), ("Ilse Varga", 0)]


def test_enter_before_the_proposals_waits_for_them(qtbot: QtBot, window: MainWindow) -> None:
    varga = entry(window, "Ilse Varga")
    window.canvas.pick(spans(window, "Varga")[0].id)
    qtbot.keyClick(window.canvas, Key.Key_W)
    who = window.inspector.span.who
    assert who._lookup.is_looking
    qtbot.keyClick(who.words, Key.Key_Return)
    qtbot.waitUntil(lambda: spans(window, "Varga")[0].entry_id == varga.id)


def test_all_spans_with_the_same_words_are_one_step(qtbot: QtBot, window: MainWindow) -> None:
    who = ask(qtbot, window, "Varga")
    qtbot.waitUntil(who.others.isVisible)
    assert "the other 2 spans" in who.others.text()
    qtbot.keyClick(who.words, Key.Key_Return, CONTROL)
    (listed,) = window.bridge.session.store.registries.page("source")
    assert listed.mentions == 3
    window.actions_here.by_name["undo"].trigger()
    assert [s.entry_id for s in spans(window, "Varga")] == ["", "", ""]


def test_escape_leaves_everything_as_it_was(qtbot: QtBot, window: MainWindow) -> None:
    who = ask(qtbot, window, "Varga")
    type_in(qtbot, who, "Somebody")
    qtbot.keyClick(who.words, Key.Key_Escape)
    qtbot.waitUntil(window.canvas.hasFocus)
    assert (who.words.text(), who.list.isHidden()) == ("", True)
    assert window.bridge.session.store.registries.count("source") == 0


def test_events_have_their_own_and_others_have_none(qtbot: QtBot, window: MainWindow) -> None:
    entry(window, "The flood")
    who = ask(qtbot, window, "The flood")
    assert (who.question.text(), lines(who)) == ("Which event", ["New: “The flood”"])
    window.canvas.setFocus()
    window.canvas.pick(spans(window, "said")[0].id)
    said: list[str] = []
    window.bridge.refused.connect(said.append)
    qtbot.keyClick(window.canvas, Key.Key_W)
    assert "Pick a source or an event" in said[0]
    assert who.isHidden()


def test_a_mention_is_forgotten_by_a_click(qtbot: QtBot, window: MainWindow) -> None:
    who = ask(qtbot, window, "Oren")
    qtbot.keyClick(who.words, Key.Key_Return)
    qtbot.waitUntil(who.forget.isVisible)
    qtbot.mouseClick(who.forget, Qt.MouseButton.LeftButton)
    assert spans(window, "Oren")[0].entry_id == ""


def test_the_card_of_a_claim_names_the_entry(qtbot: QtBot, window: MainWindow) -> None:
    entry(window, "Ilse Varga")
    qtbot.keyClick(ask(qtbot, window, "Varga").words, Key.Key_Return)
    qtbot.waitUntil(window.canvas.hasFocus)
    window.canvas.pick(spans(window, "no")[0].id)
    qtbot.keyClick(window.canvas, Key.Key_K)
    shown = [line.accessibleName() for line in window.canvas.card_mode.panel.lines]
    assert "Source: “Varga” = Ilse Varga ?" in shown
