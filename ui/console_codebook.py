"""The command `codebook`: a project's codebook into a file, or a file's into the project."""

from argparse import Namespace

from annotation.codebook_draft import Draft
from annotation.codebook_file import read_codebook, save_codebook, write_codebook
from annotation.errors import ProjectError
from annotation.session import Session
from annotation.store import Store
from ui.places import default_annotator
from ui.terminal import show, show_json


def run_codebook(store: Store, options: Namespace) -> int:
    """Export or import, or with neither print the codebook as TOML."""
    reopened = 0
    if options.source is not None:
        said, reopened = _bring(store, options)
    elif options.target is not None:
        save_codebook(store.codebook(), options.target)
        said = f"The codebook is in {options.target}."
    else:
        said = write_codebook(store.codebook()).rstrip("\n")
    if options.json:
        book = store.codebook()
        show_json({"codebook": book.name, "version": book.version, "reopened": reopened})
    else:
        for line in said.split("\n"):
            show(line)
    return 0


def _bring(store: Store, options: Namespace) -> tuple[str, int]:
    """Put a file's codebook in place; return what to say, and how many layers were reopened.

    `ProjectError` lists what is in use and not in the file.
    """
    if store.read_only:
        raise ProjectError(f"{store.path} cannot be changed: {store.read_only}.")
    draft = Draft(store.codebook())
    draft.take_over(read_codebook(options.source))
    lost = [
        f"  {entry.kind} {' · '.join(filter(None, entry.origin or ()))}: {count:,}"
        for entry, count in draft.lost(store.uses())
    ]
    if lost:
        raise ProjectError(
            f"{options.source} lacks what annotations of {store.path} use:\n"
            + "\n".join(lost)
            + "\nNothing was changed. Import the file in the window (Ctrl+B) to say what becomes "
            "of them."
        )
    if not draft.changed:
        return f"The codebook of {store.path} is that of {options.source} already.", 0
    session = Session(store, options.annotator or default_annotator())
    revision = draft.revision()
    reckoned = session.reckon(revision)
    session.revise(revision)
    said = f"{store.path} has the codebook of {options.source} now, as version "
    said += f"{store.codebook().version}."
    if reckoned.reviews_gone or reckoned.terms:
        said += f"\n{', '.join(reckoned.losses())}. {revision.why_reopened()}".rstrip()
    return said, reckoned.reviews_gone
