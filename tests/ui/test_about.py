"""Help ▸ About, and the licences of what is shipped."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QListWidget, QPlainTextEdit, QPushButton, QWidget

from annotation import VERSION
from annotation.licences import Component
from ui import about


def _button(box, words):
    return next((b for b in box.findChildren(QPushButton) if b.text() == words), None)


def test_it_names_the_version_and_what_it_is_made_of(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    box = about.AboutBox(parent)
    words = [label.text() for label in box.findChildren(QLabel)]
    assert f"Pressmark {VERSION} (from source)" in words and "spacy" in words
    _button(box, "Copy").click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == f"Pressmark: {VERSION} (from source)" and len(lines) > 5
    assert _button(box, "Licences…") is None  # from source nothing is shipped


def test_it_shows_the_licence_of_each_part(qtbot, tmp_path, monkeypatch):
    parts = [Component(name, "1", "MIT", tmp_path / f"{name}.txt") for name in ("qt", "spacy")]
    for part in parts:
        part.file.write_text(f"the terms of {part.name}")
    monkeypatch.setattr(about, "shipped", lambda: parts)
    parent = QWidget()
    qtbot.addWidget(parent)
    box = about.AboutBox(parent)
    _button(box, "Licences…").click()
    licences = box.findChild(about.Licences)
    text = licences.findChild(QPlainTextEdit)
    assert text.toPlainText().endswith("the terms of qt")
    licences.findChild(QListWidget).setCurrentRow(1)
    assert text.toPlainText() == "spacy 1\nMIT\n\nthe terms of spacy"
