"""The fields of the editor's forms: each shows one value and tells when somebody writes another."""

from typing import Any

from PySide6.QtCore import (
    QRegularExpression,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QIcon,
    QPixmap,
    QRegularExpressionValidator,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotation.codebook_draft import Draft
from annotation.codebook_entries import Entry
from ui.look import TickBox
from ui.spin_box import CountBox

MOST_LINES = 14
"""How many lines of a text are shown at once at most; a longer one scrolls."""


class Field(QWidget):
    """One control; `written` carries the value that somebody gave it."""

    written = Signal(object)

    def __init__(self, control: QWidget, *beside: QWidget, narrow: bool = False) -> None:
        super().__init__()
        self.control = control
        self.setFocusProxy(control)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(control, 0 if narrow else 1)
        for widget in beside:
            row.addWidget(widget)
        if narrow:
            row.addStretch(1)

    def name_control(self, name: str) -> None:
        """Name the control for screen readers."""
        self.control.setAccessibleName(name)

    def offer(self, draft: Draft, entry: Entry) -> None:
        """Offer what this part of the draft can be given."""

    def show_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError


class LineField(Field):
    """A line of text, checked while it is written."""

    def __init__(self, hint: str = "", narrow: bool = False) -> None:
        self.line = QLineEdit(placeholderText=hint)
        super().__init__(self.line, narrow=narrow)
        self.line.textEdited.connect(lambda text: self.written.emit(text.strip()))

    def show_value(self, value: Any) -> None:
        """Show a text; one that is being written keeps its cursor."""
        if self.line.text().strip() != value:
            self.line.setText(value)
            self.line.setCursorPosition(0)


class KeyField(LineField):
    """One character that tags."""

    def __init__(self) -> None:
        super().__init__("none", narrow=True)
        self.line.setMaximumWidth(70)
        one = QRegularExpression(r"\S?")
        self.line.setValidator(QRegularExpressionValidator(one, self.line))


class GrowingText(QPlainTextEdit):
    """A text as tall as its lines, from `least` to `MOST_LINES` of them."""

    def __init__(self, hint: str, least: int) -> None:
        super().__init__(placeholderText=hint)
        self._least = least
        self.setTabChangesFocus(True)
        self.textChanged.connect(self.fit)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Become as tall as the lines."""
        lines, block = 0, self.document().begin()
        while block.isValid() and lines < MOST_LINES:
            self.blockBoundingRect(block)  # breaks its lines
            lines += max(block.layout().lineCount(), 1)
            block = block.next()
        wanted = min(max(lines, self._least), MOST_LINES)
        self.setFixedHeight(wanted * self.fontMetrics().lineSpacing() + 14)


class TextField(Field):
    """A text of some sentences."""

    def __init__(self, hint: str = "", lines: int = 3) -> None:
        self.text = GrowingText(hint, lines)
        super().__init__(self.text)
        self.text.textChanged.connect(lambda: self.written.emit(self.text.toPlainText().strip()))

    def show_value(self, value: Any) -> None:
        """Show a text; one that is being written keeps its cursor."""
        if self.text.toPlainText().strip() != value:
            with QSignalBlocker(self.text):
                self.text.setPlainText(value)
            self.text.fit()


class FlagField(Field):
    """Yes or no."""

    def __init__(self, words: str) -> None:
        self.box = TickBox(words)
        super().__init__(self.box)
        self.box.clicked.connect(lambda on: self.written.emit(on))

    def name_control(self, name: str) -> None:
        """Keep the words beside the box as its name."""

    def show_value(self, value: Any) -> None:
        """Tick the box or not."""
        self.box.setChecked(bool(value))


class StillBox(QComboBox):
    """A list that the wheel scrolls past."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form: scrolling must never change a value."""
        event.ignore()


class ChoiceField(Field):
    """One of a few words."""

    def __init__(self, *choices: tuple[str, str]) -> None:
        self.box = StillBox()
        for value, words in choices:
            self.box.addItem(words, value)
        super().__init__(self.box)
        self.box.activated.connect(lambda index: self.written.emit(self.box.itemData(index)))

    def show_value(self, value: Any) -> None:
        """Show which one it is."""
        self.box.setCurrentIndex(self.box.findData(value))


class LayerField(ChoiceField):
    """The layer of a label."""

    def offer(self, draft: Draft, entry: Entry) -> None:
        """Offer all layers."""
        self.box.clear()
        for layer in draft.root.of("layer"):
            self.box.addItem(layer.name or "(no name)", layer)

    def show_value(self, value: Any) -> None:
        """Show the layer."""
        places = (i for i in range(self.box.count()) if self.box.itemData(i) is value)
        self.box.setCurrentIndex(next(places, -1))


class DefaultField(ChoiceField):
    """The default of an attribute: one of its values, yes or no, or nothing."""

    def offer(self, draft: Draft, entry: Entry) -> None:
        """Offer what the attribute can be."""
        self.box.clear()
        self.box.addItem("none", "")
        values = [value.name for value in entry.of("value")]
        if getattr(entry.part, "type", "") == "flag":
            values = ["true", "false"]
        for value in values:
            self.box.addItem({"true": "yes", "false": "no"}.get(value, value), value)

    def show_value(self, value: Any) -> None:
        """Show the default, also one that is wrong."""
        if self.box.findData(value) < 0:
            self.box.addItem(value, value)
        super().show_value(value)


class CountField(Field):
    """How many spans; the lowest number can stand for any."""

    def __init__(self, least: int, any_words: str = "") -> None:
        self.box = CountBox(minimum=least, maximum=999)
        self.box.setMaximumWidth(110)
        self.box.setSpecialValueText(any_words)
        super().__init__(self.box, narrow=True)
        self._any = bool(any_words)
        self.box.valueChanged.connect(self._tell)

    def _tell(self, number: int) -> None:
        self.written.emit(None if self._any and number == self.box.minimum() else number)

    def show_value(self, value: Any) -> None:
        """Show a number, or that any will do."""
        with QSignalBlocker(self.box):
            self.box.setValue(self.box.minimum() if value is None else value)


class ColorField(Field):
    """A colour as `#RRGGBB`, written or chosen."""

    def __init__(self) -> None:
        self.line = QLineEdit(placeholderText="#0072B2")
        self.line.setMaximumWidth(110)
        self.button = QPushButton("Choose…")
        self.button.setAutoDefault(False)
        super().__init__(self.line, self.button, narrow=True)
        self.line.textEdited.connect(lambda text: self.written.emit(text.strip()))
        self.button.clicked.connect(self._choose)

    def name_control(self, name: str) -> None:
        """Name line and button."""
        super().name_control(name)
        self.button.setAccessibleName(f"Choose: {name}")

    def show_value(self, value: Any) -> None:
        """Show the colour on the button, too."""
        if self.line.text().strip() != value:
            self.line.setText(value)
        self.button.setIcon(swatch(value))

    def _choose(self) -> None:
        from PySide6.QtWidgets import QColorDialog

        dialog = QColorDialog(QColor(self.line.text()), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(lambda color: self.written.emit(color.name().upper()))
        dialog.open()


def swatch(color: str, size: int = 12) -> QIcon:
    """Return a little square of a colour; an empty one where it is none."""
    pixmap = QPixmap(size, size)
    colour = QColor(color) if QColor.isValidColorName(color) else QColor(Qt.GlobalColor.transparent)
    pixmap.fill(colour)
    return QIcon(pixmap)


def column(*widgets: QWidget) -> QVBoxLayout:
    """Return widgets close under one another."""
    layout = QVBoxLayout()
    layout.setSpacing(2)
    for widget in widgets:
        layout.addWidget(widget)
    return layout
