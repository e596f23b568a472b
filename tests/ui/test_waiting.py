"""Work aside: the window lives on, and can break it off."""

from threading import Event, get_ident

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget
from pytestqt.qtbot import QtBot

from annotation.errors import ProjectError
from ui.waiting import in_a_thread


def test_what_is_done_aside_comes_back_or_is_raised(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert in_a_thread(window, "Working", get_ident, lambda: None) != get_ident()

    def fail() -> None:
        raise ProjectError("The disk is full.")

    with pytest.raises(ProjectError, match="full"):
        in_a_thread(window, "Working", fail, lambda: None)


def test_long_work_shows_that_it_goes_on_and_can_be_stopped(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    stopped = Event()
    beats: list[str] = []

    def look() -> None:
        dialog = window.findChild(QProgressDialog)
        beats.append(dialog.labelText() if dialog else "")
        if dialog is not None:
            dialog.canceled.emit()

    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
    assert in_a_thread(window, "Working", lambda: stopped.wait(20), stopped.set)
    assert beats[0] == "" and beats[-1].startswith("Working …"), (
        "the window lived, and said what it does"
    )
