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
    if options.source is not None:
        said = _bring(store, options)
    elif options.target is not None:
        save_codebook(store.codebook(), options.target)
        said = f"The codebook is in {options.target}."
    else:
        said = write_codebook(store.codebook()).rstrip("\n")
    if options.json:
        show_json({"codebook": store.codebook().name, "version": store.codebook().version})
    else:
        for line in said.split("\n"):
            show(line)
    return 0


def _bring(store: Store, options: Namespace) -> str:
    """Put a file's codebook in place; `ProjectError` lists what is in use and not in it."""
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
        return f"The codebook of {store.path} is that of {options.source} already."
    session = Session(store, options.annotator or default_annotator())
    session.revise(draft.revision())
    return f"{store.path} has the codebook of {options.source} now, as version " + (
        f"{store.codebook().version}."
    )
