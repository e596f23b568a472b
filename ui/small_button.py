"""The flat button with a sign or a word that bars, lists and forms have."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton


def small_button(text: str, name: str, tip: str = "") -> QToolButton:
    """Return a flat button; a click leaves the cursor where it is.

    The name is for screen readers, and the tooltip where there is no longer one.
    """
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(name)
    button.setToolTip(tip or name)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
