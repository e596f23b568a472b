"""The table of a dictionary's terms: as many rows as there are, none of them built."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotation.codebook import Codebook
from annotation.dictionary import Dictionary, Term

COLUMNS = ("Term", "Label", "Layer", "Case")

Index = QModelIndex | QPersistentModelIndex


class TermModel(QAbstractTableModel):
    """The terms that hold what is searched for."""

    def __init__(self, codebook: Codebook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._labels = {(label.layer, label.name): label.called for label in codebook.labels}
        self._layers = {layer.name: layer.title or layer.name for layer in codebook.layers}
        self._dictionary = Dictionary()
        self._folded: list[str] = []
        self._words = ""
        self._shown: list[Term] = []

    @property
    def dictionary(self) -> Dictionary:
        """All terms, whatever is searched for."""
        return self._dictionary

    def show_dictionary(self, dictionary: Dictionary) -> None:
        """Show other terms."""
        self._dictionary = dictionary
        self._folded = [f"{t.term} {t.label}".casefold() for t in dictionary.terms]
        self.search(self._words)

    def search(self, words: str) -> None:
        """Show the terms that hold these words, or whose label does."""
        self.beginResetModel()
        self._words = words
        wanted = words.casefold().strip()
        terms = self._dictionary.terms
        self._shown = [
            term for term, text in zip(terms, self._folded, strict=True) if wanted in text
        ]
        self.endResetModel()

    def term(self, row: int) -> Term:
        """Return the term of a row."""
        return self._shown[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many terms are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        wanted = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return COLUMNS[section] if wanted else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        term = self._shown[index.row()]
        missing = f"{term.label} (not in the codebook)"
        return (
            term.term,
            self._labels.get((term.layer, term.label), missing),
            self._layers.get(term.layer, term.layer),
            "any" if term.any_case else "as written",
        )[index.column()]
