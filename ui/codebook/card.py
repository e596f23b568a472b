"""The card that explains one label: its definition, an example, and what can be said about it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from annotation.codebook import Attribute, Codebook, Label, RelationLabel
from ui.canvas.hits import records_at
from ui.codebook.snippet import Snippet
from ui.look import Quiet, Rule, heading
from ui.palette import Chip, escaped
from ui.theme import system_theme

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.workspace import Workspace

WIDTH = 440
TALLEST = 520
NOTHING = "No label at hand: pick a span, put the caret into one, or point at a label in the panel."


def explain(window: "MainWindow") -> None:
    """Show the card of the label at hand; where there is none, say so."""
    assert window.workspace is not None
    workspace = window.workspace
    found = at_hand(workspace)
    if found is None:
        workspace.bridge.refused.emit(NOTHING)
        return
    entry, near = found
    card = DefinitionCard(workspace.bridge.session.codebook, entry, window)
    card.show_beside(near)


def at_hand(workspace: "Workspace") -> tuple[Label | RelationLabel, QRect] | None:
    """Return the label meant, and where it is on the screen.

    That is the picked span's, else that of the innermost span under the caret, else the
    one of the chip under the mouse or with the focus.
    """
    canvas, codebook = workspace.canvas, workspace.bridge.session.codebook
    document = canvas.document
    records = [canvas.picked] if canvas.picked else []
    if document is not None and not records:
        records = list(records_at(document, canvas.caret, canvas.hidden))
    for record in records:
        label = codebook.label(record.layer, record.label)
        if label is not None:
            place = canvas.caret_rect(record.start).toAlignedRect()
            return label, QRect(canvas.viewport().mapToGlobal(place.topLeft()), place.size())
    for name, chip in workspace.palette_panel.chips.items():
        if chip.underMouse() or chip.hasFocus():
            layer, _, label_name = name.rpartition("/")
            found = codebook.label(layer, label_name) if layer else codebook.relation(name)
            if found is not None:
                return found, QRect(chip.mapToGlobal(QPoint(0, 0)), chip.size())
    return None


class DefinitionCard(QScrollArea):
    """Stands beside what it explains until Esc, F1 or a click elsewhere."""

    def __init__(
        self, codebook: Codebook, entry: Label | RelationLabel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(f"{entry.title}: definition")
        self.setAccessibleDescription(entry.definition)
        self.setFrameShape(QScrollArea.Shape.Box)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFixedWidth(WIDTH)
        self.body = Page()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        chip = Chip(entry.title, entry.color if isinstance(entry, Label) else "", "")
        chip.show_key(entry.key.upper())
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(_words(entry.definition or "This has no definition in the codebook yet."))
        if entry.example:
            snippet = Snippet()
            label = entry if isinstance(entry, Label) else None
            snippet.show_example(codebook, label, entry.example)
            column.addWidget(snippet)
        if isinstance(entry, RelationLabel):
            column.addWidget(Quiet("Roles: " + ", ".join(role.name for role in entry.roles)))
        for attribute in entry.attributes:
            column.addWidget(Rule())
            _explain_attribute(column, attribute)
        column.addStretch(1)
        self.setWidget(self.body)

    def show_beside(self, near: QRect) -> None:
        """Show the card below a place, or above it where the screen ends."""
        inside = WIDTH - 2 * self.frameWidth()
        wanted = self.body.heightForWidth(inside) + 2 * self.frameWidth()
        height = min(max(wanted, 60), TALLEST)
        screen = self.screen().availableGeometry()
        y = near.bottom() + 8
        if y + height > screen.bottom():
            y = max(near.top() - 8 - height, screen.top())
        x = min(max(near.left(), screen.left()), screen.right() - WIDTH)
        self.setFixedHeight(height)
        self.move(x, y)
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc and on the key that opened it; scroll with the others."""
        if event.key() in (Qt.Key.Key_F1, Qt.Key.Key_Escape):
            self.close()
        else:
            super().keyPressEvent(event)


class Page(QWidget):
    """A piece of page, as the text stands on."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill it in the page's colour."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), system_theme().page)


def _explain_attribute(column: QVBoxLayout, attribute: Attribute) -> None:
    column.addWidget(heading(attribute.title))
    if attribute.definition:
        column.addWidget(_words(attribute.definition))
    for choice in attribute.values:
        example = f" <i>{escaped(choice.example)}</i>" if choice.example else ""
        words = f"<b>{escaped(choice.name)}</b> {escaped(choice.definition)}{example}"
        column.addWidget(_words(words, rich=True))


def _words(text: str, rich: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
