"""The column of labels above the inspector: all labels stay in view as long as there is room."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSplitter

from ui import settings

SIZES = [412, 333]
"""Pixels of labels and inspector in a window of 800."""

MOST_LABELS = 0.7
"""The most of the column that the labels take by themselves."""

AIR = 4
"""Pixels between the last relation and the inspector."""

IN_FULL = "labels_in_full"
"""The name under which it is remembered whether the labels shall all be in view."""


class SideColumn(QSplitter):
    """Gives the labels what they need: in a narrower window, with a longer codebook.

    Who pushes the inspector up over them has them so; until all are in view again.
    """

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._in_full = settings.switched_on(IN_FULL, True)
        self._labels: QScrollArea | None = None
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.splitterMoved.connect(self._follow_hand)

    def place(self, labels: QScrollArea, inspector: QScrollArea) -> None:
        """Take both in, with the sizes of last time."""
        self._labels = labels
        self.addWidget(labels)
        self.addWidget(inspector)
        self.setStretchFactor(1, 1)  # labels need what they need, the inspector the rest
        if not self.restoreState(settings.layout("side")):
            self.setSizes(SIZES)

    def fit(self, width: int) -> None:
        """Give the labels exactly the room they need in a column of that many pixels."""
        self._share(self._wanted(width))

    def remember(self) -> None:
        """Remember the sizes for the next time."""
        settings.remember_layout("side", self.saveState())
        settings.remember_switch(IN_FULL, self._in_full)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let no label be cut that was in view before."""
        super().resizeEvent(event)
        wanted = self._wanted(self.width()) if self._in_full else 0
        if self.count() and self.sizes()[0] < wanted:
            self._share(wanted)

    def _share(self, wanted: int) -> None:
        if wanted < self.height() * MOST_LABELS:
            self.setSizes([wanted, self.height() - wanted])

    def _wanted(self, width: int) -> int:
        body = self._labels.widget() if self._labels else None
        layout = body.layout() if body else None
        if body is None or layout is None:
            return 0
        return AIR + layout.totalHeightForWidth(max(width, body.minimumWidth()))

    def _follow_hand(self) -> None:
        self._in_full = self.sizes()[0] >= self._wanted(self.width()) - AIR
