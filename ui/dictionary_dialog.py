"""The dialog of the dictionary: its terms, searched, added, removed, from and to files."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableView,
    QVBoxLayout,
)

from annotation.counting import counted
from annotation.dictionary import Dictionary, Term
from annotation.dictionary_file import Reading, read_dictionary, save_dictionary, unknown_terms
from annotation.errors import ProjectError
from annotation.model import Span, Suggestion
from ui import settings
from ui.dictionary_model import TermModel
from ui.look import Quiet, TickBox
from ui.messages import show_list, show_problem
from ui.waiting import started

if TYPE_CHECKING:
    from ui.main_window import MainWindow

BEAT = 30
"""Milliseconds between two looks whether a thread has ended."""

HELP = (
    "Terms are suggested wherever they stand in the articles. What is changed here is saved at "
    "once, and Ctrl+Z does not take it back."
)
FILES = "Tables (*.tsv *.csv *.txt);;All files (*)"


class DictionaryDialog(QDialog):
    """Lists the terms; a thread reads and writes them, since there can be very many."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.setWindowTitle("Dictionary")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        assert window.workspace is not None
        self._workspace = window.workspace
        self._store = window.workspace.store
        self._codebook = window.bridge.session.codebook
        self._open_store = window.projects.doors.open_for_reading(self._store.path)
        self._job: Future[object] | None = None
        self._then: Callable[[object], None] = lambda result: None
        self._changed = False
        self._beat = QTimer(self, interval=BEAT)
        self.model = TermModel(self._codebook, self)
        self.table = QTableView()
        self.search = QLineEdit()
        self.term = QLineEdit()
        self.label = QComboBox()
        self.any_case = TickBox("Any case")
        self.add = QPushButton("Add")
        self.remove = QPushButton("Remove")
        self.bring = QPushButton("Import…")
        self.save = QPushButton("Export…")
        self.message = Quiet()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._lay_out()
        self._connect()
        self._load()

    @property
    def chosen(self) -> list[Term]:
        """The terms whose rows are chosen."""
        return [self.model.term(i.row()) for i in self.table.selectionModel().selectedRows()]

    def propose(self, record: Span | Suggestion) -> None:
        """Put the words and the label of a span into the fields."""
        self.term.setText(" ".join(" ".join(record.quotation).split()))
        self.choose_label(record.layer, record.label)

    def choose_label(self, layer: str, name: str) -> None:
        """Choose the label of the new term; one that the codebook does not have changes nothing."""
        for at, label in enumerate(self._codebook.labels):
            if (label.layer, label.name) == (layer, name):
                self.label.setCurrentIndex(at)

    def import_file(self, path: Path, replace: bool) -> None:
        """Add the terms of a file, or put them in the place of all; wrong lines are listed."""
        codebook = self._codebook
        self._begin(lambda: read_dictionary(path, codebook), lambda r: self._take(r, replace))

    def done(self, result: int) -> None:
        """Let the articles be gone through again, if anything was changed."""
        while self._job is not None:  # what is being written is soon written
            self._job.exception()
            self._go_on()
        super().done(result)
        if self._changed:
            self._workspace.prehighlighting.begin(asked=False)

    # -- the thread

    def _begin(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        self._job, self._then = started(work), then
        self._beat.start()
        self._show_state()

    def _go_on(self) -> None:
        if self._job is None or not self._job.done():
            return
        job, self._job = self._job, None
        self._beat.stop()
        try:
            result = job.result()
        except ProjectError as error:
            show_problem(self, "The dictionary was not changed.", str(error))
        else:
            self._then(result)
        self._show_state()

    def _load(self) -> None:
        def read() -> Dictionary:
            store = self._open_store()
            try:
                return store.dictionary.read()
            finally:
                store.close()

        self._begin(read, self._show)

    def _put(self, dictionary: Dictionary) -> None:
        self._workspace.prehighlighting.stop()
        self._changed = True
        store = self._store

        def put() -> Dictionary:
            store.dictionary.put(dictionary)
            return dictionary

        self._begin(put, self._show)

    def _take(self, reading: Reading, replace: bool) -> None:
        new, there = reading.dictionary, self.model.dictionary
        name = new.name if replace or not there.terms else there.name
        kept = Dictionary() if replace else there
        lines = (*reading.problems, *reading.doubled)
        if lines:
            title = f"{counted(len(new.terms), 'term')} taken over; these lines were not:"
            show_list(self, title, lines)
        try:
            self._put(kept._replace(name=name).with_terms(new.terms))
        except ProjectError as error:
            show_problem(self, "The file was not imported.", str(error))

    # -- what is shown

    def _show(self, dictionary: Dictionary) -> None:
        self.model.show_dictionary(dictionary)
        unknown = unknown_terms(dictionary, self._codebook)
        said = f"{counted(len(dictionary.terms), 'term')}."
        if unknown:
            labels = ", ".join(sorted({term.label for term in unknown}))
            said += (
                f" {counted(len(unknown), 'term')} suggest nothing, since the codebook does not "
                f"have: {labels}."
            )
        self.message.setText(said)

    def _show_state(self) -> None:
        idle = self._job is None
        writable = idle and not self._store.read_only
        named = bool(self.term.text().strip()) and self.label.currentIndex() >= 0
        self.add.setEnabled(writable and named)
        self.remove.setEnabled(writable and self.table.selectionModel().hasSelection())
        self.bring.setEnabled(writable)
        self.save.setEnabled(idle and bool(self.model.dictionary.terms))

    # -- what is done

    def _add(self) -> None:
        if not self.add.isEnabled():
            return
        label = self._codebook.labels[self.label.currentIndex()]
        term = Term(self.term.text(), label.layer, label.name, self.any_case.isChecked())
        try:
            self._put(self.model.dictionary.with_terms([term]))
        except ProjectError as error:
            show_problem(self, "The term was not added.", str(error))
            return
        self.term.clear()
        self.term.setFocus()

    def _remove(self) -> None:
        terms = self.chosen
        asked = f"Remove {counted(len(terms), 'term')} from the dictionary?"
        if terms and self._confirmed(asked, "Remove"):
            self._put(self.model.dictionary.without(terms))

    def _import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Import terms", settings.folder("dictionary"), FILES
        )
        if name:
            settings.remember_folder("dictionary", Path(name).parent)
            self._ask_how(Path(name))

    def _ask_how(self, path: Path) -> None:
        if not self.model.dictionary.terms:
            self.import_file(path, replace=False)
            return
        box = QMessageBox(QMessageBox.Icon.Question, "Dictionary", "", parent=self)
        box.setText(f"Add the terms of {path.name} to those there are, or replace them?")
        box.setInformativeText("Ctrl+Z does not take this back.")
        add = box.addButton("Add", QMessageBox.ButtonRole.AcceptRole)
        replace = box.addButton("Replace", QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        if box.clickedButton() in (add, replace):
            self.import_file(path, replace=box.clickedButton() is replace)

    def _export(self) -> None:
        start = str(Path(settings.folder("dictionary")) / "dictionary.tsv")
        name, _ = QFileDialog.getSaveFileName(self, "Export the dictionary", start, FILES)
        if name:
            dictionary, path = self.model.dictionary, Path(name)
            settings.remember_folder("dictionary", path.parent)
            self._begin(
                lambda: save_dictionary(dictionary, path),
                lambda result: self.message.setText(f"The dictionary is in {path}."),
            )

    def _confirmed(self, words: str, deed: str) -> bool:
        box = QMessageBox(QMessageBox.Icon.Question, "Dictionary", words, parent=self)
        box.setInformativeText("Ctrl+Z does not take this back.")
        yes = box.addButton(deed, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        return box.clickedButton() is yes

    # -- building

    def _connect(self) -> None:
        self._beat.timeout.connect(self._go_on)
        self.search.textChanged.connect(self.model.search)
        self.term.textChanged.connect(self._show_state)
        self.term.returnPressed.connect(self._add)
        self.model.modelReset.connect(self._show_state)
        self.table.selectionModel().selectionChanged.connect(self._follow)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.bring.clicked.connect(self._import)
        self.save.clicked.connect(self._export)
        self.buttons.rejected.connect(self.reject)

    def _follow(self, now: QItemSelection, before: QItemSelection) -> None:
        self._show_state()

    def _lay_out(self) -> None:
        layers = {layer.name: layer.title or layer.name for layer in self._codebook.layers}
        for label in self._codebook.labels:
            self.label.addItem(f"{label.called} · {layers.get(label.layer, label.layer)}")
        self.table.setModel(self.model)
        self.table.setAccessibleName("Terms")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in ((1, 200), (2, 150), (3, 90)):
            self.table.setColumnWidth(column, width)
        for field, words in ((self.search, "Search the terms"), (self.term, "A new term")):
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
        self.search.setClearButtonEnabled(True)
        self.label.setAccessibleName("Label of the new term")
        new, row = QHBoxLayout(), QHBoxLayout()
        new.addWidget(self.term, 1)
        for widget in (self.label, self.any_case, self.add):
            new.addWidget(widget)
        for button in (self.remove, self.bring, self.save):
            row.addWidget(button)
        row.addStretch(1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(20, 20, 20, 16)
        column_.setSpacing(12)
        help_text = Quiet(HELP)
        for text in (help_text, self.message):
            text.setWordWrap(True)
        column_.addWidget(help_text)
        column_.addLayout(new)
        column_.addWidget(self.search)
        column_.addWidget(self.table, 1)
        column_.addLayout(row)
        column_.addWidget(self.message)
        column_.addWidget(self.buttons)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.resize(740, 520)


def add_picked(window: "MainWindow") -> None:
    """Open the dialog with the words and the label of the picked span or suggestion."""
    picked = window.canvas.picked
    if picked is None:
        window.bridge.refused.emit("Pick a span or a suggestion first, then add its words.")
        return
    dialog = DictionaryDialog(window)
    dialog.propose(picked)
    dialog.open()
    dialog.term.setFocus()
