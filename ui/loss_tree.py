"""What an export cannot carry, as a tree: kinds with counts, and in them each loss."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from annotation.exporting import Loss, summary
from ui.look import shortened
from ui.palette import wrapped

SHOWN = 200
"""How many losses of a kind are listed; the export's folder lists them all."""

QUOTE_LENGTH = 40
"""How many characters of a quotation a row shows; all of it is in the tooltip."""


class LossTree(QTreeWidget):
    """Counts all losses and lists the first of each kind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setAccessibleName("What this export cannot carry")
        self.setWordWrap(True)
        self.setUniformRowHeights(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.counts: dict[str, int] = {}
        self._kinds: dict[str, QTreeWidgetItem] = {}

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


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]
