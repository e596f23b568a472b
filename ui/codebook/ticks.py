"""Fields in which parts of the codebook are ticked: who plays a role, what a value depends on."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from annotation.codebook_draft import Draft
from annotation.codebook_entries import Entry
from ui.codebook.fields import Field
from ui.look import FUSION_INDICATOR

LISTED = 8
"""How many rows of a list are seen without scrolling."""


class TickEdge(QStyledItemDelegate):
    """Draws the edge of a row's box again, to be seen in every theme (compare `TickBox`)."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the row as the style does, and the edge of its box."""
        super().paint(painter, option, index)
        row: QRect = option.rect  # type: ignore[attr-defined]  # the stubs lack it
        side = FUSION_INDICATOR - 1
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))  # type: ignore[attr-defined]
        painter.drawRect(row.left() + 3, row.center().y() - side // 2, side - 1, side)


class PartsField(Field):
    """A list of parts to tick; `written` carries those that are ticked, in order."""

    def __init__(self) -> None:
        self.list = QListWidget()
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(TickEdge(self.list))
        super().__init__(self.list)
        self.list.itemChanged.connect(lambda: self.written.emit(self._ticked()))

    def fill(self, parts: list[tuple[Entry, str]]) -> None:
        """Offer these parts under these words."""
        with QSignalBlocker(self.list):
            self.list.clear()
            for entry, words in parts:
                item = QListWidgetItem(words)
                item.setData(Qt.ItemDataRole.UserRole, entry)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
                self.list.addItem(item)
        row = self.list.sizeHintForRow(0) if parts else 20
        self.list.setFixedHeight(min(max(len(parts), 2), LISTED) * row + 6)

    def show_value(self, value: Any) -> None:
        """Tick these parts."""
        first = None
        with QSignalBlocker(self.list):
            for item in self._items():
                ticked = item.data(Qt.ItemDataRole.UserRole) in value
                state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
                item.setCheckState(state)
                first = first or (item if ticked else None)
        if first is not None and not self.list.hasFocus():
            self.list.scrollToItem(first, QListWidget.ScrollHint.PositionAtCenter)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _ticked(self) -> list[Entry]:
        ticked = Qt.CheckState.Checked
        return [
            item.data(Qt.ItemDataRole.UserRole)
            for item in self._items()
            if item.checkState() == ticked
        ]


class TakesField(PartsField):
    """Which labels can play a role."""

    def offer(self, draft: Draft, entry: Entry) -> None:
        """Offer each layer as a whole and each of its labels."""
        parts = []
        for layer in draft.root.of("layer"):
            parts.append((layer, f"any label of {layer.name}"))
            parts += [(label, f"    {label.name}") for label in layer.of("label")]
        self.fill(parts)


class NeedsField(PartsField):
    """Which values of other attributes a value makes sense with."""

    def offer(self, draft: Draft, entry: Entry) -> None:
        """Offer the values of all other attributes of the same label or relation."""
        attribute = entry.owner
        assert attribute is not None and attribute.owner is not None
        others = [other for other in attribute.owner.of("attribute") if other is not attribute]
        self.fill(
            [
                (value, f"{other.name}: {value.name}")
                for other in others
                for value in other.of("value")
            ]
        )
