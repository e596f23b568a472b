"""The dialog that makes one registry entry of several: which one stays, and what it keeps."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from annotation import registry_edits
from annotation.counting import counted
from annotation.errors import ProjectError
from annotation.model import Change, RegistryEntry
from annotation.registries import ListedEntry
from annotation.registry import FACTS
from annotation.registry_edits import Mentioned
from annotation.store import OpenStore
from ui.bridge import SessionBridge
from ui.look import Quiet
from ui.registry.many import change_of_mentions


class MergeDialog(QDialog):
    """Asks which of the entries keeps its name; `merged` carries the entry that is left."""

    merged = Signal(object)

    def __init__(
        self,
        bridge: SessionBridge,
        open_store: OpenStore,
        listed: Sequence[ListedEntry],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Merge entries")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bridge = bridge
        self._open_store = open_store
        self._listed = sorted(listed, key=lambda one: -one.mentions)
        self.kept = QComboBox()
        self.kept.setAccessibleName("The entry that keeps its name")
        for entry, mentions in self._listed:
            self.kept.addItem(f"{entry.name} – {counted(mentions, 'mention')}", entry.id)
        self.preview = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.preview.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.button.setText("Merge")
        self.buttons.accepted.connect(self._merge)
        self.buttons.rejected.connect(self.reject)
        self.kept.currentIndexChanged.connect(self._show_preview)
        self._show_preview()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        for widget in (
            *(QLabel("This name stays; the others become aliases:"), self.kept, self.preview),
            *(Quiet("Undo brings all of them back."), self.buttons),
        ):
            column.addWidget(widget)
        self.resize(480, self.sizeHint().height())

    def _chosen(self) -> tuple[RegistryEntry, list[RegistryEntry]]:
        entries = [one.entry for one in self._listed]
        kept = next(entry for entry in entries if entry.id == self.kept.currentData())
        return kept, [entry for entry in entries if entry is not kept]

    def _show_preview(self) -> None:
        kept, others = self._chosen()
        self.button.setEnabled(True)
        try:
            one = registry_edits.merged(kept, others)
        except ProjectError as error:
            self.preview.setText(str(error))
            self.button.setEnabled(False)
            return
        lines = [f"Aliases: {'; '.join(one.aliases) or '–'}"]
        lines += [
            f"{fact.capitalize()}: {one.facts[fact]}"
            for fact in FACTS[one.registry]
            if fact in one.facts
        ]
        lines += [
            f"{fact.capitalize()} not kept: {other.facts[fact]} (of “{other.name}”)"
            for other in others
            for fact in FACTS[one.registry]
            if fact in other.facts and other.facts[fact] != one.facts[fact]
        ]
        lines += (
            ["The notes are put together."] if sum(bool(e.note) for e in (kept, *others)) else []
        )
        lines += ["Confidential, since one of them is."] if one.confidential else []
        lines.append(f"{counted(self._moved(kept), 'mention')} will be of “{one.name}”.")
        self.preview.setText("\n".join(lines))

    def _moved(self, kept: RegistryEntry) -> int:
        return sum(mentions for entry, mentions in self._listed if entry is not kept)

    def _merge(self) -> None:
        kept, others = self._chosen()
        session = self._bridge.session

        def make(registries: Mentioned) -> Change:
            return registry_edits.merge(session.annotator, registries, kept, others)

        place = (self, self._open_store, session.store.registries, self._moved(kept))
        done = self._bridge.carry_out(lambda: change_of_mentions(*place, make))
        self.accept()
        if done is not None:
            self.merged.emit(kept)
