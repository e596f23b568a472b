"""A list of one-line rows that stays quick however long it is."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.look import accent

AIR = 8
"""Pixels that a row is higher than its text."""


class RowView(QTableView):
    """Shows a list as a table of one column.

    A `QListView` asks the model about every row whenever one is put in, which takes 37 ms
    for 10,000 of them; a table does not. `walked` carries the row that a key has gone to.
    """

    walked = Signal(QModelIndex)

    def __init__(self, name: str, model: QAbstractListModel) -> None:
        super().__init__()
        self.setViewport(QWidget())  # ours, for the reason given in PageView
        self.setAccessibleName(name)
        self.setModel(model)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFrameShape(self.Shape.NoFrame)
        self.setSelectionBehavior(self.SelectionBehavior.SelectRows)
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, QColor(0, 0, 0, 0))  # the painter draws it
        self.setPalette(palette)
        self.viewport().setMouseTracking(True)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().hide()
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(1)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(QFontMetrics(self.font()).height() + AIR)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another row; Home and End go to the first and the last."""
        before, last = self.currentIndex(), self.model().rowCount() - 1
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if event.key() in ends and last >= 0:
            self.setCurrentIndex(self.model().index(ends[Qt.Key(event.key())], 0))
        else:
            super().keyPressEvent(event)
        if self.currentIndex() != before:
            self.walked.emit(self.currentIndex())


class RowPainter(QStyledItemDelegate):
    """Draws the ground of a row that is chosen or pointed at; what stands on it is others'."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return the height of a line with air around it."""
        return QSize(120, option.fontMetrics.height() + AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw the ground."""
        # Not from option.state: its type alone takes 9 ms to load.
        view: RowView = self.parent()
        chosen = view.selectionModel().isSelected(index)
        if not chosen and view.indexAt(view.viewport().mapFromGlobal(QCursor.pos())) != index:
            return
        ground = accent(option.palette)
        ground.setAlphaF(0.16 if chosen else 0.07)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(option.rect).adjusted(6, 0.5, -6, -0.5), 5, 5)
        painter.restore()
