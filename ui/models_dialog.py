"""The dialog of the language models: which one pre-highlights, and more of them from files."""

from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSize, Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from annotation.background import BackgroundJob
from annotation.errors import ProjectError
from annotation.model_adding import adding, remove_model
from annotation.models import Model, installed_models
from ui import settings
from ui.look import Quiet
from ui.messages import show_problem
from ui.places import models_folder
from ui.waiting import started

if TYPE_CHECKING:
    from ui.main_window import MainWindow

BEAT = 30
"""Milliseconds between two looks at what is under way."""

ROOM = 14
"""Pixels between the columns."""

COLUMNS = ("Model", "Version", "Language", "Licence", "Where from", "")
HELP = (
    "The model that pre-highlights suggests named entities in articles it has not read. More are "
    "added from a wheel (.whl) or the folder of a spaCy model; none of their code is run."
)
FILES = "Models (*.whl *.zip);;All files (*)"


class ModelsDialog(QDialog):
    """Lists the models; one is chosen, others are added and removed."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.setWindowTitle("Language models")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        self._listing: Future[list[Model]] | None = None
        self._job: BackgroundJob[str, Model] | None = None
        self._wanted = ""
        self._beat = QTimer(self, interval=BEAT)
        self.list = QTreeWidget()
        self.message = Quiet()
        self.use = QPushButton("Pre-highlight with it")
        self.file = QPushButton("Add a file…")
        self.folder = QPushButton("Add a folder…")
        self.remove = QPushButton("Remove")
        self.stop = QPushButton("Stop")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._lay_out()
        self._connect()
        self._fill()

    @property
    def chosen(self) -> Model | None:
        """The model whose line is chosen."""
        item = self.list.currentItem()
        return item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None

    def add(self, path: Path) -> None:
        """Add the model of a file or folder; a process of its own looks at it."""
        self._job = BackgroundJob(adding, path, models_folder())
        self.message.setText(f"Looking at {path.name} …")
        self._show_state()
        self._beat.start()

    def done(self, result: int) -> None:
        """Leave no process behind."""
        self._break_off()
        super().done(result)

    # -- what is there

    def _fill(self, wanted: str = "") -> None:
        """Look for the models in a thread, since packages are many files."""
        self._wanted = wanted
        folder = models_folder()
        self._listing = started(lambda: installed_models(folder))
        self._beat.start()

    def _show(self, models: list[Model]) -> None:
        name = settings.model()
        used = next((m for m in models if name in (m.name, m.author)), None)
        used = used or (models[0] if models and name is None else None)
        self.list.clear()
        for model in models:
            item = QTreeWidgetItem(self.list, _cells(model, model == used))
            item.setData(0, Qt.ItemDataRole.UserRole, model)
            item.setSizeHint(5, QSize(0, self.fontMetrics().height() + 10))
            item.setToolTip(0, model.source)
            if model == used:
                font = QFont(self.font())
                font.setWeight(QFont.Weight.DemiBold)
                item.setFont(0, font)
            if model.author == (self._wanted or (used.author if used else "")):
                self.list.setCurrentItem(item)
        for column in range(len(COLUMNS) - 1):
            self.list.resizeColumnToContents(column)
            self.list.setColumnWidth(column, self.list.columnWidth(column) + ROOM)
        if name is not None and used is None:
            self.message.setText(
                f"{name}, which was chosen, is not there any more. Choose another."
            )
        self._show_state()

    def _show_state(self) -> None:
        model, busy = self.chosen, self._job is not None
        self.use.setEnabled(not busy and model is not None)
        self.remove.setEnabled(not busy and model is not None and model.removable)
        self.file.setEnabled(not busy)
        self.folder.setEnabled(not busy)
        self.stop.setVisible(busy)

    # -- what is done

    def _go_on(self) -> None:
        if self._listing is not None and self._listing.done():
            listing, self._listing = self._listing, None
            self._show(listing.result())
        if self._job is not None:
            for said in self._job.poll():
                self.message.setText(f"{said} …")
            if self._job.finished:
                self._finish(self._job)
        if self._listing is None and self._job is None:
            self._beat.stop()

    def _finish(self, job: BackgroundJob[str, Model]) -> None:
        self._job = None
        job.close()
        if job.result is not None:
            licence = job.result.licence or "it does not say which"
            self.message.setText(f"{job.result.author} is added. Its licence: {licence}.")
            self._fill(job.result.author)
            return
        self.message.setText("Nothing was added.")
        self._show_state()
        why = str(job.error)
        if not isinstance(job.error, ProjectError):
            why = f"The process that looked at it stopped. Its files may be damaged.\n\n{why}"
        show_problem(self, "The model was not added.", why)

    def _break_off(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.close()
            self.message.setText("Stopped. Nothing was added.")
            self._show_state()

    def _use(self) -> None:
        model = self.chosen
        if model is None:
            return
        first = self.list.topLevelItem(0).data(0, Qt.ItemDataRole.UserRole)
        settings.remember_model("" if model == first else model.author)
        self._fill(model.author)
        self.message.setText(
            f"{model.author} pre-highlights from now on. What others have suggested stays."
        )
        if self._window.workspace is not None:
            self._window.workspace.prehighlighting.stop()
            self._window.workspace.prehighlighting.begin(asked=False, chosen=True)

    def _remove(self) -> None:
        model = self.chosen
        if model is None:
            return
        if self._window.workspace is not None:
            self._window.workspace.prehighlighting.stop()  # it may be reading by this model
        try:
            remove_model(model)
        except ProjectError as error:
            show_problem(self, "The model was not removed.", str(error))
            return
        if settings.model() in (model.name, model.author):
            settings.remember_model("")
        self.message.setText(f"{model.author} is removed. What it has suggested stays.")
        self._fill()

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Add a language model", settings.folder("models"), FILES
        )
        self._add_asked(name)

    def _ask_folder(self) -> None:
        title = "Add the language model of a folder"
        self._add_asked(QFileDialog.getExistingDirectory(self, title, settings.folder("models")))

    def _add_asked(self, name: str) -> None:
        if name:
            settings.remember_folder("models", Path(name).parent)
            self.add(Path(name))

    # -- building

    def _connect(self) -> None:
        self._beat.timeout.connect(self._go_on)
        self.list.currentItemChanged.connect(self._show_state)
        self.list.itemActivated.connect(self._use)
        self.use.clicked.connect(self._use)
        self.file.clicked.connect(self._ask_file)
        self.folder.clicked.connect(self._ask_folder)
        self.remove.clicked.connect(self._remove)
        self.stop.clicked.connect(self._break_off)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        self.list.setHeaderLabels(COLUMNS)
        self.list.setAccessibleName("Language models")
        self.list.setRootIsDecorated(False)
        self.list.setAllColumnsShowFocus(True)
        help_text = Quiet(HELP)
        self.stop.hide()
        row = QHBoxLayout()
        for button in (self.use, self.file, self.folder, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        told = QHBoxLayout()
        told.addWidget(self.message, 1)
        told.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        for text in (help_text, self.message):
            text.setWordWrap(True)
        column.addWidget(help_text)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        column.addLayout(told)
        column.addWidget(self.buttons)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.resize(720, 380)


def _cells(model: Model, used: bool) -> list[str]:
    language = QLocale.languageToString(QLocale(model.language).language())
    known = QLocale(model.language).language() != QLocale.Language.C
    origin = "added by you" if model.removable else "Python package"
    if not model.removable and model.licence:
        origin = "comes with Pressmark"
    return [
        model.name,
        model.version,
        language if known else model.language,
        model.licence or "not known",
        origin,
        "✓ pre-highlights" if used else "",
    ]
