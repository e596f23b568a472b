"""The inspector: everything about the picked span, seen and edited, by mouse and by keys."""

from pathlib import Path

import pytest
from controls import controls, nameless
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_fixtures import (
    CONTROL,
    a_span,
    an_article,
    make_project,
    many,
    open_window,
    worked_project,
)

from annotation.model import Annotations, Relation, Span
from annotation.store import Entry
from storage import open_project
from ui.inspector import Inspector
from ui.look import palette_of, style_sheet
from ui.main_window import MainWindow
from ui.relation_list import ArgumentLink
from ui.theme import HIGH_CONTRAST_DARK

LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key
CLAIM = "the bridge would stay shut"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    return open_window(qtbot, worked_project(tmp_path / "study.pressmark")[0])


def find(window: MainWindow, words: str) -> Span:
    found = window.bridge.document.spans_between(0, 999)
    return next(span for span in found if span.quotation == (words,))


def pick(qtbot: QtBot, window: MainWindow, words: str = CLAIM) -> Inspector:
    span = find(window, words)
    window.canvas.pick(span.id)
    form = window.inspector.span
    qtbot.waitUntil(lambda: form.isVisible() and words in form.quotation.text())
    qtbot.waitUntil(
        lambda: all(b.height() > 5 for b in form.relations.findChildren(QAbstractButton))
    )
    return window.inspector


def attribution(window: MainWindow) -> Relation:
    (relation,) = window.bridge.document.relations_of(find(window, CLAIM).id)
    return relation


def choose(qtbot: QtBot, box: QComboBox, words: str) -> None:
    """Choose an entry of the opened list with Enter."""
    window = box.window()
    box.setFocus()
    box.showPopup()
    box.view().setCurrentIndex(box.model().index(box.findText(words), 0))
    qtbot.keyClick(box.view(), Key.Key_Return)
    window.activateWindow()  # without a window manager nobody else gives it back
    qtbot.waitUntil(window.isActiveWindow)


def button(inspector: Inspector, name: str) -> QToolButton:
    found = [b for b in inspector.findChildren(QToolButton) if b.accessibleName() == name]
    assert found, name
    return found[-1]


def test_the_article_is_shown_where_nothing_is_picked(qtbot: QtBot, tmp_path: Path) -> None:
    project = make_project(
        tmp_path / "a.pressmark", *many(1, outlet="Senn Post", authors=("A", "B"))
    )
    window = open_window(qtbot, project)
    facts = window.inspector.article
    qtbot.waitUntil(lambda: facts.isVisible() and facts.title.text() == "Article number 1.")
    shown = [label.text() for label in facts.findChildren(QLabel)]
    assert {"Senn Post", "A, B"} <= set(shown)


def test_a_label_is_changed_and_the_attributes_follow(qtbot: QtBot, window: MainWindow) -> None:
    inspector = pick(qtbot, window, "Tomas Oren")
    source = find(window, "Tomas Oren")
    assert "affiliation" in inspector.span.attributes.current().fields
    choose(qtbot, inspector.span.label, "Claim (CLM)")
    assert window.bridge.document.span(source.id).label == "CLAIM"
    assert "voice" in inspector.span.attributes.current().fields


def test_a_refused_label_goes_back(qtbot: QtBot, window: MainWindow) -> None:
    inspector = pick(qtbot, window, "Ilse Varga")
    choose(qtbot, inspector.span.label, "Cue")  # it is the source of an attribution
    assert find(window, "Ilse Varga").label == "SOURCE"
    assert inspector.span.label.currentText() == "Source (SRC)"
    assert "a Cue cannot be its source (it takes Source)" in window.status.message.text()


def test_an_unset_choice_shows_the_default_in_grey(qtbot: QtBot, window: MainWindow) -> None:
    inspector = pick(qtbot, window)
    box = inspector.span.attributes.current().fields["voice"]
    assert box.currentText() == "attributed (default)"
    muted = inspector.palette().color(QPalette.ColorRole.PlaceholderText)
    assert box.palette().color(QPalette.ColorRole.ButtonText) == muted
    app = QApplication.instance()
    before = app.palette(), app.styleSheet()
    app.setPalette(palette_of(HIGH_CONTRAST_DARK))
    app.setStyleSheet(style_sheet(HIGH_CONTRAST_DARK))
    dark = HIGH_CONTRAST_DARK.muted
    qtbot.waitUntil(lambda: box.palette().color(QPalette.ColorRole.ButtonText) == dark)
    app.setPalette(before[0])
    app.setStyleSheet(before[1])
    choose(qtbot, box, "author")
    assert find(window, CLAIM).attributes == {"voice": "author"}
    assert box.palette().color(QPalette.ColorRole.ButtonText) != muted
    choose(qtbot, box, "attributed (default)")
    assert find(window, CLAIM).attributes == {}


def test_every_value_says_what_it_means(qtbot: QtBot, window: MainWindow) -> None:
    inspector = pick(qtbot, window)
    for field in inspector.span.attributes.current().fields.values():
        assert field.accessibleName()
        for row in range(1, field.count() if isinstance(field, QComboBox) else 0):
            if isinstance(field.itemData(row), str):
                assert field.itemData(row, Qt.ItemDataRole.ToolTipRole)


