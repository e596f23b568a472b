"""Searching the project from the window: ask, see the hits in context, go there and back."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot
from window_fixtures import (
    CONTROL,
    SHIFT,
    a_relation,
    a_span,
    an_article,
    make_project,
    many,
    open_window,
)

from annotation.model import Annotations
from annotation.store import Entry
from ui import found_list
from ui.main_window import MainWindow
from ui.search_panel import SearchPanel

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    article = an_article(title="The bridge", outlet="The Gazette")
    claim = a_span(
        article, "CLAIM", "stay shut", note="See the ferry", attributes={"certainty": "probable"}
    )
    source = replace(a_span(article, "SOURCE", "Ilse Varga"), annotator="bea")
    link = replace(a_relation("ATTRIBUTION", claim=claim, source=source), note="for sure")
    entries = [
        Entry(an_article("No shutters here.", title="Windows")),
        Entry(article, Annotations((source, claim), (link,))),
        *many(3),
    ]
    return open_window(qtbot, make_project(tmp_path / "a.pressmark", *entries))


@pytest.fixture
def panel(qtbot: QtBot, window: MainWindow) -> SearchPanel:
    qtbot.keyClick(window.canvas, Key.Key_F, CONTROL | SHIFT)
    panel = window.workspace.finding.panel
    qtbot.waitUntil(panel.words.hasFocus)
    return panel


def ask(qtbot: QtBot, panel: SearchPanel, words: str) -> list[str]:
    """Write words, press Enter and wait; return what is listed."""
    panel.words.clear()
    if words:
        qtbot.keyClicks(panel.words, words)
    qtbot.keyClick(panel.words, Key.Key_Return)
    return listed(qtbot, panel)


def listed(qtbot: QtBot, panel: SearchPanel) -> list[str]:
    qtbot.waitUntil(lambda: not panel._beat.isActive(), timeout=20_000)
    model = panel.model
    found = [model.found(model.index(row)) for row in range(model.rowCount())]
    return [f"{f.number} {f.what or 'text'}: {f.hit}" for f in found]


def only(panel: SearchPanel, *fields: str) -> None:
    for field, switch in panel.fields.items():
        switch.setChecked(field in fields)


def selected(window: MainWindow) -> str:
    chosen = window.canvas.selection()
    return window.bridge.document.article.text[slice(*chosen)] if chosen else ""


def test_hits_are_listed_and_enter_goes_there_and_back(
    qtbot: QtBot, window: MainWindow, panel: SearchPanel
) -> None:
    assert ask(qtbot, panel, "shut") == ["1 text: shut", "2 text: shut"]
    assert panel.state.text() == "2 hits in 2 articles"
    assert panel.view.hasFocus(), "Enter leads on to the hits"
    assert panel.view.currentIndex().row() == 0
    qtbot.keyClick(panel.view, Key.Key_Down)
    qtbot.keyClick(panel.view, Key.Key_Return)
    assert window.bridge.document.article.title == "The bridge"
    assert selected(window) == "shut"
    qtbot.waitUntil(window.canvas.hasFocus)
    qtbot.keyClick(window.canvas, Key.Key_F4, SHIFT)
    assert (window.bridge.document.article.title, selected(window)) == ("Windows", "shut")
    qtbot.keyClick(window.canvas, Key.Key_F4)
    assert window.bridge.document.article.title == "The bridge"
    qtbot.keyClick(window.canvas, Key.Key_F4)
    assert window.status.message.text() == "This is the last hit."
    qtbot.keyClick(window.canvas, Key.Key_F, CONTROL | SHIFT)
    qtbot.waitUntil(panel.words.hasFocus)
    assert panel.model.rowCount() == 2
    qtbot.keyClick(panel.words, Key.Key_Escape)
    assert not panel.isVisible()
    qtbot.waitUntil(window.canvas.hasFocus)


@pytest.mark.parametrize(
    ("field", "words", "hits"),
    [
        ("label", "claim", ["2 CLAIM: stay shut"]),
        ("label", "attribution", ["2 ATTRIBUTION: stay shut"]),
        ("attribute", "probable", ["2 CLAIM certainty: probable"]),
        ("annotator", "bea", ["2 SOURCE annotator: bea"]),
        ("note", "ferry", ["2 CLAIM note: ferry"]),
        ("note", "sure", ["2 ATTRIBUTION note: sure"]),
        ("metadata", "gazette", ["2 outlet: Gazette"]),
    ],
)
def test_each_field(
    qtbot: QtBot, panel: SearchPanel, field: str, words: str, hits: list[str]
) -> None:
    only(panel, field)
    assert ask(qtbot, panel, words) == hits


def test_a_click_on_a_spans_hit_picks_it(
    qtbot: QtBot, window: MainWindow, panel: SearchPanel
) -> None:
    ask(qtbot, panel, "ferry")
    place = panel.view.visualRect(panel.model.index(0)).center()
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=QPoint(place))
    assert window.canvas.picked.quotation == ("stay shut",)
    window.canvas.delete_picked()
    qtbot.mouseClick(panel.view.viewport(), LEFT, pos=QPoint(place))
    assert window.status.message.text().startswith("This span is gone.")


def test_a_label_and_an_annotator_let_only_theirs_through(qtbot: QtBot, panel: SearchPanel) -> None:
    qtbot.waitUntil(lambda: panel.annotator.count() == 3)
    panel.label.setCurrentIndex(panel.label.findData("discourse/CLAIM"))
    panel.label.activated.emit(panel.label.currentIndex())
    assert listed(qtbot, panel) == ["2 CLAIM: stay shut"]
    panel.label.setCurrentIndex(0)
    panel.annotator.setCurrentIndex(panel.annotator.findData("bea"))
    assert ask(qtbot, panel, "varga") == ["2 SOURCE: Varga"]


def test_after_an_edit_the_same_is_searched_again(
    qtbot: QtBot, window: MainWindow, panel: SearchPanel
) -> None:
    panel.fields["label"].click()
    assert ask(qtbot, panel, "claim") == ["2 CLAIM: stay shut"]
    window.canvas.select(3, 11)
    window.canvas.tag("discourse", "CLAIM")
    assert panel.state.text() == "1 hit in 1 article. Edited since: Enter here searches again."
    qtbot.keyClick(panel.words, Key.Key_Return)
    assert listed(qtbot, panel) == ["1 CLAIM: shutters", "2 CLAIM: stay shut"]


def test_what_is_wrong_is_told(qtbot: QtBot, panel: SearchPanel) -> None:
    assert ask(qtbot, panel, "nowhere to be found") == []
    assert panel.state.text() == "No hits"
    panel.pattern.click()
    ask(qtbot, panel, "(")
    assert "no regular expression" in panel.state.text()
    only(panel)
    ask(qtbot, panel, "x")
    assert panel.state.text() == "Choose at least one field to search in."


def test_no_more_than_anybody_reads(
    qtbot: QtBot, panel: SearchPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found_list, "MOST", 3)
    assert len(ask(qtbot, panel, "e")) == 3
    assert panel.state.text().startswith("The first 10,000 hits.")


def test_a_search_that_takes_for_ever_is_stopped_by_the_button(
    qtbot: QtBot, window: MainWindow, panel: SearchPanel
) -> None:
    panel.pattern.click()
    panel.words.setText(r"((\w+ ?)+)+\d\d\d\d")
    panel.begin()
    qtbot.waitUntil(panel.stop_button.isVisible)
    qtbot.mouseClick(panel.stop_button, LEFT)
    assert panel.state.text().endswith("Stopped.")
    assert not panel.progress.isVisible()
    window.close()


def test_a_query_finds_phrases_and_fields_with_marked_hits(
    qtbot: QtBot, window: MainWindow, panel: SearchPanel
) -> None:
    qtbot.keyClick(panel.words, Key.Key_Q, Qt.KeyboardModifier.AltModifier)
    assert panel.query.isChecked()
    assert not panel.case.isVisible() and not panel.fields["text"].isVisible()
    assert "NEAR(" in panel.where.text()
    assert ask(qtbot, panel, "shutters OR outlet:gaz*") == ["1 text: shutters", "2 outlet: Gazette"]
    assert ask(qtbot, panel, "label:SOURCE annotator:bea") == ["2 article: The bridge"]
    assert ask(qtbot, panel, "colour:red") == []
    assert "no field “colour:”" in panel.state.text()
    panel.help.click()
    shown = panel.findChild(QPlainTextEdit)
    assert shown is not None
    assert "NEAR(mayor levy, 5)" in shown.toPlainText()
    shown.window().close()
    panel.query.click()
    assert panel.case.isVisible() and panel.where.text() == "in"
    assert "1 text: hutter" in ask(qtbot, panel, "hutter")


def test_what_looks_like_a_query_can_be_taken_as_one_at_a_click(
    qtbot: QtBot, panel: SearchPanel
) -> None:
    assert ask(qtbot, panel, "shut") == ["1 text: shut", "2 text: shut"]
    assert not panel.offer.isVisible()
    assert ask(qtbot, panel, "outlet:gazette") == []
    assert panel.offer.isVisible()
    qtbot.mouseClick(panel.offer, LEFT)
    assert listed(qtbot, panel) == ["2 outlet: Gazette"]
    assert panel.query.isChecked() and not panel.offer.isVisible()


def test_escape_closes_from_anywhere_in_it_and_gives_the_text_the_keys(
    qtbot: QtBot, window: MainWindow, panel: SearchPanel
) -> None:
    ask(qtbot, panel, "shut")
    for inside in (panel.view, panel.case, panel.label):
        panel.open("")
        inside.setFocus()
        qtbot.keyClick(inside, Key.Key_Escape)
        assert not panel.isVisible()
        qtbot.waitUntil(window.canvas.hasFocus)
