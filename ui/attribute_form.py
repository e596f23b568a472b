"""A form for the attributes of a label or a relation, made from the codebook."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from annotation.codebook import Attribute, Choice
from annotation.model import Value
from ui.palette import escaped, wrapped

FLAG_WORDS = (("yes", True), ("no", False))


class AttributeForm(QWidget):
    """One row for each attribute; `chosen` carries the name and the value, None for unset."""

    chosen = Signal(str, object)

    def __init__(self, attributes: Sequence[Attribute], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attributes = attributes
        self.fields: dict[str, ValueBox | TextBox] = {}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(4)
        form.setHorizontalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for attribute in attributes:
            field = TextBox(attribute) if attribute.type == "text" else ValueBox(attribute)
            field.chosen.connect(lambda value, name=attribute.name: self.chosen.emit(name, value))
            title = QLabel(attribute.title or attribute.name)
            title.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            title.setToolTip(wrapped(attribute.definition))
            field.setAccessibleName(attribute.title or attribute.name)
            field.setAccessibleDescription(attribute.definition)
            form.addRow(title, field)
            self.fields[attribute.name] = field

    def show_values(self, said: Mapping[str, Value]) -> None:
        """Show what has been said; what has not shows the codebook's default, greyed."""
        for attribute in self._attributes:
            self.fields[attribute.name].show_value(said.get(attribute.name), said)

    def finish(self) -> None:
        """Hand over what is being written in free-text fields."""
        for field in self.fields.values():
            if isinstance(field, TextBox):
                field.finish()

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        for field in self.fields.values():
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


class ValueBox(QComboBox):
    """A choice or a yes/no; the first entry says nothing about it."""

    chosen = Signal(object)

    def __init__(self, attribute: Attribute) -> None:
        super().__init__()
        self._attribute = attribute
        self._offered: tuple[object, ...] | None = None
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda index: self.chosen.emit(self.itemData(index)))

    def show_value(self, value: Value | None, said: Mapping[str, Value]) -> None:
        """Show a value among those that the rest of what is said allows."""
        with QSignalBlocker(self):
            self._offer(said)
            index = 0 if value is None else self._place_of(value)
            self.setCurrentIndex(index)
        # An unset value stands back, so that nobody takes the default for a decision.
        role = QPalette.ColorRole.PlaceholderText if index == 0 else QPalette.ColorRole.Text
        palette = self.palette()
        colour = self.parentWidget().palette().color(role) if self.parentWidget() else None
        if colour is not None:
            palette.setColor(QPalette.ColorRole.ButtonText, colour)
            self.setPalette(palette)

    def _place_of(self, value: Value) -> int:
        return next((i for i in range(1, self.count()) if self.itemData(i) == value), 0)

    def _offer(self, said: Mapping[str, Value]) -> None:
        choices = [choice for choice in self._attribute.values if allowed(choice, said)]
        offered = tuple(choice.name for choice in choices)
        if offered == self._offered:
            return
        self._offered = offered
        default = self._attribute.default
        self.clear()
        self.addItem(f"{spoken(default)} (default)" if default else "not set", None)
        muted = self.palette().color(QPalette.ColorRole.PlaceholderText)
        self.setItemData(0, muted, Qt.ItemDataRole.ForegroundRole)
        if self._attribute.type == "flag":
            for word, flag in FLAG_WORDS:
                self.addItem(word, flag)
        for choice in choices:
            self.addItem(spoken(choice.name), choice.name)
            self.setItemData(self.count() - 1, explained(choice), Qt.ItemDataRole.ToolTipRole)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel: scrolling must never change a value."""
        event.ignore()


class TextBox(QLineEdit):
    """Free text; it counts once Enter is pressed or the cursor leaves."""

    chosen = Signal(object)

    def __init__(self, attribute: Attribute) -> None:
        super().__init__(placeholderText="not set")
        self._shown = ""
        self.editingFinished.connect(self.finish)

    def show_value(self, value: Value | None, said: Mapping[str, Value]) -> None:
        """Show a text, unless somebody is writing another one."""
        text = "" if value is None else str(value)
        if text != self._shown or not self.hasFocus():
            self._shown = text
            self.setText(text)
            self.setCursorPosition(0)  # a long text shows its beginning

    def finish(self) -> None:
        """Hand over what has been written."""
        text = self.text().strip()
        if text != self._shown:
            self._shown = text
            self.chosen.emit(text or None)


def allowed(choice: Choice, said: Mapping[str, Value]) -> bool:
    """Tell whether the other attributes allow a value."""
    return all(said.get(other) in values for other, values in choice.only_with.items())


def explained(choice: Choice) -> str:
    """Return a value's definition and example as a tooltip."""
    example = f"<br><i>{escaped(choice.example)}</i>" if choice.example else ""
    return f"<p>{escaped(choice.definition)}{example}</p>" if choice.definition else ""


def spoken(name: str) -> str:
    """Return a codebook name as words."""
    return name.replace("_", " ")
