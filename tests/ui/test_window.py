"""The window as a whole: projects come and go, nothing is lost, there is always a way on."""

import re
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QPalette
from PySide6.QtWidgets import (
    QFileDialog,
    QInputDialog,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from window_fixtures import (
    CONTROL,
    SHIFT,
    backups,
    drop,
    locks,
    make_project,
    many,
    open_window,
    the_window,
    use_own_settings,
    worked_project,
)

from annotation.codebook_file import default_codebook, read_codebook
from annotation.errors import ProjectError
from storage import create_project, open_project, opens_for_reading
from ui import settings
from ui.doors import Doors
from ui.look import palette_of, style_sheet
from ui.main_window import MainWindow
from ui.new_project import NewProject
from ui.start_page import StartPage
from ui.theme import THEMES, contrast

LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


def is_free(project: Path) -> bool:
    """Tell whether nobody holds a project: it is one file, and can be written."""
    store = open_project(project)
    free = not store.read_only
    store.close()
    return free and not list(project.parent.glob(f"{project.name}-*"))


def told(window: MainWindow) -> str:
    """Return the problem on screen."""
    boxes = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    return " ".join(f"{box.text()} {box.informativeText()}" for box in boxes)


def start_page(window: MainWindow) -> StartPage:
    page = window.centralWidget()
    assert isinstance(page, StartPage)
    return page


# -- which project


def test_without_a_project_the_sample_is_opened(qtbot: QtBot, tmp_path: Path) -> None:
    sample = make_project(tmp_path / "sample.pressmark", *many(2))
    window = the_window(qtbot, sample)
    window.start(None)
    assert window.windowTitle() == "sample – Pressmark"
    assert window.bridge.document.article.title == "Article number 1."


def test_without_a_project_the_one_of_last_time_is_opened(qtbot: QtBot, tmp_path: Path) -> None:
    last = make_project(tmp_path / "last.pressmark", *many(1))
    open_window(qtbot, last).close()
    window = the_window(qtbot, make_project(tmp_path / "sample.pressmark"))
    window.start(None)
    assert window.workspace.store.path == last


def test_where_last_times_project_is_gone_there_is_the_sample(qtbot: QtBot, tmp_path: Path) -> None:
    last = make_project(tmp_path / "last.pressmark", *many(1))
    open_window(qtbot, last).close()
    last.unlink()
    window = the_window(qtbot, make_project(tmp_path / "sample.pressmark"))
    window.start(None)
    assert window.workspace.store.path.name == "sample.pressmark"
    assert told(window) == ""


def test_a_window_without_a_project_offers_three_ways_on(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = make_project(tmp_path / "sample.pressmark", *many(1))
    window = the_window(qtbot, sample)
    window.start(tmp_path / "missing.pressmark")
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), StartPage))
    assert "missing.pressmark" in told(window)
    enabled = {n for n, a in window.actions_here.by_name.items() if a.isEnabled()}
    files = {"new", "open", "sample", "annotator", "quit"}
    others = {"commands", "keys", "change_keys", "welcome", "about", "models", "team"}
    assert enabled == files | others | {"self_test", "updates"}
    buttons = {b.objectName(): b for b in start_page(window).findChildren(QPushButton)}
    assert set(buttons) == {"new", "open", "sample"}
    qtbot.mouseClick(buttons["sample"], LEFT)
    assert window.workspace.store.path == sample


def test_a_project_without_articles_offers_to_import(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(qtbot, make_project(tmp_path / "a.pressmark"))
    asked: list[str] = []
    monkeypatch.setattr(
        QFileDialog, "getOpenFileNames", lambda *a: (asked.append("files") or [], "")
    )
    button = window.workspace.empty.findChild(QPushButton, "import")
    qtbot.mouseClick(button, LEFT)
    assert asked == ["files"]


# -- changing projects


def test_another_project_closes_the_one_before(qtbot: QtBot, tmp_path: Path) -> None:
    one = make_project(tmp_path / "one.pressmark", *many(1))
    two = make_project(tmp_path / "two.pressmark", *many(2))
    window = open_window(qtbot, one)
    drop(window, two)
    assert window.windowTitle() == "two – Pressmark"
    assert window.status.place.text() == "Article 1 of 2"
    assert is_free(one)
    qtbot.waitUntil(lambda: window.canvas.isVisible() and window.canvas.hasFocus())
    qtbot.keyClick(window.canvas, "c")
    assert len(window.bridge.document.spans_between(0, 99)) == 1
    window.close()
    assert is_free(two)


def test_a_project_that_cannot_be_opened_leaves_everything_as_it_is(
    qtbot: QtBot, tmp_path: Path
) -> None:
    one = make_project(tmp_path / "one.pressmark", *many(1))
    window = open_window(qtbot, one)
    other = tmp_path / "other.pressmark"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE recipes (cake TEXT)")
    connection.close()
    before = other.read_bytes()
    drop(window, other)
    assert "other.pressmark" in told(window)
    assert window.workspace.store.path == one
    qtbot.keyClick(window.canvas, "c")
    assert len(window.bridge.document.spans_between(0, 99)) == 1
    assert other.read_bytes() == before


def test_the_project_on_screen_is_not_opened_again(qtbot: QtBot, tmp_path: Path) -> None:
    one = make_project(tmp_path / "one.pressmark", *many(1))
    window = open_window(qtbot, one)
    workspace = window.workspace
    drop(window, one)
    assert window.workspace is workspace
    assert not workspace.store.read_only


def test_an_empty_project_shows_no_place_of_the_one_before(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, worked_project(tmp_path / "study.pressmark")[0])
    assert window.status.place.text().startswith("Article 1 of")
    window.show_project(create_project(tmp_path / "empty.pressmark", default_codebook()))
    assert window.status.place.text() == ""


def test_a_new_project_by_the_dialog(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, make_project(tmp_path / "one.pressmark", *many(1)))
    qtbot.keyClick(window, Key.Key_N, CONTROL)
    (dialog,) = window.findChildren(NewProject)
    dialog.path.setText(str(tmp_path / "fresh"))
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.path, Key.Key_Return)
    assert window.workspace.store.path == tmp_path / "fresh.pressmark"
    qtbot.waitUntil(window.workspace.empty.isVisible)


