"""A stack of pages that is as high as the one on top."""

from PySide6.QtWidgets import QVBoxLayout, QWidget


class FittingStack(QWidget):
    """Shows one page at a time and asks for the room of that one.

    A `QStackedWidget` asks for the room of its highest page, and its layout answers for the
    height of wrapped text before the widget is asked.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def add(self, page: QWidget) -> None:
        """Add a page; the first one is shown."""
        self._column.addWidget(page)  # first of all: without a parent it would be a window
        if self._current is None:
            self._current = page
        else:
            page.hide()

    def current(self) -> QWidget | None:
        """Return the page that is shown."""
        return self._current

    def show_page(self, page: QWidget) -> None:
        """Show a page that was added, and no other."""
        if page is not self._current:
            if self._current is not None:
                self._current.hide()
            self._current = page
            page.show()
