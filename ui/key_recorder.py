"""A field that takes the next key pressed, whatever it would do elsewhere."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.key_map import of_combination

MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_unknown,
)


class KeyRecorder(QLineEdit):
    """Waits for one key while it has the focus; `recorded` carries it, `left` comes with Esc."""

    recorded = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName("Press the new key; Esc leaves it as it is")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def wait(self) -> None:
        """Take the next key that is pressed."""
        self.setText("Press the new key…")
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Take keys before they are shortcuts or move the focus."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._take(event)
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop waiting."""
        super().focusOutEvent(event)
        self.clear()

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in MODIFIERS:
            return
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            self.recorded.emit(of_combination(event.keyCombination()))
