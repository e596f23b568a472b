"""The dialog of the dictionary: add, search, import, remove; what it suggests in the text."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from window_fixtures import a_span, an_article, make_project, open_window

from annotation.dictionary import Term
from annotation.model import Annotations
from annotation.store import Entry
from ui.dictionary_dialog import DictionaryDialog
from ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
SOON = 60_000
COUNCIL = Term("Orlund Council", "entity", "ORG")
ARTICLE = an_article("Soon, the Orlund Council said. It said no more.")
TAGGED = a_span(ARTICLE, "CUE", "said")


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    entry = Entry(ARTICLE, Annotations((TAGGED,)))
    return open_window(qtbot, make_project(tmp_path / "a.pressmark", entry))


def dialog_of(qtbot: QtBot, window: MainWindow, action: str = "dictionary") -> DictionaryDialog:
    window.actions_here.by_name[action].trigger()
    dialog = window.findChild(DictionaryDialog)
    qtbot.waitUntil(lambda: dialog.bring.isEnabled())
    return dialog


def test_a_term_that_is_added_is_suggested_once_the_dialog_is_closed(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog = dialog_of(qtbot, window)
    dialog.choose_label("entity", "ORG")
    assert not dialog.add.isEnabled()
    qtbot.keyClicks(dialog.term, "Orlund Council")
    qtbot.keyClick(dialog.term, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.message.text() == "1 term.")
    assert (dialog.term.text(), dialog.isVisible()) == ("", True)
    dialog.close()
    document = window.bridge.document
    qtbot.waitUntil(lambda: document.count_pending() == 1, timeout=SOON)
    [suggestion] = document.suggestions_between(0, len(ARTICLE.text))
    assert (suggestion.label, suggestion.quotation) == ("ORG", ("Orlund Council",))
    assert suggestion.author == window.workspace.store.dictionary.author()


def test_the_words_of_a_picked_span_are_offered_with_their_label(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.actions_here.by_name["add_term"].trigger()
    assert window.findChild(DictionaryDialog) is None
    assert "Pick a span" in window.status.message.text()
    window.canvas.pick(TAGGED.id)
    dialog = dialog_of(qtbot, window, "add_term")
    assert dialog.term.text() == "said"
    qtbot.mouseClick(dialog.add, LEFT)
    qtbot.waitUntil(lambda: dialog.message.text() == "1 term.")
    assert dialog.model.dictionary.terms == (Term("said", "discourse", "CUE"),)


def test_a_file_is_imported_searched_and_removed(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "words.csv"
    table.write_text("term,label\nOrlund Council,ORG\nsays,CUE\nBolt,FIRM\n")
    shown: list[tuple[str, ...]] = []
    monkeypatch.setattr(
        "ui.dictionary_dialog.show_list", lambda parent, title, lines: shown.append(lines)
    )
    dialog = dialog_of(qtbot, window)
    dialog.import_file(table, replace=False)
    qtbot.waitUntil(lambda: dialog.message.text() == "2 terms.")
    assert shown == [("Line 4: the codebook has no label FIRM.",)]
    qtbot.keyClicks(dialog.search, "orlund")
    assert [dialog.model.term(row) for row in range(dialog.model.rowCount())] == [COUNCIL]
    dialog.table.selectRow(0)

    def click(wanted: str) -> None:
        monkeypatch.setattr(QMessageBox, "exec", lambda box: None)
        monkeypatch.setattr(
            QMessageBox,
            "clickedButton",
            lambda box: next(b for b in box.buttons() if b.text().replace("&", "") == wanted),
        )
        qtbot.mouseClick(dialog.remove, LEFT)

    click("Cancel")
    assert len(dialog.model.dictionary.terms) == 2
    click("Remove")
    qtbot.waitUntil(lambda: dialog.message.text() == "1 term.")
    assert [term.term for term in window.workspace.store.dictionary.read().terms] == ["says"]
