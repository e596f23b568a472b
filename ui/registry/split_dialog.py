"""The dialog that makes a second registry entry of some mentions of one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from annotation import registry_edits
from annotation.counting import counted
from annotation.model import RegistryEntry, Span
from ui.bridge import SessionBridge
from ui.look import Quiet, TickBox

SHOWN = 12
"""How many aliases are offered to go along."""


class SplitDialog(QDialog):
    """Asks for the name of the new entry, and which aliases are its own."""

    def __init__(
        self,
        bridge: SessionBridge,
        entry: RegistryEntry,
        spans: Sequence[Span],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Split the entry")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bridge = bridge
        self._entry = entry
        self._spans = list(spans)
        self.name = QLineEdit(" ".join(" ".join(spans[0].quotation).split()))
        self.name.setAccessibleName("Name of the new entry")
        self.aliases = [TickBox(alias) for alias in entry.aliases[:SHOWN]]
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.button.setText("Split")
        self.buttons.accepted.connect(self._split)
        self.buttons.rejected.connect(self.reject)
        self.name.textChanged.connect(lambda name: self.button.setEnabled(bool(name.strip())))
        count = counted(len(spans), "mention")
        told = QLabel(f"{count} of “{entry.name}” will be of a new entry.", wordWrap=True)
        told.setTextFormat(Qt.TextFormat.PlainText)
        form = QFormLayout()
        form.addRow("Name", self.name)
        for number, box in enumerate(self.aliases):
            form.addRow("" if number else "Aliases that are its own", box)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(told)
        column.addLayout(form)
        column.addWidget(Quiet("Undo makes one of them again."))
        column.addWidget(self.buttons)
        self.resize(480, self.sizeHint().height())
        self.name.selectAll()

    def _split(self) -> None:
        leaving = [
            alias
            for alias, box in zip(self._entry.aliases, self.aliases, strict=False)
            if box.isChecked()
        ]
        session, name = self._bridge.session, self.name.text().strip()
        self._bridge.carry_out(
            lambda: registry_edits.split(session.annotator, self._entry, name, self._spans, leaving)
        )
        self.accept()
