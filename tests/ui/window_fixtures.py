"""Real windows on real project files, for the tests of the panels."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotation.codebook_file import default_codebook, read_codebook
from annotation.ids import new_id, now
from annotation.model import (
    Annotations,
    Argument,
    Article,
    Change,
    Relation,
    Review,
    Span,
    Suggestion,
)
from annotation.models import BUNDLED
from annotation.store import Entry, Store
from storage import create_project, open_project, opens_for_reading
from storage.backups import BackupFolder
from storage.protecting import ProjectLocks
from ui.doors import Doors
from ui.main_window import MainWindow
from ui.places import data_folder

TEXT = "Ilse Varga said the bridge would stay shut. Tomas Oren denied it on Friday."
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def an_article(text: str = TEXT, title: str = "", **known: object) -> Article:
    """Return an article that differs from all others."""
    digest = sha256(text.encode()).hexdigest()
    found = {"title": title or text[:30], "imported_at": now(), **known}
    return Article(new_id(), text, digest, **found)  # type: ignore[arg-type]


def a_span(article: Article, label: str, words: str, layer: str = "discourse", **said) -> Span:
    """Return a span over these words."""
    start, at = article.text.index(words), now()
    return Span(
        new_id(), article.id, layer, label, ((start, start + len(words)),), (words,), "ada",
        "manual", 1, at, at, **said,
    )  # fmt: skip


def a_suggestion(article: Article, label: str, words: str) -> Suggestion:
    """Return a pending entity over these words."""
    start = article.text.index(words)
    return Suggestion(
        new_id(), article.id, "entity", label, ((start, start + len(words)),), (words,),
        BUNDLED.author, now(), 0.5,
    )  # fmt: skip


def a_relation(label: str, **arguments: Span) -> Relation:
    """Return a relation of these spans, named by their roles."""
    at = now()
    spans = list(arguments.values())
    members = tuple(Argument(role, span.id) for role, span in arguments.items())
    return Relation(
        new_id(), spans[0].article_id, label, members, "ada", "manual", 1, at, at
    )  # fmt: skip


def a_review(article: Article, layer: str, annotator: str = "ada") -> Review:
    """Return that a layer is complete."""
    return Review(article.id, annotator, layer, "complete", now())


def make_project(path: Path, *entries: Entry, seen: bool = True) -> Path:
    """Make a project; `seen` means that the model has been through its articles."""
    store = create_project(path, default_codebook())
    store.add_entries(entries, "ada")
    for entry in entries if seen else ():
        nothing = Change(new_id(), "Nothing", entry.article.id, "ada", now(), undoable=False)
        store.store_run(entry.article.id, BUNDLED.author, nothing)
    store.close()
    return path


def worked_project(path: Path) -> tuple[Path, Entry]:
    """Make a project of one article with a claim, its source and cue, and two suggestions."""
    article = an_article()
    source = a_span(article, "SOURCE", "Ilse Varga")
    cue = a_span(article, "CUE", "said")
    claim = a_span(article, "CLAIM", "the bridge would stay shut")
    other = a_span(article, "SOURCE", "Tomas Oren")
    relation = a_relation("ATTRIBUTION", claim=claim, source=source, cue=cue)
    suggestions = (
        a_suggestion(article, "PERSON", "Ilse Varga"),
        a_suggestion(article, "DATE", "Friday"),
    )
    said = Annotations((source, cue, claim, other), (relation,), suggestions)
    entry = Entry(article, said)
    return make_project(path, entry), entry


def many(count: int, **known: object) -> Sequence[Entry]:
    """Return articles with a number in their text."""
    return [Entry(an_article(f"Article number {n}.", **known)) for n in range(1, count + 1)]


def backups() -> BackupFolder:
    """Return the backups of all projects, in this test's home."""
    return BackupFolder(data_folder() / "backups")


def locks() -> ProjectLocks:
    """Return the passwords of projects, and of their backups."""
    return ProjectLocks(backups())


def _create(path: Path, codebook: Path | None, password: str | None) -> Store:
    book = read_codebook(codebook) if codebook else default_codebook()
    return create_project(path, book, password=password)


def the_window(qtbot: QtBot, sample: Path | None = None, annotator: str = "ada") -> MainWindow:
    """Show a window without a project; it is closed, with its project, at the end of the test."""
    use_own_settings()
    doors = Doors(
        partial(open_project, update=None),
        _create,
        opens_for_reading,
        lambda: sample,
        backups,
        locks,
        lambda path, tell: open_project(path, update=tell).close(),
    )
    window = MainWindow(doors, annotator)
    qtbot.addWidget(window, before_close_func=lambda w: w.close())
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def open_window(qtbot: QtBot, project: Path, annotator: str = "ada") -> MainWindow:
    """Show a window on a project."""
    window = the_window(qtbot, annotator=annotator)
    assert window.projects.open(project)
    if window.bridge.document is None:
        qtbot.waitUntil(window.workspace.empty.isVisible)
    else:
        qtbot.waitUntil(lambda: window.canvas.isVisible() and window.canvas.hasFocus())
    return window


def use_own_settings() -> None:
    """Keep settings in this test's home: Qt remembers the one that it found first."""
    import os

    home = os.environ["XDG_CONFIG_HOME"]
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, home)


def drop(window: MainWindow, *paths: Path) -> None:
    """Drag files onto the window and let them go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(40, 40), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(40, 40), copy, data, left, none))


def renamed(entry: Entry, **known: object) -> Entry:
    """Return an entry whose article has other metadata."""
    return replace(entry, article=replace(entry.article, **known))  # type: ignore[arg-type]


def settings_project(path: Path) -> None:
    """Have a project among those opened last, as if another window had opened it."""
    from ui import settings

    settings.remember_project(path)
