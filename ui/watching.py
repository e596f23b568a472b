"""What a window does that may only read: it shows what the other writes, and waits for its turn."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer

from annotation.errors import ProjectError

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.workspace import Workspace

BEAT = 2000
"""Milliseconds between two looks at what the other window does; a look takes 0.1 ms."""

FREE = "You can edit now: the project is no longer open in another window."
SILENT = " The other window gives no sign of life: File ▸ Take over… lets you edit here."


class Watching(QObject):
    """Looks now and then whether another window has written, or has closed the project."""

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._beat = QTimer(self, interval=BEAT)
        self._beat.timeout.connect(self.look)

    def begin(self) -> None:
        """Look from now on, if there is anybody to wait for."""
        if self._workspace.store.holder() not in ("this", "nobody can"):
            self._beat.start()

    def look(self) -> None:
        """Show what is new; where nobody else writes any more, become the window that does."""
        try:
            holder = self._workspace.store.holder()
            if holder == "free":
                self._take_over()
            elif self._workspace.store.changed_elsewhere():
                self._show_changes()
        except ProjectError as error:  # the other is just closing; the next look tells
            self._workspace.bridge.refused.emit(str(error))
            return
        if holder == "silent" and not self._workspace.banner.text().endswith(SILENT):
            self._workspace.banner.say(self._workspace.banner.text() + SILENT)

    def take_over(self) -> None:
        """Take the project from a window that gives no sign of life; refuse while it lives."""
        store = self._workspace.store
        if store.holder() in ("free", "silent"):
            self._take_over()
        elif store.read_only:
            self._workspace.bridge.refused.emit(
                f"It cannot be taken over: {store.read_only}, and in use there."
            )

    def _take_over(self) -> None:
        workspace = self._workspace
        if workspace.store.take_over():
            self._beat.stop()
            window = cast("MainWindow", workspace.window())
            workspace.bridge.codebook_changed.emit()  # shows everything anew, at the same place
            if window.workspace is not None:
                window.workspace.banner.say(FREE)

    def _show_changes(self) -> None:
        workspace = self._workspace
        bridge, canvas = workspace.bridge, workspace.canvas
        if workspace.store.codebook().version != bridge.session.codebook.version:
            bridge.codebook_changed.emit()
            return
        workspace.articles.reload()
        if bridge.document is not None:
            place = canvas.place
            bridge.open(bridge.document.article.id)
            canvas.return_to(place)