def test_yes_no_and_unset_are_three_things(qtbot: QtBot, window: MainWindow) -> None:
    inspector = pick(qtbot, window)
    box = inspector.span.attributes.current().fields["conditional"]
    for words, value in (("yes", {"conditional": True}), ("no", {"conditional": False})):
        choose(qtbot, box, words)
        assert find(window, CLAIM).attributes == value
    choose(qtbot, box, box.itemText(0))
    assert find(window, CLAIM).attributes == {}


def test_values_are_offered_only_where_the_codebook_allows_them(
    qtbot: QtBot, tmp_path: Path
) -> None:
    article = an_article()
    event = a_span(article, "EVENT", "denied", "event")
    window = open_window(
        qtbot, make_project(tmp_path / "a.pressmark", Entry(article, Annotations((event,))))
    )
    fields = pick(qtbot, window, "denied").span.attributes.current().fields
    mode, kind = fields["mode"], fields["class"]
    assert mode.count() == 1
    choose(qtbot, kind, "protest")
    assert mode.findText("strike") > 0
    choose(qtbot, mode, "strike")
    assert find(window, "denied").attributes == {"class": "protest", "mode": "strike"}
    choose(qtbot, kind, "agree")
    assert find(window, "denied").attributes == {"class": "agree"}
    assert mode.findText("strike") == -1


