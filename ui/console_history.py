"""The commands `history` and `compact`: what they print, and what they ask of the project."""

from argparse import Namespace
from typing import TYPE_CHECKING

from annotation.counting import counted
from annotation.errors import ProjectError
from ui.console_updating import opened
from ui.terminal import show, show_json

if TYPE_CHECKING:
    from annotation.history import Compaction, Logged, Wanted
    from annotation.store import Store
    from ui.doors import Doors


def run_history(store: "Store", options: Namespace) -> int:
    """List who did what when, the latest first."""
    from annotation.history import clock

    article_id = _article(store, options.article) if options.article else ""
    entries = _found(store, _wanted(options, article_id), options.limit)
    last = len(entries) < options.limit
    origins = store.history.origins(article_id) if article_id and last else []
    if options.json:
        told = [{"at": at, "annotator": who, "what": what} for at, who, what in origins]
        show_json({"entries": [entry.to_dict() for entry in entries], "origins": told})
        return 0
    for entry in entries:
        undone = "" if entry.state == "done" else "  (undone)"
        show(f"{entry.seq:8}  {clock(entry.at)}  {entry.annotator:16}  {entry.what}{undone}")
    for at, who, what in reversed(origins):
        show(f"{'':8}  {clock(at)}  {who:16}  {what}")
    if not entries and not origins:
        show("Nothing.")
    return 0


def run_compact(doors: "Doors", options: Namespace) -> int:
    """Make the history smaller, after a backup."""
    if options.keep < 0:
        raise ProjectError("--keep takes a number of edits from 0 on.")
    from annotation.history import beginning

    wanted = options.keep, beginning(options.before)
    reading = doors.open_for_reading(options.project)
    store = reading() if options.preview else opened(doors, options)
    try:
        found = store.reckon_compaction(*wanted)
        before = store.path.stat().st_size
        if options.preview:
            said = {"entries": found.entries, "content": found.content, "bytes": before,
                    "until": found.until}  # fmt: skip
            holding = counted(found.entries, "entry holds", "entries hold")
            _tell(options, said, f"{holding} {_mb(found.content)} that would go{_until(found)}; "
                  f"the project has {_mb(before)}.")  # fmt: skip
            return 0
        if store.read_only:
            raise ProjectError(f"{store.path} cannot be changed: {store.read_only}.")
        backup = doors.backups().make(store.path, "asked for", lambda done, total: None)
        store.compact(*wanted, options.forget)
    finally:
        store.close()
    after = options.project.stat().st_size
    said = {"entries": found.entries, "before": before, "after": after, "backup": str(backup.path)}
    _tell(options, said, f"{counted(found.entries, 'entry')} compacted: {_mb(before)} before, "
          f"{_mb(after)} now. As it was: {backup.path}")  # fmt: skip
    return 0


def _until(found: "Compaction") -> str:
    from annotation.history import clock

    return f", the last of {clock(found.until)}" if found.until else ""


def _wanted(options: Namespace, article_id: str) -> "Wanted":
    from annotation.history import Wanted

    everything = bool(article_id) and not options.span
    return Wanted(options.span or article_id, options.annotator, options.text, everything)


def _found(store: "Store", wanted: "Wanted", limit: int) -> "list[Logged]":
    found: list[Logged] = []
    before = 0
    while len(found) < limit:
        page = store.history.page(wanted, before, limit - len(found))
        found += page.entries
        before = page.before
        if not before:
            break
    return found


def _article(store: "Store", words: str) -> str:
    """Return the id of an article that was named by its id or its number in the list."""
    from annotation.store import ArticleFilter

    if words.isdecimal():
        page = store.article_rows(ArticleFilter(), int(words) - 1, 1)
        if page and page[0].number == int(words):
            return page[0].id
        raise ProjectError(f"The project has no article {words}.")
    return store.article_row(words).id


def _tell(options: Namespace, said: dict[str, object], sentence: str) -> None:
    if options.json:
        show_json(said)
    else:
        show(sentence)


def _mb(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