def test_all_errors_of_a_codebook_are_listed(qtbot: QtBot, tmp_path: Path) -> None:
    use_own_settings()
    doors = Doors(
        open_project,
        lambda path, file, _: create_project(
            path, read_codebook(file) if file else default_codebook()
        ),
        opens_for_reading,
        lambda: tmp_path / "none",
        backups,
        locks,
        lambda path, tell: None,
    )
    window = MainWindow(doors, "ada")
    qtbot.addWidget(window, before_close_func=lambda w: w.close())
    window.show()
    codebook = tmp_path / "mine.toml"
    codebook.write_text(
        'format = "pressmark-codebook/1"\nname = "Mine"\n[[layer]]\nname = "a"\n'
        '[[label]]\nlayer = "b"\nname = "X"\ncolor = "red"\n',
        "utf-8",
    )
    assert not window.projects.create(tmp_path / "new.pressmark", codebook)
    (listed,) = [t for t in window.findChildren(QPlainTextEdit) if t.isVisible()]
    lines = listed.toPlainText().splitlines()
    assert listed.accessibleName() == "The project cannot be made. There are 2 reasons:"
    assert [line.split(":")[:2] for line in lines] == [["mine.toml", "6"], ["mine.toml", "8"]]
    assert not (tmp_path / "new.pressmark").exists()


# -- who, where, how


def test_the_annotators_name_is_asked_for_and_remembered(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_project(tmp_path / "a.pressmark", *many(1))
    window = open_window(qtbot, path)
    assert window.status.annotator.text() == "ada"
    monkeypatch.setattr(QInputDialog, "getText", lambda *a, **k: ("  Bea  ", True))
    qtbot.mouseClick(window.status.annotator, LEFT)
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, "c")
    (span,) = window.bridge.document.spans_between(0, 99)
    assert span.annotator == "Bea"
    window.close()
    assert open_window(qtbot, path).status.annotator.text() == "Bea"


