"""Making a relation with the mouse: from one span's mark to another span."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import QMenu

from annotation.errors import ProjectError
from annotation.model import Span
from annotation.offers import Offer, offers
from ui.canvas.marks import Marked

if TYPE_CHECKING:
    from ui.canvas.view import Canvas


class LinkDrag:
    """A line that follows the mouse from a span; where it is let go, relations are offered.

    With one relation that fits it is made at once, with several a menu asks, with none
    the reason is told.
    """

    def __init__(self, canvas: "Canvas", span: Span, at: QPointF) -> None:
        self._canvas = canvas
        self._span = span
        self._from = self._to = at
        self._target: Span | None = None
        self._started = False

    def move(self, point: QPointF, under: list[Marked]) -> None:
        """Follow the mouse; scroll where it leaves the view."""
        far = (point - self._from).manhattanLength()
        self._started = self._started or far >= QGuiApplication.styleHints().startDragDistance()
        if not self._started:
            return
        self._to = point
        self._target = self._best([r for r in under if isinstance(r, Span)])
        height = self._canvas.viewport().height()
        beyond = min(point.y(), 0.0) + max(point.y() - height, 0.0)
        if beyond:
            self._canvas.scroll_by(beyond)
            self._from -= QPointF(0, beyond)
        self._canvas.viewport().update()

    def release(self) -> None:
        """Offer what can be made of the two spans."""
        target, self._started = self._target, False
        self._canvas.viewport().update()
        if target is None:
            return
        try:
            found = offers(self._canvas.bridge.session.desk, self._span, target)
        except ProjectError as error:
            self._canvas.bridge.refused.emit(str(error))
            return
        if len(found) == 1:
            self._make(found[0])
        else:
            self._ask(found, self._to.toPoint())

    def draw(self, painter: QPainter) -> None:
        """Draw the line, with a ring where it would tie something."""
        if not self._started:
            return
        theme = self._canvas.theme
        painter.setPen(QPen(theme.accent, 1.6, Qt.PenStyle.DashLine))
        painter.drawLine(self._from, self._to)
        painter.setPen(QPen(theme.accent, 1.6))
        painter.setBrush(theme.accent if self._target else theme.page)
        painter.drawEllipse(QRectF(self._to.x() - 4, self._to.y() - 4, 8, 8))

    def _best(self, spans: list[Span]) -> Span | None:
        """Return the innermost span under the mouse that fits; where none does, the innermost."""
        others = [span for span in spans if span.id != self._span.id]
        return next((span for span in others if self._fits(span)), next(iter(others), None))

    def _fits(self, span: Span) -> bool:
        try:
            return bool(offers(self._canvas.bridge.session.desk, self._span, span))
        except ProjectError:
            return False

    def _ask(self, found: list[Offer], point: QPoint) -> None:
        menu = QMenu(self._canvas)
        menu.setAccessibleName("Relations between the two spans")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        joining = sum(offer.relation is not None for offer in found)
        for number, offer in enumerate(found):
            if number == joining > 0:
                menu.addSection("In a new relation")
            action = menu.addAction(offer.title)
            action.setToolTip(offer.label.definition)
            action.triggered.connect(lambda _=False, offer=offer: self._make(offer))
        menu.setToolTipsVisible(True)
        menu.popup(self._canvas.viewport().mapToGlobal(point))

    def _make(self, offer: Offer) -> None:
        self._canvas.bridge.perform(offer.change)
