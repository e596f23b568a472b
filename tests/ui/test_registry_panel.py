"""The panel of the registries: list, form, mentions; merge, split and remove, in a real window."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from window_fixtures import SHIFT, a_span, an_article, make_project, open_window

from annotation import registry_edits
from annotation.ids import new_id, now
from annotation.model import Annotations, Change, Registry, RegistryEntry, Span
from annotation.store import Entry
from storage import open_project
from ui.main_window import MainWindow
from ui.registry.alike_dialog import AlikeDialog
from ui.registry.entry_painter import FIGURE
from ui.registry.merge_dialog import MergeDialog
from ui.registry.panel import RegistryPanel
from ui.registry.split_dialog import SplitDialog

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def new(name: str, *aliases: str, registry: Registry = "source", **facts: str) -> RegistryEntry:
    return registry_edits.new_entry(registry, name, "ada", aliases, facts)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """A project of two articles; Ilse Varga is mentioned in both, the mayor in the second."""
    varga = new("Ilse Varga", "Varga", "The mayor", role="minister")
    mayor, saul = new("I. Varga", kind="person"), new("Henrik Saul")
    flood = new("Flood", registry="event", date="2024")
    first = an_article("Varga said no.", "First")
    second = an_article("Varga left. The mayor stayed.", "Second")
    entries = (
        Entry(
            first,
            Annotations((a_span(first, "SOURCE", "Varga", entry_id=varga.id),), mentioned=(varga,)),
        ),
        Entry(
            second,
            Annotations(
                (
                    a_span(second, "SOURCE", "Varga", entry_id=varga.id),
                    a_span(second, "SOURCE", "The mayor", entry_id=mayor.id),
                ),
                mentioned=(varga, mayor),
            ),
        ),
    )
    path = make_project(tmp_path / "study.pressmark", *entries)
    store = open_project(path)
    store.apply(Change(new_id(), "Add", "", "ada", now(), added=(saul, flood), undoable=False))
    store.close()
    return open_window(qtbot, path)


def panel(qtbot: QtBot, window: MainWindow, key: Key = Key.Key_F7) -> RegistryPanel:
    qtbot.keyClick(window.canvas, key)
    found = window.workspace.finding.registries
    qtbot.waitUntil(found.view.hasFocus)
    return found


def names(shown: RegistryPanel) -> list[tuple[str, str]]:
    rows = range(shown.model.rowCount())
    return [(shown.model.index(n).data(), shown.model.index(n).data(FIGURE)) for n in rows]


def choose(qtbot: QtBot, shown: RegistryPanel, row: int, held=Qt.KeyboardModifier.NoModifier):
    place = shown.view.visualRect(shown.model.index(row)).center()
    qtbot.mouseClick(shown.view.viewport(), LEFT, held, QPoint(40, place.y()))


def dialog(qtbot: QtBot, window: MainWindow, kind: type[QDialog]):
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(kind)))
    return next(d for d in window.findChildren(kind) if d.isVisible())


def undo(window: MainWindow) -> str:
    title = window.bridge.session.store.undo_title()
    window.actions_here.by_name["undo"].trigger()
    return title


ALL = [("Henrik Saul", "0"), ("I. Varga", "1"), ("Ilse Varga", "2")]


def test_keys_show_each_registry_and_put_it_away(qtbot: QtBot, window: MainWindow) -> None:
    shown = panel(qtbot, window)
    assert (names(shown), shown.count.text()) == (ALL, "3 sources")
    qtbot.keyClick(shown.view, Key.Key_F8)
    assert (names(shown), shown.count.text()) == ([("Flood", "0")], "1 event")
    qtbot.keyClick(shown.view, Key.Key_F8)
    qtbot.waitUntil(window.canvas.hasFocus)
    assert shown.isHidden()


def test_a_mention_leads_to_its_article(qtbot: QtBot, window: MainWindow) -> None:
    shown = panel(qtbot, window)
    choose(qtbot, shown, 2)
    view = shown.mentions.view
    assert [view.model().index(n).data() for n in range(2)] == ["“Varga”"] * 2
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(1)).center())
    assert window.bridge.document.article.title == "Second"
    assert window.canvas.picked.quotation == ("Varga",)


def test_a_field_is_one_step_and_a_wrong_date_is_told(qtbot: QtBot, window: MainWindow) -> None:
    shown = panel(qtbot, window, Key.Key_F8)
    date = shown.form.facts["date"]
    date.setFocus()
    date.selectAll()
    qtbot.keyClicks(date, "2024-13")
    assert "A date looks like" in shown.form.problem.text()
    qtbot.keyClick(date, Key.Key_Return)
    assert shown.model.entry(0).facts == {"date": "2024"}
    qtbot.keyClick(date, Key.Key_Backspace)
    qtbot.keyClick(date, Key.Key_2)
    assert shown.form.problem.isHidden()
    qtbot.keyClick(date, Key.Key_Return)
    assert shown.model.entry(0).facts == {"date": "2024-12"}
    assert undo(window) == "Change the event “Flood”"
    assert (date.text(), shown.model.entry(0).facts) == ("2024", {"date": "2024"})


def test_a_renamed_entry_moves_to_its_place(qtbot: QtBot, window: MainWindow) -> None:
    shown = panel(qtbot, window)
    choose(qtbot, shown, 2)
    shown.form.edit_name()
    qtbot.keyClicks(shown.form.name, "Ada Varga")
    qtbot.keyClick(shown.form.name, Key.Key_Return)
    assert names(shown) == [("Ada Varga", "2"), *ALL[:2]]
    assert shown.form.name.text() == "Ada Varga"
    qtbot.waitUntil(lambda: [e.name for e in shown.entries()] == ["Ada Varga"])


def test_entries_become_one_and_two_again(qtbot: QtBot, window: MainWindow) -> None:
    shown = panel(qtbot, window)
    choose(qtbot, shown, 1)
    choose(qtbot, shown, 2, SHIFT)
    qtbot.mouseClick(shown.merge, LEFT)
    asked = dialog(qtbot, window, MergeDialog)
    assert asked.kept.currentText().startswith("Ilse Varga")
    assert "Aliases: Varga; The mayor; I. Varga" in asked.preview.text()
    assert "1 mention will be of “Ilse Varga”." in asked.preview.text()
    qtbot.mouseClick(asked.button, LEFT)
    assert names(shown) == [("Henrik Saul", "0"), ("Ilse Varga", "3")]
    assert shown.mentions.model.rowCount() == 3
    before, refused = window.bridge.document.article.id, []
    window.bridge.refused.connect(refused.append)
    assert undo(window) == "Merge the source “I. Varga” into “Ilse Varga”"
    assert names(shown) == ALL
    assert (window.bridge.document.article.id, refused) == (before, []), "undo stays where one is"


def test_chosen_mentions_become_an_entry_of_their_own(qtbot: QtBot, window: MainWindow) -> None:
    shown = panel(qtbot, window)
    choose(qtbot, shown, 2)
    shown.mentions.view.selectRow(0)
    qtbot.mouseClick(shown.mentions.split, LEFT)
    asked = dialog(qtbot, window, SplitDialog)
    asked.name.selectAll()
    qtbot.keyClicks(asked.name, "Anton Varga")
    asked.aliases[1].click()
    qtbot.mouseClick(asked.button, LEFT)
    assert names(shown) == [("Anton Varga", "1"), *ALL[:2], ("Ilse Varga", "1")]
    assert shown.model.entry(0).aliases == ("The mayor",)
    undo(window)
    assert names(shown) == ALL


def test_what_is_removed_comes_back(qtbot: QtBot, window: MainWindow) -> None:
    shown = panel(qtbot, window)
    choose(qtbot, shown, 2)
    said: list[str] = []
    window.bridge.done.connect(said.append)
    qtbot.keyClick(shown.view, Key.Key_Delete)
    assert "2 spans mention nobody now" in said[-1]
    assert names(shown) == ALL[:2]
    undo(window)
    assert names(shown) == ALL


def test_a_filter_finds_aliases_and_names_a_new_entry(qtbot: QtBot, window: MainWindow) -> None:
    shown = panel(qtbot, window)
    shown.words.setFocus()
    qtbot.keyClicks(shown.words, "mayor")
    qtbot.waitUntil(lambda: names(shown) == ALL[2:])
    assert shown.count.text() == "1 found"
    shown.words.selectAll()
    qtbot.keyClicks(shown.words, "Lind")
    qtbot.waitUntil(lambda: names(shown) == [])
    qtbot.mouseClick(shown.add, LEFT)
    assert names(shown) == [("Lind", "0")]
    assert shown.form.name.text() == "Lind"


def test_likely_duplicates_are_proposed(qtbot: QtBot, window: MainWindow) -> None:
    shown = panel(qtbot, window)
    qtbot.mouseClick(shown.alike, LEFT)
    asked = dialog(qtbot, window, AlikeDialog)
    qtbot.waitUntil(lambda: not asked.is_looking)
    assert asked.list.count() == 1
    asked.list.setCurrentRow(0)
    qtbot.mouseClick(asked.merge, LEFT)
    qtbot.mouseClick(dialog(qtbot, window, MergeDialog).button, LEFT)
    assert names(shown) == [("Henrik Saul", "0"), ("Ilse Varga", "3")]
    assert (asked.list.count(), asked.state.text()) == (
        *(0, "No two entries have names that are alike."),
    )
    asked.close()


def test_the_inspector_leads_to_the_entry(qtbot: QtBot, window: MainWindow) -> None:
    span = next(iter(window.bridge.document.spans_between(0, 99)))
    window.canvas.pick(span.id)
    who = window.inspector.span.who
    qtbot.waitUntil(lambda: who.words.text() == "Ilse Varga" and who.show_entry.isVisible())
    qtbot.mouseClick(who.show_entry, LEFT)
    shown = window.workspace.finding.registries
    assert [e.name for e in shown.entries()] == ["Ilse Varga"]
    shown.form.edit_name()
    qtbot.keyClicks(shown.form.name, "Ilse V.")
    qtbot.keyClick(shown.form.name, Key.Key_Return)
    qtbot.waitUntil(lambda: who.words.text() == "Ilse V.")


def test_pages_follow_and_edits_find_their_place(qtbot: QtBot, window: MainWindow) -> None:
    many = tuple(new(f"Name {n:03}") for n in range(250))
    window.bridge.carry_out(lambda: Change(new_id(), "Add", "", "ada", now(), added=many))
    shown = panel(qtbot, window)
    assert shown.model.rowCount() == 100
    late = many[240]
    window.bridge.carry_out(
        lambda: registry_edits.change("ada", late, replace(late, name="Bea Late"))
    )
    assert (shown.model.rowCount(), shown.model.index(0).data()) == (101, "Bea Late")
    window.bridge.carry_out(lambda: registry_edits.add("ada", new("Zoë")))
    assert shown.model.rowCount() == 101, "what belongs below comes with its page"
    while shown.model.canFetchMore(shown.view.rootIndex()):
        shown.model.fetchMore(shown.view.rootIndex())
    assert len({shown.model.entry(n).id for n in range(254)}) == shown.model.rowCount() == 254


def test_a_span_gone_is_a_mention_less(qtbot: QtBot, window: MainWindow) -> None:
    shown = panel(qtbot, window)
    choose(qtbot, shown, 2)
    span: Span = window.bridge.document.spans_between(0, 99)[0]
    window.canvas.pick(span.id)
    window.canvas.delete_picked()
    assert names(shown)[2] == ("Ilse Varga", "1")
    assert shown.mentions.model.rowCount() == 1


def test_many_mentions_are_read_by_a_thread(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.registry.many.MANY", 1)
    shown = panel(qtbot, window)
    choose(qtbot, shown, 2)
    qtbot.mouseClick(shown.remove, LEFT)
    qtbot.waitUntil(lambda: names(shown) == ALL[:2])
    undo(window)
    assert names(shown) == ALL


def test_duplicates_that_are_none_are_not_listed_again_until_they_are_brought_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    saal = new("Henrik Saal")
    window.bridge.carry_out(lambda: registry_edits.add("ada", saal))
    shown = panel(qtbot, window)

    def asked() -> AlikeDialog:
        qtbot.mouseClick(shown.alike, LEFT)
        found = dialog(qtbot, window, AlikeDialog)
        qtbot.waitUntil(lambda: not found.is_looking)
        return found

    first = asked()
    listed = first.list.count()
    assert listed and not first.again.isVisible()
    first.list.setCurrentRow(0)
    qtbot.mouseClick(first.apart, LEFT)
    assert (first.list.count(), first.again.text()) == (listed - 1, "Bring back 1")
    first.reject()
    qtbot.waitUntil(lambda: not shown.findChildren(AlikeDialog))
    again = asked()
    assert (again.list.count(), again.again.isVisible()) == (listed - 1, True)
    qtbot.mouseClick(again.again, LEFT)
    qtbot.waitUntil(lambda: not again.is_looking and again.list.count() == listed)
    assert window.bridge.session.store.registries.distinct() == []


def test_a_confidential_entry_shows_its_pseudonym(qtbot: QtBot, window: MainWindow) -> None:
    shown = panel(qtbot, window)
    assert not shown.form.pseudonym.isVisible()
    qtbot.mouseClick(shown.form.confidential, LEFT)
    qtbot.waitUntil(shown.form.pseudonym.isVisible)
    assert re.fullmatch("Source [0-9A-F]{8}", shown.form.pseudonym.text())