def test_f6_goes_round_the_panels(qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(qtbot, worked_project(tmp_path / "a.pressmark")[0])
    workspace = window.workspace

    def here() -> str:
        focus = window.focusWidget()
        panels = {
            "list": workspace.articles,
            "text": workspace.canvas,
            "suggestions": workspace.review_bar,
            "labels": workspace.palette_panel,
            "inspector": workspace.inspector,
        }
        return next(n for n, p in panels.items() if focus is p or p.isAncestorOf(focus))

    claim = next(s for s in window.bridge.document.spans_between(0, 999) if s.label == "CLAIM")
    window.canvas.pick(claim.id)
    qtbot.waitUntil(workspace.inspector.span.isVisible)
    seen = []
    qtbot.waitUntil(workspace.review_bar.isVisible)
    for _ in range(5):
        qtbot.keyClick(window, Key.Key_F6)
        seen.append(here())
    assert seen == ["suggestions", "labels", "inspector", "list", "text"]
    qtbot.keyClick(window, Key.Key_F6, SHIFT)
    assert here() == "list"
    qtbot.keyClick(window.focusWidget(), Key.Key_Escape)
    assert here() == "text"


def test_sizes_are_restored(qtbot: QtBot, tmp_path: Path) -> None:
    path = make_project(tmp_path / "a.pressmark", *many(1))
    window = open_window(qtbot, path)
    assert window.articles.isVisible()  # the panels have sizes of their own, once they are there
    window.resize(760, 640)
    splitter = window.workspace._columns
    splitter.setSizes([200, 300, 260])
    qtbot.waitUntil(lambda: window.width() == 760)
    sizes = splitter.sizes()
    window.close()
    again = open_window(qtbot, path)
    assert (again.width(), again.height()) == (760, 640)
    qtbot.waitUntil(lambda: again.workspace._columns.sizes() == sizes)


def test_a_maximised_window_is_so_again(qtbot: QtBot, tmp_path: Path) -> None:
    path = make_project(tmp_path / "a.pressmark", *many(1))
    window = open_window(qtbot, path)
    window.showMaximized()
    qtbot.waitUntil(window.isMaximized)
    window.close()
    assert open_window(qtbot, path).isMaximized()


def test_a_full_disk_is_told_and_nothing_is_shown_that_is_not_kept(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = make_project(tmp_path / "a.pressmark", *many(1))
    window = open_window(qtbot, path)
    store = window.workspace.store

    def full(change: object) -> None:
        raise ProjectError("The disk is full. Make room and try again; nothing was changed.")

    store.apply = full
    qtbot.keyClick(window.canvas, "c")
    assert window.bridge.document.spans_between(0, 99) == []
    assert window.status.message.text().startswith("The disk is full.")
    assert window.status.message.toolTip() == window.status.message.text()
    del store.apply
    qtbot.keyClick(window.canvas, "c")
    assert len(window.bridge.document.spans_between(0, 99)) == 1


def test_recent_projects_are_in_the_menu(qtbot: QtBot, tmp_path: Path) -> None:
    paths = [make_project(tmp_path / f"{name}.pressmark", *many(1)) for name in ("a & b", "c")]
    window = open_window(qtbot, paths[0])
    file = next(a.menu() for a in window.menuBar().actions() if a.text() == "&File")
    recent = next(a.menu() for a in file.actions() if a.text() == "Open recent")
    file.aboutToShow.emit()
    assert not recent.isEnabled()
    assert window.projects.open(paths[1])
    file = next(a.menu() for a in window.menuBar().actions() if a.text() == "&File")
    recent = next(a.menu() for a in file.actions() if a.text() == "Open recent")
    file.aboutToShow.emit()
    [action] = recent.actions()
    assert action.text().startswith("a && b\t")
    assert action.toolTip() == str(paths[0])
    action.trigger()
    assert window.workspace.store.path == paths[0]


def test_every_control_can_be_told_by_ear(qtbot: QtBot, tmp_path: Path) -> None:
    path, entry = worked_project(tmp_path / "a.pressmark")
    window = open_window(qtbot, path)
    window.inspector.prepare()
    claim = next(s for s in entry.annotations.spans if s.label == "CLAIM")
    window.canvas.pick(claim.id)
    window.inspector.refresh()
    reached = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.window() is window
    ]
    assert len(reached) > 30
    nameless = [
        widget
        for widget in reached
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []


def test_a_link_that_is_made_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    path, entry = worked_project(tmp_path / "a.pressmark")
    window = open_window(qtbot, path)
    other = next(s for s in entry.annotations.spans if s.quotation == ("Tomas Oren",))
    claim = next(s for s in entry.annotations.spans if s.label == "CLAIM")
    window.canvas.pick(claim.id)
    qtbot.keyClick(window.canvas, "a")
    assert "Esc" in window.status.message.text()
    window.canvas.viewport().repaint()
    letters = {i: code for code, i in window.canvas.link_mode.letters.codes.items()}
    qtbot.keyClicks(window.canvas, letters[other.id])
    qtbot.keyClick(window.canvas, Key.Key_Return)
    assert window.status.message.text() == "Linked Attribution."


def test_scroll_bars_follow_the_theme() -> None:
    for theme in THEMES:
        grip = QColor(re.search(r"handle {{? background: (#\w+)", style_sheet(theme)).group(1))
        panel = palette_of(theme).color(QPalette.ColorRole.Window)
        assert contrast(grip, panel) >= 3.0
        assert contrast(grip, theme.page) >= 3.0


def test_fields_have_an_edge_that_can_be_seen() -> None:
    for theme in THEMES:
        edge = QColor(re.search(r"border: 1px solid (#\w+)", style_sheet(theme)).group(1))
        for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
            assert contrast(edge, palette_of(theme).color(role)) >= 3.0


def test_settings_survive_names_of_any_kind(tmp_path: Path) -> None:
    use_own_settings()
    project = tmp_path / "ein/Über [x] % y.pressmark"
    settings.remember_article(project, "some-id")
    assert settings.last_article(project) == "some-id"
    assert settings.last_article(tmp_path / "other.pressmark") == ""


def test_it_fits_on_a_small_screen_the_first_time(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = SimpleNamespace(availableSize=lambda: QSize(1366, 768))
    monkeypatch.setattr(MainWindow, "screen", lambda window: small)
    assert the_window(qtbot).size() == QSize(1280, 720)
