"""Writing a picture or printing from the window: asked for, then done sheet by sheet."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from annotation.document import Document
from annotation.errors import ProjectError
from ui import settings
from ui.canvas import Canvas
from ui.messages import show_problem
from ui.picture import FORMATS, Steps, Subject, steps
from ui.theme import LIGHT

FRAME = 0.012
"""Seconds of work between two looks at what else happens in the window."""

FIRST = 400
"""Milliseconds after which a person wants to know how long it takes."""


class Drawing(QProgressDialog):
    """Carries out the steps of a picture while the window lives on; Cancel leaves nothing.

    `done` is called with the files written when all is drawn. Edits wait until then.
    """

    def __init__(
        self,
        words: str,
        work: Steps,
        length: int,
        done: Callable[[list[Path]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(words, "Cancel", 0, max(length, 1), parent)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumDuration(FIRST)
        self.setAutoClose(False)
        self.setAutoReset(False)
        self.canceled.connect(self._stop)
        self._work: Steps | None = work
        self._done = done
        self._beat = QTimer(self, interval=0)
        self._beat.timeout.connect(self._go_on)
        self._beat.start()

    def _go_on(self) -> None:
        until = perf_counter() + FRAME
        try:
            while self._work is not None and perf_counter() < until:
                self.setValue(next(self._work))
        except StopIteration as end:
            self._stop()
            self._done(end.value)
        except ProjectError as error:
            self._stop()
            show_problem(self.parentWidget(), "The picture was not drawn.", str(error))

    def _stop(self) -> None:
        self._beat.stop()
        if self._work is not None:
            work, self._work = self._work, None
            work.close()
        self.hide()
        self.deleteLater()


def subject_of(canvas: Canvas) -> Subject | None:
    """Return the article on a canvas as it is seen there, on white paper."""
    shown = canvas.document
    if shown is None or canvas.page is None:
        return None
    session = canvas.bridge.session
    document = Document(shown.article, session.store)
    return Subject(document, canvas.page.codebook, canvas.reading, canvas.hidden, LIGHT)


def ask_picture(canvas: Canvas, parent: QWidget) -> None:
    """Ask for a file, and draw the article into it."""
    subject = subject_of(canvas)
    if subject is None:
        return
    article = subject.document.article
    filters = {f"{words} (*.{name})": name for name, words in FORMATS.items()}
    proposed = Path(settings.folder("pictures")) / f"{_file_name(article.title)}.pdf"
    name, chosen = QFileDialog.getSaveFileName(
        parent, "Export picture", str(proposed), ";;".join(filters)
    )
    if not name:
        return
    path = Path(name)
    if path.suffix.lower().removeprefix(".") not in FORMATS:
        path = path.with_name(f"{path.name}.{filters.get(chosen, 'pdf')}")
        if path.exists():  # the dialog has asked about another name
            said = f"{path} is there already. Choose it by its whole name to replace it."
            show_problem(parent, "The picture was not drawn.", said)
            return
    settings.remember_folder("pictures", path.parent)
    draw_picture(subject, path, canvas, parent)


def draw_picture(subject: Subject, path: Path, canvas: Canvas, parent: QWidget) -> None:
    """Draw an article into a file, with progress."""
    try:
        work = steps(subject, path)
    except ProjectError as error:
        show_problem(parent, "The picture was not drawn.", str(error))
        return
    length = len(subject.document.article.text)

    def tell(files: list[Path]) -> None:
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        canvas.bridge.done.emit(f"Picture written to {files[0]}{more}.")

    Drawing(f"Drawing {path.name}…", work, length, tell, parent)


def ask_print(canvas: Canvas, parent: QWidget) -> None:
    """Ask for a printer, and print the article on it."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from ui.picture.pages import dots, page_steps, paper

    subject = subject_of(canvas)
    if subject is None:
        return
    printer = QPrinter()
    printer.setPageLayout(paper())
    printer.setResolution(dots())
    printer.setDocName(subject.document.article.title)
    dialog = QPrintDialog(printer, parent)
    chosen = dialog.exec()  # the systems' own dialogs cannot be shown in another way
    dialog.deleteLater()
    if chosen == QPrintDialog.DialogCode.Accepted:
        first, last = max(printer.fromPage(), 1), printer.toPage()
        work = page_steps(subject, printer, "The printer", first, last)
        length = len(subject.document.article.text)
        Drawing("Printing…", work, length, lambda _: canvas.bridge.done.emit("Printed."), parent)


def _file_name(title: str) -> str:
    """Return a title as the name of a file, in letters that every system takes."""
    kept = "".join(c if c.isalnum() or c in " -_’'" else " " for c in title)
    return " ".join(kept.split())[:60].strip() or "article"
