"""Work that takes long and may not be disturbed: a thread does it, the window stays alive."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import SIGNAL, SLOT, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QPushButton, QWidget

Result = TypeVar("Result")

SoFar = Callable[[], tuple[str, int, int]]
"""Returns what is going on just now, how much of it is done, and of how much (0: unknown)."""

PATIENCE = 300
"""Milliseconds until a word is said about what is going on."""

BEAT = 10
"""Milliseconds between two looks whether it is done."""

SHOWN_EVERY = 100
"""Milliseconds between two looks at how far it is."""


def started(work: Callable[[], Result]) -> Future[Result]:
    """Begin work in a thread of its own; nobody has to wait for it."""
    pool = ThreadPoolExecutor(1, "aside")
    try:
        return pool.submit(work)
    finally:
        pool.shutdown(wait=False)


def in_a_thread(
    parent: QWidget,
    what: str,
    work: Callable[[], Result],
    stop: Callable[[], None],
    so_far: SoFar | None = None,
) -> Result:
    """Return what the work returns, or raise what it raises; nobody can click meanwhile.

    Where it takes long it can be broken off: `stop` makes the work raise. `so_far` is asked
    again and again how far it is.
    """
    done = started(work)
    loop = QEventLoop()
    look = QTimer(interval=BEAT)
    look.timeout.connect(lambda: loop.quit() if done.done() else None)
    look.start()
    QTimer.singleShot(PATIENCE, loop, loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    if not done.done():
        dialog = _Patience(parent, what, stop, so_far)
        while not done.done():
            loop.exec()
        dialog.end()
    return done.result()


class _Patience(QProgressDialog):
    """Says what goes on, and how far it is where that is known; stays until the work has ended."""

    def __init__(
        self, parent: QWidget, what: str, stop: Callable[[], None], so_far: SoFar | None
    ) -> None:
        super().__init__("", "", 0, 0, parent)
        self._what = what
        self._stop = stop
        self._so_far = so_far or (lambda: ("", 0, 0))
        self._working, self._stopping = True, False
        self._button = QPushButton("Stop")
        self.setCancelButton(self._button)
        # Set by itself: QProgressDialog.setValue lets Qt do what waits, this again included.
        self._bar = QProgressBar()
        self._bar.setAccessibleName(what)
        self._bar.setTextVisible(False)  # the label says it
        self._bar.setRange(0, 0)
        self.setBar(self._bar)
        self.setWindowTitle("Pressmark")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        QObject.disconnect(self, SIGNAL("canceled()"), self, SLOT("cancel()"))  # which hides it
        self.canceled.connect(self._break_off)
        self._look = QTimer(self, interval=SHOWN_EVERY)
        self._look.timeout.connect(self._tell)
        self._look.start()
        self._tell()
        self.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the work, which may take a moment; only then the dialog goes."""
        if self._working:
            event.ignore()
            self._break_off()

    def end(self) -> None:
        """Go away: the work has ended."""
        self._working = False
        self._look.stop()
        self.close()
        self.deleteLater()

    def _break_off(self) -> None:
        if not self._stopping:
            self._stopping = True
            self._button.setEnabled(False)
            self._tell()
            self._stop()

    def _tell(self) -> None:
        now, done, total = self._so_far()
        if self._stopping:
            now, total = "Stopping", 0
        percent = f" {100 * done // total} %" if total else " …"
        self.setLabelText(f"{self._what} …" + f"\n{now}{percent}" * bool(now))
        self._bar.setRange(0, total)
        self._bar.setValue(done)
