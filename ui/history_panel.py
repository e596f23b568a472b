"""The panel of the history: who did what when, going there, and taking it back."""

from collections.abc import Callable
from contextlib import closing
from threading import Event

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QMessageBox, QVBoxLayout, QWidget

from annotation.errors import ProjectError
from annotation.history import Logged, Page, Wanted, clock
from annotation.model import Change, Record, RegistryEntry, Span, Suggestion
from annotation.store import OpenStore, Store
from annotation.taking_back import go_back, take_back
from ui.bridge import SessionBridge
from ui.canvas import Canvas
from ui.history_list import ENTRY, HistoryModel, HistoryPainter
from ui.look import PANEL_MARGIN, Quiet, Rule
from ui.messages import show_problem
from ui.row_view import RowView
from ui.small_button import small_button
from ui.waiting import in_a_thread

PAUSE = 300
"""Milliseconds without a key, or a move in the text, after which the list follows."""

SCOPES = ("span", "article", "project")


class HistoryPanel(QWidget):
    """Lists what was done with the span at hand, in the article or in the project.

    `chosen` carries the article, start and end (code points; 0 and 0 for the article) and span
    of an entry, `entry_chosen` a registry and its entry; `left` asks for the cursor back in the
    text.
    """

    chosen = Signal(str, int, int, str)
    entry_chosen = Signal(str, object)
    left = Signal()

    def __init__(self, bridge: SessionBridge, canvas: Canvas, open_store: OpenStore) -> None:
        super().__init__()
        self._bridge = bridge
        self._open_store = open_store
        self._canvas = canvas
        self.scope = QComboBox()
        self.annotator = QLineEdit(placeholderText="Any annotator", maximumWidth=150)
        self.words = QLineEdit(placeholderText="Words", maximumWidth=220)
        self.back = small_button("Take back", "Take this one change back", "Take back (Del)")
        self.all_back = small_button("Go back to here…", "Take back all that came later")
        self.leave = small_button("×", "Close the history", "Close (Esc)")
        self.model = HistoryModel(self._page, self)
        self.empty = Quiet()
        self.empty.setMargin(PANEL_MARGIN)
        self.view = RowView("History", self.model)
        self.view.setItemDelegate(HistoryPainter(self.view))
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._further = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._connect()

    def open(self) -> None:
        """Show the panel with the cursor in its list."""
        self.show()
        self.model.restart()
        self._allow()
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def entry(self) -> Logged | None:
        """Return the entry that is chosen, if one is."""
        index = self.view.currentIndex()
        return index.data(ENTRY) if index.isValid() else None

    def take_back(self) -> None:
        """Take the chosen change back, or say what stands in the way."""
        entry, session = self.entry(), self._bridge.session
        if entry is not None and not session.store.read_only:
            self._carry_out(lambda store, _: take_back(store, entry.seq, session.annotator))

    def go_back(self) -> None:
        """Ask, then take back all that came after the chosen entry."""
        entry, session, scope = self.entry(), self._bridge.session, self.scope.currentData()
        if entry is None or session.store.read_only:
            return
        document = self._bridge.document
        article_id = "" if scope == "project" or document is None else document.article.id
        where = "in this article" if article_id else "in the whole project"
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("Go back")
        box.setText(f"Take back all that was done {where} after {clock(entry.at)}?")
        box.setInformativeText(
            "Articles that were imported since stay, and so does the codebook. Undo brings "
            "everything back."
        )
        yes = box.addButton("Go back", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        yes.clicked.connect(
            lambda: self._carry_out(
                lambda store, go_on: go_back(store, entry.seq, session.annotator, article_id, go_on)
            )
        )
        box.open()

    def _carry_out(self, find: Callable[[Store, Callable[[], None]], Change]) -> None:
        """Find out in a thread, which a person can break off, what is to be done; then do it."""
        stopped = Event()

        def go_on() -> None:
            if stopped.is_set():
                raise ProjectError("Stopped; nothing was changed.")

        def work() -> Change:
            with closing(self._open_store()) as store:  # of this thread's own
                return find(store, go_on)

        try:
            change = in_a_thread(self, "Looking through the history", work, stopped.set)
        except ProjectError as error:
            show_problem(self, "Nothing was taken back.", str(error))
            return
        self._bridge.carry_out(lambda: change)

    # -- what is listed

    def _page(self, before: int) -> Page:
        words = self.words.text().strip()
        try:
            record_id = self._record_id()
            if record_id is None:
                return Page([], 0)
            scope = self.scope.currentData()
            wanted = Wanted(record_id, self.annotator.text().strip(), words, scope == "article")
            page = self._bridge.session.store.history.page(wanted, before)
        except ProjectError as error:
            self._bridge.refused.emit(str(error))
            return Page([], 0)
        if page.before and not page.entries:
            self._further.start()  # nothing that fits among so many: look further, in pieces
        return page

    def _record_id(self) -> str | None:
        """Return what is asked about, "" for the project, None where nothing is at hand."""
        document, picked = self._bridge.document, self._canvas.picked
        match self.scope.currentData():
            case "span":
                return picked.id if picked is not None else None
            case "article":
                return document.article.id if document is not None else None
        return ""

    def _follow(self) -> None:
        if self.isVisible():
            self._later.start()

    def _follow_pick(self) -> None:
        if self.scope.currentData() == "span":
            self._follow()

    def _look_further(self) -> None:
        if self.isVisible() and self.model.canFetchMore():
            self.model.fetchMore()

    def _allow(self) -> None:
        entry = self.entry()
        writable = not self._bridge.session.store.read_only
        self.back.setEnabled(writable and entry is not None and entry.stands)
        self.all_back.setEnabled(writable and entry is not None and not self._is_of_span())

    def _say_if_empty(self) -> None:
        """Say why the list has no row, where it has none."""
        if self._is_of_span() and self._canvas.picked is None:
            words = "Pick a span in the text: here is what became of it."
        elif self.annotator.text().strip() or self.words.text().strip():
            words = "Nothing that was done here fits."
        else:
            words = "Nothing has been done here yet."
        self.empty.setText(words)
        self.empty.setVisible(self.model.rowCount() == 0)

    def _is_of_span(self) -> bool:
        return self.scope.currentData() == "span"

    def _choose(self, index: QModelIndex) -> None:
        entry: Logged | None = index.data(ENTRY) if index.isValid() else None
        if entry is None or not entry.article_id:
            return
        records = self._records(entry)
        place = next((r for r in records if isinstance(r, Span | Suggestion)), None)
        if place is None:
            self.chosen.emit(entry.article_id, 0, 0, "")
            return
        there = self._bridge.session.store.spans([place.id])
        if there:
            self.chosen.emit(there[0].article_id, there[0].start, there[0].end, there[0].id)
        else:
            self.chosen.emit(place.article_id, place.start, place.end, "")

    def _records(self, entry: Logged) -> tuple[Record, ...]:
        change = self._bridge.session.store.history.change(entry.target or entry.seq)
        return (*change.added, *change.removed)

    def _open(self, index: QModelIndex) -> None:
        """As `_choose`; of an edit of a registry, ask for what it was about."""
        self._choose(index)
        entry: Logged = index.data(ENTRY)
        records = () if entry.article_id else self._records(entry)
        found = next((each for each in records if isinstance(each, RegistryEntry)), None)
        if found is not None:
            there = self._bridge.session.store.registries.entries([found.id])
            self.entry_chosen.emit(found.registry, there[0] if there else None)

    def _close(self) -> None:
        self.hide()
        self.left.emit()

    # -- building

    def _connect(self) -> None:
        bridge = self._bridge
        self._later.timeout.connect(self.model.restart)
        self._further.timeout.connect(self._look_further)
        self.model.modelReset.connect(self._allow)
        for told in (self.model.modelReset, self.model.rowsInserted):
            told.connect(self._say_if_empty)
        self.scope.currentIndexChanged.connect(self.model.restart)
        for box in (self.annotator, self.words):
            box.textEdited.connect(self._follow)
            box.returnPressed.connect(self.view.setFocus)
        bridge.changed.connect(self._follow)
        bridge.opened.connect(self._follow)
        bridge.locked.connect(self._allow)
        self._canvas.picked_changed.connect(self._follow_pick)
        self.view.selectionModel().currentChanged.connect(self._allow)
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._open)
        self.back.clicked.connect(self.take_back)
        self.all_back.clicked.connect(self.go_back)
        self.leave.clicked.connect(self._close)
        for keys, run in (("Esc", self._close), ("Del", self.take_back)):
            of = self if keys == "Esc" else self.view
            QShortcut(QKeySequence(keys), of, run).setContext(
                Qt.ShortcutContext.WidgetWithChildrenShortcut
            )

    def _lay_out(self) -> None:
        self.setAccessibleName("History")
        for name, words in zip(SCOPES, ("This span", "This article", "Whole project"), strict=True):
            self.scope.addItem(words, name)
        self.scope.setCurrentIndex(1)
        self.scope.setAccessibleName("History of what")
        self.annotator.setAccessibleName("Only what this annotator did")
        self.words.setAccessibleName("Only entries with these words")
        bar = QHBoxLayout()
        for widget in (Quiet("History of"), self.scope, self.annotator, self.words):
            bar.addWidget(widget)
        bar.addStretch(1)
        for button in (self.back, self.all_back, self.leave):
            bar.addWidget(button)
        bar.setSpacing(8)
        bar.setContentsMargins(PANEL_MARGIN, 6, PANEL_MARGIN, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addLayout(bar)
        column.addWidget(self.empty)
        column.addWidget(self.view, 1)
