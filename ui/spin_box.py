"""Boxes for numbers whose edge can be seen in every theme, at 3 : 1 and more (WCAG 1.4.11)."""

from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox


class CountBox(QSpinBox):
    """A box for a whole number."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box as the style does, and its edge again."""
        super().paintEvent(event)
        _draw_edge(self)


class MeasureBox(QDoubleSpinBox):
    """A box for a number with decimals."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box as the style does, and its edge again."""
        super().paintEvent(event)
        _draw_edge(self)


def _draw_edge(box: QAbstractSpinBox) -> None:
    # By hand: a style sheet that gives the box a border takes the arrows away.
    chosen = QPalette.ColorRole.Accent if box.hasFocus() else QPalette.ColorRole.PlaceholderText
    painter = QPainter(box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(box.palette().color(chosen))
    painter.drawRoundedRect(box.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
