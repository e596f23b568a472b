"""The article as Qt's accessibility API sees it: text, caret, selection, and labels by run.

Offsets here are the units that Qt counts, as in all of its accessibility API; see `ui.utf16`.

What Python can do was tried with PySide6 6.11.3. A subclass of `QAccessibleTextInterface`
works when `interface_cast` returns the object itself, or a `VoidPtr`; an `int`, which the
type hint asks for, or `None` makes the program crash. Two functions never reach Python,
since they answer through pointers: `selection` and `attributes`. Where `raw_slots` can
fill them the selection and the labels are there, too; elsewhere there is said to be no
selection, and `Announcer` tells both in words.
"""

import shiboken6
from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QSizeF
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleTextInterface
from PySide6.QtWidgets import QAccessibleWidget

from annotation.document import Document
from ui.canvas.raw_slots import RawSlots
from ui.canvas.text_view import TextView
from ui.spoken import label_title, labels_at
from ui.utf16 import Units

RUN = 1000
"""How far around a position, in code points, the ends of its run are looked for."""


class AccessibleText(QAccessibleTextInterface):
    """Answers what screen readers and magnifiers ask about the text of a view."""

    def __init__(self, view: TextView) -> None:
        super().__init__()
        self._view = view
        self._document: Document | None = None
        self._units = Units("")
        self._slots = RawSlots(self, self.chosen, self.run)

    # -- offsets

    @property
    def units(self) -> Units:
        """The text of the article on screen, which converts offsets."""
        document = self._view.document
        if document is not self._document:
            self._document = document
            self._units = Units(document.article.text if document else "")
        return self._units

    @property
    def _text(self) -> str:
        return self._view.document.article.text if self._view.document else ""

    def _point(self, unit: int) -> int:
        return min(max(self.units.point(unit), 0), len(self._text))

    # -- text and caret; the names are those of Qt

    def text(self, start: int, end: int) -> str:  # noqa: D102
        return self._text[self._point(start) : self._point(end)]

    def characterCount(self) -> int:  # noqa: D102
        return self.units.unit(len(self._text))

    def cursorPosition(self) -> int:  # noqa: D102
        return self.units.unit(self._view.caret)

    def setCursorPosition(self, position: int) -> None:  # noqa: D102
        place = self._point(position)
        self._view.select(place, place)
        self._view.reveal(place)

    # -- selection

    def chosen(self) -> tuple[int, int]:
        """Return the selection, empty at the caret where there is none."""
        caret = self._view.caret
        start, end = self._view.selection() or (caret, caret)
        return self.units.unit(start), self.units.unit(end)

    def selectionCount(self) -> int:  # noqa: D102
        return int(self._slots.filled and self._view.selection() is not None)

    def addSelection(self, start: int, end: int) -> None:  # noqa: D102
        self._view.select(self._point(start), self._point(end))
        self._view.reveal(self._point(start), self._point(end))

    def setSelection(self, number: int, start: int, end: int) -> None:  # noqa: D102
        self.addSelection(start, end)

    def removeSelection(self, number: int) -> None:  # noqa: D102
        self._view.select(self._view.caret, self._view.caret)

    # -- places on the screen

    def characterRect(self, offset: int) -> QRect:
        """Return where a character is on the screen; empty where it is not in view."""
        if self._view.page is None or not self._text:
            return QRect()
        place = min(self._point(offset), len(self._text) - 1)
        if not self._view.in_view(place):
            return QRect()
        block, line, top = self._view.place_of(place)
        extents = block.extents(line, place, place + 1)
        left, right = extents[0] if extents else (block.x_of(place, line),) * 2
        corner = QPointF(self._view.left + left, top + line.text_top).toPoint()
        size = QSizeF(max(right - left, 1), line.text_bottom - line.text_top).toSize()
        return QRect(self._view.viewport().mapToGlobal(corner), size)

    def offsetAtPoint(self, point: QPoint) -> int:
        """Return the character under a point of the screen, or -1."""
        inside = self._view.viewport().mapFromGlobal(point)
        if self._view.page is None or not self._view.viewport().rect().contains(inside):
            return -1
        return self.units.unit(self._view.position_under(QPointF(inside)))

    def scrollToSubstring(self, start: int, end: int) -> None:  # noqa: D102
        self._view.reveal(self._point(start), self._point(end))

    # -- labels

    def run(self, offset: int) -> tuple[str, int, int]:
        """Return the labels at an offset, as `name:value;…`, and the run they hold for."""
        document = self._view.document
        place = self._point(offset)
        if document is None or self._view.page is None:
            return "", offset, offset
        low, high = max(place - RUN, 0), min(place + RUN, len(self._text))
        start, end = low, high
        labels: list[str] = []
        waiting: list[str] = []
        marked = [*document.spans_between(low, high), *document.suggestions_between(low, high)]
        for record in marked:
            for edge in (edge for fragment in record.fragments for edge in fragment):
                start, end = (max(start, edge), end) if edge <= place else (start, min(end, edge))
            if any(first <= place < last for first, last in record.fragments):
                title = label_title(self._view.page.codebook, record.layer, record.label)
                known = document.suggestion(record.id) is not None
                (waiting if known else labels).append(title)
        parts = (("label", labels), ("suggested-label", waiting))
        said = ";".join(f"{name}:{_plain(', '.join(found))}" for name, found in parts if found)
        return said, self.units.unit(start), self.units.unit(end)


class AccessibleView(QAccessibleWidget):
    """A view of an article, with its text."""

    def __init__(self, view: TextView) -> None:
        super().__init__(view, QAccessible.Role.EditableText)
        self._view = view
        self._text = AccessibleText(view)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:
        """Return the text interface, or what every widget has."""
        if kind == QAccessible.InterfaceType.TextInterface:
            return self._text
        usual = super().interface_cast(kind)
        return shiboken6.VoidPtr(0) if usual is None else usual

    def state(self) -> QAccessible.State:
        """Tell that this is text of several lines that can be read and not written."""
        state = super().state()
        state.readOnly = state.multiLine = state.selectableText = True
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """Return name and description: the article's title, and the labels at the caret."""
        document = self._view.document
        if kind != QAccessible.Text.Description or document is None:
            return super().text(kind)
        labels = labels_at(document, self._view.page.codebook, self._view.caret)
        parts = (document.article.title, f"in {', '.join(labels)}" if labels else "")
        return ". ".join(part for part in parts if part)


def install() -> None:
    """Have Qt ask here about every view of an article."""
    QAccessible.installFactory(_answer)


def _answer(name: str, thing: QObject) -> QAccessibleInterface | None:
    return AccessibleView(thing) if isinstance(thing, TextView) else None


def _plain(text: str) -> str:
    """Return text without the signs that part attributes from one another."""
    return text.translate({ord(sign): " " for sign in ":;\\="})