def test_the_wheel_never_changes_a_value(qtbot: QtBot, window: MainWindow) -> None:
    inspector = pick(qtbot, window)
    before = find(window, CLAIM)
    for box in (inspector.span.label, *inspector.span.findChildren(QComboBox)):
        box.setFocus()
        wheel = QWheelEvent(
            QPointF(5, 5), QPointF(box.mapToGlobal(QPoint(5, 5))), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(box, wheel)
    assert find(window, CLAIM) == before


def test_free_text_counts_with_enter(qtbot: QtBot, window: MainWindow) -> None:
    inspector = pick(qtbot, window)
    field = inspector.span.attributes.current().fields["normalized"]
    field.setFocus()
    qtbot.keyClicks(field, "The bridge stays shut")
    assert find(window, CLAIM).attributes == {}
    qtbot.keyClick(field, Key.Key_Return)
    assert find(window, CLAIM).attributes == {"normalized": "The bridge stays shut"}


def test_a_note_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    inspector = pick(qtbot, window)
    qtbot.keyClick(window.canvas, "n")
    qtbot.waitUntil(inspector.span.note.hasFocus)
    qtbot.keyClicks(inspector.span.note, "says who?")
    qtbot.keyClick(inspector.span.note, Key.Key_Return, CONTROL)
    assert find(window, CLAIM).note == "says who?"
    qtbot.keyClick(inspector.span.note, Key.Key_Escape)
    assert window.canvas.hasFocus()


def test_a_note_begun_is_kept_when_the_article_changes(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.pressmark"
    article = an_article()
    claim = a_span(article, "CLAIM", CLAIM)
    window = open_window(qtbot, make_project(path, Entry(article, Annotations((claim,))), *many(1)))
    inspector = pick(qtbot, window)
    inspector.span.note.setFocus()
    qtbot.keyClicks(inspector.span.note, "half a thought")
    qtbot.keyClick(inspector.span.note, Key.Key_PageDown, CONTROL)
    assert window.bridge.document.article.title == "Article number 1."
    (kept,) = window.workspace.store.spans([claim.id])
    assert kept.note == "half a thought"


def test_what_is_being_written_is_kept_when_the_window_closes(
    qtbot: QtBot, window: MainWindow
) -> None:
    path, claim = window.workspace.store.path, find(window, CLAIM)
    inspector = pick(qtbot, window)
    inspector.span.note.setFocus()
    qtbot.keyClicks(inspector.span.note, "last words")
    window.close()
    store = open_project(path)
    assert [span.note for span in store.spans([claim.id])] == ["last words"]
    store.close()


def test_an_argument_jumps_to_its_span(qtbot: QtBot, window: MainWindow) -> None:
    inspector = pick(qtbot, window)
    links = {link.text(): link for link in inspector.findChildren(ArgumentLink)}
    assert set(links) == {"this span", "“Ilse Varga”", "“said”"}
    qtbot.mouseClick(links["“Ilse Varga”"], LEFT)
    assert window.canvas.picked.id == find(window, "Ilse Varga").id
    assert window.canvas.hasFocus()


def test_an_argument_is_taken_out_by_button_and_by_key(qtbot: QtBot, window: MainWindow) -> None:
    inspector = pick(qtbot, window)
    qtbot.mouseClick(button(inspector, "Take this cue out"), LEFT)
    assert [a.role for a in attribution(window).arguments] == ["claim", "source"]
    qtbot.waitUntil(lambda: len(inspector.findChildren(ArgumentLink)) == 2)
    link = next(x for x in inspector.findChildren(ArgumentLink) if "Varga" in x.text())
    link.setFocus()
    qtbot.keyClick(link, Key.Key_Delete)
    assert [a.role for a in attribution(window).arguments] == ["claim"]


def test_an_argument_that_must_be_there_stays(qtbot: QtBot, window: MainWindow) -> None:
    inspector = pick(qtbot, window)
    qtbot.mouseClick(button(inspector, "Take this claim out"), LEFT)
    assert len(attribution(window).arguments) == 3
    assert "needs a claim" in window.status.message.text()


def test_a_relation_gets_attributes_and_is_removed(qtbot: QtBot, window: MainWindow) -> None:
    inspector = pick(qtbot, window)
    box = next(b for b in inspector.span.relations.findChildren(QComboBox))
    choose(qtbot, box, "yes")
    assert attribution(window).attributes == {"duplicate": True}
    qtbot.waitUntil(lambda: box not in inspector.span.relations.findChildren(QComboBox))
    again = next(b for b in inspector.span.relations.findChildren(QComboBox))
    assert again.hasFocus()  # the cursor stays where the person is at work
    qtbot.mouseClick(button(inspector, "Remove this relation: Attribution"), LEFT)
    assert not inspector.span.note.hasFocus()  # where Ctrl+Z would mean something else
    assert window.bridge.document.relations_of(find(window, CLAIM).id) == []
    qtbot.waitUntil(lambda: not inspector.findChildren(ArgumentLink))
    qtbot.keyClick(window, Key.Key_Z, CONTROL)
    assert len(attribution(window).arguments) == 3


@pytest.mark.parametrize(("answer", "label"), [("accept", "PERSON"), ("reject", None)])
def test_a_suggestion_is_answered(
    qtbot: QtBot, window: MainWindow, answer: str, label: str | None
) -> None:
    qtbot.keyClick(window.canvas, Key.Key_Tab)
    card = window.inspector.suggestion
    qtbot.waitUntil(card.isVisible)
    assert card.quotation.text() == "“Ilse Varga”"
    assert card.author.text() == "Suggested by en_core_web_sm 3.8.0, 50% sure"
    qtbot.mouseClick(getattr(card, answer), LEFT)
    document = window.bridge.document
    assert document.count_pending() == 1
    tagged = [s.label for s in document.spans_between(0, 999) if s.layer == "entity"]
    assert tagged == ([label] if label else [])
    assert window.canvas.hasFocus()


def test_every_control_has_a_name_and_can_be_reached(qtbot: QtBot, window: MainWindow) -> None:
    inspector = pick(qtbot, window)
    qtbot.keyClick(window.canvas, Key.Key_F2)
    fields = inspector.span.attributes.current().fields
    assert next(iter(fields.values())).hasFocus()
    inside = inspector.span.findChildren(QWidget)
    assert nameless(inside) == []
    expected = {w for w in controls(inside) if w.isEnabled()}
    inspector.span.label.setFocus()
    reached = []
    for _ in expected:
        reached.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    assert set(reached) == expected
    form = inspector.span
    in_order = [form.label, form.note, form.fold, *fields.values()]
    assert reached[: len(in_order)] == in_order


def test_attributes_are_folded_away_and_f2_unfolds_them(qtbot: QtBot, window: MainWindow) -> None:
    form = pick(qtbot, window).span
    low = form.relations.y()
    qtbot.mouseClick(form.fold, LEFT)
    qtbot.waitUntil(lambda: form.relations.y() < low - 100)
    assert not form.attributes.isVisible()
    qtbot.keyClick(window.canvas, Key.Key_F2)
    assert form.attributes.isVisible() and form.fold.isChecked()


def test_a_short_page_has_no_scroll_bar(qtbot: QtBot, window: MainWindow) -> None:
    pick(qtbot, window)
    bar = window.inspector.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)  # a claim's form is long
    qtbot.keyClick(window.canvas, Key.Key_Tab)
    qtbot.waitUntil(window.inspector.suggestion.isVisible)
    qtbot.waitUntil(lambda: bar.maximum() == 0)


def test_where_nothing_can_be_written_nothing_is_offered(qtbot: QtBot, tmp_path: Path) -> None:
    path, _ = worked_project(tmp_path / "held.pressmark")
    first = open_project(path)
    try:
        window = open_window(qtbot, path)
        inspector = pick(qtbot, window)
        assert not inspector.span.label.isEnabled()
        assert not inspector.span.note.isEnabled()
        assert not button(inspector, "Remove this relation: Attribution").isEnabled()
        assert [x for x in inspector.findChildren(ArgumentLink) if x.isEnabled()]
    finally:
        first.close()


def test_a_note_is_stored_while_it_is_written(qtbot: QtBot, window: MainWindow) -> None:
    pick(qtbot, window)
    qtbot.keyClick(window.canvas, Key.Key_N)
    note = window.inspector.span.note
    qtbot.waitUntil(note.hasFocus)
    qtbot.keyClicks(note, "ask the port")
    span = find(window, CLAIM)
    other = open_project(window.workspace.store.path, read_only=True)
    qtbot.waitUntil(lambda: other.spans([span.id])[0].note == "ask the port")
    other.close()
    assert note.hasFocus()
