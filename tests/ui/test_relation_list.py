"""Relations in the inspector: roles, arguments and the relation itself are changed there."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot
from window_fixtures import CONTROL, a_relation, a_span, an_article, make_project, open_window

from annotation.model import Annotations, Relation
from annotation.store import Entry
from ui.look import Quiet
from ui.main_window import MainWindow
from ui.relation_hints import Hint
from ui.relation_list import MOST, ArgumentLink

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    article = an_article()
    one = a_span(article, "CLAIM", "the bridge would stay shut")
    two = a_span(article, "CLAIM", "denied it")
    source = a_span(article, "SOURCE", "Ilse Varga")
    other = a_span(article, "SOURCE", "Tomas Oren")
    relations = (
        a_relation("SUPPORTS", supporting=one, supported=two),
        a_relation("ATTRIBUTION", claim=one, source=source),
    )
    said = Annotations((one, two, source, other), relations)
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", Entry(article, said)))
    window.spans = {"one": one, "two": two, "source": source, "other": other}
    window.canvas.pick(one.id)
    form = window.inspector.span
    qtbot.waitUntil(lambda: form.isVisible() and bool(buttons(window, "Add to")))
    return window


def buttons(window: MainWindow, name: str) -> list[QToolButton]:
    found = window.inspector.span.relations.findChildren(QToolButton)
    return [button for button in found if button.accessibleName().startswith(name)]


def arguments(window: MainWindow, label: str) -> list[tuple[str, str]]:
    names = {span.id: name for name, span in window.spans.items()}
    relations = window.bridge.document.relations_of(window.spans["one"].id)
    (relation,) = [r for r in relations if r.label == label]
    assert isinstance(relation, Relation)
    return [(a.role, names[a.span_id]) for a in relation.arguments]


def test_who_said_it_stands_first(window: MainWindow) -> None:
    adding = [button.accessibleName() for button in buttons(window, "Add to this")]
    assert adding == ["Add to this Attribution", "Add to this Supports"]


def test_another_role_is_given_from_a_menu_and_taken_back(qtbot: QtBot, window: MainWindow) -> None:
    roles = buttons(window, "Role:")
    assert [b.accessibleName() for b in roles] == ["Role: supporting", "Role: supported"]
    qtbot.mouseClick(roles[0], LEFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [a.text() for a in menu.actions() if a.isChecked()] == ["supporting"]
    next(a for a in menu.actions() if a.text() == "supported").trigger()
    menu.close()
    assert arguments(window, "SUPPORTS") == [("supporting", "two"), ("supported", "one")]
    qtbot.keyClick(window, Key.Key_Z, CONTROL)
    assert arguments(window, "SUPPORTS") == [("supporting", "one"), ("supported", "two")]


def test_an_argument_is_added_by_letters_in_the_text(qtbot: QtBot, window: MainWindow) -> None:
    (add,) = buttons(window, "Add to this Attribution")
    add.setFocus()
    qtbot.keyClick(add, Key.Key_Space)
    assert window.canvas.hasFocus()
    window.canvas.viewport().grab()
    letters = {i: code for code, i in window.canvas.link_mode.letters.codes.items()}
    qtbot.keyClicks(window.canvas, letters[window.spans["other"].id])
    assert len(arguments(window, "ATTRIBUTION")) == 2, "nothing counts before Enter"
    qtbot.keyClick(window.canvas, Key.Key_Return)
    assert arguments(window, "ATTRIBUTION")[1:] == [("source", "source"), ("source", "other")]
    qtbot.keyClick(window, Key.Key_Z, CONTROL)
    assert len(arguments(window, "ATTRIBUTION")) == 2


def hints(window: MainWindow) -> list[str]:
    found = window.inspector.span.relations.findChildren(Hint)
    return [label.text() for hint in found for label in hint.findChildren(Quiet)]


@pytest.mark.parametrize("keep", [True, False])
def test_while_arguments_are_chosen_the_inspector_says_so_and_ends_it(
    qtbot: QtBot, window: MainWindow, keep: bool
) -> None:
    assert not hints(window)
    (add,) = buttons(window, "Add to this Attribution")
    qtbot.mouseClick(add, LEFT)
    assert hints(window)[0].startswith("Now choose spans in the text")
    window.canvas.viewport().grab()
    qtbot.mouseClick(window.canvas.viewport(), LEFT, pos=_middle(window, "other"))
    (end,) = buttons(window, "Keep what is chosen" if keep else "Leave it as it was")
    qtbot.mouseClick(end, LEFT)
    assert len(arguments(window, "ATTRIBUTION")) == (3 if keep else 2)
    qtbot.waitUntil(lambda: not hints(window))
    assert window.canvas.link_mode.linking is None


def test_without_its_only_source_a_claim_says_so_and_offers_what_to_do(
    qtbot: QtBot, window: MainWindow
) -> None:
    (drop,) = buttons(window, "Take this source out")
    qtbot.mouseClick(drop, LEFT)
    qtbot.waitUntil(lambda: bool(hints(window)))
    assert hints(window)[0].startswith("No source")
    (choose,) = buttons(window, "Choose the source in the text")
    qtbot.mouseClick(choose, LEFT)
    assert window.canvas.link_mode.changing
    qtbot.keyClick(window.canvas, Key.Key_Escape)
    (implicit,) = buttons(window, "Say that no words stand for the source")
    qtbot.mouseClick(implicit, LEFT)
    qtbot.waitUntil(lambda: not hints(window))
    span = window.bridge.document.span(window.spans["one"].id)
    assert span.attributes == {"voice": "implicit_source"}


def test_a_removed_relation_can_be_had_back_at_once(qtbot: QtBot, window: MainWindow) -> None:
    (remove,) = buttons(window, "Remove this relation: Attribution")
    (cross,) = buttons(window, "Take this source out")
    assert remove.mapTo(window, QPoint()).y() > cross.mapTo(window, QPoint()).y() + cross.height()
    qtbot.mouseClick(remove, LEFT)
    qtbot.waitUntil(lambda: bool(hints(window)))
    assert hints(window) == ["Attribution removed; its spans are still there."]
    (undo,) = buttons(window, "Undo the removal")
    qtbot.mouseClick(undo, LEFT)
    assert len(arguments(window, "ATTRIBUTION")) == 2
    qtbot.waitUntil(lambda: not hints(window))


def test_escape_leaves_the_relation_as_it_was(qtbot: QtBot, window: MainWindow) -> None:
    (add,) = buttons(window, "Add to this Attribution")
    qtbot.mouseClick(add, LEFT)
    window.canvas.viewport().grab()
    qtbot.mouseClick(window.canvas.viewport(), LEFT, pos=_middle(window, "other"))
    qtbot.keyClick(window.canvas, Key.Key_Escape)
    assert len(arguments(window, "ATTRIBUTION")) == 2 and window.status.message.text() == ""


def _middle(window: MainWindow, name: str) -> QPoint:
    return window.canvas.caret_rect(window.spans[name].start + 2).center().toPoint()


def test_of_thousands_some_are_listed(qtbot: QtBot, tmp_path: Path) -> None:
    words = [f"claim{n:04}" for n in range(200)]
    article = an_article(" ".join(words))
    spans = [a_span(article, "CLAIM", word) for word in words]
    relations = tuple(
        a_relation("RESTATES", restating=span, restated=spans[0]) for span in spans[1:]
    )
    entry = Entry(article, Annotations(tuple(spans), relations))
    window = open_window(qtbot, make_project(tmp_path / "b.pressmark", entry))
    window.canvas.pick(spans[0].id)
    listed = window.inspector.span.relations
    qtbot.waitUntil(lambda: len(listed.findChildren(ArgumentLink)) == 2 * MOST)
    said = [label.text() for label in listed.findChildren(Quiet)]
    assert said == ["and 175 more relations"]
