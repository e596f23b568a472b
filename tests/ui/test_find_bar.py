"""Finding in the article: by the keys that a person uses, on the real window."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_fixtures import CONTROL, SHIFT, an_article, make_project, open_window

from annotation.finding import Hits, Query
from annotation.store import Entry
from tests.ui.canvas_stage import CanvasStage
from ui import text_search
from ui.canvas.find_marks import FindMarks, find_colours
from ui.find_bar import FindBar
from ui.main_window import MainWindow
from ui.text_search import TextSearch
from ui.theme import THEMES, contrast

Key = Qt.Key
TEXT = "The mayor’s 😀 bridge.\nA Bridge of Maße, a masse of cafe\u0301s.\nNo bridges, no café."


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    entries = [Entry(an_article(TEXT)), Entry(an_article("Under the bridge."))]
    return open_window(qtbot, make_project(tmp_path / "a.pressmark", *entries))


@pytest.fixture
def bar(qtbot: QtBot, window: MainWindow) -> FindBar:
    qtbot.keyClick(window.canvas, Key.Key_F, CONTROL)
    bar = window.workspace.finding.bar
    qtbot.waitUntil(bar.words.hasFocus)
    return bar


def selected(window: MainWindow) -> str:
    chosen = window.canvas.selection()
    return window.bridge.document.article.text[slice(*chosen)] if chosen else ""


def marks(window: MainWindow) -> list[str]:
    """Return the hits that the canvas draws now."""
    text = window.bridge.document.article.text
    found = window.canvas._find_marks
    return [text[slice(*found.hits[i])] for i in range(len(found.hits))] if found else []


def test_hits_are_counted_marked_and_walked_through(
    qtbot: QtBot, window: MainWindow, bar: FindBar
) -> None:
    qtbot.keyClicks(bar.words, "bridge")
    assert bar.count.text() == "1 of 3"
    assert selected(window) == "bridge"
    assert marks(window) == ["bridge", "Bridge", "bridge"]
    seen = []
    for key in (Key.Key_Return, Key.Key_F3, Key.Key_Return):
        qtbot.keyClick(bar.words, key)
        seen.append(bar.count.text())
    qtbot.keyClick(bar.words, Key.Key_Return, SHIFT)
    seen.append(bar.count.text())
    qtbot.keyClick(bar.words, Key.Key_F3, SHIFT)
    seen.append(bar.count.text())
    assert seen == ["2 of 3", "3 of 3", "1 of 3", "3 of 3", "2 of 3"]


def test_esc_closes_and_leaves_the_hit_selected_to_be_tagged(
    qtbot: QtBot, window: MainWindow, bar: FindBar
) -> None:
    qtbot.keyClicks(bar.words, "masse")
    assert selected(window) == "Maße"
    qtbot.keyClick(bar.words, Key.Key_Return)
    qtbot.keyClick(bar.words, Key.Key_Escape)
    assert not bar.isVisible()
    assert marks(window) == []
    qtbot.waitUntil(window.canvas.hasFocus)
    qtbot.keyClick(window.canvas, "c")
    (span,) = window.bridge.document.spans_between(0, 999)
    assert span.quotation == ("masse",)
    qtbot.keyClick(window, Key.Key_F3)
    assert selected(window) == "Maße"
    assert bar.isVisible()


def test_a_hit_never_ends_inside_a_character(
    qtbot: QtBot, window: MainWindow, bar: FindBar
) -> None:
    QApplication.clipboard().setText("café")
    qtbot.keyClick(bar.words, Key.Key_V, CONTROL)
    assert marks(window) == ["cafe\u0301", "café"]
    bar.words.clear()
    qtbot.keyClicks(bar.words, "cafe")
    assert marks(window) == []
    assert bar.count.text() == "No hits"
    bar.pattern.click()
    bar.words.clear()
    qtbot.keyClicks(bar.words, "cafe")
    qtbot.waitUntil(lambda: bar.count.text() == "1 of 1")
    assert selected(window) == "cafe\u0301"


@pytest.mark.parametrize(
    ("text", "words", "chosen"),
    [
        ("A family: 👩‍👩‍👧 at home", "👧", "👩‍👩‍👧"),
        ("Two flags 🇩🇪🇫🇷 here", "🇫", "🇫🇷"),
        ("A 😀 and a 😀b", "😀B", "😀b"),
        ("הגשר נסגר ביום שישי", "נסגר", "נסגר"),
        ("กระแสน้ำ", "แส", "แส"),
    ],
)
def test_what_is_selected_is_whole_characters(
    qtbot: QtBot, tmp_path: Path, text: str, words: str, chosen: str
) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", Entry(an_article(text))))
    qtbot.keyClick(window.canvas, Key.Key_F, CONTROL)
    bar = window.workspace.finding.bar
    QApplication.clipboard().setText(words)
    qtbot.keyClick(bar.words, Key.Key_V, CONTROL)
    assert bar.count.text() == "1 of 1"
    assert selected(window) == chosen
    window.canvas.viewport().repaint()
    qtbot.keyClick(bar.words, Key.Key_Escape)
    assert selected(window) == chosen


def test_switches_by_their_keys(qtbot: QtBot, window: MainWindow, bar: FindBar) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClicks(bar.words, "bridge")
    qtbot.keyClick(bar.words, Key.Key_C, alt)
    assert marks(window) == ["bridge", "bridge"]
    qtbot.keyClick(bar.words, Key.Key_W, alt)
    assert marks(window) == ["bridge"]
    bar.words.clear()
    qtbot.keyClicks(bar.words, "^[A-Z].")
    qtbot.keyClick(bar.words, Key.Key_X, alt)
    qtbot.waitUntil(lambda: bar.count.text() == "1 of 2")
    assert marks(window) == ["A ", "No"]  # but not Th, which goes on


def test_a_wrong_pattern_is_told_and_mended(qtbot: QtBot, window: MainWindow, bar: FindBar) -> None:
    bar.pattern.click()
    qtbot.keyClicks(bar.words, "br(")
    qtbot.waitUntil(bar.problem.isVisible)
    assert "unterminated subpattern at character 3" in bar.problem.text()
    qtbot.keyClicks(bar.words, ".)dge")
    qtbot.waitUntil(lambda: bar.count.text() == "1 of 3")
    assert not bar.problem.isVisible()


def test_a_pattern_that_would_take_for_ever_is_stopped(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_search, "PATIENCE", 0.6)
    search = TextSearch()
    search.start("a" * 60 + "b", Query("(a+)+$", regex=True))
    longest, last = 0.0, perf_counter()

    def ended() -> bool:
        nonlocal longest, last
        longest, last = max(longest, perf_counter() - last), perf_counter()
        return not search.running

    qtbot.waitUntil(ended)
    assert "Stopped" in search.problem
    assert longest < 0.3, "the event loop went on all the while"
    monkeypatch.setattr(text_search, "PATIENCE", 60)
    search.start("aaa", Query("a+", regex=True))
    qtbot.waitUntil(lambda: not search.running)
    assert (len(search.hits), search.problem) == (1, "")


def test_a_long_text_is_looked_through_in_slices(qtbot: QtBot) -> None:
    text = "The bridge was built by hand.\n" * 40_000
    search = TextSearch()
    begun = perf_counter()
    search.start(text, Query("BRIDGE"))
    assert perf_counter() - begun < 0.1
    assert search.running
    qtbot.waitUntil(lambda: not search.running)
    assert len(search.hits) == 40_000
    assert search.hits[39_999] == (39_999 * 30 + 4, 39_999 * 30 + 10)


def test_a_short_selection_is_what_is_looked_for(qtbot: QtBot, window: MainWindow) -> None:
    start = TEXT.index("Bridge")
    window.canvas.select(start, start + 6)
    qtbot.keyClick(window.canvas, Key.Key_F, CONTROL)
    bar = window.workspace.finding.bar
    assert (bar.words.text(), bar.count.text()) == ("Bridge", "2 of 3")


def test_the_search_goes_on_from_the_caret_and_follows_the_article(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.canvas.select(TEXT.index("No"), TEXT.index("No"))
    qtbot.keyClick(window.canvas, Key.Key_F, CONTROL)
    bar = window.workspace.finding.bar
    qtbot.keyClicks(bar.words, "bridge")
    assert bar.count.text() == "3 of 3"
    qtbot.keyClick(window, Key.Key_PageDown, CONTROL)
    assert bar.count.text() == "1 hit"
    assert marks(window) == ["bridge"]
    qtbot.keyClick(window, Key.Key_F3)
    assert selected(window) == "bridge"
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Key.Key_Escape)
    assert (selected(window), bar.isVisible()) == ("", True)
    qtbot.keyClick(window.canvas, Key.Key_Escape)
    assert not bar.isVisible()


def test_the_marks_are_where_the_hits_are(stage: Callable[..., CanvasStage]) -> None:
    on = stage("one 😀 two\nחדשות two\nthree")
    plain = on.paint()
    hits = Hits()
    hits.add([(6, 9), (16, 19)])
    shown = FindMarks(hits)
    shown.current = 1
    on.canvas.show_hits(shown)
    marked = on.paint()
    ground, strong, _ = find_colours(on.canvas.theme)

    def ground_at(position: int) -> QColor:
        """Return the colour at the upper left corner of a character."""
        rect = on.canvas.caret_rect(position)
        return marked.pixelColor(QPoint(round(rect.right()) + 2, round(rect.top()) + 4))

    assert ground_at(6) == ground
    assert ground_at(0) == on.canvas.theme.page
    found = {marked.pixelColor(x, y).name() for x in range(0, 900, 2) for y in range(60, 140, 2)}
    assert strong.name() in found
    on.canvas.show_hits(None)
    assert on.paint() == plain


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_hits_can_be_read_and_told_apart_in_every_theme(theme) -> None:
    ground, strong, edge = find_colours(theme)
    assert contrast(theme.ink, ground) >= 7.0
    assert contrast(theme.ink, strong) >= 4.5
    assert contrast(edge, theme.page) >= 3.0
    assert ground != strong
