"""A look at the whole project file once it is on screen: what is damaged must not be written to."""

from concurrent.futures import Future

from PySide6.QtCore import QTimer

from annotation.errors import ProjectError
from ui.bridge import SessionBridge
from ui.waiting import started

SECONDS = 10.0
"""How long the look may take; in that time a disk gives some gigabytes."""

BEAT = 100
"""Milliseconds between two looks whether it is done."""


class LookingOver(QTimer):
    """Looks in a thread; what it finds makes the project read-only."""

    def __init__(self, bridge: SessionBridge) -> None:
        super().__init__(bridge, interval=BEAT)
        self._bridge = bridge
        store = bridge.session.store
        self._done: Future[None] = started(lambda: store.look_over(SECONDS))
        self.timeout.connect(self._look)
        self.start()

    def _look(self) -> None:
        if not self._done.done():
            return
        self.stop()
        self.deleteLater()
        try:
            self._done.result()
        except ProjectError as error:
            self._bridge.distrust(str(error))
