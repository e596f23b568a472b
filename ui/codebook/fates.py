"""What becomes of the annotations of parts that are taken out of the codebook."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotation.codebook_draft import Draft
from annotation.codebook_entries import Entry
from annotation.counting import counted
from ui.codebook.fields import StillBox

GOES = {
    "label": "delete them",
    "relation": "delete them",
    "role": "take their spans out",
    "attribute": "forget what was said",
    "value": "forget what was said",
}
USERS = {
    "label": "annotation",
    "relation": "relation",
    "role": "span",
    "attribute": "annotation",
    "value": "annotation",
}


class FatesDialog(QDialog):
    """Asks for each part whether its annotations go or which other part they get."""

    def __init__(
        self, draft: Draft, lost: Sequence[tuple[Entry, int]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("What becomes of the annotations?")
        self.boxes: dict[Entry, StillBox] = {}
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (entry, count) in enumerate(lost):
            words = QLabel(f"{_path(entry)}: {counted(count, USERS[entry.kind])}")
            words.setTextFormat(Qt.TextFormat.PlainText)
            box = self.boxes[entry] = StillBox()
            box.setAccessibleName(f"What becomes of {words.text()}")
            box.addItem(GOES[entry.kind], None)
            for heir in draft.heirs(entry):
                box.addItem(f"change to {_path(heir)}", heir)
            grid.addWidget(words, row, 0)
            grid.addWidget(box, row, 1)
        grid.setRowStretch(len(lost), 1)
        area = QScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        cancel = QDialogButtonBox.StandardButton.Cancel
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Take out")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(14)
        words = QLabel("These are in use. What becomes of what was said with them?")
        words.setWordWrap(True)
        layout.addWidget(words)
        layout.addWidget(area)
        layout.addWidget(self.buttons)
        wide = body.sizeHint()
        self.resize(max(wide.width() + 60, 460), min(wide.height() + 140, 560))

    def fates(self) -> dict[Entry, Entry | None]:
        """Return which part gets the annotations of each, None where they go."""
        return {entry: box.currentData() for entry, box in self.boxes.items()}


def _path(entry: Entry) -> str:
    """Return a part's name with what it belongs to, where that tells it from others."""
    owner = entry.owner
    if entry.kind in ("label", "relation") or owner is None:
        return entry.name
    return f"{_path(owner)} · {entry.name}"
