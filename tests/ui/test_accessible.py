"""What a screen reader is told: through Qt's accessibility API, and in words."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from window_fixtures import (
    CONTROL,
    SHIFT,
    a_relation,
    a_span,
    a_suggestion,
    an_article,
    open_window,
    worked_project,
)

from annotation.codebook_file import default_codebook
from ui.accessible import Announcer
from ui.main_window import MainWindow
from ui.spoken import described

Key = Qt.Key
TEXT = "Ilse 🙂 Varga said the bridge would stay shut. Tomas Oren denied it on Friday."


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    before = QAccessible.isActive()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(before)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    path, entry = worked_project(tmp_path / "study.pressmark")
    window = open_window(qtbot, path)
    qtbot.waitUntil(lambda: window.canvas.findChild(Announcer) is not None)
    window.entry = entry
    return window


@pytest.fixture
def heard(qtbot: QtBot, window: MainWindow) -> Callable[[], str]:
    """Return what is said next."""
    said: list[str] = []
    window.canvas.findChild(Announcer).said.connect(said.append)

    def next_sentence() -> str:
        qtbot.waitUntil(lambda: bool(said))
        assert len(said) == 1
        return said.pop()

    return next_sentence


def seen(thing: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(thing)


# -- the text interface


def test_the_text_is_there_in_units(stage: Callable[..., object]) -> None:
    view = stage(TEXT).canvas
    view.announcer = Announcer(view.bridge, view)
    text = seen(view).textInterface()
    assert text.characterCount() == len(TEXT) + 1
    assert text.text(0, text.characterCount()) == TEXT
    assert text.text(5, 7) == "🙂"
    assert text.text(8, 13) == "Varga"
    assert text.text(70, 5000) == TEXT[69:]


def test_the_caret_goes_where_it_is_put(stage: Callable[..., object]) -> None:
    view = stage(TEXT).canvas
    view.announcer = Announcer(view.bridge, view)
    text = seen(view).textInterface()
    text.setCursorPosition(8)
    assert view.caret == 7
    assert text.cursorPosition() == 8
    text.setSelection(0, 8, 13)
    assert view.selection() == (7, 12)
    assert text.selectionCount() == 1
    text.removeSelection(0)
    assert text.selectionCount() == 0
    text.setCursorPosition(10_000)
    assert view.caret == len(TEXT)


def test_characters_are_where_they_are_drawn(stage: Callable[..., object]) -> None:
    view = stage(TEXT).canvas
    view.announcer = Announcer(view.bridge, view)
    text = seen(view).textInterface()
    for unit in (0, 8, 30):
        box = text.characterRect(unit)
        assert box.width() > 2
        left_half = QPoint(box.left() + box.width() // 4, box.center().y())
        assert text.offsetAtPoint(left_half) == unit
    assert text.offsetAtPoint(QPoint(-5000, 0)) == -1


def test_the_runs_of_labels(stage: Callable[..., object]) -> None:
    article = an_article(TEXT)
    claim = a_span(article, "CLAIM", "the bridge would stay shut")
    name = a_suggestion(article, "PERSON", "Tomas Oren")
    view = stage(article, spans=(claim,), suggestions=(name,)).canvas
    view.announcer = Announcer(view.bridge, view)
    text = seen(view).textInterface()
    start = TEXT.index("the bridge") + 1
    assert text.run(start + 4) == ("label:Claim", start, start + 26)
    assert text.run(TEXT.index("Oren") + 1) == ("suggested-label:Person", start + 28, start + 38)
    assert text.run(0)[0] == ""


def test_the_canvas_says_what_it_is(window: MainWindow) -> None:
    view = seen(window.canvas)
    assert view.role() == QAccessible.Role.EditableText
    assert view.text(QAccessible.Text.Name) == "Article text"
    assert view.text(QAccessible.Text.Description).startswith(window.bridge.document.article.title)
    start = window.bridge.document.article.text.index("bridge")
    window.canvas.select(start, start)
    assert view.text(QAccessible.Text.Description).endswith("in Claim")
    assert view.state().readOnly
    assert view.state().multiLine
    assert view.actionInterface() is not None
    assert view.valueInterface() is None


# -- what is said


def test_tagging_is_told_with_what_is_missing(
    qtbot: QtBot, window: MainWindow, heard: Callable[[], str]
) -> None:
    start = window.bridge.document.article.text.index("denied")
    window.canvas.select(start, start + len("denied it on Friday"))
    assert heard() == "selected denied it on Friday, in Date"
    qtbot.keyClick(window.canvas, "c")
    assert heard().startswith("Claim tagged, 4 words, source missing")
    qtbot.keyClick(window, Key.Key_Z, CONTROL)
    assert heard() == "Undone: Tag Claim (CLM) “denied it on Friday”."


def test_a_label_that_needs_no_source_misses_none(
    qtbot: QtBot, window: MainWindow, heard: Callable[[], str]
) -> None:
    start = window.bridge.document.article.text.index("denied")
    window.canvas.select(start, start + 6)
    heard()
    qtbot.keyClick(window.canvas, "e")
    assert heard() == "Event tagged, 1 word"


def test_a_pick_is_told_with_its_relations(window: MainWindow, heard: Callable[[], str]) -> None:
    claim = next(s for s in window.entry.annotations.spans if s.label == "CLAIM")
    window.canvas.pick(claim.id)
    assert heard() == (
        "Claim, 5 words, “the bridge would stay shut”, Attribution, source “Ilse Varga”, cue “said”"
    )


def test_suggestions_are_told_as_such(
    qtbot: QtBot, window: MainWindow, heard: Callable[[], str]
) -> None:
    qtbot.keyClick(window.canvas, Key.Key_Tab)
    assert heard() == "Person, suggested, 2 words, “Ilse Varga”"
    qtbot.keyClick(window.canvas, Key.Key_Return)
    assert heard() == ("Person accepted, 2 words. Date, suggested, 1 word, “Friday”")


def test_the_caret_tells_words_and_labels(
    qtbot: QtBot, window: MainWindow, heard: Callable[[], str]
) -> None:
    qtbot.keyClick(window.canvas, Key.Key_Right)
    first, *labels = heard().split(", ")
    assert (first, set(labels)) == ("Ilse", {"in Person", "in Source"})
    qtbot.keyClick(window.canvas, Key.Key_Right)
    assert heard() == "Varga"
    qtbot.keyClick(window.canvas, Key.Key_Right)
    first, *labels = heard().split(", ")
    assert (first, labels[-1]) == ("said", "in Cue")
    assert set(labels[:-1]) == {"out of Person", "out of Source"}
    qtbot.keyClick(window.canvas, Key.Key_Left, SHIFT)
    assert heard() == "selected said"
    qtbot.keyClick(window.canvas, Key.Key_Right, CONTROL)
    assert heard() == "said the bridge would stay shut, out of Cue, in Claim"


def test_boundaries_relabelling_and_links_are_told(
    qtbot: QtBot, window: MainWindow, heard: Callable[[], str]
) -> None:
    other = next(s for s in window.entry.annotations.spans if s.quotation == ("Tomas Oren",))
    window.canvas.pick(other.id)
    heard()
    qtbot.keyClick(window.canvas, "]")
    assert heard() == "Source is now 3 words, “Tomas Oren denied”"
    qtbot.keyClick(window.canvas, "q")
    assert heard() == "Source is now Cue, 3 words"


def test_refusals_are_told(qtbot: QtBot, window: MainWindow, heard: Callable[[], str]) -> None:
    qtbot.keyClick(window.canvas, Key.Key_Delete)
    assert heard() == "Pick a span first."


def test_nothing_is_said_while_nobody_listens(window: MainWindow) -> None:
    spy = QSignalSpy(window.canvas.findChild(Announcer).said)
    QAccessible.setActive(False)
    if QAccessible.isActive():
        pytest.skip("a screen reader is at work on this machine")
    window.canvas.select(0, 4)
    window.canvas.select(4, 4)
    assert spy.count() == 0


def test_a_claim_in_the_authors_voice_needs_no_source() -> None:
    article = an_article(TEXT)
    claim = a_span(article, "CLAIM", "the bridge would stay shut")
    codebook = default_codebook()
    document = type("Said", (), {"relations_of": lambda self, i: []})()
    assert described(claim, document, codebook).endswith("source missing")
    author = replace(claim, attributes={"voice": "author"})
    assert "missing" not in described(author, document, codebook)
    cue = a_span(article, "CUE", "said")
    linked = a_relation("ATTRIBUTION", claim=claim, cue=cue)
    document = type(
        "Said",
        (),
        {
            "relations_of": lambda self, i: [linked],
            "span": lambda self, i: {claim.id: claim, cue.id: cue}[i],
        },
    )()
    assert described(claim, document, codebook).endswith("cue “said”, source missing")


# -- every control


def test_every_control_has_a_name_and_is_reached_by_tab_or_f6(
    qtbot: QtBot, window: MainWindow
) -> None:
    claim = next(s for s in window.entry.annotations.spans if s.label == "CLAIM")
    window.canvas.pick(claim.id)
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
    controls = [
        w
        for w in window.findChildren(QWidget)
        if isinstance(w, kinds)
        and w.isVisible()
        and w.isEnabled()
        and w.objectName() != "qt_toolbar_ext_button"
        and not isinstance(w.parent(), QLineEdit)
    ]
    assert len(controls) > 30
    nameless = [w for w in controls if not seen(w).text(QAccessible.Text.Name)]
    assert nameless == []
    reached = set()
    for key in (Key.Key_Tab, Key.Key_Backtab):
        for _ in range(4):
            qtbot.keyClick(window.focusWidget(), Key.Key_F6)
            while window.focusWidget() not in reached | {window.canvas}:
                reached.add(window.focusWidget())
                qtbot.keyClick(window.focusWidget(), key)
        reached -= {window.articles.view}
    missed = [w for w in controls if w not in reached]
    assert [(type(w).__name__, seen(w).text(QAccessible.Text.Name)) for w in missed] == []
