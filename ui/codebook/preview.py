"""How a part of the codebook will look: its chip, and its example tagged as on the page."""

import re
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotation.codebook import Choice, Codebook, Label, RelationLabel
from annotation.codebook_draft import Draft
from annotation.codebook_entries import Entry
from ui.codebook.snippet import Snippet
from ui.flow import FlowLayout
from ui.look import Quiet, heading
from ui.palette import Chip

COLOR = re.compile("#[0-9A-Fa-f]{6}")
NO_EXAMPLE = "She said [these words] are tagged."


class PartPreview(QWidget):
    """Shows the chips and an example of the label, relation or layer that a part belongs to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: list[Chip] = []
        self._chips = QWidget()
        self._flow = FlowLayout(spacing=5)
        self._chips.setLayout(self._flow)
        self.names = Quiet()
        self.names.setWordWrap(True)
        self.snippet = Snippet()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading("Preview"))
        column.addWidget(self._chips)
        column.addWidget(self.names)
        column.addWidget(self.snippet)
        column.addStretch(1)

    def show_entry(self, draft: Draft, entry: Entry) -> None:
        """Show the part as the draft has it now."""
        codebook = _paintable(draft.codebook())
        shown = _shown(draft, codebook, entry)
        while (item := self._flow.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        self.chips = []
        for each in shown:
            chip = Chip(each.title, each.color if isinstance(each, Label) else "", "")
            chip.show_key(each.key.upper())
            self.chips.append(chip)
            self._flow.addWidget(chip)
            chip.show()
        self.names.setText(_in_files(entry))
        first = shown[0] if shown else None
        label = first if isinstance(first, Label) else None
        example = _example(entry) or (first.example if first else "")
        self.snippet.setVisible(bool(label or example))
        self.snippet.show_example(codebook, label, example or (NO_EXAMPLE if label else ""))


def _paintable(codebook: Codebook) -> Codebook:
    """Return the codebook with a grey where a colour is none (yet)."""
    labels = (
        label if COLOR.fullmatch(label.color) else replace(label, color="#808080")
        for label in codebook.labels
    )
    return replace(codebook, labels=tuple(labels))


def _shown(draft: Draft, codebook: Codebook, entry: Entry) -> list[Label | RelationLabel]:
    """Return the labels or the relation to show for a part, by place: names may meet twice."""
    place: Entry | None = entry
    while place is not None and place.kind in ("value", "attribute", "role"):
        place = place.owner
    relations = zip(draft.root.of("relation"), codebook.relations, strict=True)
    labels = zip(draft.labels(), codebook.labels, strict=True)
    every: list[tuple[Entry, Label | RelationLabel]] = [*labels, *relations]
    return [part for each, part in every if place in (each, each.owner, draft.root)]


def _in_files(entry: Entry) -> str:
    """Return what a part is called where titles are not: in files, and whether it was renamed."""
    if entry.owner is None:
        return ""
    was = entry.origin[-1] if entry.origin else entry.name
    if was != entry.name:
        return f"In files: {entry.name}, so far {was}. What is tagged gets the new name."
    return f"In files: {entry.name}."


def _example(entry: Entry) -> str:
    return entry.part.example if isinstance(entry.part, Choice) else ""
