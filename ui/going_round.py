"""The cursor's way round the panels of a window."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def go_round(panels: Sequence[QWidget], by: int) -> None:
    """Move the cursor to the next (1) or previous (-1) of the panels that can take it."""
    here = next((i for i, panel in enumerate(panels) if _has_focus(panel)), 0)
    for step in range(1, len(panels) + 1):
        panel = panels[(here + by * step) % len(panels)]
        target = _entrance(panel)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _has_focus(panel: QWidget) -> bool:
    focus = panel.window().focusWidget()
    return focus is not None and (focus is panel or panel.isAncestorOf(focus))


def _entrance(panel: QWidget) -> QWidget | None:
    """Return where the cursor enters a panel: itself, or the first control in it."""
    if panel.focusProxy() or panel.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return panel
    inside = panel.findChildren(QWidget)
    return next(
        (
            w
            for w in inside
            if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        ),
        None,
    )
