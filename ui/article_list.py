"""The panel on the left: all articles, a search box, and where each stands."""

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from annotation.counting import counted
from annotation.document import Document
from annotation.model import Change
from annotation.store import ArticleFilter
from ui.article_model import ArticleModel
from ui.article_view import ArticleView
from ui.bridge import SessionBridge
from ui.look import PANEL_MARGIN, Quiet

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
        self.view = ArticleView(self.model)
        self._entering = self._revealing = False
        self._place: int | None = None
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
        if 0 <= row < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(row))
        else:
            self._bridge.refused.emit(
                "This is the last article." if by > 0 else "This is the first article."
            )

    def open_first(self) -> None:
        """Open the first article of the list, once it is known, if there is one."""
        self._entering = self.model.finding.under_way
        if not self._entering and self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0))

    def reload(self) -> None:
        """Show what has come or changed; the list stays where it is, and the open one current."""
        self._place = self.view.verticalScrollBar().value()
        self.model.reload()

    def close_finding(self) -> None:
        """Look for no more articles; nothing reads the project when this returns."""
        self.model.finding.close()

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
        self.view.typed.connect(self._search_for)
        self.model.grown.connect(self._follow_growth)
        self.model.modelReset.connect(self._follow_reset)
        self.model.failed.connect(self.found.setText)
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

    def _search_for(self, letter: str) -> None:
        """Begin a search with a letter typed in the list."""
        self.start_search()
        self.search.insert(letter)

    def _filter_and_enter(self) -> None:
        if self._wanted() != self.model.coming:
            self._filter()
        self._pause.stop()
        self.view.setFocus()
        if not self.view.currentIndex().isValid() or self.model.finding.under_way:
            self.open_first()

    def _wanted(self) -> ArticleFilter:
        return ArticleFilter(self.search.text().lstrip(), self.status.currentData())

    def _filter(self) -> None:
        self._pause.stop()
        self._entering = False
        self._place = None
        self.model.show(self._wanted())

    def _follow_reset(self) -> None:
        self._revealing = True

    def _follow_growth(self) -> None:
        """Show the open article once its row is known, and how many there are."""
        over = not self.model.finding.under_way
        if self._revealing:
            self._revealing = not (self._reveal_open() or over)
        if self._place is not None:
            self.view.verticalScrollBar().setValue(self._place)
            self._place = None
        if self._entering and over:
            self._entering = False
            if not self.view.currentIndex().isValid():
                self.open_first()
        self._say_found()

    def _reveal_open(self) -> bool:
        """Make the open article current; tell whether it is in the list."""
        document = self._bridge.document
        index = self.model.find(document.article.id) if document else QModelIndex()
        self.view.setCurrentIndex(index)
        return index.isValid()

    def _say_found(self) -> None:
        total, wanted = self.model.rowCount(), self.model.wanted
        said = counted(total, "article")
        if wanted != ArticleFilter():
            said += " found"
        waiting = self._bridge.session.store.index(0) if wanted.words else 0
        if waiting:
            said += f" so far; the texts of {waiting:,} are not indexed yet"
        elif self.model.finding.under_way:
            said += " so far"
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
