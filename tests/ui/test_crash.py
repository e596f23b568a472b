"""What the program does when it fails itself."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from annotation.errors import ProjectError
from ui.crash import CrashHook
from ui.places import data_folder


def fails_here() -> None:
    raise ZeroDivisionError("no such thing")


def fails_there() -> None:
    raise KeyError("neither this")


def dialogs() -> list[QMessageBox]:
    return [
        w for w in QApplication.topLevelWidgets() if w.objectName() == "crash" and w.isVisible()
    ]


def reports() -> list[Path]:
    return sorted(data_folder().glob("crash-*.txt"))


@pytest.fixture
def hook(qtbot: QtBot) -> Iterator[Callable[[Callable[[], None]], None]]:
    hook = CrashHook()

    def fail(function: Callable[[], None]) -> None:
        try:
            function()
        except Exception:
            hook.receive(*sys.exc_info())  # type: ignore[arg-type]

    yield fail
    for dialog in dialogs():
        dialog.close()


def test_an_unexpected_error_is_told_and_its_report_saved(hook) -> None:
    hook(fails_here)
    (dialog,) = dialogs()
    (report,) = reports()
    assert "Your work is safe" in dialog.informativeText()
    assert str(report) in dialog.informativeText()
    text = report.read_text("utf-8")
    assert "ZeroDivisionError: no such thing" in text
    assert "in fails_here" in text
    assert dialog.detailedText() == text


def test_an_error_that_comes_again_is_told_once(qtbot: QtBot, hook) -> None:
    for _ in range(3):
        hook(fails_here)
    assert len(dialogs()) == len(reports()) == 1
    dialogs()[0].close()
    hook(fails_here)
    assert not dialogs()
    assert len(reports()) == 1


def test_one_dialog_at_a_time_but_every_error_on_record(hook) -> None:
    hook(fails_here)
    hook(fails_there)
    assert len(dialogs()) == 1
    assert any("neither this" in report.read_text("utf-8") for report in reports())
    dialogs()[0].close()
    hook(fails_there)
    assert not dialogs()


def test_a_report_that_cannot_be_saved_is_shown_all_the_same(hook) -> None:
    folder = data_folder()
    folder.rmdir()
    folder.write_text("in the way")
    hook(fails_here)
    (dialog,) = dialogs()
    assert "could not be saved" in dialog.informativeText()
    assert "ZeroDivisionError" in dialog.detailedText()


def out_of_reach() -> None:
    raise ProjectError("study.pressmark is gone. Plug the disk in again.")


def test_what_a_person_can_mend_is_told_in_its_own_words(hook) -> None:
    hook(out_of_reach)
    (dialog,) = dialogs()
    assert dialog.informativeText() == "study.pressmark is gone. Plug the disk in again."
    assert not reports()


def test_an_error_in_a_thread_is_told_as_well(
    qtbot: QtBot, hook: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    own = CrashHook()
    own.install()
    thread = threading.Thread(target=fails_there)
    thread.start()
    qtbot.waitUntil(lambda: len(dialogs()) == 1)
    thread.join()
    (report,) = reports()
    assert "in fails_there" in report.read_text("utf-8")


def test_the_report_is_opened_by_a_button(
    qtbot: QtBot, hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    hook(fails_here)
    (dialog,) = dialogs()
    button = next(b for b in dialog.buttons() if b.text() == "Open the report")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [Path(url.toLocalFile()) for url in opened] == reports()
