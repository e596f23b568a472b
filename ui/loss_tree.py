"""What an export cannot carry, as a tree: kinds with counts, and in them each loss."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from annotation.exporting import Loss, summary
from ui.look import shortened
from ui.palette import wrapped

SHOWN = 200
"""How many losses of a kind are listed; the export's folder lists them all."""

QUOTE_LENGTH = 40
"""How many characters of a quotation a row shows; all of it is in the tooltip."""


MARGIN = 10
"""Pixels of a row that its text cannot have."""


class LossTree(QTreeWidget):
    """Counts all losses and lists the first of each kind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setAccessibleName("What this export cannot carry")
        self.setWordWrap(True)
        self.setUniformRowHeights(False)
        self.setItemDelegate(_Wrapped(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.counts: dict[str, int] = {}
        self._kinds: dict[str, QTreeWidgetItem] = {}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def start(self) -> None:
        """Forget everything."""
        self.clear()
        self.counts = {}
        self._kinds = {}

    def add(self, loss: Loss) -> None:
        """Count a loss, and list it while there is room."""
        kind = self._kinds.get(loss.what)
        if kind is None:
            kind = self._kinds[loss.what] = QTreeWidgetItem(self)
            kind.setExpanded(not self.topLevelItemCount() > 1)
        number = self.counts[loss.what] = self.counts.get(loss.what, 0) + 1
        kind.setText(0, _capital(summary({loss.what: number})[0]))
        if number <= SHOWN:
            self._list(kind, loss)
        elif number == SHOWN + 1:
            QTreeWidgetItem(kind, ["… all are listed in losses.txt, beside the export"])

    def in_words(self) -> str:
        """Return one sentence about all of it."""
        if not self.counts:
            return "Nothing will be lost."
        return "What this export cannot carry as it is:"

    def _list(self, kind: QTreeWidgetItem, loss: Loss) -> None:
        words = " ".join(loss.quotation.split())
        quoted = f"“{shortened(words, QUOTE_LENGTH)}”" if words else ""
        parts = (quoted, loss.done, loss.article)
        item = QTreeWidgetItem(kind, [" · ".join(part for part in parts if part)])
        item.setToolTip(0, wrapped(" · ".join((f"“{words}”", *parts[1:]) if words else parts[1:])))


class _Wrapped(QStyledItemDelegate):
    """Gives each row the height of all its lines, which a tree reckons with one."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the room that the text of a row needs in the width of the tree."""
        tree: LossTree = self.parent()
        depth = 2 if index.parent().isValid() else 1
        width = tree.viewport().width() - tree.indentation() * depth - MARGIN
        box = QRect(0, 0, max(width, 40), 10_000)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        lines = option.fontMetrics.boundingRect(box, Qt.TextFlag.TextWordWrap, text)
        return QSize(width, lines.height() + 4)


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]
