"""The commands `backup`, `restore` and `check --repair`: what they print and what they ask for."""

from argparse import Namespace

from annotation.backups import Backup, Backups, in_lines, in_words
from annotation.errors import ProjectError
from ui.terminal import complain, show, show_json

SHOWN = 20
"""How many titles of articles are printed of each kind."""


def run(backups: Backups, options: Namespace) -> int:
    """Carry out one of the three."""
    commands = {"backup": run_backup, "restore": run_restore, "check": run_repair}
    return commands[options.command](backups, options)


def run_backup(backups: Backups, options: Namespace) -> int:
    """Make a backup now."""
    made = backups.make(options.project, "asked for", _go_on)
    if options.json:
        show_json(made.to_dict())
    else:
        show(f"{in_words(made)}, in {made.path}")
    return 0


def run_restore(backups: Backups, options: Namespace) -> int:
    """List the backups, say what one holds, or put it in the project's place."""
    found = backups.all_of(options.project)
    if options.backup is None:
        return _list(backups, found, options)
    if options.backup > len(found):
        raise ProjectError(
            f"There is no backup {options.backup} of {options.project}: {_how_many(found)}. "
            "See them with “pressmark restore PROJECT --list”."
        )
    backup = found[options.backup - 1]
    if options.list:
        return _preview(backups, backup, options)
    kept = backups.restore(backup, options.project, _go_on)
    if options.json:
        show_json({"restored": backup.to_dict(), "kept": str(kept) if kept else None})
        return 0
    show(f"{options.project} is as it was on {in_words(backup)}.")
    if kept is not None:
        show(f"What it held until now is kept in {kept}")
    return 0


def run_repair(backups: Backups, options: Namespace) -> int:
    """Save what can be read of a project into a new file; the exit code is 1 if that is not all."""
    from annotation.salvage import in_lines

    report = backups.salvage(options.project, options.repair, _go_on)
    if options.json:
        show_json(report.to_dict())
    else:
        for line in in_lines(report):
            show(line)
    return 1 if report.lost or report.damage else 0


def _list(backups: Backups, found: list[Backup], options: Namespace) -> int:
    if options.json:
        numbered = [{"number": n, **b.to_dict()} for n, b in enumerate(found, 1)]
        show_json({"folder": str(backups.folder), "backups": numbered})
    elif not found:
        complain(f"there is no backup of {options.project} in {backups.folder}.")
    else:
        for number, backup in enumerate(found, 1):
            show(f"{number:3}  {in_words(backup)}")
        show("Restore one with --backup N; with --list as well, it is only compared.")
    return 0 if found or options.json else 1


def _preview(backups: Backups, backup: Backup, options: Namespace) -> int:
    difference = backups.compare(backup, options.project)
    if options.json:
        show_json({"backup": backup.to_dict(), **difference.to_dict()})
        return 0
    show(in_words(backup))
    for line in in_lines(difference, SHOWN):
        show(line)
    return 0


def _how_many(found: list[Backup]) -> str:
    return f"there are {len(found)}" if len(found) != 1 else "there is 1"


def _go_on(done: int, total: int) -> None:
    """Nobody waits for the disk but who asked."""
