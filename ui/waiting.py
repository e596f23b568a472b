"""Work that takes long and may not be disturbed: a thread does it, the window stays alive."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget

Result = TypeVar("Result")

PATIENCE = 300
"""Milliseconds until a word is said about what is going on."""

BEAT = 10
"""Milliseconds between two looks whether it is done."""


def started(work: Callable[[], Result]) -> Future[Result]:
    """Begin work in a thread of its own; nobody has to wait for it."""
    pool = ThreadPoolExecutor(1, "aside")
    try:
        return pool.submit(work)
    finally:
        pool.shutdown(wait=False)


def in_a_thread(
    parent: QWidget, what: str, work: Callable[[], Result], stop: Callable[[], None]
) -> Result:
    """Return what the work returns, or raise what it raises; nobody can click meanwhile.

    Where it takes long it can be broken off: `stop` makes the work raise.
    """
    done = started(work)
    loop = QEventLoop()
    look = QTimer(interval=BEAT)
    look.timeout.connect(lambda: loop.quit() if done.done() else None)
    look.start()
    QTimer.singleShot(PATIENCE, loop, loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if not done.done():
        _wait(parent, what, done, loop, stop)
    return done.result()


def _wait(
    parent: QWidget, what: str, done: Future[Result], loop: QEventLoop, stop: Callable[[], None]
) -> None:
    dialog = QProgressDialog(f"{what} …", "Stop", 0, 0, parent)
    dialog.setWindowTitle("Pressmark")
    dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
    dialog.canceled.connect(stop)
    dialog.show()
    while not done.done():
        loop.exec()
    dialog.canceled.disconnect(stop)
    dialog.close()
    dialog.deleteLater()
