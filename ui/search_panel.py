"""The panel for searching the whole project: what, where, by whom, and the hits in context."""

from functools import partial
from time import perf_counter

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from annotation.counting import counted
from annotation.errors import ProjectError
from annotation.finding import Query
from annotation.model import Change, Relation, Span
from annotation.query_language import looks_like_a_query
from annotation.searching import FIELDS, Field, Looked, Search, search_apart
from annotation.store import ArticleFilter, OpenStore
from ui.aside import JobAside, in_a_thread
from ui.bridge import SessionBridge
from ui.doors import Doors
from ui.find_bar import FindBox, Switch
from ui.found_list import MOST, FoundModel, FoundPainter
from ui.look import PANEL_MARGIN, Quiet, Rule
from ui.row_view import RowView
from ui.small_button import small_button
from ui.theme import system_theme

PAUSE = 350
"""Milliseconds without a key after which the search begins by itself."""

BEAT = 25
"""Milliseconds between two looks at what the search has found."""

SLICE = 0.005
"""How many seconds of a turn of the event loop are taken for what has been found."""

NAMES: dict[Field, str] = {
    "text": "Text",
    "label": "Labels",
    "attribute": "Attributes",
    "annotator": "Annotators",
    "note": "Notes",
    "metadata": "Metadata",
}

USUAL = ("text", "note", "metadata")
"""Where is looked at first."""


EXAMPLES = (
    'such as  "port authority"   minist*   NEAR(mayor levy, 5)   bridge OR tunnel   -ferry   '
    "outlet:times   date:2024..2025   label:CLAIM"
)
"""What stands where the fields are, while the query says where to look."""


