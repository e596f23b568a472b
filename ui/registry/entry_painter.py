"""How an entry looks in a list: its name, what is known of it, and a figure at the edge."""

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPalette
from PySide6.QtWidgets import QStyleOptionViewItem

from ui.look import PANEL_MARGIN
from ui.row_view import RowPainter

DETAIL = Qt.ItemDataRole.UserRole + 1
"""The role under which what is known stands, in a line."""

FIGURE = Qt.ItemDataRole.UserRole + 2
"""The role of the figure at the right edge."""

GAP = 10
"""Pixels between name, detail and figure."""


class EntryPainter(RowPainter):
    """Draws the name in full if there is room, and what is known where there is more."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw one entry."""
        super().paint(painter, option, index)
        painter.save()
        row = option.rect.adjusted(PANEL_MARGIN, 0, -PANEL_MARGIN, 0)
        muted = option.palette.color(QPalette.ColorRole.PlaceholderText)
        painter.setPen(muted)
        figure = index.data(FIGURE) or ""
        if figure:
            painter.drawText(
                row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure
            )
            row.setRight(row.right() - painter.fontMetrics().horizontalAdvance(figure) - GAP)
        name = QFont(painter.font())
        name.setWeight(QFont.Weight.Medium)
        painter.setFont(name)
        painter.setPen(option.palette.color(QPalette.ColorRole.WindowText))
        row.setLeft(row.left() + _write(painter, row, index.data() or "") + GAP)
        painter.setFont(option.font)
        painter.setPen(muted)
        _write(painter, row, index.data(DETAIL) or "")
        painter.restore()


def _write(painter: QPainter, box: QRect, text: str) -> int:
    """Write as much of a text as there is room for; return how wide that is in pixels."""
    if box.width() <= 0:
        return 0
    line = " ".join(text.split())
    shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    return painter.fontMetrics().horizontalAdvance(shown)
