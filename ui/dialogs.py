"""Dialogs that actions open; each is imported when it is first asked for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def ask_reading(window: "MainWindow") -> None:
    """Ask for size, width, font and theme of the text; everything shows at once."""
    from ui.reading import ReadingDialog

    dialog = window.findChild(ReadingDialog) or ReadingDialog(window.canvas, window)
    assert isinstance(dialog, ReadingDialog)
    dialog.show()
    dialog.activateWindow()


def ask_picture(window: "MainWindow") -> None:
    """Ask for a file, and draw the article on screen into it."""
    from ui.picture.window import ask_picture

    ask_picture(window.canvas, window)


def ask_print(window: "MainWindow") -> None:
    """Ask for a printer, and print the article on screen."""
    from ui.picture.window import ask_print

    ask_print(window.canvas, window)


def ask_copy(window: "MainWindow") -> None:
    """Ask for a name, and save a copy of the project under it."""
    from ui.copying import ask_copy

    ask_copy(window)


def edit_codebook(window: "MainWindow") -> None:
    """Open the codebook of the project in its editor."""
    from ui.codebook.editor import edit_codebook

    edit_codebook(window)


def show_dictionary(window: "MainWindow") -> None:
    """Show the terms of the project's dictionary."""
    from ui.dictionary_dialog import DictionaryDialog

    DictionaryDialog(window).open()


def add_term(window: "MainWindow") -> None:
    """Offer the words of the picked span as a new term of the dictionary."""
    from ui.dictionary_dialog import add_picked

    add_picked(window)


def show_backups(window: "MainWindow") -> None:
    """Show the backups of the project."""
    from ui.backups.dialog import BackupsDialog

    BackupsDialog(window, window.bridge.session.store.path).open()


def back_up(window: "MainWindow") -> None:
    """Make a backup of the project now."""
    assert window.workspace is not None
    window.workspace.backing_up.begin(asked=True)


def ask_password(window: "MainWindow") -> None:
    """Ask for a password for the project, and encrypt it."""
    from ui.protecting import ask

    ask(window)


def use_team(window: "MainWindow") -> None:
    """Show the set-up of the team, and use what is wanted of it."""
    from ui.team.dialog import TeamDialog

    TeamDialog(window).open()


def save_team(window: "MainWindow") -> None:
    """Ask for a folder, and save the set-up of a team into it."""
    from ui.team.saving import SaveTeamDialog

    SaveTeamDialog(window).open()


def show_models(window: "MainWindow") -> None:
    """Show the language models."""
    from ui.models_dialog import ModelsDialog

    ModelsDialog(window).open()


def compact(window: "MainWindow") -> None:
    """Ask which old edits lose their content."""
    from ui.compacting import CompactDialog

    CompactDialog(window).open()


def explain(window: "MainWindow") -> None:
    """Explain the label at hand."""
    from ui.codebook.card import explain

    explain(window)


def check_for_updates(window: "MainWindow") -> None:
    """Look for a newer Pressmark, or ask where to look."""
    from ui.releases.dialog import UpdateDialog

    UpdateDialog(window).open()


def show_about(window: "MainWindow") -> None:
    """Show version, build, parts and licences."""
    from ui.about import AboutBox

    AboutBox(window).open()


def test_installation(window: "MainWindow") -> None:
    """Do the whole job once, and show what works."""
    from ui.self_test.dialog import SelfTestDialog

    SelfTestDialog(window).open()
