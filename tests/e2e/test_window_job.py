"""The whole job through the window: real keys and clicks, a real project, the real model."""

import json
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QMessageBox
from pytestqt.qtbot import QtBot

from annotation.codebook_file import default_codebook
from annotation.model import Span
from storage import create_project, open_project
from storage.backups import BackupFolder
from storage.protecting import ProjectLocks
from ui.doors import Doors
from ui.exporting import ExportDialog
from ui.main_window import MainWindow
from ui.places import data_folder

TEXT = (
    "Ilse Varga denied on Friday that the harbour bridge had been closed too late. "
    "The dockers’ union 🚢 called the closure “a disgrace”.\n"
    "Two letters, said the port director, were delivered to the ministry in Stellmark."
)
CLAIM = "that the harbour bridge had been closed too late"


def reading(path: Path) -> partial:
    return partial(open_project, path, read_only=True)


def no_sample() -> Path:
    raise AssertionError("the sample is not wanted here")


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    doors = Doors(
        open_project,
        lambda path, _, password: create_project(path, default_codebook()),
        reading,
        no_sample,
        lambda: BackupFolder(data_folder() / "backups"),
        lambda: ProjectLocks(BackupFolder(data_folder() / "backups")),
        lambda path, tell: None,
    )
    window = MainWindow(doors, "ada")
    qtbot.addWidget(window, before_close_func=lambda w: w.close())
    with qtbot.waitExposed(window):
        window.show()
    return window


class Hands:
    """What a researcher does with mouse and keyboard."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window

    @property
    def text(self) -> str:
        return self.window.canvas.document.article.text

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.window.canvas, key, modifier)

    def place(self, position: int) -> QPoint:
        return self.window.canvas.caret_rect(position).center().toPoint()

    def drag(self, words: str) -> None:
        """Drag from within the first word to the end of the last: whole words get selected."""
        start = self.text.index(words)
        viewport = self.window.canvas.viewport()
        first, last = self.place(start + 1), self.place(start + len(words))
        self.qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=first)
        self.qtbot.mouseMove(viewport, (first + last) / 2)
        self.qtbot.mouseMove(viewport, last)
        self.qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=last)

    def tag(self, words: str, key: Qt.Key) -> Span:
        self.drag(words)
        self.key(key)
        picked = self.window.canvas.picked
        assert isinstance(picked, Span)
        assert picked.quotation == (words,)
        return picked

    def drop(self, *paths: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        no_keys, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        copy = Qt.DropAction.CopyAction
        enter = QDragEnterEvent(QPoint(40, 40), copy, data, left, no_keys)
        QApplication.sendEvent(self.window, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(self.window, QDropEvent(QPointF(40, 40), copy, data, left, no_keys))


def test_from_an_article_to_a_gold_corpus(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    hands = Hands(qtbot, window)
    project, article = tmp_path / "study.pressmark", tmp_path / "bridge.txt"
    article.write_text(TEXT, "utf-8")

    # A project, an article dropped on the window, and the model's suggestions.
    assert window.projects.create(project)
    hands.drop(article)
    qtbot.waitUntil(lambda: window.workspace.bridge.document is not None, timeout=20_000)
    assert hands.text == TEXT
    document = window.workspace.bridge.document
    qtbot.waitUntil(lambda: document.count_pending() > 0, timeout=60_000)
    suggested = document.pending_suggestions()

    # Accept the first, reject the second, by keys; undo and do again.
    window.canvas.setFocus()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_X):
        hands.key(key)
    assert document.count_pending() == len(suggested) - 2
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.count_pending() == len(suggested) - 1
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Z, both)
    assert document.count_pending() == len(suggested) - 2

    # A claim with its source and its cue, linked by the letters shown on them.
    source = hands.tag("Ilse Varga", Qt.Key.Key_S)
    cue = hands.tag("denied", Qt.Key.Key_Q)
    claim = hands.tag(CLAIM, Qt.Key.Key_C)
    hands.key(Qt.Key.Key_Escape)  # the card of the claim
    hands.key(Qt.Key.Key_A)
    window.canvas.viewport().repaint()
    letters = {i: code for code, i in window.canvas.link_mode.letters.codes.items()}
    for span in (source, cue):
        qtbot.keyClicks(window.canvas, letters[span.id])
    hands.key(Qt.Key.Key_Return)
    assert window.status.message.text() == "Linked Attribution."
    (attribution,) = document.relations_of(claim.id)
    assert [(a.role, a.span_id) for a in attribution.arguments] == [
        ("claim", claim.id),
        ("source", source.id),
        ("cue", cue.id),
    ]

    # Past the emoji every offset still fits; a discontinuous claim gets its second half.
    hands.tag("The dockers’ union 🚢", Qt.Key.Key_S)
    half = hands.tag("Two letters", Qt.Key.Key_C)
    hands.drag("were delivered to the ministry in Stellmark")
    hands.key(Qt.Key.Key_Plus)
    whole = document.span(half.id)
    assert whole.quotation == ("Two letters", "were delivered to the ministry in Stellmark")

    # Everything looked at: the layers are complete.
    for box in window.workspace.palette_panel.findChildren(QCheckBox):
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert {r.layer for r in document.reviews() if r.state == "complete"} == {
        "entity",
        "discourse",
        "event",
    }

    # The gold corpus, by the dialog.
    window.ask_export()
    (dialog,) = window.findChildren(ExportDialog)
    dialog.form.folder.setText(str(tmp_path / "gold"))
    dialog.form.format.setCurrentIndex(dialog.form.format.findData("jsonl"))
    qtbot.waitUntil(dialog.write.isEnabled, timeout=30_000)
    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    corpus = tmp_path / "gold" / "corpus.jsonl"
    qtbot.waitUntil(corpus.exists, timeout=30_000)
    line = json.loads(corpus.read_text("utf-8"))
    assert {span["id"] for span in line["spans"]} == {
        span.id for span in document.spans_between(0, len(TEXT))
    }
    assert [relation["id"] for relation in line["relations"]] == [attribution.id]
    dialog.close()

    # Closed and opened again: one file, everything there, and undo goes on.
    window.close()
    assert not list(tmp_path.glob("study.pressmark-*"))
    second = MainWindow(window.projects.doors, "ada")
    qtbot.addWidget(second, before_close_func=lambda w: w.close())
    second.start(project)
    again = second.workspace.bridge.document
    assert again.relations_of(claim.id) == [attribution]
    second.bridge.undo()
    assert len([r for r in again.reviews() if r.state == "complete"]) == 2


def test_a_second_window_only_reads_and_says_why(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    project = tmp_path / "study.pressmark"
    window.projects.create(project)
    other = MainWindow(window.projects.doors, "bob")
    qtbot.addWidget(other, before_close_func=lambda w: w.close())
    other.show()
    other.start(project)
    assert "open in another window" in other.workspace.banner.text()
    assert not other.workspace.banner.isHidden()
    assert not other.actions_here.by_name["import"].isEnabled()


@pytest.mark.parametrize("content", [b"", b"just words", b"SQLite format 3\0" + bytes(4096)])
def test_what_is_no_project_is_told_and_left_alone(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "other.pressmark"
    path.write_bytes(content)
    assert not window.projects.open(path)
    box = QApplication.activeModalWidget() or next(iter(window.findChildren(QMessageBox)))
    assert "other.pressmark" in (box.text() + box.informativeText())
    box.close()
    assert path.read_bytes() == content
    assert window.workspace is None
