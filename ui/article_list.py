"""The panel on the left: all articles, a search box, and where each stands."""

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QCursor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotation.document import Document
from annotation.errors import ProjectError
from annotation.model import Change
from annotation.store import COUNTED, ArticleFilter, ArticleRow
from ui.article_model import ARTICLE, ArticleModel, byline
from ui.bridge import SessionBridge
from ui.look import PANEL_MARGIN, Quiet, accent

SEARCH_PAUSE = 150
"""Milliseconds without a key after which the search runs."""

FEW = 20
"""How many articles are read one by one after a change; if it is more, all that is shown is."""

STATUSES = (
    ("All articles", None),
    ("New", "new"),
    ("Started", "started"),
    ("Complete", "complete"),
)


class ArticleList(QWidget):
    """Lists the articles and opens the one that is chosen; `counted` says how many there are."""

    left = Signal()

    def __init__(self, bridge: SessionBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.model = ArticleModel(bridge.session.store, self)
        self.search = QLineEdit(placeholderText="Search articles", clearButtonEnabled=True)
        self.search.setAccessibleName(
            "Search articles by their words, title, outlet, author or file name"
        )
        self.status = QComboBox()
        self.status.setAccessibleName("Show articles by status")
        for text, value in STATUSES:
            self.status.addItem(text, value)
        self.found = Quiet()
        self.found.setWordWrap(True)
        self.view = _view(self.model)
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_PAUSE)
        self._lay_out()
        self._connect()
        self._reveal_open()
        self._say_found()

    def start_search(self) -> None:
        """Put the cursor into the search box."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def step(self, by: int) -> None:
        """Open the next or the previous article of the list."""
        row = self.view.currentIndex().row() + by
        if row >= self.model.rowCount() and self.model.canFetchMore(QModelIndex()):
            self.model.fetchMore(QModelIndex())
        if 0 <= row < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(row))
        else:
            self._bridge.refused.emit(
                "This is the last article." if by > 0 else "This is the first article."
            )

    def open_first(self) -> None:
        """Open the first article of the list, if there is one."""
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0))

    def reload(self) -> None:
        """Show articles that have been added; the open one stays current."""
        self._show(self.model.wanted)

    def search_again(self) -> None:
        """Show what words find now that more articles are indexed; nothing where none are asked."""
        if self.model.wanted.words:
            self.reload()

    # -- following

    def _connect(self) -> None:
        self._pause.timeout.connect(self._filter)
        self.search.textChanged.connect(self._pause.start)
        self.search.returnPressed.connect(self._filter_and_enter)
        self.status.activated.connect(self._filter)
        self.view.selectionModel().currentChanged.connect(self._open)
        self.view.activated.connect(lambda index: self.left.emit())
        # Who clicks wants to read and tag; who walks the list by arrows stays in it.
        self.view.clicked.connect(lambda index: self.left.emit())
        self._bridge.opened.connect(self._follow_opened)
        self._bridge.changed.connect(self._follow_change)
        self._bridge.blinded.connect(self.reload)

    def _open(self, index: QModelIndex) -> None:
        row = self.model.article(index)
        document = self._bridge.document
        if row and (document is None or document.article.id != row.id):
            self._bridge.open(row.id)

    def _follow_opened(self, document: Document) -> None:
        row = self.model.article(self.view.currentIndex())
        if row is None or row.id != document.article.id:
            self._reveal_open()

    def _follow_change(self, change: Change) -> None:
        touched = change.article_ids
        if len(touched) > FEW:
            self.reload()
            return
        for article_id in touched:
            self.model.refresh(article_id)

    def _filter_and_enter(self) -> None:
        self._filter()
        self.view.setFocus()
        if not self.view.currentIndex().isValid():
            self.open_first()

    def _filter(self) -> None:
        self._pause.stop()
        self._show(ArticleFilter(self.search.text().lstrip(), self.status.currentData()))

    def _show(self, wanted: ArticleFilter) -> None:
        """Show what is wanted; where the query is wrong say so, and leave the list as it is."""
        try:
            self.model.show(wanted)
        except ProjectError as error:
            self.found.setText(str(error))
            return
        self._reveal_open()
        self._say_found()

    def _reveal_open(self) -> None:
        document = self._bridge.document
        if document is not None:
            index = self.model.find(document.article.id)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    def _say_found(self) -> None:
        total = self.model.total
        filtered = self.model.wanted != ArticleFilter()
        word = "article" if total == 1 else "articles"
        said = f"{total:,} {word} found" if filtered else f"{total:,} {word}"
        if filtered and total == COUNTED + 1:
            said = f"More than {COUNTED:,} articles found"
        waiting = self._bridge.session.store.index(0) if self.model.wanted.words else 0
        if waiting:
            said += f" so far; the texts of {waiting:,} are not indexed yet"
        self.found.setText(said)

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(PANEL_MARGIN, PANEL_MARGIN, PANEL_MARGIN, 6)
        top.setSpacing(8)
        for widget in (self.search, self.status, self.found):
            top.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.view)
        self.setFocusProxy(self.view)


def _view(model: ArticleModel) -> QListView:
    view = QListView()
    view.setViewport(QWidget())  # ours, for the reason given in PageView
    view.setAccessibleName("Articles")
    view.setModel(model)
    view.setItemDelegate(RowPainter(view))
    view.setUniformItemSizes(True)
    view.setFrameShape(QListView.Shape.NoFrame)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    return view


class RowPainter(QStyledItemDelegate):
    """Draws an article's title in up to two lines, its byline, and a sign for where it stands."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return the height of three lines with air around them, for every article."""
        return QSize(120, 3 * option.fontMetrics.height() + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw one article."""
        row: ArticleRow = index.data(ARTICLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Not from option.state: its type alone takes 9 ms to load, at every start.
        view: QListView = self.parent()
        chosen = view.selectionModel().isSelected(index)
        pointed = view.indexAt(view.viewport().mapFromGlobal(QCursor.pos())) == index
        _paint_ground(painter, option, chosen, pointed)
        text = option.palette.color(QPalette.ColorRole.WindowText)
        quiet = QColor(text)
        quiet.setAlphaF(0.62)
        line = option.fontMetrics.height()
        x = option.rect.left() + PANEL_MARGIN
        left, right = x + 22, option.rect.right() - PANEL_MARGIN
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        room = right - left - (22 if row.pending else 0)
        title = in_two_lines(row.title, QFontMetrics(font), room)
        y = option.rect.center().y() - (len(title) + 1) * line // 2
        paint_sign(painter, QPointF(x + 6, y + line / 2), row.status, accent(option.palette))
        if row.pending:
            _paint_pending(painter, QRectF(right - 14, y + line / 2 - 5, 14, 10), quiet)
        for words in title:
            _paint_line(painter, QRect(left, y, room, line), words, font, text)
            y += line
        _paint_line(
            painter,
            QRect(left, y, right - left, line),
            byline(row) or row.status,
            option.font,
            quiet,
        )
        painter.restore()


def in_two_lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Return a text in one or two lines of so many pixels, cut with an ellipsis if it must be."""
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    if cut == text:
        return [text]
    fits = max(len(cut) - 1, 1)
    blank = text.rfind(" ", 0, fits + 2)
    place = blank if blank > 0 else fits
    rest = text[place:].strip()
    return [text[:place], metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]


def paint_sign(painter: QPainter, centre: QPointF, status: str, colour: QColor) -> None:
    """Draw an empty, a half or a full disc: new, started, complete."""
    ring = QRectF(centre.x() - 5, centre.y() - 5, 10, 10)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(colour if status == "complete" else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    if status == "started":
        painter.setBrush(colour)
        painter.drawChord(ring, 90 * 16, 180 * 16)


def _paint_ground(
    painter: QPainter, option: QStyleOptionViewItem, chosen: bool, pointed: bool
) -> None:
    if not chosen and not pointed:
        return
    ground = accent(option.palette)
    ground.setAlphaF(0.16 if chosen else 0.07)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(option.rect).adjusted(6, 1, -6, -1), 6, 6)


def _paint_pending(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(box, 3, 3)


def _paint_line(painter: QPainter, box: QRect, text: str, font: QFont, colour: QColor) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
