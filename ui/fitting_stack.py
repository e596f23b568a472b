"""A stack of pages that is as high as the one on top."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class FittingStack(QStackedWidget):
    """Asks for the room of the page it shows; Qt's own asks for that of its highest.

    Answers are those of QWidget, for the page on top.
    """

    def sizeHint(self) -> QSize:
        """Return the size that the page would like."""
        page = self.currentWidget()
        return page.sizeHint() if page else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the least size of the page."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """Tell whether the page's height depends on its width, as wrapped text does."""
        page = self.currentWidget()
        return page is not None and page.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """Return the height that the page needs at a width."""
        page = self.currentWidget()
        return page.heightForWidth(width) if page else -1
