"""The outline: all spans in reading order, always those of the text, and a way to each of them."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractListModel, QPoint, Qt
from pytestqt.qtbot import QtBot
from window_fixtures import CONTROL, SHIFT, a_span, an_article, make_project, many, open_window

from annotation import edits, registry_edits
from annotation.model import Annotations, Span
from annotation.store import Entry
from ui import outline_model
from ui.main_window import MainWindow
from ui.outline import Outline

Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    article = an_article()
    spans = (
        a_span(article, "CLAIM", "Ilse Varga said the bridge would stay shut"),
        a_span(article, "SOURCE", "Ilse Varga"),
        a_span(article, "CLAIM", "the bridge would stay shut"),
        a_span(article, "SOURCE", "Tomas Oren"),
    )
    entries = [Entry(article, Annotations(spans)), *many(1)]
    return open_window(qtbot, make_project(tmp_path / "a.pressmark", *entries))


@pytest.fixture
def outline(qtbot: QtBot, window: MainWindow) -> Outline:
    qtbot.keyClick(window.canvas, Key.Key_O, CONTROL | SHIFT)
    outline = window.workspace.finding.outline
    qtbot.waitUntil(outline.view.hasFocus)
    return outline


def rows(outline: Outline) -> list[str]:
    model: QAbstractListModel = outline.model
    text = Qt.ItemDataRole.AccessibleTextRole
    return [model.data(model.index(row), text) for row in range(model.rowCount())]


def current(outline: Outline) -> str:
    index = outline.view.currentIndex()
    return outline.model.data(index) if index.isValid() else ""


def test_spans_are_listed_and_the_key_puts_the_outline_away(
    qtbot: QtBot, window: MainWindow, outline: Outline
) -> None:
    assert rows(outline) == [
        "CLAIM: Ilse Varga said the bridge would stay shut",
        "SOURCE: Ilse Varga",
        "CLAIM: the bridge would stay shut",
        "SOURCE: Tomas Oren",
    ]
    assert outline.count.text() == "4 spans"
    qtbot.keyClick(window, Key.Key_O, CONTROL | SHIFT)
    assert not outline.isVisible()
    qtbot.waitUntil(window.canvas.hasFocus)


def test_it_is_there_again_after_a_restart(
    qtbot: QtBot, window: MainWindow, outline: Outline
) -> None:
    path = window.workspace.store.path
    window.close()
    again = open_window(qtbot, path)
    qtbot.waitUntil(lambda: again.workspace.shows_outline)
    assert len(rows(again.workspace.finding.outline)) == 4
    assert again.canvas.hasFocus()
    qtbot.keyClick(again, Key.Key_O, CONTROL | SHIFT)
    again.close()
    once_more = open_window(qtbot, path)
    once = once_more.workspace
    qtbot.waitUntil(lambda: once._panels is not None and not once._soon.isActive())
    assert not once.shows_outline


def test_arrows_and_clicks_go_to_the_span(
    qtbot: QtBot, window: MainWindow, outline: Outline
) -> None:
    qtbot.waitUntil(lambda: current(outline) != "")
    for _ in range(3):
        qtbot.keyClick(outline.view, Key.Key_Down)
    assert window.canvas.picked.quotation == ("Tomas Oren",)
    assert outline.view.hasFocus()
    place = outline.view.visualRect(outline.model.index(2)).center()
    qtbot.mouseClick(outline.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert window.canvas.picked.quotation == ("the bridge would stay shut",)
    assert window.canvas.caret == window.canvas.picked.start
    qtbot.waitUntil(window.canvas.hasFocus)


def test_the_outline_goes_with_the_caret_and_the_pick(
    qtbot: QtBot, window: MainWindow, outline: Outline
) -> None:
    text = window.bridge.document.article.text
    for words, shown in (
        ("Varga", "Ilse Varga"),
        ("said", "Ilse Varga said the bridge would stay shut"),
        ("bridge", "the bridge would stay shut"),
        ("denied", "Tomas Oren"),
    ):
        window.canvas.select(text.index(words) + 1, text.index(words) + 1)
        qtbot.waitUntil(lambda shown=shown: current(outline) == shown)
    assert window.canvas.picked is None, "following picks nothing"
    window.canvas.pick(outline.model.span(0).id)
    qtbot.waitUntil(lambda: current(outline).startswith("Ilse Varga said"))


def test_words_and_labels_filter(qtbot: QtBot, outline: Outline) -> None:
    qtbot.keyClicks(outline.words, "BRIDGE")
    qtbot.waitUntil(lambda: outline.count.text() == "2 spans")
    outline.words.clear()
    qtbot.keyClicks(outline.words, "source")
    qtbot.waitUntil(lambda: rows(outline) == ["SOURCE: Ilse Varga", "SOURCE: Tomas Oren"])
    outline.words.clear()
    outline.label.setCurrentIndex(outline.label.findData("discourse/CLAIM"))
    outline.label.activated.emit(outline.label.currentIndex())
    qtbot.waitUntil(lambda: outline.count.text() == "2 spans")
    assert all(row.startswith("CLAIM") for row in rows(outline))


def test_another_article_shows_its_own(qtbot: QtBot, window: MainWindow, outline: Outline) -> None:
    qtbot.keyClick(window, Key.Key_PageDown, CONTROL)
    qtbot.waitUntil(lambda: rows(outline) == [])
    qtbot.keyClick(window, Key.Key_PageUp, CONTROL)
    qtbot.waitUntil(lambda: len(rows(outline)) == 4)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["tag", "delete", "relabel", "move", "undo", "redo"]), st.integers(0)
    ),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ACTS)
def test_after_any_edits_it_shows_what_the_project_holds(
    qtbot: QtBot, window: MainWindow, outline: Outline, acts: list[tuple[str, int]]
) -> None:
    bridge, store = window.bridge, window.workspace.store
    document = bridge.document

    def stored() -> list[Span]:
        return list(store.annotations(document.article.id).spans)

    for act, number in acts:
        spans = stored()
        span = spans[number % len(spans)] if spans else None
        if act in ("undo", "redo"):
            (bridge.undo if act == "undo" else bridge.redo)()
        elif act == "tag":
            place = number % 60, number % 60 + 5
            bridge.perform(lambda desk, p=place: edits.add_span(desk, "discourse", "CUE", [p]))
        elif span is not None and act == "delete":
            bridge.perform(lambda desk, s=span: edits.delete(desk, [s]))
        elif span is not None and act == "relabel":
            bridge.perform(lambda desk, s=span: edits.relabel(desk, s, "discourse", "SOURCE"))
        elif span is not None:
            place = ((span.start, span.end + 1),)
            bridge.perform(lambda desk, s=span, p=place: edits.move_boundary(desk, s, p))
    outline._catch_up()
    model = outline.model
    assert [model.span(row) for row in range(model.rowCount())] == stored()
    assert [model.row_of(span.id) for span in stored()] == list(range(model.rowCount()))


def test_pages_and_edits_between_them(
    qtbot: QtBot, window: MainWindow, outline: Outline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outline_model, "PAGE", 1)
    document, bridge = window.bridge.document, window.bridge
    outline.reload()
    assert outline.model.rowCount() == 1, "the rest is still to be read"
    for words in ("denied", "on"):
        place = document.article.text.index(words)
        bridge.perform(lambda desk, p=place: edits.add_span(desk, "discourse", "CUE", [(p, p + 2)]))
    first = outline.model.span(0)
    bridge.perform(lambda desk: edits.delete(desk, [first]))
    outline._catch_up()
    qtbot.waitUntil(lambda: outline.model.is_filled)
    stored = list(window.workspace.store.annotations(document.article.id).spans)
    assert [outline.model.span(row) for row in range(outline.model.rowCount())] == stored
    assert len(stored) == 5


def test_who_is_meant_is_shown_found_and_follows_a_new_name(
    qtbot: QtBot, window: MainWindow, outline: Outline
) -> None:
    entry = registry_edits.new_entry("source", "Maria Hale", "ada")
    spans = window.bridge.document.spans_between(0, 99)
    span = next(s for s in spans if s.quotation == ("Tomas Oren",))
    window.bridge.perform(lambda desk: registry_edits.mention(desk, [span], entry, new=True))
    qtbot.waitUntil(lambda: rows(outline)[3] == "SOURCE: Tomas Oren → Maria Hale")
    qtbot.keyClicks(outline.words, "hale")
    qtbot.waitUntil(lambda: outline.count.text() == "1 span")
    renamed = replace(entry, name="M. Hale")
    window.bridge.carry_out(lambda: registry_edits.change("ada", entry, renamed))
    qtbot.waitUntil(lambda: rows(outline) == ["SOURCE: Tomas Oren → M. Hale"])
