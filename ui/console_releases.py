"""The command `update-check`: whether there is a newer Pressmark, and fetching it."""

from argparse import Namespace
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from annotation import VERSION
from annotation.errors import ProjectError
from annotation.releases.computer import fitting, this_computer, why_none
from annotation.releases.fetching import fetching, half_of
from annotation.releases.looking import Found, looking
from annotation.releases.manifest import Release, ReleaseFile
from annotation.releases.minisign import read_key
from annotation.releases.source import read_source
from ui import settings
from ui.terminal import complain, show, show_json

NEWER = 3
"""The exit code that says: there is a newer version."""

Result = TypeVar("Result")


def run_update_check(options: Namespace) -> int:
    """Look for a newer version, and fetch it where that is asked for; return the exit code."""
    source, key = _wanted(options)
    if options.remember:
        settings.remember_updates({"source": source, "key": key})
    number = read_key(key).name
    seen = settings.newest_release(number)
    found: Found = _done(lambda _: None, looking, source, key, VERSION, seen)
    settings.remember_newest_release(number, found.release.date)
    here = this_computer()
    files = fitting(found.release, here) if found.is_newer else []
    problem = why_none(found.release, here) if found.is_newer and not files else ""
    fetched: Path | None = None
    if options.fetch is not None and files:
        fetched = _fetched(source, files[0], options.fetch.absolute(), options.json)
    if options.json:
        show_json({**_facts(found, files, fetched), **({"error": problem} if problem else {})})
    elif not found.is_newer:
        show(f"Nothing newer: your team has {found.release.version}, and this is {VERSION}.")
    else:
        _tell(found.release, files, fetched)
    if problem:
        complain(problem)
        return 1
    return NEWER if found.is_newer and fetched is None else 0


def _wanted(options: Namespace) -> tuple[str, str]:
    """Return where to look and the key; both are checked, and the key is one line."""
    set_ = settings.updates()
    source, key = options.source or set_["source"], options.key or set_["key"]
    if not source or not key:
        raise ProjectError(
            "Nobody has said where to look for updates. Give --source PLACE and --key KEY, as your "
            "team tells you; with --remember they are kept."
        )
    path = Path(key).expanduser()
    if path.suffix == ".pub" or path.is_file():
        try:
            key = path.read_text("utf-8")
        except (OSError, UnicodeError) as error:
            raise ProjectError(f"The key {path} cannot be read.") from error
    key = key.strip().splitlines()[-1] if key.strip() else key
    read_key(key)
    folder = Path(source).expanduser()
    if "://" not in source and folder.exists():
        source = str(folder.absolute())
    read_source(source)
    return source, key


def _fetched(source: str, file: ReleaseFile, folder: Path, silent: bool) -> Path:
    from ui.console_updating import Bars

    bars = Bars.where_watched(silent)

    def tell(size: int) -> None:
        bars.tell(f"Fetching {file.name}", size, file.size)

    try:
        return _done(tell, fetching, source, file, folder)
    finally:
        bars.close()
        with suppress(OSError):
            half_of(file, folder).unlink(missing_ok=True)  # where Ctrl-C has ended the process


def _done(
    tell: Callable[[Any], None], work: Callable[..., Generator[Any, None, Result]], *args: object
) -> Result:
    """Let a process of its own do it, which can be ended wherever it hangs."""
    from annotation.background import BackgroundJob

    job: BackgroundJob[Any, Result] = BackgroundJob(work, *args)
    try:
        while not job.finished:
            job.wait(1)
            for item in job.poll():
                tell(item)
    finally:
        job.close()
    if job.error is not None:
        raise job.error
    assert job.result is not None
    return job.result


def _tell(release: Release, files: list[ReleaseFile], fetched: Path | None) -> None:
    show(f"Pressmark {release.version} of {release.date[:10]} is there; this is {VERSION}.")
    for line in release.notes.strip().splitlines():
        show(f"  {line}")
    if fetched is not None:
        show(f"Checked, and saved as {fetched}. Close Pressmark before you install it.")
        return
    for file in files:
        show(f"  {file.name}  ({file.size / 1e6:,.1f} MB)")


def _facts(found: Found, files: list[ReleaseFile], fetched: Path | None) -> dict[str, object]:
    return {
        "version": VERSION,
        "newest": found.release.version,
        "newer": found.is_newer,
        "date": found.release.date,
        "notes": found.release.notes,
        "files": [file._asdict() for file in files],
        "fetched": None if fetched is None else str(fetched),
    }
