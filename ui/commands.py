"""Which function carries out which command, and what it needs to be open."""

from argparse import Namespace

from ui import console, terminal
from ui.doors import Doors

WITHOUT_PROJECT = {"formats": console.show_formats, "models": console.show_models}

READING = {
    "export": console.run_export,
    "picture": console.run_picture,
    "search": console.run_search,
    "check": console.run_check,
    "stats": console.run_stats,
}
WRITING = {
    "import": console.run_import,
    "prehighlight": console.run_prehighlight,
    "codebook": console.run_codebook,
    "index": console.run_index,
}


def run(doors: Doors, options: Namespace) -> int:
    """Carry out a command; return the exit code."""
    terminal.prepare()
    command = options.command
    if command in WITHOUT_PROJECT:
        return WITHOUT_PROJECT[command](options)
    if command in ("backup", "restore") or (command == "check" and options.repair):
        from ui import console_backups

        return console_backups.run(doors.backups(), options)
    if command == "new":
        return console.show_new(doors.create(options.project, options.codebook), options)
    if command in READING:
        store = doors.open_for_reading(options.project)()
    else:
        store = doors.open(options.project)
    try:
        return (READING | WRITING)[command](store, options)
    finally:
        store.close()
