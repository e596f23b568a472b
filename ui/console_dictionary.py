"""The command `dictionary`: a file's terms into the project, or the project's into a file."""

from argparse import Namespace

from annotation.counting import counted
from annotation.dictionary import Dictionary, Term
from annotation.dictionary_file import (
    Reading,
    read_dictionary,
    refusal,
    save_dictionary,
    unknown_terms,
)
from annotation.errors import ProjectError
from annotation.store import Store
from ui.terminal import complain, show, show_json


def run_dictionary(store: Store, options: Namespace) -> int:
    """Import, export or clear, or with none of these print the terms.

    The exit code is 1 where some lines of a file were wrong; the others are in then.
    """
    if options.replace and options.source is None:
        raise ProjectError("--replace goes with --import FILE.")
    reading = Reading(Dictionary())
    if options.source is not None:
        reading = read_dictionary(options.source, store.codebook())
        said = _import(store, options, reading)
    elif options.clear:
        store.dictionary.put(Dictionary(name=store.dictionary.read().name))
        said = f"The dictionary of {store.path} is empty."
    elif options.target is not None:
        save_dictionary(store.dictionary.read(), options.target)
        said = f"The dictionary is in {options.target}."
    else:
        said = "\n".join(map(_line, store.dictionary.read().terms)) or "There are no terms."
    _tell(store, options, said, reading)
    if reading.problems:
        complain(refusal(options.source, reading.problems))
    return 1 if reading.problems else 0


def _import(store: Store, options: Namespace, reading: Reading) -> str:
    there = store.dictionary.read()
    new = reading.dictionary
    name = new.name if options.replace or not there.terms else there.name
    kept = Dictionary(name=name) if options.replace else there._replace(name=name)
    store.dictionary.put(kept.with_terms(new.terms))
    return f"{counted(len(new.terms), 'term')} of {options.source} taken over."


def _line(term: Term) -> str:
    case = "any case" if term.any_case else ""
    return f"{term.term:32} {term.label:12} {term.layer:12} {case}".rstrip()


def _tell(store: Store, options: Namespace, said: str, reading: Reading) -> None:
    dictionary = store.dictionary.read()
    unknown = unknown_terms(dictionary, store.codebook())
    if options.json:
        show_json(
            {
                "author": store.dictionary.author(),
                "terms": [term._asdict() for term in dictionary.terms],
                "unknown labels": sorted({f"{term.layer}/{term.label}" for term in unknown}),
                "problems": list(reading.problems),
                "doubled": list(reading.doubled),
            }
        )
        return
    for line in (*reading.doubled, *said.split("\n")):
        show(line)
    if unknown:
        labels = ", ".join(sorted({term.label for term in unknown}))
        complain(
            f"{counted(len(unknown), 'term')} suggest nothing, since the codebook does not have: "
            f"{labels}."
        )
