"""The commands `backup` and `restore`: what they print, and what they ask of the backups."""

from argparse import Namespace

from annotation.backups import Backup, Backups, Difference, in_words
from annotation.errors import ProjectError
from ui.terminal import complain, show, show_json

SHOWN = 20
"""How many titles of articles are printed of each kind."""


def run(backups: Backups, options: Namespace) -> int:
    """Carry out one of the two."""
    if options.command == "backup":
        return run_backup(backups, options)
    return run_restore(backups, options)


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
    if difference.unreadable:
        show(f"The project now: {difference.unreadable}")
    show(f"{'':28} {'backup':>9} {'now':>9}")
    for name, pair in difference.counts.items():
        _row(name, pair)
    for (layer, label), pair in difference.labels.items():
        if pair[0] != pair[1]:
            _row(f"{layer} {label}".strip(), pair)
    _titles(difference)
    return 0


def _row(name: str, pair: tuple[int, int | None]) -> None:
    now = "?" if pair[1] is None else f"{pair[1]:,}"
    show(f"{name:28} {pair[0]:>9,} {now:>9}")


def _titles(difference: Difference) -> None:
    for words, titles in (
        ("only in the backup", difference.back),
        ("only in the project now", difference.gone),
        ("in both, with other annotations", difference.changed),
    ):
        if titles:
            show(f"Articles {words}: {len(titles):,}")
        for title in titles[:SHOWN]:
            show(f"  {title}")
        if len(titles) > SHOWN:
            show(f"  … and {len(titles) - SHOWN:,} more")
    if difference.same:
        show("The same articles, and the same is said about them.")


def _how_many(found: list[Backup]) -> str:
    return f"there are {len(found)}" if len(found) != 1 else "there is 1"


def _go_on(done: int, total: int) -> None:
    """Nobody waits for the disk but who asked."""
