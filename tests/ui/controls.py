"""What counts as a control, and which of them screen readers could not name."""

from collections.abc import Iterable

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

KINDS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)


def controls(widgets: Iterable[QWidget]) -> list[QWidget]:
    """Return the controls on screen; what is inside of a control is its own business."""
    return [
        w
        for w in widgets
        if isinstance(w, KINDS) and w.isVisible() and not isinstance(w.parent(), KINDS)
    ]


def nameless(widgets: Iterable[QWidget]) -> list[str]:
    """Return the controls without a name."""
    return [
        f"{type(w).__name__} {w.objectName()} in {type(w.parent()).__name__}"
        for w in controls(widgets)
        if not QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name)
    ]
