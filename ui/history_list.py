"""The entries of a project's history, one a line, read page by page as somebody looks."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QStyleOptionViewItem

from annotation.history import Logged, Page, clock
from ui.look import PANEL_MARGIN
from ui.row_view import RowPainter

ENTRY = Qt.ItemDataRole.UserRole
"""The role under which a row's `Logged` is found."""

TIME, NAME = 150, 120
"""Pixels of the time and of the annotator."""


class HistoryModel(QAbstractListModel):
    """The entries that have been read; asks for the next page when the view comes to the end."""

    def __init__(self, ask: Callable[[int], Page], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._rows: list[Logged] = []
        self._before = 0
        self._more = False

    def restart(self) -> None:
        """Forget everything and read the first page."""
        self.beginResetModel()
        self._rows.clear()
        self._before, self._more = 0, True
        self.endResetModel()
        self.fetchMore()

    def canFetchMore(self, parent: QModelIndex | None = None) -> bool:
        """Tell whether there may be older entries."""
        return self._more

    def fetchMore(self, parent: QModelIndex | None = None) -> None:
        """Read the next page; it may hold nothing that fits, though a later one does."""
        page = self._ask(self._before)
        self._before, self._more = page.before, page.before > 0
        if page.entries:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(page.entries) - 1)
            self._rows += page.entries
            self.endInsertRows()

    def rowCount(self, parent: QModelIndex | None = None) -> int:  # noqa: D102
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a view asks about a row."""
        if not index.isValid():
            return None
        entry = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{clock(entry.at)}, {entry.annotator}: {said(entry)}"
            case Qt.ItemDataRole.ToolTipRole:
                return entry.quotation or None
        return entry if role == ENTRY else None


class HistoryPainter(RowPainter):
    """Draws an entry: when, who, what; quietly where it was undone."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw one entry."""
        super().paint(painter, option, index)
        entry: Logged = index.data(ENTRY)
        ink = option.palette.color(QPalette.ColorRole.WindowText)
        quiet = option.palette.color(QPalette.ColorRole.PlaceholderText)
        row = option.rect.adjusted(PANEL_MARGIN, 0, -PANEL_MARGIN, 0)
        left = row.left()
        painter.save()
        for words, width, colour in (
            (clock(entry.at), TIME, quiet),
            (entry.annotator, NAME, ink),
            (said(entry), row.width() - TIME - NAME, ink if entry.stands else quiet),
        ):
            _write(painter, QRect(left, row.top(), width - 10, row.height()), words, colour)
            left += width
        painter.restore()


def said(entry: Logged) -> str:
    """Return what was done, and whether it still stands."""
    undone = entry.kind == "edit" and entry.state != "done"
    return f"{entry.what} (undone)" if undone else entry.what


def _write(painter: QPainter, box: QRect, words: str, colour: QColor) -> None:
    painter.setPen(colour)
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
