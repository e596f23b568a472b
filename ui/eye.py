"""An eye to click: a layer is shown, or it is not."""

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from ui.theme import system_theme


class Eye(QAbstractButton):
    """Open while what it stands for is shown (checked), struck out while it is not."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setChecked(True)
        self.setAccessibleName(f"Show {title}")
        self.setToolTip(f"Show or hide: {title}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the size of a small picture with room to hit it."""
        return QSize(26, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the eye in the theme's quiet colour, stronger under the mouse."""
        theme = system_theme()
        strong = self.underMouse() or self.hasFocus()
        colour = theme.accent if self.hasFocus() else theme.ink if strong else theme.muted
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.4))
        x, y = self.width() / 2, self.height() / 2
        lid = QPainterPath(QPointF(x - 7, y))
        lid.quadTo(QPointF(x, y - 8), QPointF(x + 7, y))
        lid.quadTo(QPointF(x, y + 8), QPointF(x - 7, y))
        painter.drawPath(lid)
        if self.isChecked():
            painter.setBrush(colour)
            painter.drawEllipse(QRectF(x - 2, y - 2, 4, 4))
        else:
            painter.drawLine(QLineF(x - 7, y + 6, x + 7, y - 6))
