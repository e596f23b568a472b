"""Which function carries out which command, and what it needs to be open."""

from argparse import Namespace

from annotation.store import Store
from ui import console, console_history, console_models, terminal
from ui.console_updating import opened
from ui.doors import Doors


def _update_check(options: Namespace) -> int:
    from ui.console_releases import run_update_check

    return run_update_check(options)


def _dictionary(store: Store, options: Namespace) -> int:
    from ui.console_dictionary import run_dictionary

    return run_dictionary(store, options)


WITHOUT_PROJECT = {
    "formats": console.show_formats,
    "models": console_models.run_models,
    "update-check": _update_check,
}

PATIENCE = 2.0
"""Seconds for which a command looks whether the file is sound, before it does anything."""

READING = {
    "export": console.run_export,
    "picture": console.run_picture,
    "search": console.run_search,
    "check": console.run_check,
    "copy": console.run_copy,
    "stats": console.run_stats,
    "registry": console.run_registry,
    "history": console_history.run_history,
}
WRITING = {
    "import": console.run_import,
    "prehighlight": console.run_prehighlight,
    "codebook": console.run_codebook,
    "dictionary": _dictionary,
    "index": console.run_index,
}


def run(doors: Doors, options: Namespace) -> int:
    """Carry out a command; return the exit code."""
    terminal.prepare()
    command = options.command
    if command in WITHOUT_PROJECT:
        return WITHOUT_PROJECT[command](options)
    if command in ("encrypt", "decrypt", "password"):
        from ui import console_passwords

        return console_passwords.run(doors.locks(), options)
    if command != "new":
        _unlock(doors, options)
    if command in ("backup", "restore") or (command == "check" and options.repair):
        from ui import console_backups

        return console_backups.run(doors.backups(), options)
    if command == "compact":
        return console_history.run_compact(doors, options)
    if command == "new":
        return console.show_new(_created(doors, options), options)
    if command in READING:
        store = doors.open_for_reading(options.project)()
    else:
        store = opened(doors, options)
        _warn(store)
    try:
        if command != "check":
            store.look_over(PATIENCE)
        return (READING | WRITING)[command](store, options)
    finally:
        store.close()


def _warn(store: Store) -> None:
    """Say on standard error that a project is written to in no safe folder."""
    from ui.synced import warning

    if words := warning(store.path):
        terminal.complain(words)


def _unlock(doors: Doors, options: Namespace) -> None:
    """Get the password of a project that has one; for others nothing is asked."""
    locks = doors.locks()
    given = getattr(options, "repair", None) and options.password_file is not None
    if given or locks.is_locked(options.project):
        from ui.console_passwords import unlock

        unlock(locks, options)


def _created(doors: Doors, options: Namespace) -> Store:
    password = None
    if options.password or options.new_password_file is not None:
        from ui.console_passwords import new_password

        password = new_password(options)
    if options.team is None:
        return doors.create(options.project, options.codebook, password)
    from ui.console_team import created

    return created(doors, options, password)
