"""A sentence above everything, about the whole project."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from ui.look import PANEL_MARGIN
from ui.theme import mix, system_theme


class Banner(QLabel):
    """A sentence above everything, about the whole project; not there until there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(PANEL_MARGIN, 7, PANEL_MARGIN, 7)
        self.setAutoFillBackground(True)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence in the colours of a warning."""
        self.setText(sentence)
        self._colour()
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._colour()

    def _colour(self) -> None:
        theme = system_theme()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, mix(theme.page, theme.warning, 0.14))
        palette.setColor(QPalette.ColorRole.WindowText, theme.ink)
        self.setPalette(palette)
