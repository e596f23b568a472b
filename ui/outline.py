"""The outline: the article's spans in reading order, following the caret and the pick."""

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QPainter, QPalette, QPen, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotation.codebook import Codebook
from annotation.counting import counted
from annotation.document import Document
from annotation.finding import Matcher, Query
from annotation.model import Change, Span, Suggestion
from ui.bridge import SessionBridge
from ui.canvas import Canvas
from ui.finding import show_span
from ui.look import PANEL_MARGIN, Quiet, heading
from ui.outline_model import MENTIONED, SPAN, OutlineModel
from ui.registry.mentioned import MentionedNames
from ui.row_view import RowPainter, RowView
from ui.theme import shades, system_theme

FOLLOW_AFTER = 40
"""Milliseconds for which the caret rests before the outline goes with it."""

GAP = 6
"""Pixels between the words of a span and the name of what they mention."""

FILTER_AFTER = 120
"""Milliseconds without a key after which the filter counts."""


class Outline(QWidget):
    """Lists the spans; a click or an arrow key goes to one, Enter leads into the text.

    Nothing here happens while an edit is under way: the outline follows once the text has been
    painted. `left` asks for the cursor back in the text.
    """

    left = Signal()

    def __init__(self, bridge: SessionBridge, canvas: Canvas, parent: QWidget | None = None):
        super().__init__(parent)
        self._bridge = bridge
        self._canvas = canvas
        self._shown: Document | None = None
        self._changes: list[Change] = []
        self._by_pick = False
        self._names = MentionedNames(bridge.session.store.registries)
        self.model = OutlineModel(self._names.besides, self)
        self.words = QLineEdit(
            placeholderText="Filter by words, label or name", clearButtonEnabled=True
        )
        self.label = QComboBox()
        self.count = Quiet()
        self.view = RowView("Spans of the article", self.model)
        self._follow = QTimer(self, singleShot=True, interval=FOLLOW_AFTER)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._pause = QTimer(self, singleShot=True, interval=FILTER_AFTER)
        self._lay_out()
        self._fill(bridge.session.codebook)
        self._connect()

    def open(self) -> None:
        """Show the outline with the cursor in its list."""
        self.show()
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reload(self) -> None:
        """Show the spans of the article on screen that the filter lets through."""
        self._pause.stop()
        self._changes.clear()
        self._shown = self._bridge.document
        self._names.forget()
        words, label = self.words.text().strip(), str(self.label.currentData() or "")
        matcher = Matcher(Query(words)) if words else None

        def lets_through(span: Span) -> bool:
            if label and label != f"{span.layer}/{span.label}":
                return False
            if matcher is None:
                return True
            called = span.label, self._titles.get(span.label, ""), self._names.name(span)
            return any(map(matcher.first, (*span.quotation, *called)))

        self.model.show(self._shown, lets_through)
        self._say_count()
        self._follow.start()

    # -- following

    def _follow_opened(self, document: Document) -> None:
        if self.isVisible() and document is not self._shown:
            self._later.start()

    def _follow_change(self, change: Change) -> None:
        if self.isVisible():
            self._changes.append(change)
            self._later.start()

    def _catch_up(self) -> None:
        """Show what has happened since; the text has been painted in the meantime."""
        if self._bridge.document is not self._shown:
            self.reload()
            return
        changes, self._changes = self._changes, []
        for change in changes:
            self._names.follow(change)
            self.model.follow(change)
        self.view.viewport().update()  # an entry may be called otherwise
        self._say_count()
        self._follow.start()

    def _follow_text(self) -> None:
        """Make the span current that was picked, else the one that the caret is in or after."""
        picked = self._canvas.picked if self._by_pick else None
        row = self.model.row_of(picked.id) if picked else None
        if row is None:
            row = self.model.row_at(self._canvas.caret)
        index = QModelIndex() if row is None else self.model.index(row)
        if index == self.view.currentIndex():
            return
        self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index)

    def _go_to(self, index: QModelIndex) -> None:
        span = self.model.span(index.row()) if index.isValid() else None
        if span is not None:
            show_span(self._canvas, span)

    def _click(self, index: QModelIndex) -> None:
        self._go_to(index)
        self.left.emit()

    def _say_count(self) -> None:
        count = self.model.rowCount()
        more = not self.model.is_filled
        self.count.setText(f"{count:,}+ spans" if more else counted(count, "span"))

    # -- building

    def _connect(self) -> None:
        self._follow.timeout.connect(self._follow_text)
        self._later.timeout.connect(self._catch_up)
        self._pause.timeout.connect(self.reload)
        self.words.textChanged.connect(self._pause.start)
        self.label.activated.connect(self.reload)
        self.model.filled.connect(self._say_count)
        self.model.filled.connect(self._follow.start)
        self.view.walked.connect(self._go_to)
        self.view.clicked.connect(self._click)
        self.view.activated.connect(lambda index: self.left.emit())
        self._canvas.caret_moved.connect(self._follow_caret)
        self._canvas.picked_changed.connect(self._follow_pick)
        self._bridge.opened.connect(self._follow_opened)
        self._bridge.changed.connect(self._follow_change)

    def _follow_caret(self, position: int) -> None:
        self._by_pick = False
        if self.isVisible():
            self._follow.start()

    def _follow_pick(self, record: Span | Suggestion | None) -> None:
        self._by_pick = record is not None
        if self.isVisible():
            self._follow.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what there is now: nothing was followed while the outline was away."""
        super().showEvent(event)
        self.reload()

    def _fill(self, codebook: Codebook) -> None:
        self._titles = {label.name: label.title for label in codebook.labels}
        self.label.addItem("All labels", "")
        for label in codebook.labels:
            self.label.addItem(label.called, f"{label.layer}/{label.name}")

    def _lay_out(self) -> None:
        self.setAccessibleName("Outline")
        self.words.setAccessibleName(
            "Filter the outline by words, label or the name of what is mentioned"
        )
        self.label.setAccessibleName("Show only spans of this label")
        self.label.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.view.setItemDelegate(SpanPainter(self._bridge.session.codebook, self.view))
        head = QHBoxLayout()
        head.addWidget(heading("Outline"))
        head.addStretch(1)
        head.addWidget(self.count)
        top = QVBoxLayout()
        top.setContentsMargins(PANEL_MARGIN, 10, PANEL_MARGIN, 6)
        top.setSpacing(8)
        top.addLayout(head)
        top.addWidget(self.words)
        top.addWidget(self.label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)


class SpanPainter(RowPainter):
    """Draws a span as its tag in the label's colour and its words."""

    def __init__(self, codebook: Codebook, parent: QObject) -> None:
        super().__init__(parent)
        self._labels = {(label.layer, label.name): label for label in codebook.labels}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw one span."""
        super().paint(painter, option, index)
        span: Span | None = index.data(SPAN)
        if span is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect.adjusted(PANEL_MARGIN, 0, -PANEL_MARGIN, 0)
        label = self._labels.get((span.layer, span.label))
        colour = label.color if label else "#808080"
        width = painter.fontMetrics().horizontalAdvance("MMMM")
        tag = QRect(row.left(), row.top() + 4, width, row.height() - 8)
        self._tag(painter, tag, label.tag if label else span.label[:4], colour)
        painter.setPen(option.palette.color(QPalette.ColorRole.WindowText))
        words, name = row.adjusted(width + 8, 0, 0, 0), index.data(MENTIONED)
        if name:
            quiet = option.palette.color(QPalette.ColorRole.PlaceholderText)
            full = painter.fontMetrics().horizontalAdvance(index.data())
            room = max(words.width() - full - GAP, words.width() * 2 // 5)
            name = painter.fontMetrics().elidedText(f"→ {name}", Qt.TextElideMode.ElideRight, room)
            left = words.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(name) - GAP, 0)
            taken = _write(painter, left, index.data())
            painter.setPen(quiet)
            _write(painter, words.adjusted(taken + GAP, 0, 0, 0), name)
        else:
            _write(painter, words, index.data())
        painter.restore()

    def _tag(self, painter: QPainter, box: QRect, tag: str, colour: str) -> None:
        theme = system_theme()
        found = shades(theme, colour)
        painter.setPen(QPen(found.bar, 1.0) if theme.strong else Qt.PenStyle.NoPen)
        painter.setBrush(found.tint)
        painter.drawRoundedRect(QRectF(box), 3, 3)
        painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), found.bar)
        font = QFont(painter.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.save()
        painter.setFont(font)
        painter.setPen(theme.ink)
        painter.drawText(box.adjusted(3, 0, 0, 0), Qt.AlignmentFlag.AlignCenter, tag)
        painter.restore()


def _write(painter: QPainter, box: QRect, text: str) -> int:
    """Write as much of a text as there is room for; return how wide that is in pixels."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
    return painter.fontMetrics().horizontalAdvance(shown)
