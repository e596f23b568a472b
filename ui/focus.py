"""Nothing but the text: panels and menus away, the window on the whole screen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def focus_on_text(window: "MainWindow", only: bool) -> None:
    """Put everything but text and status line away, or back; the keys go on working."""
    workspace = window.workspace
    if workspace is None or only == window.menuBar().isHidden():
        return
    window.menuBar().setHidden(only)
    workspace.show_text_only(only)
    full = Qt.WindowState.WindowFullScreen
    state = window.windowState()
    window.setWindowState(state | full if only else state & ~full)
    workspace.canvas.setFocus()
    if only:
        window.status.say("F11 or Esc brings the panels back.")
