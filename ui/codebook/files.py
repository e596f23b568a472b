"""Codebooks from files and into files, in the editor."""

from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from annotation.errors import ProjectError
from ui import settings
from ui.messages import show_list, show_problem

if TYPE_CHECKING:
    from ui.codebook.editor import CodebookEditor

FILES = "Codebooks (*.toml);;All files (*)"


def import_codebook(editor: "CodebookEditor") -> None:
    """Ask for a file and put its codebook in place of the draft."""
    name, _ = QFileDialog.getOpenFileName(
        editor, "Import a codebook", settings.folder("codebooks"), FILES
    )
    if name:
        settings.remember_folder("codebooks", Path(name).parent)
        take_over(editor, Path(name))


def take_over(editor: "CodebookEditor", path: Path) -> None:
    """Put a file's codebook in place; ask what becomes of annotations of what it lacks."""
    from annotation.codebook_file import read_codebook

    try:
        codebook = read_codebook(path)
    except ProjectError as error:
        show_list(editor, f"{path.name} cannot be used:", str(error).split("\n"))
        return
    before = deepcopy(editor.draft)
    decided = dict(editor.draft.fates)
    editor.draft.take_over(codebook)
    lost = [one for one in editor.draft.lost(editor.uses()) if one[0] not in decided]
    editor.ask_fates(
        lost, lambda: editor.show_draft(editor.draft), lambda: editor.show_draft(before)
    )


def export_codebook(editor: "CodebookEditor") -> None:
    """Ask for a file and write the draft into it."""
    stem = editor.workspace.store.path.stem
    start = Path(settings.folder("codebooks")) / f"{stem}.toml"
    name, _ = QFileDialog.getSaveFileName(editor, "Export the codebook", str(start), FILES)
    if name:
        settings.remember_folder("codebooks", Path(name).parent)
        write_out(editor, Path(name))


def write_out(editor: "CodebookEditor", path: Path) -> None:
    """Write the draft into a file."""
    from annotation.codebook_file import save_codebook

    try:
        save_codebook(editor.draft.codebook(), path)
    except ProjectError as error:
        show_problem(editor, "The codebook was not exported.", str(error))
    else:
        editor.message.setText(f"Exported to {path}.")