class SearchPanel(QWidget):
    """Searches texts, labels, attributes, annotators, notes and metadata of all articles.

    The search runs in a process of its own with a connection of its own, and is ended when
    something else is asked. `chosen` carries the article's id, the start and end of a hit in
    code points (0 and 0 for metadata) and the id of its span or an empty text; `left` asks for the
    cursor back in the text.
    """

    chosen = Signal(str, int, int, str)
    left = Signal()

    def __init__(self, bridge: SessionBridge, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._open_store = doors.open_for_reading(bridge.session.store.path)
        self._job: JobAside[Looked] | None = None
        self._asked: Search | None = None
        self._stale = self._entering = False
        self._total = 0
        self.words = FindBox("Search the project")
        self.case = Switch("Aa", "Match case", "Alt+C")
        self.whole = Switch("|ab|", "Whole words only", "Alt+W")
        self.pattern = Switch(".*", "Regular expression", "Alt+X")
        self.query = Switch("Query", "Query language: phrases, NEAR, fields", "Alt+Q")
        self.help = small_button("?", "Query language by example")
        self.offer = small_button("Search as a query", "Search as a query")
        self.where = Quiet("in")
        self.fields: dict[Field, Switch] = {
            field: Switch(NAMES[field], f"Search {NAMES[field].lower()}", "") for field in FIELDS
        }
        self.label = QComboBox()
        self.annotator = QComboBox()
        self.progress = QProgressBar(textVisible=False)
        self.stop_button = small_button("Stop", "Stop searching")
        self.leave = small_button("×", "Close the search", "Close (Esc)")
        self.state = Quiet()
        self.model = FoundModel(self)
        self.view = RowView("Hits in the project", self.model)
        self.view.setItemDelegate(FoundPainter(self.view))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._beat = QTimer(self, interval=BEAT)
        self._names = in_a_thread(partial(_annotators, self._open_store))
        self._names_due = QTimer(self, interval=BEAT)
        self._lay_out()
        self._fill()
        self._connect()
        self._say("")

    def open(self, words: str = "") -> None:
        """Show the panel with the cursor in it, looking for these words if there are any."""
        self.show()
        if words:
            self.words.setText(words)
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()
        self.begin()

    def search(self) -> Search:
        """Return what is asked for."""
        words = self.words.text()
        if self.query.isChecked():
            return Search(Query(words), by_query=True)
        switches = (self.case.isChecked(), self.whole.isChecked(), self.pattern.isChecked())
        return Search(
            Query(words, *switches),
            frozenset(field for field, switch in self.fields.items() if switch.isChecked()),
            self.label.currentData() or "",
            self.annotator.currentData() or "",
        )

    def begin(self) -> None:
        """Search for what is asked; where that is on screen already, do nothing."""
        self._pause.stop()
        if self.search() != self._asked:
            self._begin()

    def _begin(self) -> None:
        self._end()
        self._asked = wanted = self.search()
        self._stale = False
        self.model.clear()
        if not wanted.asks:
            self._say("")
        elif wanted.query.words and not wanted.fields:
            self._say("Choose at least one field to search in.", wrong=True)
        else:
            self._total = self._bridge.session.store.count_articles(ArticleFilter())
            self.progress.setRange(0, self._total)
            self.progress.setValue(0)
            self.progress.show()
            self.stop_button.show()
            self._offer()
            self._say("Searching…")
            self._job = JobAside(search_apart, self._open_store, wanted)
            self._beat.start()

    def stop(self) -> None:
        """Search no further; what was found stays."""
        if self._end():
            self._say(f"{self._counted()}. Stopped.")

    def step(self, by: int) -> None:
        """Go to the next or previous hit without leaving the text."""
        row = self.view.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(row))
            self._choose(self.view.currentIndex())
        else:
            words = "This is the last hit." if by > 0 else "This is the first hit."
            found = self.model.rowCount() > 0
            self._bridge.refused.emit(words if found else "The search has found nothing.")

    # -- what comes of it

    def _go_on(self) -> None:
        job = self._job
        assert job is not None
        until = perf_counter() + SLICE
        while perf_counter() < until and (steps := job.poll(1)):
            for looked in steps:
                self.model.add(looked.found)
                self.progress.setValue(looked.articles)
        self._arrive()
        if isinstance(job.error, ProjectError):
            self._end()
            self._say(str(job.error), wrong=True)
        elif job.error is not None:
            self._end()
            raise job.error
        elif self.model.is_full:
            self._end()
            self._say(f"The first {MOST:,} hits. Ask more closely to see the others.")
        elif job.finished:
            self._end()
            self._say(self._counted(), wrong=self.model.rowCount() == 0)
        else:
            self._say(f"{self._counted()} so far")

    def _follow_change(self, change: Change) -> None:
        """Say, once the hits are all there, that they may be others by now."""
        records = (*change.added, *change.removed)
        touched = any(isinstance(record, Span | Relation) for record in records)
        if touched and self._asked is not None and self._job is None and not self._stale:
            self._stale = True
            self._say(f"{self._counted()}. Edited since: Enter here searches again.", plain=True)

    def _counted(self) -> str:
        hits, articles = self.model.rowCount(), self.model.articles
        if not hits:
            return "No hits"
        return f"{counted(hits, 'hit')} in {counted(articles, 'article')}"

    def _end(self) -> bool:
        """End what is under way; true if there was anything."""
        self._beat.stop()
        job, self._job = self._job, None
        self.progress.hide()
        self.stop_button.hide()
        if job is not None:
            job.close()
        return job is not None

    def _say(self, words: str, wrong: bool = False, plain: bool = False) -> None:
        """Say how the search stands: quietly, as a warning, or in plain ink."""
        theme = system_theme()
        palette = self.state.palette()
        colour = theme.warning if wrong else theme.ink if plain else theme.muted
        palette.setColor(QPalette.ColorRole.PlaceholderText, colour)
        self.state.setPalette(palette)
        self.state.setText(words)

    def _choose(self, index: QModelIndex) -> None:
        found = self.model.found(index)
        if found is not None:
            self.chosen.emit(found.article_id, found.start, found.end, found.span_id)

    def _enter(self, index: QModelIndex) -> None:
        self._choose(index)
        self.left.emit()

    def _enter_list(self) -> None:
        """Go on to the hits, once there are any; search before that, or again after edits."""
        if self.search() != self._asked or self._stale:
            self._pause.stop()
            self._begin()
        self._entering = True
        self._arrive()

    def _arrive(self) -> None:
        """Put the cursor on the hits if it was sent there and is still where the words are."""
        if not self._entering or not self.model.rowCount():
            return
        self._entering = False
        if self.words.hasFocus():
            if not self.view.currentIndex().isValid():
                self.view.setCurrentIndex(self.model.index(0))
            self.view.setFocus()

    def _write(self) -> None:
        """Search soon for what is being written, with the cursor where it is."""
        self._entering = False
        self._offer()
        self._pause.start()

    # -- building

    def _fill(self) -> None:
        codebook = self._bridge.session.codebook
        self.label.addItem("Any label", "")
        for label in codebook.labels:
            self.label.addItem(label.called, f"{label.layer}/{label.name}")
        for relation in codebook.relations:
            self.label.addItem(relation.title or relation.name, f"/{relation.name}")
        self.annotator.addItem("Any annotator", "")
        for field in USUAL:
            self.fields[field].setChecked(True)

    def _name_annotators(self) -> None:
        """Offer the annotators once it is known who they are."""
        if self._names.done():
            self._names_due.stop()
            try:
                names = self._names.result()
            except ProjectError as error:
                self._say(str(error), wrong=True)
                return
            for name in names:
                self.annotator.addItem(name, name)

    def _connect(self) -> None:
        self._names_due.timeout.connect(self._name_annotators)
        self._names_due.start()
        self._pause.timeout.connect(self.begin)
        self._beat.timeout.connect(self._go_on)
        self.words.textEdited.connect(self._write)
        self.words.stepped.connect(self._enter_list)
        self.query.toggled.connect(self._leave_the_rest)
        self.offer.clicked.connect(self._take_as_query)
        self.help.clicked.connect(self._show_help)
        switches = (self.case, self.whole, self.pattern, self.query)
        for switch in (*switches, *self.fields.values()):
            switch.toggled.connect(self.begin)
        for switch in switches:
            keys = QShortcut(QKeySequence(switch.keys), self, switch.click)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for box in (self.label, self.annotator):
            box.activated.connect(self.begin)
        self._bridge.changed.connect(self._follow_change)
        self.stop_button.clicked.connect(self.stop)
        self.leave.clicked.connect(self._close)
        self.view.clicked.connect(self._choose)
        self.view.activated.connect(self._enter)
        escape = QShortcut(QKeySequence("Esc"), self, self._close)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _leave_the_rest(self, by_query: bool) -> None:
        """Put away what does not count for a query, which says by itself where to look."""
        others = (self.case, self.whole, self.pattern, *self.fields.values())
        for control in (*others, self.label, self.annotator):
            control.setEnabled(not by_query)  # its key, too
            control.setVisible(not by_query)
        self.where.setText(EXAMPLES if by_query else "in")
        self._offer()

    def _offer(self) -> None:
        """Offer to take as a query what looks like one."""
        plain = not (self.query.isChecked() or self.pattern.isChecked())
        self.offer.setVisible(plain and looks_like_a_query(self.words.text()))

    def _take_as_query(self) -> None:
        self.query.setChecked(True)
        self.words.setFocus()

    def _show_help(self) -> None:
        from annotation.query_language import HELP
        from ui.messages import show_list

        lines = [f"{query}\n    {meaning}" for query, meaning in HELP]
        show_list(self, "What a query can say", lines)

    def _close(self) -> None:
        self.stop()
        self.hide()
        self.left.emit()

    def _lay_out(self) -> None:
        self.setAccessibleName("Search the project")
        self.label.setAccessibleName("Only spans and relations of this label")
        self.annotator.setAccessibleName("Only spans and relations by this annotator")
        self.progress.setAccessibleName("Progress of the search")
        self.progress.setFixedSize(90, 6)
        for box in (self.label, self.annotator):
            box.setMaximumWidth(150)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(9)
        first, second = QHBoxLayout(), QHBoxLayout()
        self.words.setMinimumWidth(self.fontMetrics().averageCharWidth() * 26)
        self.words.setMaximumWidth(640)
        first.addWidget(self.words, 3)
        for switch in (self.case, self.whole, self.pattern, self.query, self.help):
            first.addWidget(switch)
        first.addWidget(self.offer)
        self.offer.hide()
        first.addSpacing(8)
        first.addWidget(self.state, 1)
        for widget in (self.progress, self.stop_button, self.leave):
            first.addWidget(widget)
        second.addWidget(self.where)
        for switch in self.fields.values():
            second.addWidget(switch)
        second.addStretch(1)
        second.addWidget(self.label)
        second.addWidget(self.annotator)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Rule())
        for row, right in ((first, 6), (second, PANEL_MARGIN)):
            row.setContentsMargins(PANEL_MARGIN, 0, right, 0)
            row.setSpacing(4)
            column.addLayout(row)
        column.addWidget(self.view, 1)


def _annotators(open_store: OpenStore) -> list[str]:
    """Return who has tagged; read by a connection of its own, since each belongs to one thread."""
    store = open_store()
    try:
        return store.annotators()
    finally:
        store.close()
