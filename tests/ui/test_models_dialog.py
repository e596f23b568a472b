"""The dialog of the language models: add, choose, highlight, remove."""

import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from window_fixtures import an_article, make_project, open_window

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "annotation"))

from making_models import configure, make_model

from annotation.models import BUNDLED
from annotation.store import Entry
from ui import settings
from ui.main_window import MainWindow
from ui.models_dialog import ModelsDialog

LEFT = Qt.MouseButton.LeftButton
SOON = 60_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_model(tmp_path_factory.mktemp("made") / "model", ner=False)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    article = Entry(an_article("They met in Lisbon."))
    return open_window(qtbot, make_project(tmp_path / "a.pressmark", article))


def dialog_of(qtbot: QtBot, window: MainWindow) -> ModelsDialog:
    window.actions_here.by_name["models"].trigger()
    dialog = window.findChild(ModelsDialog)
    qtbot.waitUntil(lambda: dialog.chosen is not None)
    return dialog


def lines(dialog: ModelsDialog) -> list[str]:
    items = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    return [" ".join(item.text(column) for column in range(6)).strip() for item in items]


def test_a_model_is_added_chosen_highlights_and_is_removed(
    qtbot: QtBot, window: MainWindow, made: Path
) -> None:
    dialog = dialog_of(qtbot, window)
    assert dialog.chosen == BUNDLED
    assert lines(dialog)[0].endswith("English MIT comes with Pressmark ✓ pre-highlights")
    assert not dialog.remove.isEnabled()

    dialog.add(made)
    assert not dialog.file.isEnabled()
    qtbot.waitUntil(lambda: "xx_tiny 1.0.0 is added" in dialog.message.text(), timeout=SOON)
    qtbot.waitUntil(lambda: dialog.chosen.name == "xx_tiny")
    assert "licence: CC0" in dialog.message.text()

    qtbot.mouseClick(dialog.use, LEFT)
    qtbot.waitUntil(lambda: lines(dialog)[1].endswith("CC0 added by you ✓ pre-highlights"))
    assert settings.model() == "xx_tiny 1.0.0"
    store = window.workspace.store
    qtbot.waitUntil(lambda: store.counts()["suggestions pending"] == 1, timeout=SOON)
    article_id = window.bridge.document.article.id
    assert [s.author for s in store.all_suggestions(article_id)] == ["xx_tiny 1.0.0"]

    qtbot.mouseClick(dialog.remove, LEFT)
    qtbot.waitUntil(lambda: lines(dialog)[0].endswith("✓ pre-highlights"))
    assert (len(lines(dialog)), settings.model()) == (1, None)


def test_what_is_refused_is_said_and_nothing_is_added(
    qtbot: QtBot, window: MainWindow, made: Path, tmp_path: Path
) -> None:
    bad = Path(shutil.copytree(made, tmp_path / "bad"))
    configure(bad, 'factory = "entity_ruler"', 'factory = "evil"')
    dialog = dialog_of(qtbot, window)
    dialog.add(bad)
    qtbot.waitUntil(lambda: dialog.message.text() == "Nothing was added.", timeout=SOON)
    box = dialog.findChild(QMessageBox)
    assert "Code of a model is not run" in box.informativeText()
    box.close()
    assert len(lines(dialog)) == 1


def test_closing_ends_the_process_and_adds_nothing(
    qtbot: QtBot, window: MainWindow, made: Path
) -> None:
    dialog = dialog_of(qtbot, window)
    dialog.add(made)
    process = dialog._job._process
    dialog.reject()
    assert not process.is_alive()
    assert len(lines(dialog_of(qtbot, window))) == 1


def test_a_model_that_was_chosen_and_is_gone_is_said(qtbot: QtBot, window: MainWindow) -> None:
    settings.remember_model("fr_core_news_sm 3.8.0")
    window.actions_here.by_name["models"].trigger()
    dialog = window.findChild(ModelsDialog)
    qtbot.waitUntil(lambda: "not there any more" in dialog.message.text())
    assert "✓" not in lines(dialog)[0]
    with qtbot.waitSignal(window.bridge.refused, timeout=SOON) as said:
        window.workspace.prehighlighting.begin()
    assert "No language model called fr_core_news_sm 3.8.0 is installed" in said.args[0]
