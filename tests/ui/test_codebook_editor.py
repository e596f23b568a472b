"""The codebook editor in a real window: typing, taking out, saving, undo, files."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from annotation import edits
from annotation.codebook_entries import Entry
from annotation.codebook_file import default_codebook, read_codebook, write_codebook
from annotation.model import Annotations
from annotation.store import Entry as Imported
from storage import open_project
from tests.ui.window_fixtures import (
    CONTROL,
    a_span,
    a_suggestion,
    an_article,
    make_project,
    open_window,
    worked_project,
)
from ui.codebook.editor import CodebookEditor
from ui.codebook.fates import FatesDialog
from ui.codebook.fields import Field
from ui.codebook.files import take_over, write_out
from ui.codebook.forms import FORMS
from ui.main_window import MainWindow

Opened = Callable[[], tuple[MainWindow, CodebookEditor]]
CLAIM = ("discourse", "CLAIM")


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Opened:
    def make() -> tuple[MainWindow, CodebookEditor]:
        path, _ = worked_project(tmp_path / "a.pressmark")
        window = open_window(qtbot, path)
        return window, editor_of(qtbot, window)

    return make


def editor_of(qtbot: QtBot, window: MainWindow) -> CodebookEditor:
    qtbot.waitUntil(lambda: window.findChild(CodebookEditor) is None)
    qtbot.keyClick(window.canvas, Qt.Key.Key_B, CONTROL)
    qtbot.waitUntil(lambda: window.findChild(CodebookEditor) is not None)
    editor = window.findChild(CodebookEditor)
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    return editor


def look_at(editor: CodebookEditor, *names: str) -> Entry:
    entry = next(e for e in editor.draft.root.walk() if e.origin == names)
    editor.tree.look_at(entry)
    editor.tree.setFocus()
    assert editor.form is not None and editor.form.entry is entry
    return entry


def write(qtbot: QtBot, editor: CodebookEditor, field: str, text: str) -> None:
    """Write a text in place of the one that is in a field."""
    line = editor.form.fields[field].control
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClicks(line, text)


def press(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def answer(qtbot: QtBot, editor: CodebookEditor, words: str) -> str:
    """Press a button of the question that is asked; return the question."""
    qtbot.waitUntil(lambda: bool(editor.findChildren(QMessageBox)))
    box = editor.findChildren(QMessageBox)[-1]
    text = box.text()
    press(qtbot, next(b for b in box.buttons() if words in b.text()))
    return text


def labels(window: MainWindow) -> list[str]:
    document = window.bridge.document
    return [span.label for span in document.spans_between(0, 200)]


def saved(qtbot: QtBot, window: MainWindow, editor: CodebookEditor, version: int = 2) -> None:
    press(qtbot, editor.save)
    qtbot.waitUntil(lambda: window.bridge.session.codebook.version == version)


def test_a_renamed_label_takes_its_spans_along_and_undo_brings_them_back(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    window, editor = opened()
    window.canvas.select(8, 8)
    look_at(editor, *CLAIM)
    write(qtbot, editor, "name", "STATEMENT")
    assert [editor.tree.currentItem().text(0), editor.problems] == ["STATEMENT", []]
    saved(qtbot, window, editor)
    assert sorted(labels(window)) == ["CUE", "SOURCE", "SOURCE", "STATEMENT"]
    assert "discourse/STATEMENT" in window.workspace.palette_panel.chips
    assert "tag/discourse/STATEMENT" in window.actions_here.by_name
    assert window.canvas.caret == 8, "the text is where it was"
    qtbot.waitUntil(window.canvas.hasFocus)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: window.bridge.session.codebook.version == 3)
    assert sorted(labels(window)) == ["CLAIM", "CUE", "SOURCE", "SOURCE"]
    assert "discourse/CLAIM" in window.workspace.palette_panel.chips
    assert "Undone: Rename CLAIM to STATEMENT" in window.status.message.text()
    window.close()
    window = open_window(qtbot, tmp_path / "a.pressmark")
    window.bridge.redo()
    assert "STATEMENT" in labels(window)


def test_the_key_of_a_new_label_tags(qtbot: QtBot, opened: Opened) -> None:
    window, editor = opened()
    look_at(editor, "discourse", "CUE")
    menu = editor.add_menu()
    assert [a.text() for a in menu.actions()][:2] == ["Attribute in CUE", "Label in discourse"]
    menu.actions()[1].trigger()
    line = editor.form.fields["name"].control
    assert line.selectedText() == "NEW_LABEL"
    qtbot.keyClicks(line, "MOOD")
    write(qtbot, editor, "key", "m")
    assert [label.name for label in editor.form.entry.owner.of("label")][-2:] == ["CUE", "MOOD"]
    assert editor.preview.chips[0].text() == "MOOD"
    saved(qtbot, window, editor)
    qtbot.waitUntil(window.canvas.hasFocus)
    window.canvas.select(0, 4)
    qtbot.keyClick(window.canvas, Qt.Key.Key_M)
    assert "MOOD" in labels(window)


def test_a_new_label_opens_complete_articles_again_after_a_question(
    qtbot: QtBot, opened: Opened
) -> None:
    window, editor = opened()
    reviews = window.bridge.document.reviews

    def complete() -> set[str]:
        return {review.layer for review in reviews() if review.state == "complete"}

    window.bridge.perform(lambda desk: edits.set_review(desk, "discourse", "complete"))
    before = complete()
    assert "discourse" in before
    look_at(editor, "discourse", "CUE")
    editor.add_menu().actions()[1].trigger()
    qtbot.keyClicks(editor.form.fields["name"].control, "MOOD")
    press(qtbot, editor.save)
    assert "1 layer of an article no longer complete" in answer(qtbot, editor, "Save")
    qtbot.waitUntil(lambda: window.bridge.session.codebook.version == 2)
    reviews = window.bridge.document.reviews
    assert complete() == before - {"discourse"}
    window.bridge.undo()
    reviews = window.bridge.document.reviews
    assert complete() == before


def test_all_problems_are_told_where_they_are_and_have_to_be_mended(
    qtbot: QtBot, opened: Opened
) -> None:
    window, editor = opened()
    look_at(editor, *CLAIM)
    write(qtbot, editor, "name", "SOURCE")
    write(qtbot, editor, "key", "j")
    write(qtbot, editor, "color", "blue")
    form = editor.form
    assert "SOURCE is the name of a label" in form.notes["name"].text()
    assert "the action “Go along the relations” has" in form.notes["key"].text()
    assert "not “blue”" in form.notes["color"].text()
    assert form.fields["color"].control.accessibleDescription() == form.notes["color"].text()
    assert editor.tree.currentItem().text(0) == "⚠ SOURCE"
    told = [editor.told.item(row).text() for row in range(editor.told.count())]
    assert len(told) == 3 and not editor.save.isEnabled() and not editor.export.isEnabled()
    look_at(editor, "entity")
    item = editor.told.item(told.index(form.notes["color"].text()))
    qtbot.mouseClick(
        editor.told.viewport(), Qt.MouseButton.LeftButton,
        pos=editor.told.visualItemRect(item).center(),
    )  # fmt: skip
    assert editor.form.entry.name == "SOURCE" and editor.form.entry.origin == CLAIM
    for field, text in (("name", "CLAIM"), ("key", "C"), ("color", "#0064C0")):
        write(qtbot, editor, field, text)
    assert (editor.problems, editor.told.isVisible()) == ([], False)
    press(qtbot, editor.save)
    assert window.bridge.session.codebook.version == 1, "nothing was changed in the end"


def test_what_becomes_of_the_annotations_of_a_removed_label(qtbot: QtBot, opened: Opened) -> None:
    window, editor = opened()
    look_at(editor, "discourse", "SOURCE")
    qtbot.waitUntil(lambda: editor.tree.currentItem().text(2) == "2")
    qtbot.keyClick(editor.tree, Qt.Key.Key_Delete)
    asked = editor.findChild(FatesDialog)
    (box,) = asked.boxes.values()
    assert "SOURCE: 2 annotations" in box.accessibleName()
    assert "SOURCE" not in [box.itemText(row) for row in range(box.count())]
    asked.reject()
    entry = look_at(editor, "discourse", "SOURCE")
    assert entry.alive and not editor.draft.changed
    qtbot.keyClick(editor.tree, Qt.Key.Key_Delete)
    asked = editor.findChildren(FatesDialog)[-1]
    (box,) = asked.boxes.values()
    box.setCurrentIndex(box.findText("change to CUE"))
    asked.accept()
    assert not entry.alive
    assert "accepts no label" in editor.problems[0].text, "the role source is left without one"
    look_at(editor, "ATTRIBUTION", "source")
    qtbot.keyClick(editor.tree, Qt.Key.Key_Delete)
    editor.findChildren(FatesDialog)[-1].accept()
    press(qtbot, editor.save)
    assert "1 relation with fewer spans" in answer(qtbot, editor, "Save")
    qtbot.waitUntil(lambda: window.bridge.session.codebook.version == 2)
    assert sorted(labels(window)) == ["CLAIM", "CUE", "CUE", "CUE"]
    window.bridge.undo()
    assert sorted(labels(window)) == ["CLAIM", "CUE", "SOURCE", "SOURCE"]


def test_parts_are_moved_and_labels_change_layers(qtbot: QtBot, opened: Opened) -> None:
    window, editor = opened()
    look_at(editor, "discourse", "CUE")
    qtbot.keyClick(editor.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    press(qtbot, editor.up)
    layer = editor.form.fields["layer"].control
    layer.setFocus()
    qtbot.keyClick(layer, Qt.Key.Key_Down)
    assert editor.tree.currentItem().parent().text(0) == "event"
    assert editor.form.entry.owner.name == "event"
    saved(qtbot, window, editor)
    spans = window.bridge.document.spans_between(0, 200)
    assert {(s.layer, s.label) for s in spans} >= {("event", "CUE"), ("discourse", "CLAIM")}


def test_roles_values_and_conditions_are_edited_by_keys(qtbot: QtBot, opened: Opened) -> None:
    _, editor = opened()
    role = look_at(editor, "ATTRIBUTION", "cue")
    ticks = editor.form.fields["accepts"].control
    ticks.setFocus()
    ticks.setCurrentRow(0)
    qtbot.keyClick(ticks, Qt.Key.Key_Space)
    at_most = editor.form.fields["max"].control
    at_most.setFocus()
    qtbot.keyClick(at_most, Qt.Key.Key_Up)
    now = editor.draft.codebook().relation("ATTRIBUTION").role("cue")
    assert now.accepts == ("entity/*", "discourse/CUE") and (now.min, now.max) == (0, 2)
    assert role.takes[0].kind == "layer"
    look_at(editor, *CLAIM, "kind", "fact")
    ticks = editor.form.fields["only_with"].control
    ticks.setCurrentRow(0)
    qtbot.keyClick(ticks, Qt.Key.Key_Space)
    choice = editor.draft.codebook().label(*CLAIM).attribute("kind").values[0]
    assert choice.only_with == {"voice": ("attributed",)}


def test_changes_are_not_lost_by_escape(qtbot: QtBot, opened: Opened) -> None:
    window, editor = opened()
    look_at(editor, *CLAIM)
    write(qtbot, editor, "title", "A claim")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert answer(qtbot, editor, "Go on") == "Leave the codebook as it was?"
    assert editor.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    answer(qtbot, editor, "Discard")
    qtbot.waitUntil(lambda: window.findChild(CodebookEditor) is None)
    assert window.bridge.session.codebook.version == 1


def test_a_file_comes_in_and_goes_out(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    window, editor = opened()
    file = tmp_path / "other.toml"
    write_out(editor, file)
    assert read_codebook(file).labels == default_codebook().labels
    text = write_codebook(default_codebook())
    cut = text.index('name = "SOURCE"')
    file.write_text(text.replace("discourse/SOURCE", "discourse/CUE"), "utf-8")
    start = text.rindex("[[label]]", 0, cut)
    end = text.index("[[label]]", cut)
    without = (text[:start] + text[end:]).replace('"discourse/SOURCE"', '"discourse/CUE"')
    file.write_text(without, "utf-8")
    take_over(editor, file)
    asked = editor.findChild(FatesDialog)
    assert [entry.name for entry in asked.boxes] == ["SOURCE"]
    asked.reject()
    assert not editor.draft.changed
    take_over(editor, file)
    editor.findChildren(FatesDialog)[-1].accept()
    press(qtbot, editor.save)
    assert "2 spans deleted" in answer(qtbot, editor, "Save")
    qtbot.waitUntil(lambda: window.bridge.session.codebook.version == 2)
    assert sorted(labels(window)) == ["CLAIM", "CUE"]
    file.write_text("nonsense", "utf-8")
    editor = editor_of(qtbot, window)
    take_over(editor, file)
    assert not editor.draft.changed


def test_a_project_that_can_only_be_read_can_be_looked_at(qtbot: QtBot, tmp_path: Path) -> None:
    path, _ = worked_project(tmp_path / "a.pressmark")
    holder = open_project(path)
    window = open_window(qtbot, path)
    editor = editor_of(qtbot, window)
    assert not editor.save.isEnabled() and "Cannot be saved: open in" in editor.message.text()
    assert editor.export.isEnabled()
    holder.close()


def test_each_field_shows_values_of_its_own(qtbot: QtBot) -> None:
    kinds = {type(make()) for specs in FORMS.values() for _, _, make in specs}
    assert all(kind.show_value is not Field.show_value for kind in kinds)


def test_a_long_definition_is_shown_in_full_and_a_new_name_in_the_preview(
    qtbot: QtBot, opened: Opened
) -> None:
    _, editor = opened()
    look_at(editor, *CLAIM)
    box = editor.form.fields["definition"].control
    before = box.height()
    box.setPlainText("\n".join(f"Line {number}." for number in range(8)))
    assert box.height() > before
    assert box.height() >= 8 * box.fontMetrics().lineSpacing()
    box.setPlainText("One line.")
    assert box.height() < before + box.fontMetrics().lineSpacing()
    assert editor.preview.names.text() == "In files: CLAIM."
    write(qtbot, editor, "name", "STATEMENT")
    assert "STATEMENT, so far CLAIM" in editor.preview.names.text()


def test_suggestions_are_counted_apart_from_what_is_used(qtbot: QtBot, tmp_path: Path) -> None:
    article = an_article()
    said = Annotations(
        (a_span(article, "PERSON", "Ilse Varga", "entity"),),
        suggestions=(a_suggestion(article, "PERSON", "Tomas Oren"),),
    )
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark", Imported(article, said)))
    editor = editor_of(qtbot, window)
    look_at(editor, "entity", "PERSON")
    qtbot.waitUntil(lambda: editor.tree.currentItem().text(2) == "1")
    assert editor.tree.currentItem().text(3) == "1"
