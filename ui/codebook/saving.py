"""Saving the codebook: what it changes is reckoned first, and what would be lost is told."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox

from annotation.codebook_revision import Reckoning, Revision
from annotation.errors import ProjectError
from ui.messages import show_problem
from ui.waiting import in_a_thread

if TYPE_CHECKING:
    from ui.codebook.editor import CodebookEditor


def save(editor: "CodebookEditor") -> None:
    """Save the draft and close the editor; where annotations would go, ask first."""
    if not editor.draft.changed:
        QDialog.reject(editor)
        return
    revision = editor.draft.revision()
    workspace = editor.workspace
    workspace.bridge.leaving.emit()
    workspace.stop_work()  # nobody else writes while annotations are counted and changed
    try:
        reckoned = in_a_thread(
            editor,
            "Counting what changes",
            lambda: workspace.bridge.session.reckon(revision),
            workspace.store.interrupt,
        )
    except ProjectError as error:
        _refuse(editor, str(error))
        return
    if reckoned.losses():
        _ask(editor, revision, reckoned)
    else:
        _carry_out(editor, revision)


def _ask(editor: "CodebookEditor", revision: Revision, reckoned: Reckoning) -> None:
    box = QMessageBox(editor)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Save the codebook")
    box.setText(f"With this codebook: {', '.join(reckoned.losses())}.")
    changes = ", ".join(reckoned.changes())
    kept = f"{changes} will be changed. " if changes else ""
    why = f"{revision.why_reopened()} " if reckoned.reviews_gone else ""
    box.setInformativeText(f"{why}{kept}Undo brings everything back.")
    go_on = box.addButton("Save", QMessageBox.ButtonRole.AcceptRole)
    back = box.addButton("Go on editing", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(back)
    box.setEscapeButton(back)
    go_on.clicked.connect(lambda: _carry_out(editor, revision))
    back.clicked.connect(editor.workspace.start_work)
    box.open()


def _carry_out(editor: "CodebookEditor", revision: Revision) -> None:
    trouble = editor.workspace.bridge.revise(revision)
    if trouble:
        _refuse(editor, trouble)
    else:
        editor.accept()
        editor.window_behind.activateWindow()


def _refuse(editor: "CodebookEditor", why: str) -> None:
    show_problem(editor, "The codebook was not saved.", why)
    editor.workspace.start_work()
