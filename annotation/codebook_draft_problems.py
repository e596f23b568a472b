"""What keeps a draft from being saved, each problem with the part and the field it is about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from annotation.codebook import Label, RelationLabel
from annotation.codebook_draft import Draft
from annotation.codebook_entries import Entry, Kind, labels_in
from annotation.codebook_problems import codebook_problems
from annotation.toml_lines import TomlPath


@dataclass(frozen=True)
class Told:
    """A sentence about one field of one part; no field means the part as a whole."""

    entry: Entry
    field: str
    text: str


def draft_problems(draft: Draft, taken: Mapping[str, str]) -> list[Told]:
    """Return everything that is wrong with a draft, from its first part to its last.

    `taken` says which keys the application's own actions have, and what those are called.
    """
    found = [*_empty(draft), *_key_problems(draft, taken)]
    told = {(problem.entry, problem.field) for problem in found}
    for problem in codebook_problems(draft.codebook()):
        entry, field = _place(draft, problem.path)
        if (entry, field) in told and not problem.other:
            continue  # which action has the key says more than that one has it
        text = problem.text.replace(" on line {line}", "").replace("[[", "").replace("]]", "")
        text = text.replace("which  has", "which one without a name has")
        text = text[:1].upper() + text[1:]
        found.append(Told(entry, field, text))
        if problem.other:  # two have the same: both are marked
            found.append(Told(*_place(draft, problem.other), text))
    order = {entry: number for number, entry in enumerate(draft.root.walk())}
    return sorted(found, key=lambda told: order[told.entry])


def _empty(draft: Draft) -> Iterator[Told]:
    for entry in draft.root.walk():
        if not entry.name:
            what = "choose one for the data" if entry.kind != "codebook" else "give it one"
            yield Told(entry, "name", f"The {entry.kind} has no name: {what}.")
        if isinstance(entry.part, Label) and not entry.part.color:
            yield Told(entry, "color", f"The label {entry.name} has no color.")


def _key_problems(draft: Draft, taken: Mapping[str, str]) -> Iterator[Told]:
    for entry in (*labels_in(draft.root), *draft.root.of("relation")):
        if isinstance(entry.part, Label | RelationLabel):
            action = taken.get(entry.part.key.upper())
            if action:
                yield Told(
                    entry,
                    "key",
                    f"The {entry.kind} {entry.name} has the key {entry.part.key}, "
                    f"which the action “{action}” has.",
                )


def _place(draft: Draft, path: TomlPath) -> tuple[Entry, str]:
    """Return the part and the field of a place in the TOML file that the draft would be."""
    entry, rest = draft.root, list(path)
    while len(rest) >= 2 and isinstance(rest[1], int):
        kind, number = rest[0], rest[1]
        parts = labels_in(draft.root) if kind == "label" else entry.of(cast(Kind, kind))
        entry, rest = parts[number], rest[2:]
    field = str(rest[0]) if rest else ""
    return entry, field if field not in ("layer", "label") or entry is not draft.root else ""
