"""The export dialog: losses first, then files; or a stop, or a refusal in words."""

import json
from multiprocessing import active_children
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from window_fixtures import a_review, a_span, an_article, make_project, open_window

from annotation.exporting import Loss
from annotation.model import Annotations
from annotation.store import Entry
from storage import open_project
from ui.exporting import ExportDialog
from ui.loss_tree import LossTree
from ui.main_window import MainWindow

WORKING = 60_000


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Three articles: all complete, one layer complete, nothing complete."""
    entries = []
    for number, layers in enumerate((("entity", "discourse", "event"), ("discourse",), ())):
        article = an_article(f"Ilse Varga said {number} bridges would stay shut.")
        said = Annotations(
            spans=(
                a_span(article, "SOURCE", "Ilse Varga"),
                a_span(article, "PERSON", "Ilse Varga", "entity"),
            ),
            reviews=tuple(a_review(article, layer) for layer in layers),
        )
        entries.append(Entry(article, said))
    return make_project(tmp_path / "a.pressmark", *entries)


def dialog_of(qtbot: QtBot, window: MainWindow, out: Path) -> ExportDialog:
    window.actions_here.by_name["export"].trigger()
    dialog = window.findChild(ExportDialog)
    dialog.form.folder.setText(str(out))
    return dialog


def choose_jsonl(qtbot: QtBot, dialog: ExportDialog) -> None:
    dialog.form.format.setCurrentIndex(dialog.form.format.findData("jsonl"))
    qtbot.waitUntil(dialog.write.isEnabled, timeout=WORKING)


def test_losses_come_first_then_the_files_then_the_folder(
    qtbot: QtBot, tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    window = open_window(qtbot, project)
    out = tmp_path / "gold"
    dialog = dialog_of(qtbot, window, out)
    assert not dialog.write.isEnabled()
    qtbot.waitUntil(dialog.write.isEnabled, timeout=WORKING)
    choose_jsonl(qtbot, dialog)
    assert dialog.losses.counts == {"article": 1, "layer": 1}
    kinds = [dialog.losses.topLevelItem(i) for i in range(dialog.losses.topLevelItemCount())]
    assert {kind.text(0) for kind in kinds} == {"1 article left out", "1 layer left out"}
    assert all(kind.childCount() == 1 for kind in kinds)
    assert not out.exists()

    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.show_folder.isVisible, timeout=WORKING)
    assert dialog.state.text() == "2 articles with 3 spans and 0 relations written."
    assert dialog.rest.text().startswith(f"They are in {out}.")
    assert not dialog.rest.font().bold()
    lines = (out / "corpus.jsonl").read_text("utf-8").splitlines()
    assert [len(json.loads(line)["spans"]) for line in lines] == [2, 1]
    qtbot.mouseClick(dialog.show_folder, Qt.MouseButton.LeftButton)
    assert opened == [QUrl.fromLocalFile(str(out))]
    assert active_children() == []


def test_layers_and_how_much_change_what_would_be_lost(
    qtbot: QtBot, tmp_path: Path, project: Path
) -> None:
    window = open_window(qtbot, project)
    dialog = dialog_of(qtbot, window, tmp_path / "gold")
    choose_jsonl(qtbot, dialog)
    dialog.form.layers["entity"].click()
    assert not dialog.write.isEnabled()
    qtbot.waitUntil(dialog.write.isEnabled, timeout=WORKING)
    assert dialog.losses.counts == {"article": 1}
    dialog.form.how_much.setCurrentIndex(1)
    qtbot.waitUntil(dialog.write.isEnabled, timeout=WORKING)
    assert dialog.losses.counts == {}
    assert dialog.state.text() == "Nothing will be lost."
    for name in ("discourse", "event"):
        dialog.form.layers[name].click()
    assert dialog.state.text() == "Choose at least one layer."
    assert not dialog.write.isEnabled()


def test_a_folder_with_other_files_is_refused_in_words(
    qtbot: QtBot, tmp_path: Path, project: Path
) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "thesis.odt").write_bytes(b"years of work")
    window = open_window(qtbot, project)
    dialog = dialog_of(qtbot, window, out)
    choose_jsonl(qtbot, dialog)
    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QMessageBox)), timeout=WORKING)
    [box] = dialog.findChildren(QMessageBox)
    assert "holds no earlier export" in box.informativeText()
    box.close()
    assert dialog.state.text() == "Nothing was written."
    assert dialog.write.isEnabled()
    assert [path.name for path in out.iterdir()] == ["thesis.odt"]


@pytest.mark.parametrize("how", ["stop", "close"])
def test_stopped_it_leaves_nothing(qtbot: QtBot, tmp_path: Path, project: Path, how: str) -> None:
    window = open_window(qtbot, project)
    out = tmp_path / "gold"
    dialog = dialog_of(qtbot, window, out)
    choose_jsonl(qtbot, dialog)
    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    assert not dialog.form.isEnabled()
    if how == "stop":
        qtbot.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
        assert dialog.state.text() == "Stopped. The folder is as it was."
        assert dialog.write.isEnabled()
    else:
        dialog.close()
    assert active_children() == []
    assert [path.name for path in tmp_path.iterdir() if "gold" in path.name] == []


@pytest.mark.parametrize("how", ["button", "Esc", "frame"])
def test_the_dialog_closes(qtbot: QtBot, tmp_path: Path, project: Path, how: str) -> None:
    window = open_window(qtbot, project)
    dialog = dialog_of(qtbot, window, tmp_path / "gold")
    if how == "button":
        close = dialog.buttons.button(QDialogButtonBox.StandardButton.Close)
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    elif how == "Esc":
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    else:
        dialog.close()
    qtbot.waitUntil(lambda: not window.findChildren(ExportDialog))
    assert active_children() == []


def test_the_folder_can_be_chosen_and_is_remembered(
    qtbot: QtBot, tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    place = str(tmp_path / "elsewhere")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: place)
    window = open_window(qtbot, project)
    dialog = dialog_of(qtbot, window, tmp_path / "gold")
    qtbot.mouseClick(dialog.form.choose, Qt.MouseButton.LeftButton)
    assert dialog.form.out() == tmp_path / "elsewhere"
    choose_jsonl(qtbot, dialog)
    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.show_folder.isVisible, timeout=WORKING)
    dialog.close()
    window.actions_here.by_name["export"].trigger()
    again = [d for d in window.findChildren(ExportDialog) if d.isVisible()]
    assert again[0].form.out().parent == tmp_path


def test_a_read_only_project_can_be_exported(qtbot: QtBot, tmp_path: Path, project: Path) -> None:
    first = open_project(project)
    window = open_window(qtbot, project)
    dialog = dialog_of(qtbot, window, tmp_path / "gold")
    choose_jsonl(qtbot, dialog)
    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.show_folder.isVisible, timeout=WORKING)
    assert (tmp_path / "gold" / "corpus.jsonl").exists()
    first.close()


def test_each_format_is_offered_a_folder_of_its_own(
    qtbot: QtBot, tmp_path: Path, project: Path
) -> None:
    window = open_window(qtbot, project)
    dialog = ExportDialog(window.bridge, window.projects.doors, window)
    form = dialog.form
    form.format.setCurrentIndex(form.format.findData("jsonl"))
    lossless = form.out()
    form.format.setCurrentIndex(form.format.findData("docbin"))
    assert form.out() != lossless
    assert form.out().name == "a-docbin"
    form.folder.setText(str(tmp_path / "mine"))
    form.format.setCurrentIndex(form.format.findData("jsonl"))
    assert form.out() == tmp_path / "mine"
    dialog.close()


def test_no_line_of_the_losses_is_cut(qtbot: QtBot) -> None:
    tree = LossTree()
    qtbot.addWidget(tree)
    tree.resize(420, 300)
    tree.add(Loss("A long title of an article " * 3, "a", "b", "words", "overlap", "was left out"))
    tree.show()
    row = tree.model().index(0, 0, tree.model().index(0, 0))
    line = tree.fontMetrics().height()
    qtbot.waitUntil(lambda: tree.visualRect(row).height() >= 2 * line)
    tree.resize(1600, 300)
    qtbot.waitUntil(lambda: tree.visualRect(row).height() < 2 * line)
