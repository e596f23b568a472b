"""The upper half of the export dialog: format, layers, how much of them, and the folder."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from annotation.codebook import Codebook
from annotation.exporting import EXPORTERS, ExportOptions
from ui.look import Quiet, TickBox

HOW_MUCH = (("Only what is complete", False), ("All; what is not complete is marked as open", True))

EXPLAINED = 480
"""Pixels for what a format carries: in less it takes more lines, and the form their room."""


class ExportForm(QWidget):
    """`changed` says that other things would be exported, `folder_wanted` asks for a folder.

    Folders are proposed in `folder`, with names that begin with `stem`.
    """

    changed = Signal()
    folder_wanted = Signal()

    def __init__(
        self, codebook: Codebook, folder: Path, stem: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.format = QComboBox()
        for exporter in EXPORTERS:
            self.format.addItem(exporter.title, exporter.name)
        self.carries = Quiet()
        self.carries.setWordWrap(True)
        self.carries.setMinimumWidth(EXPLAINED)
        self.layers = {layer.name: TickBox(layer.title or layer.name) for layer in codebook.layers}
        self.how_much = QComboBox()
        for words, everything in HOW_MUCH:
            self.how_much.addItem(words, everything)
        self.pseudonymise = TickBox("Pseudonyms for confidential entries of the registries")
        self._start = folder
        self._stem = stem
        self.folder = QLineEdit()
        self.choose = QPushButton("Choose…")
        self.choose.setAutoDefault(False)
        self.choose.setAccessibleName("Choose: Folder")
        self._lay_out()
        self._connect()
        self._explain()

    def options(self) -> ExportOptions:
        """Return what is to be exported."""
        chosen = tuple(name for name, box in self.layers.items() if box.isChecked())
        return ExportOptions(
            self.format.currentData(),
            None if len(chosen) == len(self.layers) else chosen,
            self.how_much.currentData(),
            self.pseudonymise.isChecked(),
        )

    def out(self) -> Path:
        """Return the folder to write into."""
        return Path(self.folder.text().strip()).expanduser()

    def _connect(self) -> None:
        self.format.currentIndexChanged.connect(self._explain)
        self.format.currentIndexChanged.connect(self.changed)
        self.how_much.currentIndexChanged.connect(self.changed)
        for box in self.layers.values():
            box.setChecked(True)
            box.toggled.connect(self.changed)
        self.pseudonymise.toggled.connect(self.changed)
        self.choose.clicked.connect(self.folder_wanted)

    def _explain(self) -> None:
        """Say what the format carries, and propose a folder of its own for it.

        A folder that somebody chose stays.
        """
        name = self.format.currentData()
        proposed = {str(self._start / f"{self._stem}-{e.name}") for e in EXPORTERS}
        if self.folder.text() in proposed | {""}:
            self.folder.setText(str(self._start / f"{self._stem}-{name}"))
        self.carries.setText(next(e.carries for e in EXPORTERS if e.name == name))

    def _lay_out(self) -> None:
        layers = QHBoxLayout()
        layers.setSpacing(16)
        for box in self.layers.values():
            layers.addWidget(box)
        layers.addStretch(1)
        folder = QHBoxLayout()
        folder.addWidget(self.folder, 1)
        folder.addWidget(self.choose)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("Format", self.format)
        form.addRow("", self.carries)
        form.addRow("Layers", layers)
        form.addRow("How much", self.how_much)
        form.addRow("Names", self.pseudonymise)
        form.addRow("Folder", folder)
        self.folder.setAccessibleName("Folder to export into")
