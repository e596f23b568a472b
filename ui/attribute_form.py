"""A form for the attributes of a label or a relation, made from the codebook."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from annotation.codebook import Attribute, Choice
from annotation.model import Value
from ui.look import accent
from ui.palette import escaped, wrapped
from ui.value_keys import keys_shown, value_keys

FLAG_WORDS = (("yes", True), ("no", False))
FLAGS = dict(FLAG_WORDS)

BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
"""How the cursor comes into a field where keys are used; a mouse needs no keys shown."""

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AttributeForm(QWidget):
    """One row for each attribute; `chosen` carries the name and the value, None for unset.

    Below the field with the cursor stands a key for each of its values. A value set by its
    key leads on to the next field; `finished` follows the last one, and Enter. `refused` says
    of a key that it means no value.
    """

    chosen = Signal(str, object)
    finished = Signal()
    refused = Signal(str)

    def __init__(self, attributes: Sequence[Attribute], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attributes = attributes
        self.fields: dict[str, ValueBox | TextBox] = {}
        self._form = form = QFormLayout(self)
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
            field.gone.connect(self._go_on)
            field.entered.connect(self._show_keys)
            field.refused.connect(self.refused)
            form.addRow(title, field)
            self.fields[attribute.name] = field
        self.keys = QLabel(self)
        self.keys.setWordWrap(True)
        self.keys.setTextFormat(Qt.TextFormat.RichText)
        self.keys.hide()

    def show_values(self, said: Mapping[str, Value]) -> None:
        """Show what has been said; what has not shows the codebook's default, greyed."""
        for attribute in self._attributes:
            self.fields[attribute.name].show_value(said.get(attribute.name), said)

    def finish(self) -> None:
        """Hand over what is being written in free-text fields."""
        for field in self.fields.values():
            if isinstance(field, TextBox):
                field.finish()

    def _go_on(self, to_next: bool) -> None:
        """Put the cursor into the next field that offers something, or leave the form."""
        fields = list(self.fields.values())
        place = fields.index(self.sender()) + 1 if to_next else len(fields)
        following = next((field for field in fields[place:] if field.offers), None)
        if following is not None:
            following.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def _show_keys(self, text: str) -> None:
        """Show the keys of the field that the cursor has come into, or none."""
        field = self.sender()
        if self._form.indexOf(self.keys) >= 0:
            self._form.takeRow(self.keys)
        self.keys.setText(text)
        self.keys.setVisible(bool(text))
        if not text:
            return
        place = self._form.getWidgetPosition(field)
        self._form.insertRow(place[0] + 1, self.keys)
        QTimer.singleShot(0, self._reveal)

    def _reveal(self) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and self.keys.isVisible():
            area.ensureWidgetVisible(self.keys)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        for field in self.fields.values():
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


class ValueBox(QComboBox):
    """A choice or a yes/no; the first entry says nothing about it.

    Each value has a key, and Backspace says nothing about it. `entered` carries the keys as
    rich text when keys bring the cursor in, an empty text when it leaves; `gone` asks for the
    next field, or with False to leave the form.
    """

    chosen = Signal(object)
    entered = Signal(str)
    gone = Signal(bool)
    refused = Signal(str)

    def __init__(self, attribute: Attribute) -> None:
        super().__init__()
        self._attribute = attribute
        self._offered: tuple[object, ...] | None = None
        self._keys: dict[str, str] = {}
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
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        """Let an unset value stand back, so that nobody takes the default for a decision."""
        theme = QApplication.palette()
        muted = theme.color(QPalette.ColorRole.PlaceholderText)
        self.setItemData(0, muted, Qt.ItemDataRole.ForegroundRole)
        colour = theme.windowText().color() if self.currentIndex() > 0 else muted
        if self.palette().color(QPalette.ColorRole.ButtonText) != colour:  # or it is asked again
            own = QPalette()
            own.setColor(QPalette.ColorRole.ButtonText, colour)
            self.setPalette(own)

    @property
    def offers(self) -> bool:
        """Whether there is a value to choose."""
        return self.count() > 1

    def _place_of(self, value: Value) -> int:
        return next((i for i in range(1, self.count()) if self.itemData(i) == value), 0)

    def _offer(self, said: Mapping[str, Value]) -> None:
        choices = [choice for choice in self._attribute.values if allowed(choice, said)]
        offered = tuple(choice.name for choice in choices)
        if offered == self._offered:
            return
        self._offered = offered
        flag = self._attribute.type == "flag"
        self._keys = value_keys(tuple(FLAGS) if flag else offered)
        told = ", ".join(f"{key.upper()} {spoken(name)}" for name, key in self._keys.items())
        self.setAccessibleDescription(f"{self._attribute.definition} Keys: {told}.")
        default = self._attribute.default
        self.clear()
        self.addItem(f"{spoken(default)} (default)" if default else "not set", None)
        if flag:
            for word, said_so in FLAG_WORDS:
                self.addItem(word, said_so)
        for choice in choices:
            self.addItem(spoken(choice.name), choice.name)
            self.setItemData(self.count() - 1, explained(choice), Qt.ItemDataRole.ToolTipRole)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Set the value whose key is pressed, and go on; with Backspace say nothing about it."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        key = event.text().lower()
        name = next((n for n, k in self._keys.items() if k == key), None) if plain and key else None
        value = FLAGS.get(name, name) if self._attribute.type == "flag" else name
        if event.key() in ENTER:
            self.gone.emit(False)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.chosen.emit(None)
            self._tell_keys()
        elif name is not None and self._place_of(value):
            self.chosen.emit(value)
            self.gone.emit(True)
        elif key.isalnum() and plain:
            event.accept()  # no value has this key: the list's own search would take another
            self.refused.emit(
                f"No value of “{self.accessibleName()}” has the key {key.upper()}; those that have "
                "stand below it. Enter leads back to the text."
            )
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the keys where keys brought the cursor here."""
        super().focusInEvent(event)
        if event.reason() in BY_KEYS:
            self._tell_keys()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the keys away."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.entered.emit("")

    def _tell_keys(self) -> None:
        offered = [self.itemData(index) for index in range(1, self.count())]
        names = {value: word for word, value in FLAG_WORDS}
        entries = [
            (self._keys[name], spoken(name))
            for name in (names.get(value, value) for value in offered)
            if name in self._keys
        ]
        chosen = self.currentText() if self.currentIndex() > 0 else ""
        entries.append(("⌫", "not set"))
        self.entered.emit(keys_shown(entries, chosen, accent(self.palette()).name()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel: scrolling must never change a value."""
        event.ignore()


class TextBox(QLineEdit):
    """Free text; it counts once Enter is pressed or the cursor leaves. Enter goes on."""

    chosen = Signal(object)
    entered = Signal(str)
    gone = Signal(bool)
    refused = Signal(str)
    offers = True

    def __init__(self, attribute: Attribute) -> None:
        super().__init__(placeholderText="not set")
        self._shown = ""
        self.editingFinished.connect(self.finish)
        self.returnPressed.connect(lambda: self.gone.emit(True))

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
